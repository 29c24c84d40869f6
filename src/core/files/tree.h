// The file operations that the loader needs. DiskTree is the real disk.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::files {

enum class EntryType : std::uint8_t { file, directory, link, other };

struct Entry {
  std::string name;
  EntryType type = EntryType::file;  // of the entry itself; a link is not followed
};

// Identifies one version of a file. Two equal stamps mean "unchanged" (as in git's index, its racy rule applies).
struct Stamp {
  std::uint64_t size = 0, inode = 0;
  std::int64_t modified_ns = 0, changed_ns = 0;
  bool directory = false, executable = false;  // executable: a file that its owner may run
  friend bool operator==(const Stamp&, const Stamp&) = default;
};

// The text of a file. The stamp was taken before the first byte was read, so any later change gives the file another
// one.
struct FileText {
  std::string text;
  Stamp stamp;
  bool changed = false;  // it changed while it was being read
};

// The entries of a folder without "." and "..", sorted by the bytes of their names. The stamp was taken before
// listing.
struct Listing {
  std::vector<Entry> entries;
  Stamp stamp;
};

// Paths are absolute or relative to the tree's base, with '/'; DiskTree on Windows takes back slashes, too. Reads are
// thread-safe; the rest is not unless it says so.
struct Tree {
  virtual ~Tree() = default;
  // Returns the whole file. unsupported above `max_bytes`; not_found; unreadable.
  virtual Result<std::string> read(const std::string& path, std::uint64_t max_bytes) const = 0;
  // As read(), but none for a missing file.
  Result<std::optional<std::string>> read_if_there(const std::string& path, std::uint64_t max_bytes) const;
  virtual Result<FileText> read_stamped(const std::string& path, std::uint64_t max_bytes) const = 0;
  virtual Result<Listing> list_stamped(const std::string& directory) const = 0;
  Result<std::vector<Entry>> list(const std::string& directory) const;         // entries as in list_stamped()
  virtual Result<Stamp> stat(const std::string& path) const = 0;               // follows links
  virtual Result<std::string> real_path(const std::string& path) const = 0;    // links resolved; not_found for loops
  virtual Result<std::string> link_target(const std::string& path) const = 0;  // as written in the link
  // Whether this process's user owns it, and so decides its content. not_found, unreadable.
  virtual Result<bool> is_own(const std::string& path) const = 0;  // follows links
  // Reads the file of this name directly in `folder`. A link is followed only to a file of the same name below the
  // folder, so that somebody who can add a link cannot have another file read in its place; unreadable for any other
  // link. Errors as read().
  Result<std::string> read_own(const std::string& folder, std::string_view name, std::uint64_t max_bytes) const;
};

class DiskTree : public Tree {
 public:
  // Reads a file at or below the folder `root`, as read(); unreadable if a link leads out of it.
  Result<std::string> read_below(const std::string& root, const std::string& path, std::uint64_t max_bytes) const;
  Result<std::string> read(const std::string& path, std::uint64_t max_bytes) const override;
  Result<FileText> read_stamped(const std::string& path, std::uint64_t max_bytes) const override;
  Result<Listing> list_stamped(const std::string& directory) const override;
  Result<Stamp> stat(const std::string& path) const override;
  Result<std::string> real_path(const std::string& path) const override;
  Result<std::string> link_target(const std::string& path) const override;
  Result<bool> is_own(const std::string& path) const override;
};

// The time according to the disk, whose stamps are never compared with the system clock: the mtime, in nanoseconds, of
// the file `path` after writing its first byte; a new file stays. unwritable if that fails.
Result<std::int64_t> file_system_time(const std::string& path);

// Turns what the system says of a failed call (errno; on Windows GetLastError) into an Error: which operation, on which
// path, and what the user can do.
Error system_error(std::string_view what, const std::string& path, int code);
Error unwritable(std::string_view what, const std::string& path, int code);  // with its own code
Error missing(const std::string& path);                                      // not_found, for a tree that is not a disk

}  // namespace cascade::files
