#include "text/words.h"

namespace cascade::letters {

bool WordCursor::next() noexcept {
  begin_ = end_;
  while (begin_ < text_.size() && !is_word_byte(text_[begin_])) ++begin_;
  end_ = begin_;
  while (end_ < text_.size()) {
    const bool inner = apostrophe_ == Apostrophe::inside && text_[end_] == '\'' && end_ + 1 < text_.size() &&
                       is_word_byte(text_[end_ + 1]);
    if (!is_word_byte(text_[end_]) && !inner) break;
    ++end_;
  }
  return begin_ < end_;
}

}  // namespace cascade::letters
