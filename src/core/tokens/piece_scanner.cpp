// The rules, tried in this order at each position (a piece is never empty, so rule 7 always holds):
//   1  lead? (upper | either)* (lower | either)+ contraction?        either = letter | mark
//   2  lead? (upper | either)+ (lower | either)* contraction?        lead = no break, letter or number
//   3  number{1,3}
//   4  ' '? other+ [CR LF /]*                                        other = neither white, letter nor number
//   5  white* with a break: up to the last break
//   6  white+ without a break: all at the end of the text, else all but the last character
//   7  white
#include "tokens/piece_scanner.h"

#include <iterator>

#include "unicode/utf8.h"

namespace cascade::tokens {
namespace {

using enum CodePointClass;

constexpr ClassSet first_of_word = set_of(upper, letter, mark), rest_of_word = set_of(lower, letter, mark);
constexpr ClassSet either_case = set_of(letter, mark);
constexpr ClassSet lead = set_of(other, white);
constexpr ClassSet any_white = set_of(white, line_break);
constexpr ClassSet punctuation = set_of(other, mark);

struct Character {
  CodePointClass value = other;
  std::size_t end = 0;
};

// REQUIRES: at < text.size().
Character character_at(std::string_view text, std::size_t at) noexcept {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte < 0x80) return {ascii_classes[byte], at + 1};
  const unicode::Decoded decoded = unicode::decode(text, at);
  return {class_of(decoded.code_point), at + decoded.length};
}

std::size_t run_end(std::string_view text, std::size_t at, ClassSet set) noexcept {
  while (at < text.size()) {
    const Character next = character_at(text, at);
    if (!contains(set, next.value)) break;
    at = next.end;
  }
  return at;
}

// Returns the end of a contraction at `at`, or `at`: 's 't 'm 'd 're 've 'll in any case. The long s (U+017F) folds to
// s.
std::size_t contraction_end(std::string_view text, std::size_t at) noexcept {
  if (at + 1 >= text.size() || text[at] != '\'') return at;
  const auto folded = [text](std::size_t i) { return i < text.size() ? static_cast<char>(text[i] | 0x20) : '\0'; };
  const char first = folded(at + 1), second = folded(at + 2);
  if (first == 's' || first == 't' || first == 'm' || first == 'd') return at + 2;
  if ((first == 'r' && second == 'e') || (first == 'v' && second == 'e') || (first == 'l' && second == 'l'))
    return at + 3;
  return text.substr(at + 1, 2) == "\xC5\xBF" ? at + 3 : at;
}

// Rules 1 and 2 from `at`, after the lead: returns the end of the word without contraction, or `at` if there is none.
std::size_t word_end(std::string_view text, std::size_t at) noexcept {
  std::size_t end = at, last_either = at;
  while (end < text.size()) {
    const Character next = character_at(text, end);
    if (next.value == lower) return run_end(text, end, rest_of_word);
    if (!contains(first_of_word, next.value)) break;
    end = next.end;
    if (contains(either_case, next.value)) last_either = end;
  }
  // No lower case follows: rule 1 gives back everything after its last character of either case.
  return last_either != at ? last_either : end;
}

// Rules 5 to 7. REQUIRES: white at `at`.
std::size_t white_end(std::string_view text, std::size_t at) noexcept {
  std::size_t end = at, before_last = at, after_break = at;
  while (end < text.size()) {
    const Character next = character_at(text, end);
    if (!contains(any_white, next.value)) break;
    before_last = end;
    end = next.end;
    if (next.value == line_break) after_break = end;
  }
  if (after_break != at) return after_break;
  return end == text.size() || before_last == at ? end : before_last;
}

// Rules 1 and 2 with the lead; `at`: no word. A mark could be a lead too, but as a letter it gives the same piece.
std::size_t word_with_lead_end(std::string_view text, std::size_t at, const Character& first) noexcept {
  const std::size_t start = contains(lead, first.value) ? first.end : at;
  const std::size_t end = word_end(text, start);
  return end == start ? at : end;
}

}  // namespace

std::size_t scan_piece(std::string_view text, std::size_t at) noexcept {
  const Character first = character_at(text, at);
  const std::size_t word = first.value == number ? at : word_with_lead_end(text, at, first);
  if (word != at) return contraction_end(text, word);
  if (first.value == number) {
    std::size_t end = first.end;
    for (int digits = 1; digits < 3 && end < text.size(); ++digits) {
      const Character next = character_at(text, end);
      if (next.value != number) break;
      end = next.end;
    }
    return end;
  }
  const std::size_t start = text[at] == ' ' ? at + 1 : at;
  const std::size_t end = run_end(text, start, punctuation);
  if (end == start) return white_end(text, at);
  std::size_t tail = end;
  while (tail < text.size() && (text[tail] == '\n' || text[tail] == '\r' || text[tail] == '/')) ++tail;
  return tail;
}

// Most code points are looked up in blocks of 128, four bits each; equal blocks are stored once. The few ranges behind
// the last block are searched in order.
namespace {

constexpr char32_t block_size = 128, classes_per_word = 16;
constexpr char32_t table_end = std::size(block_of) * block_size;

}  // namespace

CodePointClass class_of(char32_t code_point) noexcept {
  if (code_point < table_end) {
    const char32_t entry = block_of[code_point / block_size] * block_size + code_point % block_size;
    return static_cast<CodePointClass>(blocks[entry / classes_per_word] >> (entry % classes_per_word * 4) & 0xF);
  }
  for (const Range& range : ranges_behind())
    if (code_point >= range.first && code_point <= range.last) return static_cast<CodePointClass>(range.value);
  return CodePointClass::other;
}

}  // namespace cascade::tokens
