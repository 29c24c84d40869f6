// In git's own order: push URLs or else URLs, the longest matching pushInsteadOf rule (only without a push URL) or
// insteadOf rule; then scheme, user, port and ".git" are dropped. Addresses are compared only in this form.
#include "git/address.h"

#include <algorithm>

#include "files/paths.h"
#include "text/ascii.h"
#include "text/word_set.h"

namespace cascade::repository {
namespace {

std::string_view without_ending(std::string_view path) {
  while (path.size() > 1 && path.back() == '/') path.remove_suffix(1);
  constexpr std::string_view ending = ".git";
  if (path.size() > ending.size() && path.ends_with(ending) && path[path.size() - 5] != '/')
    path.remove_suffix(ending.size());
  return path;
}

// As git tries them: "x/.git", which is the work tree "x", "x" itself, "x.git". The ending stays: "app.git" is another.
std::string normal_path(std::string_view path, const std::string& directory, const files::Tree& tree) {
  while (path.size() > 1 && path.back() == '/') path.remove_suffix(1);
  std::string found = files::join(directory, path);
  const auto has = [&](const char* name) { return tree.stat(found + name).has_value(); };
  if (!has("/.git") && !has("/HEAD") && has(".git")) found += ".git";
  found = tree.real_path(found).value_or(files::normalise(found));
  return std::string(files::file_name(found) == ".git" ? files::parent(found) : found);
}

// Splits "user@host:path" and "scheme://user@host:port/path" into host and path; empty host: the text is a path.
struct Parts {
  std::string_view host, path;
};

Parts parts_of(std::string_view address) {
  const std::size_t scheme = address.find("://");
  if (scheme != std::string_view::npos) {
    std::string_view rest = address.substr(scheme + 3);
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    std::string_view host = rest.substr(0, slash);
    host.remove_prefix(std::min(host.rfind('@') + 1, host.size()));
    host = host.substr(0, host.find(':'));
    return {host, rest.substr(std::min(slash + 1, rest.size()))};
  }
  const std::size_t colon = address.find(':');
  // As in git: a colon before the first slash makes it host:path, and "./a:b" is a path.
  if (colon == std::string_view::npos || address.find('/') < colon) return {};
  std::string_view host = address.substr(0, colon);
  host.remove_prefix(host.rfind('@') + 1);
  return {host, address.substr(colon + 1)};
}

// Rewrites the address by the longest matching rule; `keyword`: insteadof or pushinsteadof.
std::optional<std::string> rewritten(const Facts& facts, std::string_view address, std::string_view keyword) {
  std::string_view base, matched;
  for (const auto& [key, value] : facts.config) {
    if (!key.starts_with("url.") || key.size() < keyword.size() + 6) continue;
    const std::string_view name = std::string_view(key).substr(4);
    if (name.substr(name.size() - keyword.size()) != keyword || name[name.size() - keyword.size() - 1] != '.') continue;
    if (!address.starts_with(value) || value.size() <= matched.size()) continue;
    matched = value;
    base = name.substr(0, name.size() - keyword.size() - 1);
  }
  if (matched.empty()) return std::nullopt;
  return std::string(base) + std::string(address.substr(matched.size()));
}

}  // namespace

std::string normal_address(std::string_view address, const std::string& directory, const files::Tree& tree) {
  if (address.starts_with("file://")) {
    address.remove_prefix(7);
    return normal_path(address.substr(std::min(address.find('/'), address.size())), "/", tree);
  }
  const Parts parts = parts_of(address);
  if (parts.host.empty()) return normal_path(address, directory, tree);
  std::string_view path = parts.path;
  while (!path.empty() && path.front() == '/') path.remove_prefix(1);
  std::string host = letters::to_lower(parts.host);
  if (host == "ssh.github.com") host = "github.com";
  const std::string name(without_ending(path));
  return host + "/" + (host == "github.com" ? letters::to_lower(name) : name);
}

std::vector<std::string> push_addresses(const Facts& facts, const std::string& remote, const files::Tree& tree) {
  if (remote.empty()) return {};
  const std::string& directory = facts.work_tree.empty() ? facts.git_dir : facts.work_tree;
  std::vector<std::string> written = facts.values("remote." + remote + ".pushurl");
  const bool chosen = !written.empty();
  if (!chosen) written = facts.values("remote." + remote + ".url");
  if (written.empty()) written.push_back(remote);
  std::vector<std::string> addresses;
  for (const std::string& address : written) {
    std::optional<std::string> changed;
    if (!chosen) changed = rewritten(facts, address, "pushinsteadof");
    if (!changed) changed = rewritten(facts, address, "insteadof");
    addresses.push_back(normal_address(changed ? *changed : address, directory, tree));
  }
  return addresses;
}

std::vector<std::string> remotes(const Facts& facts) {
  std::vector<std::string> names;
  for (const auto& [key, value] : facts.config) {
    if (!key.starts_with("remote.")) continue;
    const std::size_t end = key.rfind('.');
    if (end <= 7) continue;
    const std::string_view last = std::string_view(key).substr(end + 1);
    std::string name = key.substr(7, end - 7);
    if ((last == "url" || last == "pushurl") && !letters::is_one_of(name, names)) names.push_back(std::move(name));
  }
  return names;
}

bool has_remotes(const Facts& facts) { return !remotes(facts).empty(); }

bool is_remote(const Facts& facts, std::string_view name) { return letters::is_one_of(name, remotes(facts)); }

std::string push_remote(const Facts& facts, const std::string& branch) {
  for (const std::string& key :
       {"branch." + branch + ".pushremote", std::string("remote.pushdefault"), "branch." + branch + ".remote"})
    if (std::string name = facts.value(key); !name.empty()) return name;
  const std::vector<std::string> names = remotes(facts);
  if (names.size() == 1) return names.front();
  return letters::is_one_of("origin", names) ? "origin" : std::string();
}

std::string default_remote(const Facts& facts, const std::string& branch) {
  const std::string found = push_remote(facts, branch);
  return found.empty() ? "origin" : found;
}

// An address on the web may go on behind OWNER/NAME with a page of it; any other is the repository's own, however deep.
std::optional<std::string> hosted_repository(std::string_view text) {
  const auto is_name = [](std::string_view name) {
    return !name.empty() && name != "." && name != ".." &&
           std::ranges::all_of(name, [](char c) { return letters::is_name(c) || c == '.'; });
  };
  const Parts parts = parts_of(text);
  const bool is_address = !parts.host.empty(), is_on_web = text.find("://") != std::string_view::npos;
  std::string_view host = is_address ? parts.host : "github.com", path = is_address ? parts.path : text;
  if (is_address && !is_on_web && text.find('@') < text.find(':') && path.starts_with("/")) path.remove_prefix(1);
  if (path.starts_with("/")) return std::nullopt;
  std::vector<std::string_view> names;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    names.push_back(path.substr(0, end));
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  if (!is_address && names.size() > 2 && names.front().find('.') != std::string_view::npos) {
    host = names.front();
    names.erase(names.begin());
  }
  const std::string lower = letters::to_lower(host);
  const bool is_github = lower == "github.com";
  if (names.size() < 2 || (!is_address && is_github && names.size() != 2)) return std::nullopt;
  if (is_github || (is_on_web && !names.back().ends_with(".git"))) names.resize(2);
  names.back() = without_ending(names.back());
  std::string name;
  for (const std::string_view part : names) {
    if (!is_name(part)) return std::nullopt;
    name.append("/").append(part);
  }
  return lower + (is_github ? letters::to_lower(name) : name);
}

std::string Facts::value(std::string_view key) const {
  for (auto entry = config.rbegin(); entry != config.rend(); ++entry)
    if (entry->first == key) return entry->second;
  return {};
}

std::vector<std::string> Facts::values(std::string_view key) const {
  std::vector<std::string> found;
  for (const auto& [name, value] : config)
    if (name == key) found.push_back(value);
  return found;
}

bool Facts::has_branch(std::string_view name) const { return letters::is_one_of(name, branches); }

}  // namespace cascade::repository
