#include "text/words.h"

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

}  // namespace cascade::letters
