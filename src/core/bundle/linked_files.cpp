// Offered by name and packed only if somebody asks for one: a skill links to more than one task needs.
#include "bundle/linked_files.h"

#include <algorithm>
#include <optional>
#include <set>

#include "client/names.h"
#include "syntax/link_parts.h"
#include "text/ascii.h"
#include "text/byte_block.h"
#include "text/hex.h"

namespace cascade::bundle {
namespace {

std::string_view folder_of(std::string_view path) { return path.substr(0, path.rfind('/') + 1); }  // npos + 1 is 0

bool is_of_name(char c) noexcept { return letters::is_letter_or_digit(c) || c == '_' || c == '-' || c == '/'; }

// As a whole name: "report.md" is named neither by "bug-report.md" nor by "old/report.md".
bool has_word(std::string_view text, std::string_view word) {
  for (std::size_t at = 0; at + word.size() <= text.size(); ++at) {
    if (!letters::equals_folded(text.substr(at, word.size()), word)) continue;
    const bool begins = at == 0 || !is_of_name(text[at - 1]);
    const std::size_t end = at + word.size();
    const bool ends = end == text.size() || !is_of_name(text[end]);
    if (begins && ends) return true;
  }
  return false;
}

bool is_manifest(const Registry& registry, std::string_view path) {
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestView other = registry[ManifestId{i}];
    if (!other.document && other.path == path) return true;
  }
  return false;
}

struct OpenedFile {
  std::string path, text;
};

// As written, or, since authors on systems that fold case write REFERENCE.md for reference.md, with its last part in
// small letters. Nothing: it is not there, or a text that says nothing.
std::optional<OpenedFile> open_file(std::string_view folder, const std::string& path, const ReadFile& read) {
  OpenedFile file{path, {}};
  auto bytes = read(place_of_file(folder, path));
  if (!bytes) {
    for (std::size_t i = path.rfind('/') + 1; i < path.size(); ++i) file.path[i] = letters::to_lower(path[i]);
    if (file.path == path || !(bytes = read(place_of_file(folder, file.path)))) return std::nullopt;
  }
  if (bytes->find('\0') != std::string_view::npos) return file;
  if (letters::trim(*bytes).empty()) return std::nullopt;
  file.text = *std::move(bytes);
  return file;
}

}  // namespace

std::vector<FileOffer> linked_files(const Registry& registry, ManifestId id, const ReadFile& read) {
  std::vector<FileOffer> found;
  const ManifestView skill = registry[id];
  const auto text = read(skill.path);
  if (!text) return found;
  std::set<std::string> seen{std::string(skill.path)};
  for (const std::string& path : manifest::linked_paths(*text)) {
    if (found.size() == most_linked_files) break;
    auto file = open_file(folder_of(skill.path), path, read);
    if (!file || !seen.insert(place_of_file(folder_of(skill.path), file->path)).second) continue;
    if (is_manifest(registry, place_of_file(folder_of(skill.path), file->path))) continue;
    found.push_back({id, std::move(file->path), std::move(file->text), FileOffer::Wanted::listed});
  }
  return found;
}

std::string place_of_file(std::string_view folder, std::string_view path) {
  std::string whole(folder);
  if (!whole.empty() && whole.back() != '/') whole += '/';
  whole += path;
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= whole.size();) {
    const std::size_t end = std::min(whole.find('/', begin), whole.size());
    const std::string part = whole.substr(begin, end - begin);
    begin = end + 1;
    if (part == ".." && !parts.empty() && parts.back() != "..")
      parts.pop_back();
    else if (part != "." && !part.empty())
      parts.push_back(part);
  }
  return (whole.starts_with('/') ? "/" : "") + letters::joined(parts, "/");
}

// A cheap test before any skill is read: a prompt without a dot between letters names no file.
bool may_name_file(std::string_view text) noexcept {
  for (std::size_t at = text.find('.'); at != std::string_view::npos; at = text.find('.', at + 1))
    if (at > 0 && is_of_name(text[at - 1]) && at + 1 < text.size() && letters::is_letter(text[at + 1])) return true;
  return false;
}

bool names_file(std::string_view text, std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return has_word(text, path) || (slash != std::string_view::npos && has_word(text, path.substr(slash + 1)));
}

}  // namespace cascade::bundle

// A word that stands by itself and looks like a relative path may be a file; so may a link's target.

namespace cascade::manifest {
namespace {

using letters::ByteSet;

constexpr std::size_t longest_path = 300;

constexpr ByteSet breaks_path(" \t\r\n`\"'()[]{}<>,;:*$|\\=@!"), ends_written("#?");
constexpr ByteSet before_path(" \t\r\n`\"'([,=@"), behind_path(" \t\r\n`\"')],;:!");
constexpr ByteSet never_in_path(":<>{}*$|\\\"'()[],;=\n\t ");

std::string_view word_at(std::string_view text, std::size_t begin) {
  std::string_view word = text.substr(begin, breaks_path.find_in(text, begin) - begin);
  while (!word.empty() && word.back() == '.') word.remove_suffix(1);
  return word;
}

// "me@here.com", "a:b.md", "x.y()" and "*.md" are no paths; what a link's brackets hold is read as a link.
bool stands_alone(std::string_view text, std::size_t begin, std::size_t end) {
  if (end < text.size() && !behind_path.has(text[end])) return false;
  if (begin == 0) return true;
  const char before = text[begin - 1], further = begin > 1 ? text[begin - 2] : ' ';
  if (before == '(') return further != ']';
  return before_path.has(before) && (before != '@' || letters::is_space(further));
}

// A relative path whose last part has an ending of one to eight letters and digits.
bool is_path(std::string_view path) {
  if (path.empty() || path.size() > longest_path || path.front() == '/' || path.front() == '~') return false;
  if (never_in_path.find_in(path) != std::string_view::npos) return false;
  const std::string_view last = path.substr(path.rfind('/') + 1);
  const std::size_t dot = last.rfind('.');
  if (dot == std::string_view::npos || dot == 0 || last.find("..") != std::string_view::npos) return false;
  const std::string_view ending = last.substr(dot + 1);
  return !ending.empty() && ending.size() <= 8 &&
         std::ranges::all_of(ending, [](char c) { return letters::is_letter(c) || letters::is_digit(c); }) &&
         std::ranges::any_of(ending, [](char c) { return letters::is_letter(c); });
}

}  // namespace

std::vector<std::string> linked_paths(std::string_view text) {
  std::vector<std::string> found;
  const auto add = [&found](std::string_view written) {
    written = written.substr(0, ends_written.find_in(written));
    while (written.starts_with("./")) written.remove_prefix(2);
    if (found.size() >= most_linked_paths || !is_path(written)) return;
    const std::string path = letters::percent_decoded(written);
    const bool plain = std::ranges::all_of(path, [](char c) { return static_cast<unsigned char>(c) >= ' '; });
    if (plain && std::ranges::find(found, path) == found.end()) found.push_back(path);
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '(' && at > 0)
      if (const auto link = syntax::link_at(text, at - 1)) add(link->destination(text));
    if (text[at] == '$')
      for (const std::string_view folder : client::variables::below_skill)
        if (text.substr(at).starts_with(folder)) add(word_at(text, at + folder.size()));
    if (breaks_path.has(text[at])) continue;
    const std::size_t end = std::min(breaks_path.find_in(text, at), text.size());
    if (text.substr(at, end - at).find('.') != std::string_view::npos && stands_alone(text, at, end))
      add(word_at(text, at));
    at = end - 1;
  }
  return found;
}

}  // namespace cascade::manifest
