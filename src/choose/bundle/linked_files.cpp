// The files that a skill links to and that are no manifests themselves: references, templates, data. They are offered
// by name and packed only if somebody asks for one, since a skill links to more than one task needs.
#include "bundle/linked_files.h"

#include "manifest/linked_paths.h"
#include "text/ascii.h"

#include <algorithm>
#include <set>

namespace cascade::bundle {
namespace {

std::string_view folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash + 1);
}

// "a/b/../c.md" becomes "a/c.md"; a path that climbs above its beginning keeps its "..".
std::string without_climbs(const std::string& path) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const std::string part = path.substr(begin, end - begin);
    begin = end + 1;
    if (part == "..") {
      if (parts.empty() || parts.back() == "..")
        parts.push_back(part);
      else
        parts.pop_back();
    } else if (part != "." && !part.empty()) {
      parts.push_back(part);
    }
  }
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : "/") + part;
  return out;
}

bool is_text(std::string_view bytes) {
  return bytes.find('\0') == std::string_view::npos && !letters::trim(bytes).empty();
}

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

}  // namespace

std::vector<FileOffer> linked_files(const Registry& registry, ManifestId id, const ReadFile& read) {
  std::vector<FileOffer> found;
  const ManifestView skill = registry[id];
  if (skill.kind != Kind::skill) return found;
  const auto text = read(skill.path);
  if (!text) return found;
  std::set<std::string> seen{std::string(skill.path)};
  for (const std::string& path : manifest::linked_paths(*text)) {
    const std::string whole = without_climbs(std::string(folder_of(skill.path)) + path);
    if (!seen.insert(whole).second) continue;
    bool is_manifest = false;
    for (std::uint32_t i = 0; i < registry.size() && !is_manifest; ++i) {
      const ManifestView other = registry[ManifestId{i}];
      is_manifest = !other.document && other.path == whole;
    }
    if (is_manifest) continue;
    auto bytes = read(whole);
    if (bytes && is_text(*bytes)) found.push_back({id, path, *std::move(bytes), FileOffer::Wanted::listed});
  }
  return found;
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
