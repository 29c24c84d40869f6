// What a range of commits changes, as cascade-git reads it.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string>
#include <vector>

namespace cascade::comprehension {

struct Hunk {
  std::string id, inverse;  // `inverse`: the id of what takes it back
  std::uint32_t old_at = 0, old_lines = 0, new_at = 0, new_lines = 0;
  std::vector<std::string> removed, added;  // at most 300 each, long lines cut
  std::uint32_t file = 0;                   // its place in Change::files

  std::uint32_t lines() const noexcept { return old_lines + new_lines == 0 ? 1 : old_lines + new_lines; }
};

struct ChangedFile {
  std::string path, old_path;
  char status = 'M';  // A, M, D, R, T
  bool is_binary = false, changes_mode = false;
  std::uint32_t first_hunk = 0, hunks = 0;
};

struct RangeCommit {
  std::string id, name, mail, message, ai_note;
  std::uint32_t parents = 0;
  std::vector<std::string> files;  // of a merge none
};

struct Change {
  std::string base, head, top;  // ids of commits; `top`: the work tree's folder, or empty
  std::vector<RangeCommit> commits;
  std::vector<ChangedFile> files;
  std::vector<Hunk> hunks;

  const std::string& path_of(const Hunk& hunk) const noexcept { return files[hunk.file].path; }
  const ChangedFile* find(const std::string& path) const noexcept;
};

struct TreeText {
  std::string path, text;
};

// Asks cascade-git about one repository. Errors: not_found: no such revision; unreadable: no repository, or it cannot
// be read; unsupported: no cascade-git.
class Repository {
 public:
  Repository(std::string git_program, std::string directory)
      : program_(std::move(git_program)), directory_(std::move(directory)) {}

  // The change from where `to` branched off from `from` (empty: from nothing). `to` "-": the work tree.
  Result<Change> change(const std::string& from, const std::string& to) const;
  // The texts of a revision's files that one of the patterns matches (* for any characters).
  Result<std::vector<TreeText>> files(const std::string& revision, const std::vector<std::string>& patterns) const;
  Result<Change> change_of_commit(const std::string& revision) const;  // hunks without texts
  // Writes a revision's files into an empty folder; no program runs for it.
  Result<void> check_out(const std::string& revision, const std::string& folder) const;
  const std::string& directory() const noexcept { return directory_; }

 private:
  std::string program_, directory_;
};

}  // namespace cascade::comprehension
