// What the user allowed that no project may allow itself, in one file of the user's own: files and folders by `cascade
// allow`, the programs that skills bring by `cascade trust allow`.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string>
#include <vector>

#include "files/tree.h"

namespace cascade::trust {

// Files by their absolute path and content: a file that changes is to be allowed again. A folder is allowed whatever is
// in it.
class Allowed {
 public:
  // A file that is not there allows nothing. unreadable, malformed: what it says cannot be relied on.
  static Result<Allowed> read(const files::Tree& tree, const std::string& file);

  // Whether `path` is listed and, if it is a file, holds what it held then; or lies in a folder that is listed.
  bool has(const files::Tree& tree, const std::string& path) const;
  // not_found, unreadable; misuse: a path with a line end.
  Result<void> add(const files::Tree& tree, const std::string& path);
  Result<void> add(const std::string& path, const std::string& text);  // a file as it was read; misuse
  bool remove(const std::string& path);                                // false: it was not listed

  std::vector<std::string> paths() const;  // of files and folders; sorted

  // Whether the hooks of the skill whose manifest lies there were allowed, with a folder of this SkillFolder::hash. A
  // folder that is allowed wakes none. `other`: with another hash.
  enum class Hooks : std::uint8_t { none, other, allowed };
  Hooks hooks(const std::string& manifest_path, const std::string& hash) const;
  Result<void> add_hooks(const std::string& manifest_path, const std::string& hash);  // misuse: as add()
  bool remove_hooks(const std::string& manifest_path);                                // false: they were not allowed
  std::vector<std::string> hook_paths() const;                                        // of such manifests; sorted

  std::string text() const;  // of the file

 private:
  struct Entry {
    std::string path, content;  // content: a hash in hex, "folder", or "hooks:" and a hash in hex
  };
  std::vector<Entry> entries_;
};

}  // namespace cascade::trust
