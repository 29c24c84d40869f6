// The user's list of what no project may allow by itself, in one file of the user's own: files and folders (`cascade
// allow`), and the programs of skills (`cascade trust allow`).
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string>
#include <vector>

#include "files/tree.h"

namespace cascade::trust {

// Files by absolute path and content, so a changed file must be allowed again; folders regardless of their content.
class Allowed {
 public:
  // A missing file allows nothing. unreadable, malformed: its content cannot be trusted.
  static Result<Allowed> read(const files::Tree& tree, const std::string& file);

  // Whether `path` is a listed file with unchanged content, a listed folder, or in a listed folder.
  bool has(const files::Tree& tree, const std::string& path) const;
  // Errors: not_found, unreadable; misuse for a path with a line end.
  Result<void> add(const files::Tree& tree, const std::string& path);
  Result<void> add(const std::string& path, const std::string& text);  // a file that was read already; misuse
  bool remove(const std::string& path);                                // false: it was not listed

  std::vector<std::string> paths() const;  // of files and folders; sorted

  // Whether the hooks of the skill with this manifest were allowed, for a folder with this SkillFolder::hash. `other`:
  // for another hash. An allowed folder does not allow hooks.
  enum class Hooks : std::uint8_t { none, other, allowed };
  Hooks hooks(const std::string& manifest_path, const std::string& hash) const;
  // The same of a file that was listed by itself: `other`: with other bytes. A folder around it does not count.
  Hooks file(const files::Tree& tree, const std::string& path) const;
  Result<void> add_hooks(const std::string& manifest_path, const std::string& hash);  // misuse: as add()
  bool remove_hooks(const std::string& manifest_path);                                // false: they were not allowed

  std::string text() const;  // the file's text

 private:
  struct Entry {
    std::string path, content;  // content: a hash in hex, "folder", or "hooks:" and a hash in hex
  };
  Result<void> list(const std::string& path, std::string content);  // in place of what was listed of it; misuse
  bool remove(const std::string& path, bool hooks);
  std::vector<Entry> entries_;
};

}  // namespace cascade::trust
