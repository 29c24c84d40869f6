// Everything that the loader needs from a disk. DiskTree is the real one; tests use MemoryTree.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::files {

enum class EntryType : std::uint8_t { file, directory, link, other };

struct Entry {
  std::string name;
  EntryType type = EntryType::file;  // of the entry itself; a link is not followed
};

// What a file was when it was looked at. Two equal stamps mean "unchanged" (reference: git's racy rule applies).
struct Stamp {
  std::uint64_t size = 0, inode = 0;
  std::int64_t modified_ns = 0, changed_ns = 0;
  bool directory = false, executable = false;  // executable: a file that its owner may run
  friend bool operator==(const Stamp&, const Stamp&) = default;
};

// A file as it was read. The stamp is from before the first byte, so that whatever changes the file later leaves it
// with another one.
struct FileText {
  std::string text;
  Stamp stamp;
  bool changed = false;  // while it was being read
};

// A folder as it was listed: entries without "." and "..", sorted by bytes of the name. The stamp is from before.
struct Listing {
  std::vector<Entry> entries;
  Stamp stamp;
};

// Paths are absolute or relative to the tree's base, with '/'. Not thread-safe unless said so; reads are.
struct Tree {
  virtual ~Tree() = default;
  // The whole file. unsupported above `max_bytes`; not_found; unreadable.
  virtual Result<std::string> read(const std::string& path, std::uint64_t max_bytes) const = 0;
  // As read(); nothing where there is no such file.
  Result<std::optional<std::string>> read_if_there(const std::string& path, std::uint64_t max_bytes) const;
  virtual Result<FileText> read_stamped(const std::string& path, std::uint64_t max_bytes) const = 0;
  virtual Result<Listing> list_stamped(const std::string& directory) const = 0;
  Result<std::vector<Entry>> list(const std::string& directory) const;         // as list_stamped()
  virtual Result<Stamp> stat(const std::string& path) const = 0;               // follows links
  virtual Result<std::string> real_path(const std::string& path) const = 0;    // links resolved; not_found for loops
  virtual Result<std::string> link_target(const std::string& path) const = 0;  // as it is written in the link
  // Whether the user that this process runs as owns it, and with it decides what it holds. not_found, unreadable.
  virtual Result<bool> is_own(const std::string& path) const = 0;  // follows links
  // The file of this name right in `folder`. A link is followed only to a file of the same name below the folder, so
  // that whoever may add a link cannot have another file read in its place. unreadable otherwise; else as read().
  Result<std::string> read_own(const std::string& folder, std::string_view name, std::uint64_t max_bytes) const;
};

class DiskTree final : public Tree {
 public:
  // A file at or below the folder `root`, as read(); unreadable where a link leads out of it.
  Result<std::string> read_below(const std::string& root, const std::string& path, std::uint64_t max_bytes) const;
  Result<std::string> read(const std::string& path, std::uint64_t max_bytes) const override;
  Result<FileText> read_stamped(const std::string& path, std::uint64_t max_bytes) const override;
  Result<Listing> list_stamped(const std::string& directory) const override;
  Result<Stamp> stat(const std::string& path) const override;
  Result<std::string> real_path(const std::string& path) const override;
  Result<std::string> link_target(const std::string& path) const override;
  Result<bool> is_own(const std::string& path) const override;
};

// For tests: files by absolute path; folders exist where files lie below them.
class MemoryTree final : public Tree {
 public:
  void write(const std::string& path, std::string text);
  void link(const std::string& path, const std::string& target);
  void give_away(const std::string& path);  // to another user
  Result<std::string> read(const std::string& path, std::uint64_t max_bytes) const override;
  Result<FileText> read_stamped(const std::string& path, std::uint64_t max_bytes) const override;
  Result<Listing> list_stamped(const std::string& directory) const override;
  Result<Stamp> stat(const std::string& path) const override;
  Result<std::string> real_path(const std::string& path) const override;
  Result<std::string> link_target(const std::string& path) const override;
  Result<bool> is_own(const std::string& path) const override;

 private:
  std::map<std::string, std::string> files_, links_;
  std::set<std::string> given_away_;
};

}  // namespace cascade::files
