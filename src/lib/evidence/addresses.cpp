// Compares names part by part and not as strings: an address and the name on a command line rarely agree in scheme,
// user, version or kind, but they share the parts that identify the thing.
#include "evidence/find.h"

#include <algorithm>
#include <array>

#include "evidence/words.h"
#include "text/ascii.h"
#include "text/hex.h"

namespace cascade::evidence {
namespace {

// Splits a text at any of `separators`.
std::vector<std::string_view> parts(std::string_view text, std::string_view separators) {
  std::vector<std::string_view> found;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(separators), text.size());
    if (end > 0) found.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return found;
}

// Removes what precedes a host and a version that follows a name: "user@host:/path" becomes "host", "@a/b@1.2" "@a/b",
// "image:1.2" "image".
std::string_view bare_name(std::string_view name) {
  if (const std::size_t scheme = name.find("://"); scheme != std::string_view::npos) {
    name.remove_prefix(scheme + 3);  // s3://bucket/path
    return name.substr(0, name.find('/'));
  }
  if (const std::size_t at = name.rfind('@'); at != std::string_view::npos && at > 0) {
    const std::string_view behind = name.substr(at + 1);
    const bool version = !behind.empty() && (letters::is_digit(behind[0]) || behind.starts_with("sha256") ||
                                             behind == "latest" || behind == "next");
    name = version ? name.substr(0, at) : behind;
  }
  const std::size_t colon = name.find(':');
  const std::size_t slash = name.rfind('/');
  const bool is_path = colon != std::string_view::npos && colon + 1 < name.size() && name[colon + 1] == '/';
  if (is_path || (colon != std::string_view::npos && (slash == std::string_view::npos || colon > slash)))
    name = name.substr(0, colon);
  return name;
}

// Characters at which a name may continue after a shorter one.
bool is_boundary(char c) { return c == '/' || c == ':' || c == '@' || c == '?' || c == '='; }

bool begins(std::string_view shorter, std::string_view longer) {
  if (shorter.empty() || !longer.starts_with(shorter)) return false;
  return longer.size() == shorter.size() || is_boundary(longer[shorter.size()]) || is_boundary(shorter.back());
}

// "pr/12" appears as pull/12 in an address, "issue/7" as issues/7.
std::string as_in_address(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> forms = {
      {{"pr/", "pull/"}, {"issue/", "issues/"}, {"run/", "runs/"}, {"mr/", "merge_requests/"}}};
  for (const auto& [from, to] : forms)
    if (name.starts_with(from)) return std::string(to) + std::string(name.substr(from.size()));
  return std::string(name);
}

// Whether the parts of `name` appear consecutively among those of `path`.
bool has_parts(std::string_view path, std::string_view name) {
  const auto all = parts(path, "/"), wanted = parts(name, "/");
  if (wanted.empty()) return false;
  return std::search(all.begin(), all.end(), wanted.begin(), wanted.end(),
                     [](std::string_view a, std::string_view b) { return letters::equals_folded(a, b); }) != all.end();
}

}  // namespace

bool has_scheme(std::string_view text) noexcept {
  return letters::equals_folded(text.substr(0, 7), "http://") || letters::equals_folded(text.substr(0, 8), "https://");
}

Address read_address(std::string_view text) {
  Address address;
  std::string scheme;
  if (const std::size_t at = text.find("://"); at != std::string_view::npos) {
    scheme = letters::to_lower(text.substr(0, at));
    text.remove_prefix(at + 3);
  }
  const std::size_t end = std::min(text.find_first_of("/?#\\"), text.size());
  std::string_view host = text.substr(0, end);
  if (const std::size_t at = host.rfind('@'); at != std::string_view::npos) host.remove_prefix(at + 1);
  if (!host.empty() && host.front() == '[') {
    const std::size_t close = host.find(']');
    address.host = letters::to_lower(host.substr(0, std::min(close, host.size()) + (close != host.npos ? 1 : 0)));
  } else {
    const std::size_t colon = std::min(host.find(':'), host.size());
    address.host = letters::to_lower(host.substr(0, colon));
    if (colon < host.size()) address.port = host.substr(colon + 1);
  }
  while (!address.host.empty() && address.host.back() == '.') address.host.pop_back();
  if ((scheme == "https" && address.port == "443") || (scheme == "http" && address.port == "80")) address.port.clear();
  std::string_view path = text.substr(end);
  path = path.substr(0, std::min(path.find_first_of("?#"), path.size()));
  address.path = letters::percent_decoded(path);
  while (!address.path.empty() && address.path.back() == '/') address.path.pop_back();
  return address;
}

