// The libraries that the user took from others: their folders, the lock, and their rows in the user's cascade.yaml.
#pragma once

#include <cascade/result.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "files/file_lock.h"
#include "library/fetch.h"
#include "library/lock.h"

namespace cascade::collection {

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
  // The lock alone, for who changes nothing.
  static Result<Lock> look(const Places& places);

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

}  // namespace cascade::collection
