#include "files/growing_file.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>

#include "files/posix/new_file.h"
#include "files/system_error.h"

namespace cascade::files {

MappedPart::~MappedPart() {
  if (begin_ != nullptr) ::munmap(begin_, length_);
}

Result<GrowingFile> GrowingFile::begin(const std::string& path, unsigned mode) {
  const int file = open_new(unfinished(path), mode);
  if (file < 0) return unwritable("cannot write", path, errno);
  return GrowingFile(path, file);
}

GrowingFile::~GrowingFile() {
  if (file_ < 0) return;
  ::close(file_);
  ::unlink(unfinished(path_).c_str());
}

Result<void> GrowingFile::append(const std::vector<std::string_view>& pieces) {
  if (!write_all(file_, pieces)) return unwritable("cannot write", path_, errno);
  for (const std::string_view piece : pieces) size_ += piece.size();
  return {};
}

Result<MappedPart> GrowingFile::part(std::uint64_t offset, std::size_t length) const {
  if (length == 0) return MappedPart(nullptr, 0, {});
  const std::size_t before = offset % static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  void* const begin =
      ::mmap(nullptr, before + length, PROT_READ, MAP_SHARED, file_, static_cast<off_t>(offset - before));
  if (begin == MAP_FAILED) return system_error("cannot map", path_, errno);
  return MappedPart(begin, before + length, {static_cast<const char*>(begin) + before, length});
}

Error GrowingFile::give_up(const char* what) {
  const int failed = errno;
  ::unlink(unfinished(path_).c_str());
  return unwritable(what, path_, failed);
}

Result<void> GrowingFile::finish(std::string_view first_bytes, const Seal& seal) {
  const bool written = ::lseek(file_, 0, SEEK_SET) == 0 && write_all(file_, {first_bytes}) && seal_file(file_, seal);
  if (!written) return unwritable("cannot write", path_, errno);
  if (::close(std::exchange(file_, -1)) != 0) return give_up("cannot write");
  if (!take_name(unfinished(path_), path_)) return give_up("cannot replace");
  return {};
}

}  // namespace cascade::files
