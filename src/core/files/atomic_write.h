// Writes a file so that a reader sees either the old one or the new one, never a part.
#pragma once

#include <cascade/result.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "files/tree.h"

namespace cascade::files {

// Writes next to `path` and renames; mode as for open(2). Creates no folders. unwritable on any failure, and nothing
// is left behind.
Result<void> write_atomically(const std::string& path, std::string_view bytes, unsigned mode = 0644);

// Writes what a user wants at a path that he named himself, at once where that can be: into a device, a pipe or a
// terminal ("/dev/null", "/dev/stdout"), which a new file in its place would destroy, the bytes go as they are, and a
// link stays a link. Waits for the reader of a pipe. unwritable on any failure.
Result<void> write_output(const std::string& path, std::string_view bytes, unsigned mode = 0644);

// A modification time that marks a file as whole; any later change to the file changes it. `to_disk`: the bytes reach
// the disk before the time is set. Without it, the mark holds only until the machine stops.
struct Seal {
  std::int64_t modified_ns = 0;  // 0: no seal
  bool to_disk = false;
};

// As write_atomically(), for a file in several pieces. The file gets its seal (if the file system can keep such a
// time), then its name. REQUIRES: one writer of `path` at a time (files/file_lock.h); a leftover of a killed writer is
// replaced.
Result<void> write_sealed(const std::string& path, const std::vector<std::string_view>& pieces, const Seal& seal,
                          unsigned mode);

// Sets the sealing time of a file that was read and found whole, if `known` is still its stamp. Does nothing if that
// is not permitted.
void seal_again(const std::string& path, const Stamp& known, std::int64_t modified_ns);

// Succeeds if the file does not exist.
Result<void> remove_file(const std::string& path);

// Leaves a folder that is not empty, or does not exist, as it is.
void remove_empty_folder(const std::string& path);

// mkdir -p; new folders get this mode, less the umask.
Result<void> make_directories(const std::string& path, unsigned mode = 0700);

// Bytes of a file as they were when it was mapped. Move-only.
class MappedPart {
 public:
  MappedPart(MappedPart&& other) noexcept
      : begin_(std::exchange(other.begin_, nullptr)), length_(other.length_), bytes_(std::exchange(other.bytes_, {})) {}
  ~MappedPart();

  std::string_view bytes() const noexcept { return bytes_; }

 private:
  friend class GrowingFile;
  MappedPart(void* begin, std::size_t length, std::string_view bytes) : begin_(begin), length_(length), bytes_(bytes) {}
  void* begin_ = nullptr;  // of the page in which the bytes begin
  std::size_t length_ = 0;
  std::string_view bytes_;
};

// A file that is written piece by piece, and read meanwhile. It gets its seal and its name at the end; without that it
// is removed. REQUIRES: one writer of `path` at a time; a leftover of a killed writer is replaced.
class GrowingFile {
 public:
  static Result<GrowingFile> begin(const std::string& path, unsigned mode);
  GrowingFile(GrowingFile&& other) noexcept
      : path_(std::move(other.path_)), file_(std::exchange(other.file_, -1)), size_(other.size_) {}
  ~GrowingFile();

  Result<void> append(const std::vector<std::string_view>& pieces);
  std::uint64_t size() const noexcept { return size_; }
  // What was appended. It stays as it is, even if the file is removed.
  Result<MappedPart> part(std::uint64_t offset, std::size_t length) const;
  Result<void> finish(std::string_view first_bytes, const Seal& seal);  // overwrites the first bytes

 private:
  GrowingFile(std::string path, int file) : path_(std::move(path)), file_(file) {}
  static std::string unfinished(const std::string& path) { return path + ".new"; }
  Error give_up(const char* what);  // with errno

  std::string path_;
  int file_ = -1;
  std::uint64_t size_ = 0;
};

// Creates an empty file that only its user can read. An existing one stays as it is. unwritable, also for a link.
Result<void> make_private_file(const std::string& path);

// Returns the first `bytes` of a file, or all of it if it is shorter. unreadable.
Result<std::string> read_head(const std::string& path, std::size_t bytes);

// Moves a file to a name that is not in use. unwritable.
Result<void> move_file(const std::string& from, const std::string& to);

// Replaces `before` by `after` in the file at `path` (the caller resolves links). Mode, owner, access lists and other
// extended attributes stay, hard links keep naming one file, and the new bytes are on the disk on return. stale: the
// file does not hold `before`, or somebody changed it meanwhile; unwritable: also for a read-only file. After an error
// the file is as it was, unless a second writer came in the moment in which the first one's text was put back.
Result<void> replace_user_file(const std::string& path, std::string_view before, std::string_view after);

// Writes a file of ours among the user's, whole and flushed to the disk; replaces an existing one. mode as for
// open(2). unwritable: nothing is left behind.
Result<void> write_user_file(const std::string& path, std::string_view bytes, unsigned mode);

}  // namespace cascade::files
