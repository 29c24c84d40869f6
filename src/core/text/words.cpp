#include "text/words.h"

#include <array>

namespace cascade::letters {

bool WordCursor::next() noexcept {
  begin_ = end_;
  while (begin_ < text_.size() && !is_word_byte(text_[begin_])) ++begin_;
  end_ = begin_;
  for (; end_ < text_.size(); ++end_) {
    if (is_word_byte(text_[end_])) continue;
    const bool inner = text_[end_] == '\'' && apostrophe_ == Apostrophe::inside && end_ + 1 < text_.size() &&
                       is_word_byte(text_[end_ + 1]);
    if (!inner) break;
  }
  return begin_ < end_;
}

bool is_hyphenated(std::string_view name, bool any_script) noexcept {
  bool hyphen_before = true;  // also: at the beginning
  for (const char c : name) {
    const bool letter = is_lower(c) || is_digit(c) || (any_script && static_cast<unsigned char>(c) >= 0x80);
    if (c == '-' ? hyphen_before : !letter) return false;
    hyphen_before = c == '-';
  }
  return !hyphen_before;
}

std::string hyphenated(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (is_letter_or_digit(c))
      out += to_lower(c);
    else if (!out.empty() && out.back() != '-')
      out += '-';
  }
  if (!out.empty() && out.back() == '-') out.pop_back();
  return out;
}

namespace {

// The same for a letter in either case.
unsigned low_bits(char c) noexcept { return static_cast<unsigned char>(c) & 31U; }

// One bit for the low bits of each byte that may follow the first byte of the phrase.
std::uint32_t second_bits(std::string_view phrase) noexcept {
  constexpr std::uint32_t white_space =
      1U << (' ' & 31) | 1U << '\t' | 1U << '\n' | 1U << '\v' | 1U << '\f' | 1U << '\r';
  if (phrase.size() == 1) return ~0U;
  return phrase[1] == ' ' ? white_space : 1U << low_bits(phrase[1]);
}

}  // namespace

bool begins_with_phrase(std::string_view text, std::string_view phrase, std::size_t& length) noexcept {
  std::size_t at = 0;
  for (const char wanted : phrase) {
    if (wanted == ' ') {
      const std::size_t before = at;
      while (at < text.size() && is_space(text[at])) ++at;
      if (at == before) return false;
    } else {
      if (at >= text.size() || to_lower(text[at]) != wanted) return false;
      ++at;
    }
  }
  if (at < text.size() && is_word_byte(phrase.back()) && is_word_byte(text[at])) return false;
  length = at;
  return true;
}

std::size_t find_phrase(std::string_view text, Span<std::string_view> phrases) noexcept {
  // Nearly all places are ruled out by two bytes: for a first byte, the second ones that some phrase has.
  std::array<std::uint32_t, 32> seconds{};
  for (const std::string_view phrase : phrases) seconds[low_bits(phrase.front())] |= second_bits(phrase);
  bool inside = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool word = is_word_byte(text[i]);
    const std::uint32_t second = seconds[low_bits(text[i])];
    if ((!inside || !word) && second != 0 && (i + 1 == text.size() || (second >> low_bits(text[i + 1]) & 1U) != 0)) {
      std::size_t length = 0;
      for (const std::string_view phrase : phrases)
        if (to_lower(text[i]) == phrase.front() && begins_with_phrase(text.substr(i), phrase, length)) return i;
    }
    inside = word;
  }
  return std::string_view::npos;
}

}  // namespace cascade::letters
