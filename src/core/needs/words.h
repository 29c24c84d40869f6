// The words by which a message is split into needs: the rows of words.tsv, compiled in.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace cascade::needs {

// What a word or a row of words may be, as bits: many are several things. words.tsv says what each means.
using Roles = std::uint64_t;
namespace roles {
constexpr Roles bit(unsigned number) noexcept { return Roles{1} << number; }
inline constexpr Roles between = bit(0), joint = bit(1), fresh = bit(2), in_order = bit(3), ask = bit(4), wish = bit(5),
                       question = bit(6), verb = bit(7), noun_too = bit(8), limits = bit(9), reason = bit(11),
                       closing = bit(12), handles = bit(13), again = bit(14), refers = bit(15), wrong = bit(16),
                       object = bit(17), aux = bit(18), asks_how = bit(19), person = bit(20), article = bit(21),
                       creates = bit(22), bound = bit(23), number = bit(24), announced = bit(25), details = bit(26),
                       listed = bit(27), politeness = bit(28), wants = bit(29), looks = bit(30), tells = bit(31),
                       infinitive = bit(32);
inline constexpr Roles joins = joint | fresh, opens = ask | wish | question, acts = verb | noun_too,
                       belongs = limits | reason | closing | handles;
}  // namespace roles

struct WordRow {
  std::string_view word;  // "en by the way": the language, and words in small letters without accents and apostrophes
  Roles roles = 0;
};

std::span<const WordRow> word_rows() noexcept;                          // sorted by word
std::span<const WordRow> word_rows_from(unsigned char first) noexcept;  // those that begin with this byte

}  // namespace cascade::needs
