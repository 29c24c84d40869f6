#include "library/source.h"

#include <algorithm>

#include "files/paths.h"
#include "git/address.h"
#include "text/ascii.h"
#include "text/one_of.h"

namespace cascade::collection {
namespace {

Error misuse(std::string message, std::string help) {
  return {ErrorCode::misuse, std::move(message), {}, std::move(help)};
}

constexpr const char* forms = "OWNER/REPO, an address of https, ssh or file, or a folder such as ./skills";

// Its last part, without ".git".
std::string name_in(std::string_view address) {
  while (address.size() > 1 && address.back() == '/') address.remove_suffix(1);
  std::string name(address.substr(address.find_last_of("/:") + 1));
  if (name.size() > 4 && name.ends_with(".git")) name.resize(name.size() - 4);
  return name;
}

Result<Source> at_address(std::string_view word, const files::Tree& tree) {
  const std::size_t mark = word.find("://");
  if (mark != std::string_view::npos) {
    if (!letters::is_one_of(word.substr(0, mark), {"https", "ssh", "file"}))
      return misuse("libraries are fetched by https, ssh or file alone", forms);
    const std::string_view host = word.substr(mark + 3, word.find('/', mark + 3) - mark - 3);
    if (const std::size_t at = host.rfind('@'); at != std::string_view::npos && host.find(':') < at)
      return misuse("an address with a password in it would be written down", "let git's credential helper know it");
  }
  return Source{std::string(word), identity_of(word, tree), name_in(word)};
}

Result<Source> at_folder(const std::string& path, const files::Tree& tree) {
  const auto real = tree.real_path(path);
  if (!real) return Error{ErrorCode::not_found, "there is no such folder", path, forms};
  return Source{*real, identity_of(*real, tree), name_in(*real)};
}

bool is_scp_form(std::string_view word) {
  const std::size_t colon = word.find(':');
  return colon != std::string_view::npos && colon > 1 && word.find('/') > colon;
}

}  // namespace

Result<Source> read_source(std::string_view word, const std::string& directory, const std::string& home,
                           const files::Tree& tree) {
  const bool is_plain =
      std::none_of(word.begin(), word.end(), [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == 0x7F; });
  if (word.empty() || word.front() == '-' || (!is_plain && word.find(':') != std::string_view::npos))
    return misuse("this is no place to fetch from", forms);
  if (word.find("::") != std::string_view::npos) return misuse("git's helpers for transport are not started", forms);
  if (word.find("://") != std::string_view::npos || is_scp_form(word)) return at_address(word, tree);
  if (word.starts_with("~/") && !home.empty()) return at_folder(files::join(home, word.substr(2)), tree);
  const std::string path = files::join(directory, files::from_native(std::string(word)));
  const bool is_path = files::is_absolute(files::from_native(std::string(word))) || word.front() == '.';
  if (!is_path && std::count(word.begin(), word.end(), '/') == 1)
    if (const auto hosted = repository::hosted_repository(word))
      return at_address("https://" + hosted->substr(0, hosted->find('/') + 1) + std::string(word), tree);
  if (is_path || tree.stat(path)) return at_folder(path, tree);
  return misuse("\"" + std::string(word) + "\" is neither a repository's address nor a folder", forms);
}

std::string identity_of(std::string_view address, const files::Tree& tree) {
  if (const auto hosted = repository::hosted_repository(address)) return *hosted;
  return address.empty() ? std::string() : repository::normal_address(address, "/", tree);
}

bool is_library_name(std::string_view name) noexcept {
  constexpr std::size_t longest = 64;
  return !name.empty() && name.size() <= longest && letters::is_letter_or_digit(name.front()) &&
         std::all_of(name.begin(), name.end(), [](char c) { return letters::is_name(c) || c == '.'; });
}

bool is_ref(std::string_view ref) noexcept {
  constexpr std::size_t longest = 200;
  return !ref.empty() && ref.size() <= longest && ref.front() != '-' && ref.find("..") == std::string_view::npos &&
         std::all_of(ref.begin(), ref.end(),
                     [](char c) { return letters::is_name(c) || c == '.' || c == '/' || c == '@' || c == '+'; }) &&
         ref.front() != '+';
}

}  // namespace cascade::collection
