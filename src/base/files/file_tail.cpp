#include "files/file_tail.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <functional>

#include "files/descriptor.h"
#include "files/system_error.h"

namespace cascade::files {

namespace {

constexpr std::size_t piece_bytes = 32 * 1024;

struct Opened {
  Descriptor fd;
  std::uint64_t size = 0;
};

Result<Opened> open_file(const std::string& path) {
  Opened opened{Descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK))};
  if (opened.fd.get() < 0) return system_error("cannot read", path, errno);
  struct stat info {};
  if (::fstat(opened.fd.get(), &info) != 0 || !S_ISREG(info.st_mode))
    return Error{ErrorCode::unreadable, "not a regular file", path, ""};
  opened.size = static_cast<std::uint64_t>(info.st_size);
  return opened;
}

// Fills up to `size` bytes from `from` on and returns their number: the file may be truncated meanwhile.
std::size_t fill(int fd, std::uint64_t from, char* bytes, std::size_t size) {
  std::size_t filled = 0;
  while (filled < size) {
    const ssize_t got = ::pread(fd, bytes + filled, size - filled, static_cast<off_t>(from + filled));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    filled += static_cast<std::size_t>(got);
  }
  return filled;
}

// `place` maps the size of the file to the offset where reading begins.
template <typename Place>
Result<std::string> read_part(const std::string& path, std::uint64_t most, const Place& place) {
  const auto opened = open_file(path);
  if (!opened) return opened.error();
  const std::uint64_t from = std::min(place(opened->size), opened->size);
  std::string part(std::min(opened->size - from, most), '\0');
  part.resize(fill(opened->fd.get(), from, part.data(), part.size()));
  return part;
}

}  // namespace

Result<std::string> read_tail(const std::string& path, std::uint64_t most) {
  return read_part(path, most, [&](std::uint64_t size) { return size - std::min(size, most); });
}

Result<std::string> read_from(const std::string& path, std::uint64_t from, std::uint64_t most) {
  return read_part(path, most, [&](std::uint64_t) { return from; });
}

// Reads pieces of 32 KiB; each begins with the end of the one before, so words across the seam are found.
Result<bool> tail_holds(const std::string& path, std::uint64_t most, std::string_view words) {
  const auto opened = open_file(path);
  if (!opened) return opened.error();
  const std::boyer_moore_horspool_searcher of_words(words.begin(), words.end());
  std::string piece(piece_bytes + words.size(), '\0');
  std::size_t kept = 0;  // the end of the piece before, in which the words may have begun
  for (std::uint64_t from = opened->size - std::min(opened->size, most);;) {
    const std::size_t wanted =
        std::min<std::uint64_t>(piece_bytes, opened->size - from);  // bytes appended later are not read
    const std::size_t got = fill(opened->fd.get(), from, piece.data() + kept, wanted);
    const auto end = piece.begin() + static_cast<std::ptrdiff_t>(kept + got);
    if (std::search(piece.begin(), end, of_words) != end) return true;
    if (got < piece_bytes) return false;
    from += got;
    kept = std::min(kept + got, words.size());
    std::copy(end - static_cast<std::ptrdiff_t>(kept), end, piece.begin());
  }
}

}  // namespace cascade::files
