// Finds similar sets by MinHash: a set's sketch is the least value of each of 24 hash functions on it, and two sets
// share such a value with the probability of their similarity. Three values form a band; sets with an equal band are a
// candidate pair. With eight bands, sets with similarity 0.8 share one with a probability of 0.997. Comparing all
// pairs of sets instead would be quadratic.
#include "duplicates/alike.h"

#include "text/ascii.h"

#include <algorithm>
#include <array>

namespace cascade::duplicates {
namespace {

constexpr std::size_t bands = 8, rows = 3;
using Sketch = std::array<std::uint32_t, bands * rows>;

// A bijection of 64 bits that spreads each bit over all others.
std::uint64_t mixed(std::uint64_t x) noexcept {
  x ^= x >> 31U;
  x *= 0x7FB5D329728EA185ULL;
  x ^= x >> 27U;
  x *= 0x81DADEF4BC2DD44DULL;
  return x ^ (x >> 33U);
}

Sketch sketch_of(const Set& set, const std::array<std::uint64_t, bands * rows>& factors) {
  Sketch sketch;
  sketch.fill(0xffffffffU);
  for (const std::uint32_t element : set)
    for (std::size_t i = 0; i < sketch.size(); ++i)
      sketch[i] = std::min(sketch[i], static_cast<std::uint32_t>((element * factors[i] + factors[i]) >> 32U));
  return sketch;
}

}  // namespace

// A text is the set of its runs of three words, regardless of case and punctuation: the same words in another order are
// another text. A text of one or two words is one run.
Set runs_of_words(std::string_view text) {
  Set runs;
  std::array<std::uint64_t, 3> last{};
  std::size_t words = 0;
  const auto run = [&] { return static_cast<std::uint32_t>(mixed(last[0] * 31 + last[1] * 17 + last[2]) >> 32U); };
  for (std::size_t at = 0; at < text.size();) {
    if (!letters::is_letter_or_digit(text[at])) {
      ++at;
      continue;
    }
    std::uint64_t word = 0xCBF29CE484222325ULL;
    for (; at < text.size() && letters::is_letter_or_digit(text[at]); ++at)
      word = (word ^ static_cast<unsigned char>(letters::to_lower(text[at]))) * 0x100000001B3ULL;
    last = {last[1], last[2], word};
    if (++words >= 3) runs.push_back(run());
  }
  if (words > 0 && words < 3) runs.push_back(run());
  std::sort(runs.begin(), runs.end());
  runs.erase(std::unique(runs.begin(), runs.end()), runs.end());
  return runs;
}

std::uint32_t similarity(const Set& a, const Set& b) {
  std::size_t both = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    both += a[i] == b[j] ? 1 : 0;
    const bool first = a[i] <= b[j], second = b[j] <= a[i];
    i += first ? 1 : 0;
    j += second ? 1 : 0;
  }
  const std::size_t either = a.size() + b.size() - both;
  return either == 0 ? 1000 : static_cast<std::uint32_t>(both * 1000 / either);
}

std::vector<std::pair<std::size_t, std::size_t>> candidates(const std::vector<Set>& sets) {
  std::array<std::uint64_t, bands * rows> factors{};
  for (std::size_t i = 0; i < factors.size(); ++i) factors[i] = mixed(i + 1) | 1U;
  std::vector<std::vector<std::pair<std::uint64_t, std::size_t>>> keys(bands);
  for (std::size_t set = 0; set < sets.size(); ++set) {
    if (sets[set].empty()) continue;
    const Sketch sketch = sketch_of(sets[set], factors);
    for (std::size_t band = 0; band < bands; ++band) {
      std::uint64_t key = band;
      for (std::size_t row = 0; row < rows; ++row)
        key = mixed(key ^ (sketch[band * rows + row] + 0x9E3779B97F4A7C15ULL));
      keys[band].emplace_back(key, set);
    }
  }
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  for (auto& band : keys) {
    std::sort(band.begin(), band.end());
    for (std::size_t i = 1, first = 0; i < band.size(); ++i) {
      if (band[i].first != band[first].first) {
        first = i;
        continue;
      }
      // Each is paired with the first and the last before it and not with all, or a band of n equal sets would give n²
      // pairs.
      pairs.emplace_back(band[first].second, band[i].second);
      if (i - 1 != first) pairs.emplace_back(band[i - 1].second, band[i].second);
    }
  }
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  return pairs;
}

}  // namespace cascade::duplicates
