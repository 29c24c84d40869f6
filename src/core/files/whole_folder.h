// Reads a whole folder once, so that what is checked is what is used.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string>
#include <vector>

namespace cascade::files {

struct WholeFile {
  std::string path;        // relative to the folder, with '/'
  bool directory = false;  // true: it has no text
  std::uint32_t mode = 0;  // permissions, 07777 of st_mode
  std::string text;
};

struct FolderLimits {
  std::uint64_t bytes = 4 << 20;
  std::size_t entries = 200, depth = 8;
};

// Sorted by the bytes of the path. `path` may itself be a link; below it none is followed. Each file is opened once,
// so mode and text belong together. unsupported: it holds a link, a device, a pipe or a socket, or more than `limits`;
// not_found, unreadable.
Result<std::vector<WholeFile>> read_whole_folder(const std::string& path, const FolderLimits& limits = {});

// One file, no link: its mode and text belong together. `path` of the result is its name. Errors as above.
Result<WholeFile> read_whole_file(const std::string& path, const FolderLimits& limits = {});

}  // namespace cascade::files
