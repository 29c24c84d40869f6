// The rows of one meaning are neighbours in the table, so each question reads only its own. A pair of bytes that none
// of them begins or ends with there rules out most texts at once.
#include "manifest/phrases.h"

#include "manifest/phrase_rows.h"
#include "text/ascii.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <numeric>

namespace cascade::manifest {
namespace {

constexpr std::size_t meanings = static_cast<std::size_t>(Says::relation) + 1;

// Two bytes, letters in any case.
constexpr std::size_t pair_at(std::string_view text, std::size_t at) noexcept {
  constexpr unsigned char folded = 31;
  return static_cast<std::size_t>((text[at] & folded) << 5 | (text[at + 1] & folded));
}

// Which pairs of bytes there are.
class Pairs {
 public:
  constexpr void add(std::size_t pair) noexcept { words_[pair / 64] |= std::uint64_t{1} << pair % 64; }
  constexpr bool has(std::size_t pair) const noexcept { return (words_[pair / 64] >> pair % 64 & 1) != 0; }
  constexpr bool is_empty() const noexcept {
    return (std::accumulate(words_.begin(), words_.end(), std::uint64_t{0}, std::bit_or<>())) == 0;
  }

 private:
  std::array<std::uint64_t, 16> words_{};
};

// Where a row is looked for: at the text's beginning, at its end, or anywhere.
enum class Side : std::uint8_t { first, last, inside };
constexpr Side side_of(const Phrase& row) noexcept {
  return row.where == Where::holds ? Side::inside : row.where == Where::ends ? Side::last : Side::first;
}

// Of one meaning: its rows, and for each side the pairs with which they begin, or end at the text's end.
struct PhraseGroup {
  std::span<const Phrase> rows;
  std::array<Pairs, 3> pairs;

  constexpr void add(const Phrase& row) noexcept {
    rows = {rows.empty() ? &row : rows.data(), rows.size() + 1};
    const Side side = side_of(row);
    pairs[static_cast<std::size_t>(side)].add(pair_at(row.words, side == Side::last ? row.words.size() - 2 : 0));
  }
  constexpr const Pairs& at(Side side) const noexcept { return pairs[static_cast<std::size_t>(side)]; }
};

constexpr std::array<PhraseGroup, meanings> by_meaning() noexcept {
  std::array<PhraseGroup, meanings> out;
  for (const Phrase& row : phrase_rows::all) out[static_cast<std::size_t>(row.says)].add(row);
  return out;
}

constexpr std::array<PhraseGroup, meanings> groups = by_meaning();

bool is_at(std::string_view text, std::size_t at, const Phrase& row) noexcept {
  const std::string_view rest = text.substr(at);
  if (!letters::starts_with_lower(rest, row.words)) return false;
  const std::size_t size = row.words.size();
  switch (row.where) {
    case Where::begins:
    case Where::holds: return true;
    case Where::ends:
    case Where::whole: return rest.size() == size;
    case Where::word: return rest.size() == size || !letters::is_name(rest[size]);
  }
  return false;
}

}  // namespace

std::span<const Phrase> phrases() noexcept { return phrase_rows::all; }

bool says(std::string_view text, Says what) noexcept {
  if (text.size() < 2) return false;
  const PhraseGroup& own = groups[static_cast<std::size_t>(what)];
  // Whether a row of this side stands at a pair of bytes: it begins with that pair, or ends with it.
  const auto has = [&](Side side, std::size_t pair) {
    return own.at(side).has(pair_at(text, pair)) &&
           std::any_of(own.rows.begin(), own.rows.end(), [&](const Phrase& row) {
             const std::size_t end = pair + 2, size = row.words.size();
             if (side_of(row) != side || (side == Side::last && size > end)) return false;
             return is_at(text, side == Side::last ? end - size : pair, row);
           });
  };
  if (has(Side::first, 0) || has(Side::last, text.size() - 2)) return true;
  if (own.at(Side::inside).is_empty()) return false;
  for (std::size_t at = 0; at + 1 < text.size(); ++at)
    if (has(Side::inside, at)) return true;
  return false;
}

}  // namespace cascade::manifest
