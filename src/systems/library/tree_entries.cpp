// A tree of git can hold what no work tree of git's own has: whoever makes one by hand may write ".." or ".git" into
// it. So every path is judged here, before anything has it on the disk.
#include "library/tree_entries.h"

#include <algorithm>
#include <charconv>

#include "files/paths.h"
#include "text/ascii.h"
#include "text/one_of.h"
#include "unicode/utf8.h"

namespace cascade::collection {
namespace {

constexpr std::size_t most_files = 20'000;

// Names that only look like git's own folder: file systems of others take them for it.
bool is_gits_own(std::string_view name) {
  while (!name.empty() && (name.back() == '.' || name.back() == ' ')) name.remove_suffix(1);
  return letters::equals_folded(name, ".git") || letters::equals_folded(name, "git~1");
}

bool is_sound(std::string_view path) {
  constexpr std::size_t longest_name = 255, longest_path = 1'024, deepest = 32;
  if (path.empty() || path.size() > longest_path || !unicode::is_valid(path)) return false;
  if (unicode::displayable(path) != path || path.find('\\') != std::string_view::npos) return false;
  std::size_t depth = 0;
  for (std::size_t begin = 0; begin <= path.size(); ++depth) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const std::string_view name = path.substr(begin, end - begin);
    if (letters::is_one_of(name, {"", ".", ".."}) || name.size() > longest_name || is_gits_own(name)) return false;
    begin = end + 1;
  }
  return depth <= deepest;
}

Error refused(std::string what, std::string_view path) {
  return {ErrorCode::unsupported, std::move(what), std::string(path), "tell its author; nothing was taken"};
}

Error not_understood() { return {ErrorCode::malformed, "git listed the files in an unknown form", {}, {}}; }

struct Row {
  std::string_view mode, object, size, path;
};

// "100644 blob 3b18e512...      12\tREADME.md"
std::optional<Row> split(std::string_view line) {
  const std::size_t tab = line.find('\t');
  if (tab == std::string_view::npos) return std::nullopt;
  Row row;
  row.path = line.substr(tab + 1);
  std::string_view words = line.substr(0, tab);
  const auto next = [&] {
    words = letters::trim_left(words);
    const std::string_view word = words.substr(0, words.find(' '));
    words.remove_prefix(word.size());
    return word;
  };
  row.mode = next();
  next();  // "blob", "commit": the mode says the same
  row.object = next();
  row.size = next();
  return row;
}

}  // namespace

Result<TreeEntries> read_tree_entries(std::string_view listed) {
  TreeEntries entries;
  std::uint64_t bytes = 0;
  for (std::size_t begin = 0; begin < listed.size();) {
    const std::size_t end = std::min(listed.find('\0', begin), listed.size());
    const auto row = split(listed.substr(begin, end - begin));
    begin = end + 1;
    if (!row) return not_understood();
    if (!is_sound(row->path)) return refused("a file of it has a path that no file may have", row->path);
    TreeEntry entry;
    entry.path = row->path;
    entry.object = row->object;
    if (row->mode == "160000") {
      entries.left_out.push_back(entry.path + ": another repository");
      continue;
    }
    if (std::from_chars(row->size.data(), row->size.data() + row->size.size(), entry.size).ec != std::errc())
      return not_understood();
    entry.kind = row->mode == "120000"   ? TreeEntry::Kind::link
                 : row->mode == "100755" ? TreeEntry::Kind::program
                                         : TreeEntry::Kind::file;
    if (entry.size > largest_file) {
      entries.left_out.push_back(entry.path + ": " + std::to_string(entry.size >> 20) + " MiB");
      continue;
    }
    bytes += entry.size;
    if (entries.taken.size() == most_files || bytes > largest_library)
      return refused("it has more than 20,000 files or 256 MiB", {});
    entries.taken.push_back(std::move(entry));
  }
  std::sort(entries.taken.begin(), entries.taken.end(),
            [](const TreeEntry& a, const TreeEntry& b) { return a.path < b.path; });
  const auto twice = std::adjacent_find(entries.taken.begin(), entries.taken.end(),
                                        [](const TreeEntry& a, const TreeEntry& b) { return a.path == b.path; });
  if (twice != entries.taken.end()) return refused("it has two files of one path", twice->path);
  return entries;
}

std::optional<std::string> link_target(std::string_view link, std::string_view text) {
  if (text.empty() || files::is_absolute(text) || text.find('\\') != std::string_view::npos) return std::nullopt;
  std::string target = files::normalise(files::join(files::parent(link), text));
  if (target == ".." || target.starts_with("../")) return std::nullopt;
  return target;
}

}  // namespace cascade::collection
