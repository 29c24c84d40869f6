// Whether a prompt asks for what was said or done in past conversations ("as we did last week").
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "route/words.h"

namespace cascade::past {

// maybe: it can be read so, but also of what is at hand; only a passage that certainly fits answers it. at_first: "you
// told me why" may be of this conversation if there is something in it yet, and then it is a maybe; else it is plain.
enum class Asks : std::uint8_t { no, maybe, at_first, plainly };

struct PastAsk {
  Asks asks = Asks::no;
  std::string words;  // to search for: the sentences that ask, without what only says that it is past
};

// `prompt`: what the person says of it, without what they quote or paste. Linear; a prompt without a sign costs a look
// at each of its words.
PastAsk asks_for_past(std::string_view prompt, route::Language language);

// The words by which a prompt asks for the past: the rows of asks_words.tsv, compiled in.

// What a word or a row of words may be, as bits: many are several things. asks_words.tsv says what each means.
using Roles = std::uint64_t;
namespace roles {
constexpr Roles bit(unsigned number) noexcept { return Roles{1} << number; }
inline constexpr Roles we = bit(0), i = bit(1), you = bit(2), our = bit(3), did = bit(4), turn = bit(5), aux = bit(6),
                       has = bit(7), merged = bit(8), past = bit(9), not_past = bit(10), ask = bit(11), alike = bit(12),
                       same = bit(13), trouble = bit(14), as_in = bit(15), then = bit(16), once = bit(17),
                       last = bit(18), unit = bit(19), on = bit(20), day = bit(21), talk = bit(22), memory = bit(23),
                       resume = bit(24), told = bit(25), result = bit(26), was = bit(27), not_then = bit(28),
                       here = bit(29), artefact = bit(30), letter = bit(31), joint = bit(32), adverb = bit(33),
                       that = bit(34), talked = bit(35), merged_you = bit(36), joins = bit(37), person = we | i | you;
}  // namespace roles

struct WordRow {
  std::string_view word;  // "en last time": the language, and words in small letters without accents
  Roles roles = 0;
};

std::span<const WordRow> word_rows() noexcept;                          // sorted by word
std::span<const WordRow> word_rows_from(unsigned char first) noexcept;  // those that begin with this byte

}  // namespace cascade::past
