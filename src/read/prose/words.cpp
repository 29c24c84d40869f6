// Looks a word up in the sorted rows.
#include "prose/words.h"

#include "text/ascii.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace cascade::prose {
namespace {

constexpr std::size_t longest = 32;

// Of the rows with one first byte: where they begin, and which lengths they have.
struct Bucket {
  std::uint16_t begin = 0, end = 0;
  std::uint64_t lengths = 0;
};

// The rows are sorted by their bytes, so those of a bucket are neighbours.
std::array<Bucket, 256> by_first_byte() noexcept {
  std::array<Bucket, 256> out;
  const std::span<const WordRow> rows = word_rows();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    Bucket& bucket = out[static_cast<unsigned char>(rows[i].word.front())];
    if (bucket.lengths == 0) bucket.begin = static_cast<std::uint16_t>(i);
    bucket.end = static_cast<std::uint16_t>(i + 1);
    bucket.lengths |= std::uint64_t{1} << std::min<std::size_t>(rows[i].word.size(), 63);
  }
  return out;
}

}  // namespace

Roles roles_of(std::string_view word) noexcept {
  if (word.starts_with("re-")) word.remove_prefix(3);
  if (word.empty() || word.size() > longest) return 0;
  static const std::array<Bucket, 256> buckets = by_first_byte();
  const Bucket& bucket = buckets[static_cast<unsigned char>(word.front())];
  if ((bucket.lengths >> word.size() & 1) == 0) return 0;
  const WordRow* const rows = word_rows().data();
  for (const WordRow* row = rows + bucket.begin; row != rows + bucket.end; ++row)
    if (row->word.size() == word.size() && row->word.back() == word.back() && row->word == word) return row->roles;
  return 0;
}

Roles roles_in_any_case(std::string_view word) noexcept {
  if (word.size() > longest) return 0;
  std::array<char, longest> small{};
  std::transform(word.begin(), word.end(), small.begin(), [](char c) { return letters::to_lower(c); });
  return roles_of({small.data(), word.size()});
}

bool is_refusing_pair(std::string_view verb, std::string_view behind) noexcept {
  std::array<char, longest> joined;
  if (verb.size() + 1 + behind.size() > joined.size()) return false;
  char* at = std::copy(verb.begin(), verb.end(), joined.begin());
  *at++ = '~';
  at = std::copy(behind.begin(), behind.end(), at);
  return (roles_of({joined.data(), static_cast<std::size_t>(at - joined.data())}) & roles::pair) != 0;
}

}  // namespace cascade::prose
