// The words of what a person says, and the marks and gaps between them.
#pragma once

#include <string_view>
#include <vector>

#include "prompt/mention.h"
#include "prompt/words.h"
#include "text/ascii.h"

namespace cascade::prompt {

class SaidWords {
 public:
  explicit SaidWords(std::string_view text);

  std::size_t size() const noexcept { return words_.size(); }
  const Token& operator[](std::size_t word) const noexcept { return words_[word]; }
  std::string_view text() const noexcept { return text_; }
  // The text from the beginning of one word to the end of another.
  std::string_view row(std::size_t begin, std::size_t end) const {
    return text_.substr(words_[begin].begin, words_[end - 1].end - words_[begin].begin);
  }
  std::string_view gap_before(std::size_t word) const;
  // Whether a mark or a word that calls, refuses or says a kind is anywhere; near this word.
  bool has_anchor() const noexcept { return any_anchor_; }
  bool is_near_anchor(std::size_t word) const;
  // Whether the word goes on a name that the word before it began.
  bool joins(std::size_t word) const;
  // Not part of a path, a longer name or a word of another sort.
  bool stands_alone(std::size_t begin, std::size_t end) const;
  // The "/" or "@" directly before the word, if the mark begins a word.
  CallMark mark_before(std::size_t word) const;

 private:
  std::uint32_t kind_at_end(const Token& token) const;
  bool glued(std::size_t word) const;

  std::string_view text_;
  std::vector<Token> words_;
  bool any_anchor_ = false;
};

// A sign that joins the words of a name.
constexpr bool is_joint(char c) noexcept {
  return c == '-' || c == '_' || c == ':' || c == '.' || letters::is_space(c);
}

constexpr std::uint32_t longest_name = 9;  // words
constexpr std::size_t reach = 8;           // words between a name and what calls or refuses it

}  // namespace cascade::prompt
