// A sentence word by word, as the rows of typed_words.tsv know it.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "memory/typed.h"
#include "route/words.h"

namespace cascade::memory {

struct Row {
  std::size_t size = 0;  // in words
  explicit operator bool() const noexcept { return size != 0; }
};

class Statement {
 public:
  explicit Statement(std::string_view text);

  std::size_t size() const noexcept { return begins_.size(); }
  // Where a word begins in the text; the text's size behind the last one.
  std::size_t offset(std::size_t word) const { return word < size() ? folded_.offsets[begins_[word]] : text_.size(); }
  // The words from the one to before the other, with what stands behind them.
  std::string_view part(std::size_t begin, std::size_t end) const;
  std::string_view word(std::size_t at) const;  // folded
  // The longest row of this role that begins with the word.
  Row row_at(std::size_t word, Roles wanted) const;
  std::string_view text() const noexcept { return text_; }

 private:
  std::string_view text_;
  route::FoldedText folded_;
  std::vector<std::size_t> begins_, ends_;  // of words in the folded text
};

// Whether two texts are one sentence: the same but for the case of letters, white space and the mark at the end.
bool same_sentence(std::string_view a, std::string_view b);

// A sentence ends with its line; a full stop ends it where a blank follows. Of a long text the first ones.
std::vector<std::string_view> sentences_of(std::string_view said);

}  // namespace cascade::memory