bool is_own_machine(std::string_view text) {
  const std::string small = letters::to_lower(text.substr(0, 12));
  if (begins_with_one(list::own_schemes, small)) return true;
  const Address address = read_address(text);
  const std::string& host = address.host;
  return is_in(list::own_hosts, host) || host.ends_with(".localhost") ||
         (host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string::npos) ||
         (host.empty() && text.starts_with(":"));
}

bool is_reference_host(std::string_view host) {
  return begins_with_one(list::reference_host_begins, host) ||
         std::ranges::any_of(list::reference_hosts, [&](std::string_view name) {
           return host == name || host == "www." + std::string(name) || host == "app." + std::string(name) ||
                  (name == "wikipedia.org" && host.ends_with(".wikipedia.org"));
         });
}

std::vector<std::string> addresses_in(std::string_view text, bool of_pages_served) {
  constexpr std::size_t most = 4, longest = 300;
  std::vector<std::string> found;
  for (std::size_t at = text.find("http"); at != std::string_view::npos && found.size() < most;
       at = text.find("http", at + 4)) {
    if (!has_scheme(text.substr(at))) continue;
    std::string_view address = text.substr(at, longest);
    const auto ends = [](char c) {
      return letters::is_space(c) || static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\'' || c == '<' ||
             c == '>' || c == '`' || c == ']' || c == '|' || c == '}' || c == '{' || c == '\\';
    };
    address = address.substr(0, static_cast<std::size_t>(std::ranges::find_if(address, ends) - address.begin()));
    while (!address.empty() && std::string_view(".,;:!?)").find(address.back()) != std::string_view::npos)
      address.remove_suffix(1);
    const Address read = read_address(address);
    if (read.host.empty() || is_own_machine(address) || (of_pages_served && is_reference_host(read.host))) continue;
    if (std::ranges::find(found, address) == found.end()) found.emplace_back(address);
  }
  return found;
}

bool is_same_page(const Address& changed, const Address& seen) {
  if (changed.host.empty() || changed.host != seen.host || changed.port != seen.port) return false;
  const std::string one = changed.path + "/", other = seen.path + "/";
  return one.starts_with(other) || other.starts_with(one);
}

bool is_same_name(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return false;
  if (begins(a, b) || begins(b, a)) return true;
  const std::string_view one = bare_name(a), other = bare_name(b);
  if (one.empty() || other.empty()) return false;
  if (begins(one, other) || begins(other, one)) return true;
  const std::string_view one_last = one.substr(one.rfind('/') + 1), other_last = other.substr(other.rfind('/') + 1);
  // If both state their kind, the kinds must be equal.
  const bool both_say = one.size() != one_last.size() && other.size() != other_last.size();
  return !both_say && !one_last.empty() && one_last == other_last;
}

bool names_resource(const Address& seen, std::string_view name) {
  const std::string_view bare = bare_name(name);
  constexpr std::size_t least = 3;
  if (bare.size() < least) return false;
  const std::string small = letters::to_lower(bare);
  if (seen.host == small || has_parts(seen.path, as_in_address(bare))) return true;
  const std::size_t slash = bare.find('/');
  if (slash != std::string_view::npos) {
    // An image or bucket: its host, with the rest in the path. A kind and a name: the name alone.
    const std::string_view rest = bare.substr(slash + 1);
    if (has_parts(seen.path, rest) && rest.find('/') != std::string_view::npos) return true;
    return rest.size() >= least && rest.find('/') == std::string_view::npos && names_resource(seen, rest);
  }
  const auto labels = parts(seen.host, ".");
  return std::ranges::find(labels, std::string_view(small)) != labels.end() && labels.size() > 1 &&
         labels.back() != small;
}

}  // namespace cascade::evidence
