#include "route/lines.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace cascade::route {
namespace {

// For each byte what it is folded to and by how many bits it moves on what was folded before it: nothing and 0 for what
// does not count.
struct Folded {
  std::uint8_t letter = 0, bits = 0;
};

constexpr std::array<Folded, 256> make_folds() {
  std::array<Folded, 256> folds{};
  for (std::size_t c = 0; c < 256; ++c) {
    const bool upper = c >= 'A' && c <= 'Z';
    if (!upper && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c < 0x80) continue;
    folds[c] = {static_cast<std::uint8_t>(upper ? c + ('a' - 'A') : c), 8};
  }
  return folds;
}
constexpr std::array<Folded, 256> folds = make_folds();

constexpr std::uint64_t mix(std::uint64_t hash, std::uint64_t letters) noexcept {
  hash = (hash ^ letters) * 0x9e3779b97f4a7c15ULL;
  return hash ^ (hash >> 29);
}

// How often each hash was added; open addressing.
class HashCounts {
 public:
  explicit HashCounts(std::size_t most) {
    std::size_t size = 64;
    while (size < most * 2) size *= 2;
    slots_.resize(size);
  }
  void add(std::uint32_t hash) {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = hash & mask;
    while (slots_[at].count != 0 && slots_[at].hash != hash) at = (at + 1) & mask;
    slots_[at].hash = hash;
    ++slots_[at].count;
  }
  std::vector<std::uint32_t> from(std::size_t least) const {
    std::vector<std::uint32_t> found;
    for (const Slot& slot : slots_)
      if (slot.count >= least) found.push_back(slot.hash);
    std::sort(found.begin(), found.end());
    return found;
  }

 private:
  struct Slot {
    std::uint32_t hash = 0, count = 0;
  };
  std::vector<Slot> slots_;
};

}  // namespace

std::uint64_t fold_text(std::string_view text) noexcept {
  std::uint64_t hash = 0, letters = 0;
  std::uint32_t bits = 0, all = 0;
  for (const char c : text) {
    const Folded fold = folds[static_cast<unsigned char>(c)];
    letters = letters << fold.bits | fold.letter;
    bits += fold.bits;
    if (bits < 64) continue;
    hash = mix(hash, letters);
    all = 1;
    bits = 0;
    letters = 0;
  }
  if (bits == 0 && all == 0) return 0;
  hash = mix(hash, letters);
  hash = mix(hash, bits);
  return hash != 0 ? hash : 1;
}

std::uint32_t fold_line(std::string_view line) noexcept {
  const std::uint64_t hash = fold_text(line);
  const auto half = static_cast<std::uint32_t>(hash >> 32);
  return hash != 0 && half == 0 ? 1 : half;
}

void append_lines(std::string_view text, std::uint32_t begin, std::vector<Line>& lines) {
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at < end) {
    const void* const feed = std::memchr(at, '\n', static_cast<std::size_t>(end - at));
    const char* const stop = feed != nullptr ? static_cast<const char*>(feed) : end;
    const std::string_view line(at, static_cast<std::size_t>(stop - at));
    lines.push_back({begin + static_cast<std::uint32_t>(at - text.data()), static_cast<std::uint32_t>(line.size()),
                     fold_line(line)});
    at = stop + 1;
  }
}

std::size_t least_common(std::size_t sources) noexcept {
  constexpr std::size_t least_count = 4, least_per_cent = 4;
  return std::max(least_count, sources * least_per_cent / 100);
}

// Most hashes are rare. They are told apart by counts that several share, which fit into a near cache.
std::vector<std::uint32_t> common_hashes(const std::vector<Span<std::uint32_t>>& lists, std::size_t least) {
  constexpr std::size_t shared = std::size_t{1} << 16;
  constexpr std::uint16_t most = 0xffff;
  std::vector<std::uint16_t> counts(shared);
  for (const Span<std::uint32_t>& list : lists)
    for (const std::uint32_t hash : list) {
      std::uint16_t& count = counts[hash % shared];
      count = static_cast<std::uint16_t>(count + (count < most ? 1 : 0));
    }
  std::vector<std::uint32_t> frequent;
  for (const Span<std::uint32_t>& list : lists)
    for (const std::uint32_t hash : list)
      if (counts[hash % shared] >= std::min<std::size_t>(least, most)) frequent.push_back(hash);
  HashCounts exact(frequent.size());
  for (const std::uint32_t hash : frequent) exact.add(hash);
  return exact.from(least);
}

}  // namespace cascade::route
