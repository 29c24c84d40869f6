// The words by which a prompt's parts, calls and refusals are told apart: the rows of words.tsv, compiled in.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace cascade::prompt {

// What a word may be, as bits: many have several roles. words.tsv says what each means.
using Roles = std::uint64_t;
namespace roles {
inline constexpr Roles says = 1U << 0, source = 1U << 1, self = 1U << 2, from = 1U << 3, little = 1U << 4,
                       header = 1U << 5, label = 1U << 6, closing = 1U << 7, ask = 1U << 8, level = 1U << 9,
                       skill = 1U << 10, agent = 1U << 11, command = 1U << 12, playbook = 1U << 13, call = 1U << 14,
                       call_wide = 1U << 15, call_after = 1U << 16, by = 1U << 17, refuse = 1U << 18,
                       refuse_end = 1U << 19, refuse_after = 1U << 20, stop = 1U << 21, versus = 1U << 22,
                       of = 1U << 23, filler = 1U << 24, and_also = 1U << 25, why = 1U << 26, excludes = 1U << 27,
                       points = 1U << 28, tells = 1U << 29, wish = 1U << 30, loss = 1U << 31, any = 1ULL << 32,
                       without = 1ULL << 33, but = 1ULL << 34, restricts = 1ULL << 35, idle = 1ULL << 36,
                       named = 1ULL << 37, runs = 1ULL << 38, compound = 1ULL << 39, library = 1ULL << 40,
                       off = 1ULL << 41, turns = 1ULL << 42, occasion = 1ULL << 43, at = 1ULL << 44,
                       contrast = 1ULL << 45, holder = 1ULL << 46, addressed = 1ULL << 47, definite = 1ULL << 48,
                       kinds = skill | agent | command | playbook;
}  // namespace roles

struct WordRow {
  std::string_view word;  // small letters without accents
  Roles roles = 0;
};

std::span<const WordRow> word_rows() noexcept;                          // sorted by word
std::span<const WordRow> word_rows_from(unsigned char first) noexcept;  // those that begin with this byte

// Case and accents do not matter. 0: not one of the words.
Roles roles_of(std::string_view word) noexcept;

// The longest word that a text of a script without spaces begins with; length 0: none.
struct WordPrefix {
  Roles roles = 0;
  std::uint32_t length = 0;  // bytes
};
WordPrefix longest_word(std::string_view text) noexcept;

// Chinese, Japanese, Korean: a word may begin and end anywhere.
constexpr bool is_unspaced(char32_t c) noexcept {
  return (c >= 0x1100 && c <= 0x11FF) || (c >= 0x3005 && c <= 0x3007) || (c >= 0x3040 && c <= 0x31FF) ||
         (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) || c >= 0x20000;
}
constexpr bool is_sign(char32_t c) noexcept {
  return c == 0xA0 || c == 0xAB || c == 0xBB || c == 0xBF || c == 0xA1 || c == 0xB7 || (c >= 0x2000 && c <= 0x2BFF) ||
         (c >= 0x3000 && c <= 0x303F && !(c >= 0x3005 && c <= 0x3007)) || (c >= 0xFE00 && c <= 0xFE0F) ||
         (c >= 0xFF00 && c <= 0xFF0F) || (c >= 0xFF1A && c <= 0xFF20) || (c >= 0xFF3B && c <= 0xFF40) || c == 0xFFFD ||
         (c >= 0x1F000 && c <= 0x1FAFF);
}

// Whether what stands between two words ends a clause: any mark but those that stand around names.
bool ends_clause(std::string_view gap);

// The words of a text, one by one. Where a text has spaces a word is letters, digits and what joins them ("don't",
// "e-mail", "log_aligner"); elsewhere the longest known word, or one character.
struct Token {
  std::uint32_t begin = 0, end = 0;
  Roles roles = 0;
  bool unspaced = false;
};
// "X-Skill" is a name and a word of kind: where that begins, if it is one of these; 0: it is not.
std::uint32_t kind_at_end(std::string_view text, const Token& token, Roles kinds) noexcept;

class TokenReader {
 public:
  explicit TokenReader(std::string_view text, std::uint32_t from = 0) noexcept : text_(text), at_(from) {}
  bool next(Token& token) noexcept;

 private:
  std::string_view text_;
  std::uint32_t at_;
};

}  // namespace cascade::prompt
