// An HTML tag as CommonMark defines it, which is stricter than HTML: text such as "a < b" must not swallow a paragraph.
// Each method takes its part and moves the cursor, and a tag that is not one gives 0. O(length of the tag), except that
// an open quote is searched to the end of the text.
#include "syntax/html_tag.h"

#include "text/ascii.h"

#include <algorithm>

namespace cascade::syntax {
namespace {

class TagReader {
 public:
  TagReader(std::string_view text, std::size_t at) noexcept : text_(text), at_(at) {}

  std::size_t read() noexcept {
    ++at_;  // '<'
    const bool closing = take('/');
    if (!take_name()) return 0;
    if (!closing)
      while (skip_space() && take_attribute()) {
      }
    skip_space();
    if (!closing) take('/');
    return take('>') ? at_ : 0;
  }

 private:
  char peek() const noexcept { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool take(char c) noexcept {
    if (peek() != c) return false;
    ++at_;
    return true;
  }
  bool skip_space() noexcept {
    const std::size_t from = at_;
    while (letters::is_space(peek())) ++at_;
    return at_ > from;
  }
  bool take_name() noexcept {
    if (!letters::is_letter(peek())) return false;
    while (letters::is_letter_or_digit(peek()) || peek() == '-') ++at_;
    return true;
  }
  // A name, optionally with '=' and a value. Without '=', the cursor stays right after the name.
  bool take_attribute() noexcept {
    if (!letters::is_letter(peek()) && peek() != '_' && peek() != ':') return false;
    while (letters::is_letter_or_digit(peek()) ||
           (peek() != '\0' && std::string_view("_:.-").find(peek()) != std::string_view::npos))
      ++at_;
    const std::size_t name_end = at_;
    skip_space();
    if (!take('=')) {
      at_ = name_end;
      return true;
    }
    skip_space();
    return take_value();
  }
  bool take_value() noexcept {
    const char quote = peek();
    if (quote == '"' || quote == '\'') {
      const std::size_t close = text_.find(quote, at_ + 1);
      if (close == std::string_view::npos) return false;
      at_ = close + 1;
      return true;
    }
    const std::size_t end = std::min(text_.find_first_of(" \t\r\n\v\f\"'=<>`", at_), text_.size());
    if (end == at_) return false;
    at_ = end;
    return true;
  }

  std::string_view text_;
  std::size_t at_;
};

}  // namespace

std::size_t html_tag_end(std::string_view text, std::size_t at) noexcept { return TagReader(text, at).read(); }

}  // namespace cascade::syntax
