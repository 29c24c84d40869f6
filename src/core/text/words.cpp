#include "text/words.h"

#include "text/ascii.h"

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

}  // namespace cascade::letters
