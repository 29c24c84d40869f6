// One line of Markdown with a cursor that counts columns: a tab reaches to the next multiple of four, and a list item
// may take only part of it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace cascade::syntax {

class BlockLine {
 public:
  // [begin, end) of `text`, without the line end.
  BlockLine(std::string_view text, std::size_t begin, std::size_t end) noexcept
      : text_(text.data()), begin_(begin), end_(end), at_(begin) {
    look_ahead();
  }

  std::size_t begin() const noexcept { return begin_; }
  std::size_t end() const noexcept { return end_; }
  std::size_t column() const noexcept { return column_; }
  std::size_t indent() const noexcept { return indent_; }  // columns of white space under and after the cursor
  std::size_t first() const noexcept { return first_; }    // offset of the first other character, or the end
  bool blank() const noexcept { return first_ == end_; }
  bool indented() const noexcept { return indent_ >= 4; }  // enough to be code

  // The text from first() on.
  std::string_view rest() const noexcept { return {text_ + first_, end_ - first_}; }
  char peek() const noexcept { return blank() ? '\0' : text_[first_]; }

  void skip_indent() noexcept { skip_columns(indent_); }
  void skip_columns(std::size_t count) noexcept {  // of white space, at most indent()
    count = std::min(count, indent_);
    if (indent_ != first_ - at_) return skip_tabs(count);
    at_ += count;
    column_ += count;
    indent_ -= count;
  }
  void skip_bytes(std::size_t count) noexcept {  // after skip_indent(); no tabs among them
    at_ = std::min(at_ + count, end_);
    column_ += count;
    look_ahead();
  }

 private:
  void look_ahead() noexcept {
    first_ = at_;
    while (first_ < end_ && text_[first_] == ' ') ++first_;
    indent_ = first_ - at_;
    if (first_ < end_ && text_[first_] == '\t') look_past_tabs();
  }
  // The same for lines in which a tab makes more columns than bytes.
  void look_past_tabs() noexcept;
  void skip_tabs(std::size_t count) noexcept;

  const char* text_;
  std::size_t begin_, end_, at_, first_ = 0;
  std::size_t column_ = 0, indent_ = 0;
};

}  // namespace cascade::syntax
