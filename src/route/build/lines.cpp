// Lines are compared by hashes of their letters and digits, so that marks, blanks and case make no difference. The hash
// is a polynomial, computed four bytes at a time from a table that gives each byte's factor and summand.
#include "route/build/lines.h"

#include "text/ascii.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace cascade::route {
namespace {

// A text is folded to a number in base `base` whose digits are the letters that count. For each byte the table has the
// factor for the number so far and the summand (1 and 0 for bytes that do not count), and whether it counts.
constexpr std::uint64_t base = 0x9e3779b97f4a7c15ULL;

struct Folds {
  std::array<std::uint64_t, 256> times{}, plus{};
  std::array<std::uint8_t, 256> counts{};
  std::array<std::uint64_t, 5> powers{};  // of the base
};
constexpr Folds make_folds() {
  Folds folds;
  for (std::size_t c = 0; c < 256; ++c) {
    const bool upper = letters::is_upper(static_cast<char>(c));
    const bool counts = letters::is_letter_or_digit(static_cast<char>(c)) || c >= 0x80;
    folds.counts[c] = counts ? 1 : 0;
    folds.times[c] = counts ? base : 1;
    folds.plus[c] = counts ? 0xd6e8feb86659fd93ULL + (upper ? c + ('a' - 'A') : c) : 0;
  }
  folds.powers[0] = 1;
  for (std::size_t n = 1; n < folds.powers.size(); ++n) folds.powers[n] = folds.powers[n - 1] * base;
  return folds;
}
constexpr Folds folds = make_folds();

// How often each hash was added; open addressing.
class HashCounts {
 public:
  HashCounts() : slots_(4096) {}

  void add(std::uint32_t hash) {
    Slot& slot = find(hash);
    slot.hash = hash;
    if (slot.count++ == 0 && ++used_ * 2 > slots_.size()) grow();
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
  Slot& find(std::uint32_t hash) {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = (hash >> 15) & mask;  // the added hashes agree in their lowest bits
    while (slots_[at].count != 0 && slots_[at].hash != hash) at = (at + 1) & mask;
    return slots_[at];
  }
  void grow() {
    std::vector<Slot> before(slots_.size() * 2);
    before.swap(slots_);
    for (const Slot& slot : before)
      if (slot.count != 0) find(slot.hash) = slot;
  }

  std::vector<Slot> slots_;
  std::size_t used_ = 0;
};

}  // namespace

// Takes four bytes at a time: their effect is computed without waiting for the number so far. The power of the base is
// looked up, because compilers turn a product back into a loop over bytes.
std::uint64_t fold_text(std::string_view text) noexcept {
  const auto* at = reinterpret_cast<const unsigned char*>(text.data());
  const auto* const end = at + text.size();
  std::uint64_t hash = 0;
  for (; end - at >= 4; at += 4) {
    std::uint64_t own = folds.plus[at[0]];
    for (int i = 1; i < 4; ++i) own = own * folds.times[at[i]] + folds.plus[at[i]];
    const unsigned count = 0U + folds.counts[at[0]] + folds.counts[at[1]] + folds.counts[at[2]] + folds.counts[at[3]];
    hash = hash * folds.powers[count] + own;
  }
  for (; at != end; ++at) hash = hash * folds.times[*at] + folds.plus[*at];
  hash ^= hash >> 32;
  return hash * base;
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

// Most hashes are rare. A first pass counts them in a small table whose slots several hashes share, which fits into a
// near cache; only hashes in a full enough slot are then counted exactly.
std::vector<std::uint32_t> common_hashes(const std::vector<Span<std::uint32_t>>& lists, std::size_t least) {
  constexpr std::size_t shared = std::size_t{1} << 15;
  std::vector<std::uint32_t> counts(shared);
  for (const Span<std::uint32_t>& list : lists)
    for (const std::uint32_t hash : list) ++counts[hash % shared];
  HashCounts exact;
  for (const Span<std::uint32_t>& list : lists)
    for (const std::uint32_t hash : list)
      if (counts[hash % shared] >= least) exact.add(hash);
  return exact.from(least);
}

}  // namespace cascade::route
