// The libraries that the user took from others: their folders, the lock, and their rows in the user's cascade.yaml.
#pragma once

#include <cascade/diagnostic.h>
#include <cascade/result.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "files/file_lock.h"
#include "library/fetch.h"

namespace cascade::collection {

// A finding of `validate --profile install` that the user read and takes, in a file that was so; another file asks
// anew.
struct AcceptedFinding {
  std::string rule, path;
  std::uint32_t line = 0;  // 0: about the whole file
  std::string sha256;
};

// "SEC030:skills/setup/SKILL.md:14", as it is typed and shown; without a line: a finding about the whole file.
std::string word_of(const AcceptedFinding& accepted);
std::optional<AcceptedFinding> read_accepted(std::string_view word);
AcceptedFinding accepting(const Diagnostic& finding);

bool accepts(const AcceptedFinding& accepted, const Diagnostic& finding) noexcept;  // whatever the file is now

// cascade.lock: which libraries of others the user took, from where, at which commit, and each file as it was then.
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
Result<Lock> lock_at(const std::string& path);  // of a file; none is an empty lock
// The same bytes for the same libraries.
std::string lock_text(const Lock& lock);

// How files differ from those of the lock.
struct Changes {
  std::vector<std::string> changed, added, gone;  // sorted
  bool empty() const noexcept { return changed.empty() && added.empty() && gone.empty(); }
  std::vector<std::string> all() const;
};
// Both sorted by path.
Changes compare(const std::vector<LockedFile>& before, const std::vector<LockedFile>& after);

struct Places {
  std::string folder;      // a library lies in the folder of its name below it
  std::string lock;        // cascade.lock
  std::string users_file;  // the cascade.yaml whose roots have the libraries
  std::string writer;      // who holds this file is the only one that changes anything
  std::string home;        // paths below it are written with "~/"
};

// One writer at a time. Every change happens whole or not at all: what a killed one left is undone by the next.
class Shelf {
 public:
  // unwritable: the places cannot be made, or somebody else is at work; malformed: the lock or the user's file.
  static Result<Shelf> open(Places places);

  Shelf(Shelf&&) noexcept = default;
  Shelf& operator=(Shelf&&) = delete;
  Shelf(const Shelf&) = delete;
  Shelf& operator=(const Shelf&) = delete;
  ~Shelf();  // what was laid out and not taken goes, and every folder that holds nothing

  const Lock& lock() const noexcept { return lock_; }
  std::string folder_of(const std::string& name) const;
  std::string staging() const;  // the folder for what is not taken yet
  // Empties it, and puts back what a change that did not end had begun.
  Result<void> clear();

  // Writes the files into a folder of the staging one, in place of those before, and returns its path.
  Result<std::string> lay_out(const std::vector<FetchedFile>& files);
  // What was laid out becomes the library, in place of one of its name; it gets its row in the lock and in the roots.
  Result<void> take(const Library& library);
  // Folder, row and root go.
  Result<void> remove(const std::string& name);

  // The root that the user must write into the file, or take out of it, where it cannot be edited safely; else empty.
  const std::string& row_by_hand() const noexcept { return row_by_hand_; }

 private:
  explicit Shelf(Places places) : places_(std::move(places)) {}
  Result<void> write_lock();
  Result<void> edit_roots(const std::string& name, bool in);
  Result<void> exchange(const Library& library);

  Places places_;
  std::unique_ptr<files::FileLock> writer_;
  Lock lock_;
  std::string row_by_hand_;
};

// The files of a library as they are now; none: its folder is gone. unsupported, unreadable as read_whole_folder().
Result<std::optional<std::vector<LockedFile>>> files_now(const std::string& folder);
std::vector<LockedFile> locked_files(const std::vector<FetchedFile>& files);

// Puts a root into the user's cascade.yaml, and takes it out again.

// Everything else in the text stays as it is. Nothing: it is written in a way that is not safe to edit; `root` is as
// the file writes it ("~/x"). A root that is there already, or not there, changes nothing. A list that holds nothing
// but the default sources goes with its last root.
std::optional<std::string> with_root(std::string_view text, const std::string& root);
std::optional<std::string> without_root(std::string_view text, const std::string& root);

bool has_root(std::string_view text, const std::string& root);

// How the user's file names a folder: "~/x" for one in the home.
std::string root_at(const std::string& home, const std::string& folder);

}  // namespace cascade::collection
