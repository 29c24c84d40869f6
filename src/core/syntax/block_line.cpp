#include "syntax/block_line.h"

namespace cascade::syntax {
namespace {

constexpr std::size_t tab_width = 4;

// Returns the columns that a tab covers when it begins, or is split, at `column`.
std::size_t columns_of_tab(std::size_t column) noexcept { return tab_width - column % tab_width; }

}  // namespace

void BlockLine::look_past_tabs() noexcept {
  std::size_t column = column_;
  for (first_ = at_; first_ < end_; ++first_) {
    if (text_[first_] == ' ') {
      ++column;
    } else if (text_[first_] == '\t') {
      column += columns_of_tab(column);
    } else {
      break;
    }
  }
  indent_ = column - column_;
}

void BlockLine::skip_tabs(std::size_t count) noexcept {
  indent_ -= count;
  while (count > 0) {
    const std::size_t width = text_[at_] == '\t' ? columns_of_tab(column_) : 1;
    if (width <= count) ++at_;
    column_ += std::min(width, count);
    count -= std::min(width, count);
  }
}

}  // namespace cascade::syntax
