// Fetches the files of a repository with the user's git.
#pragma once

#include <cascade/result.h>

#include <string>
#include <vector>

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

}  // namespace cascade::collection
