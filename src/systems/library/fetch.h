// Fetches the files of a repository with the user's git.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "files/tree.h"

namespace cascade::collection {

struct FetchRequest {
  std::string git;      // the program
  std::string address;  // of a Source
  std::string ref;      // empty: what the repository offers first
  std::string folder;   // does not exist yet; git's objects are kept there
};

struct FetchedFile {
  std::string path, text;
  bool is_program = false;
};

struct Fetched {
  std::string commit;
  std::vector<FetchedFile> files;     // sorted by path; no links
  std::vector<std::string> left_out;  // what is not among them, and why; for people
};

// Nothing of the repository is run and nothing is asked: git gets no terminal, no hooks, no submodules, and https, ssh
// and file alone; its files are read from their objects, not checked out. A link to a file within it becomes that file.
// not_found: git says that there is nothing, or nobody may have it; unsupported: as read_tree_entries(), a link that
// leaves the folder, or more than `largest_library` to load; unreadable: the time is up.
Result<Fetched> fetch(const FetchRequest& request);

// The files of a commit as git lists them, judged before one of them is read.
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

// What of a library is left out.

// What goes with the file: the folder of the skill that it belongs to, or the file alone. Empty: the whole library is
// that skill.
std::string holder_of(const std::vector<FetchedFile>& files, std::string_view path);

// The paths that a word means: a file or a folder of the library, or the skill, agent or command of that name. None:
// there is nothing; several: it is not clear which.
std::vector<std::string> paths_of(const std::vector<FetchedFile>& files, std::string_view word);

// Erases the files at and below these paths. False: there were none.
bool leave_out(std::vector<FetchedFile>& files, const std::vector<std::string>& paths);

// Where a library of somebody else's is fetched from, as the user names it.
struct Source {
  std::string address;   // for git: an address, or an absolute path
  std::string identity;  // the same for each way to write it (repository/address.h)
  std::string name;      // its last part; not yet checked
};

// OWNER/REPO, an address of https, ssh or file, or a folder. `directory`: where a relative path starts; `home`: for
// "~/". misuse: none of these, another protocol, a password within; not_found: there is no such folder.
Result<Source> read_source(std::string_view word, const std::string& directory, const std::string& home,
                           const files::Tree& tree);

// How `identity` is for an address that somebody else wrote down; empty: it is none.
std::string identity_of(std::string_view address, const files::Tree& tree);

// Whether a folder can have it: one plain word of at most 64 characters.
bool is_library_name(std::string_view name) noexcept;
// Whether it can be a branch, a tag or a commit, and no option or range of git's.
bool is_ref(std::string_view ref) noexcept;

}  // namespace cascade::collection
