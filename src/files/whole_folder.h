// All that a folder holds, read once, so that what is judged is what is used.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string>
#include <vector>

namespace cascade::files {

struct WholeFile {
  std::string path;        // below the folder, with '/'
  bool directory = false;  // then it has no text
  std::uint32_t mode = 0;  // permissions, 07777 of st_mode
  std::string text;
};

struct FolderLimits {
  std::uint64_t bytes = 4 << 20;
  std::size_t entries = 200, depth = 8;
};

// Sorted by bytes of the path. `path` may itself be a link; below it none is followed. Each file is opened once, its
// mode and text are of that file. unsupported: a link, a device, a pipe or a socket is in it, or more than `limits`;
// not_found, unreadable.
Result<std::vector<WholeFile>> read_whole_folder(const std::string& path, const FolderLimits& limits = {});

}  // namespace cascade::files
