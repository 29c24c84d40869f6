// The files of a commit as git lists them, judged before one of them is read.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::collection {

struct TreeEntry {
  enum class Kind : std::uint8_t { file, program, link };
  Kind kind = Kind::file;
  std::string object, path;
  std::uint64_t size = 0;
};

struct TreeEntries {
  std::vector<TreeEntry> taken;       // sorted by path
  std::vector<std::string> left_out;  // "assets/film.mp4: 40 MiB", for people
};

inline constexpr std::uint64_t largest_file = 16u << 20, largest_library = 256u << 20;

// `listed`: what `git ls-tree -r -z -l` prints. Other repositories within it and files above `largest_file` are left
// out. unsupported: a path that no file may have (one that leaves the folder, git's own, with a control character), or
// more than 20,000 files or `largest_library` bytes. malformed: git said something else.
Result<TreeEntries> read_tree_entries(std::string_view listed);

// The path that a link leads to, by its text; nothing: it leaves the folder.
std::optional<std::string> link_target(std::string_view link, std::string_view text);

}  // namespace cascade::collection
