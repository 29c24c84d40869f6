// The files of a repository as the audit sees them: without installed, built and foreign ones, each read once.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "confined/confined.h"
#include "files/tree.h"
#include "syntax/node.h"

namespace cascade::audit {

// A line of a file; 0: the file as a whole.
struct Place {
  std::string path;
  std::uint32_t line = 0;
};

class Repository {
 public:
  // `root` is absolute. Folders that rows call `skip` are left out, and so is what lies deeper than 24 folders or
  // beyond 60,000 files, which is_whole() tells. Links are not followed. not_found, unreadable: the root itself.
  static Result<Repository> read(const files::Tree& tree, const std::string& root, Rows rows);

  const std::string& root() const noexcept { return root_; }
  const std::vector<std::string>& files() const noexcept { return files_; }  // relative to the root, sorted
  bool is_whole() const noexcept { return whole_; }

  // Paths are relative to the root, normal or not; what leads out of the root is not there.
  bool has_file(std::string_view path) const;
  bool has_folder(std::string_view path) const;
  bool has(std::string_view path) const { return has_file(path) || has_folder(path); }
  bool has_named(std::string_view file_name) const { return names_.count(std::string(file_name)) > 0; }
  // Whether it is on the disk, although it is not among the files: built, installed or skipped.
  bool is_on_disk(std::string_view path) const;
  bool is_executable(std::string_view path) const;

  // The text of a file; empty if it cannot be read, is larger than 2 MiB, or is not text.
  const std::string& text(std::string_view path) const;
  // What `parse` makes of a file's name and text, once for each file; null if that is nothing.
  const syntax::Node* structure(std::string_view path,
                                syntax::Parsed (*parse)(std::string_view name, const std::string& text)) const;

  // The files that were asked for and could not be read whole, each with the reason.
  const std::map<std::string, std::string>& unread() const noexcept { return unread_; }

  // Whether a path fits one of the patterns; one without a slash fits a file's name at any depth.
  static bool fits(std::string_view path, const std::vector<std::string>& patterns, bool deep = true);

  // Files below a folder ("": all) that match one of the patterns, relative to that folder; a pattern without a slash
  // may also match the name of a file at any depth if `deep`.
  std::vector<std::string> matching(std::string_view folder, const std::vector<std::string>& patterns,
                                    bool deep = false) const;

 private:
  Repository(const files::Tree& tree, std::string root) : tree_(&tree), root_(std::move(root)) {}
  void walk(const std::string& folder, std::size_t depth, const std::set<std::string, std::less<>>& skipped);

  const files::Tree* tree_;
  std::string root_;
  std::vector<std::string> files_;
  std::map<std::string, std::vector<std::string>, std::less<>> names_in_;  // of the files of each folder, sorted
  std::set<std::string, std::less<>> folders_, names_;
  bool whole_ = true;
  mutable std::map<std::string, std::string, std::less<>> texts_;
  mutable std::map<std::string, syntax::Node, std::less<>> structures_;
  mutable std::map<std::string, std::string> unread_;
};

// What a word means in a folder ("": the root), in normal form; "." is the root.
std::string path_in(std::string_view folder, std::string_view word);

// The number of the line with this byte.
std::uint32_t line_at(std::string_view text, std::size_t offset);
// The first line with `part`, from the line `from` on; 0: there is none.
std::uint32_t line_with(std::string_view text, std::string_view part, std::uint32_t from = 1);

// A value with the line that says it.
struct Value {
  std::string text;
  Place place;
};

// JSON, YAML, TOML or INI by the file's name, as one tree; null for another file. A part that cannot be read is
// missing, and Repository::unread() says so.
const syntax::Node* structure_of(const Repository& repository, std::string_view path);

// The node at "compilerOptions.strict"; null: there is none.
const syntax::Node* at_path(const syntax::Node& root, std::string_view path);

// `form`: "key A.B", "keys A.B C" (the keys of these maps), "array A", "whole", "after X" (what follows X on its line,
// unquoted), "attribute TAG NAME", "lines", "section X", "module", "pinned X" (lines with X), "hash X" (the keys of
// X => { ... }).
std::vector<Value> values_of(const Repository& repository, const std::string& path, std::string_view form);

// "FILE", "FILE#key", "FILE#key=value", "FILE#line=TEXT" or "FILE~text" below `folder`: the first file that is there,
// says something, and has the key (with that value or item; `[]`: an empty list; `everything`: a pattern that fits all
// files), a line that is the text, or the text anywhere. FILE may be a pattern; in a file without structure the key is
// a text.
std::optional<Place> declared_by(const Repository& repository, std::string_view folder, std::string_view condition);

// Whether a settings file says anything: more than comments, blanks and empty brackets.
bool says_something(std::string_view text);

// "1.2" or "1.2.3" at the beginning of a text, after a "v" and brackets; empty: none.
std::string version_at(std::string_view text);

}  // namespace cascade::audit
