#include "files/file_tail.h"

#include <algorithm>
#include <functional>

namespace cascade::files {

namespace {

constexpr std::size_t piece_bytes = 32 * 1024;

// `place` maps the size of the file to the offset where reading begins.
template <typename Place>
Result<std::string> read_part(const std::string& path, std::uint64_t most, const Place& place) {
  const auto opened = OpenedFile::open(path);
  if (!opened) return opened.error();
  const std::uint64_t from = std::min(place(opened->size()), opened->size());
  std::string part(std::min(opened->size() - from, most), '\0');
  part.resize(opened->fill(from, part.data(), part.size()));
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
  const auto opened = OpenedFile::open(path);
  if (!opened) return opened.error();
  const std::boyer_moore_horspool_searcher of_words(words.begin(), words.end());
  std::string piece(piece_bytes + words.size(), '\0');
  std::size_t kept = 0;  // the end of the piece before, in which the words may have begun
  for (std::uint64_t from = opened->size() - std::min(opened->size(), most);;) {
    const std::size_t wanted =
        std::min<std::uint64_t>(piece_bytes, opened->size() - from);  // bytes appended later are not read
    const std::size_t got = opened->fill(from, piece.data() + kept, wanted);
    const auto end = piece.begin() + static_cast<std::ptrdiff_t>(kept + got);
    if (std::search(piece.begin(), end, of_words) != end) return true;
    if (got < piece_bytes) return false;
    from += got;
    kept = std::min(kept + got, words.size());
    std::copy(end - static_cast<std::ptrdiff_t>(kept), end, piece.begin());
  }
}

}  // namespace cascade::files
