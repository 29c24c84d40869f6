// What a folder says of an entry, as an Entry. For files/ only.
#pragma once

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <string_view>
#include <vector>

#include "files/tree.h"

namespace cascade::files {

inline EntryType type_of(unsigned char type) noexcept {
  switch (type) {
    case DT_REG: return EntryType::file;
    case DT_DIR: return EntryType::directory;
    case DT_LNK: return EntryType::link;
    default: return EntryType::other;
  }
}

inline EntryType type_of_mode(mode_t mode) noexcept {
  if (S_ISREG(mode)) return EntryType::file;
  if (S_ISDIR(mode)) return EntryType::directory;
  if (S_ISLNK(mode)) return EntryType::link;
  return EntryType::other;
}

// Adds an entry of that name and type, unless it is "." or ".."; false: its type cannot be determined (errno).
inline bool add_entry(int folder, const char* name, unsigned char reported, std::vector<Entry>& entries) {
  const std::string_view word = name;
  if (word == "." || word == "..") return true;
  EntryType type = type_of(reported);
  if (reported == DT_UNKNOWN) {  // some file systems do not report the type
    struct stat info {};
    if (::fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) == 0)
      type = type_of_mode(info.st_mode);
    else if (errno != ENOENT)
      return false;
  }
  entries.push_back({std::string(word), type});
  return true;
}

}  // namespace cascade::files
