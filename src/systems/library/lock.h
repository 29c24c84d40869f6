// cascade.lock: which libraries of others the user took, from where, at which commit, and each file as it was then.
#pragma once

#include <cascade/result.h>

#include <string>
#include <string_view>
#include <vector>

#include "library/accepted.h"

namespace cascade::collection {

struct LockedFile {
  std::string path, sha256;
};

struct Library {
  std::string name, source;
  std::string ref;  // as asked for; empty: the repository's own choice
  std::string commit;
  std::vector<LockedFile> files;          // sorted by path
  std::vector<std::string> without = {};  // files and folders of the repository that are not taken, sorted
  std::vector<AcceptedFinding> accepted = {};
};

struct Lock {
  std::vector<Library> libraries;  // sorted by name

  const Library* find(std::string_view name) const noexcept;
  void put(Library library);  // in place of one of its name
  void erase(std::string_view name);
};

// An empty text is an empty lock. malformed: no lock, or one of a later version; its place in `path`.
Result<Lock> read_lock(std::string_view text, const std::string& path);
// The same bytes for the same libraries.
std::string lock_text(const Lock& lock);

// How files differ from those of the lock.
struct Changes {
  std::vector<std::string> changed, added, gone;  // sorted
  bool empty() const noexcept { return changed.empty() && added.empty() && gone.empty(); }
};
// Both sorted by path.
Changes compare(const std::vector<LockedFile>& before, const std::vector<LockedFile>& after);

}  // namespace cascade::collection
