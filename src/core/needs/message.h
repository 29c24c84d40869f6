// What a person says as words and lines, ready to be split into needs.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "needs/words.h"
#include "prompt/part.h"

namespace cascade::needs {

struct Word {
  std::uint32_t begin = 0, end = 0;          // bytes of the message, with the marks around the word
  std::uint32_t text_at = 0, text_size = 0;  // in small letters without accents, apostrophes and marks around it
  bool comma = false;                        // a comma, a semicolon or a closing bracket stands behind it
  bool paren = false;                        // an opening bracket stands before it
  bool dashed = false;                       // a dash between blanks stands before it
  char mark = 0;                             // the mark that may end a sentence behind it: . ! ? ; or :
  bool quoted = false;  // it stands within back ticks or quotation marks that are still open behind it
};

// Words of a message, from the first to one past the last.
struct Words {
  std::size_t begin = 0, end = 0;
  std::size_t size() const noexcept { return end > begin ? end - begin : 0; }
  bool empty() const noexcept { return end <= begin; }
};

enum class LineKind : std::uint8_t { text, item, heading, pasted };

struct Line {
  std::uint32_t begin = 0, end = 0;  // bytes, without the line end
  LineKind kind = LineKind::text;
  bool after_blank = false;
  bool indented = false;
  Words words;  // without the mark of a list item
};

// The longest row of words at one place.
struct Row {
  std::size_t size = 0;  // in words; 0: there is none
  Roles roles = 0;
  explicit operator bool() const noexcept { return size != 0; }
};

class Message {
 public:
  // `language`: the two letters of words.tsv. The text must outlive the message.
  Message(std::string_view text, const std::vector<prompt::Part>& parts, std::string_view language);

  const std::vector<Line>& lines() const noexcept { return lines_; }
  const Word& operator[](std::size_t word) const noexcept { return words_[word].word; }
  std::string_view text() const noexcept { return text_; }
  std::string_view text_of(std::size_t word) const noexcept;  // as it is looked up
  std::string_view raw(std::size_t word) const noexcept;      // as it is written

  // The longest row with one of these roles that begins at the first of the words and ends within them.
  Row row_at(Words words, Roles wanted) const;
  bool is(std::size_t word, Roles wanted) const { return row_at({word, word + 1}, wanted).size == 1; }
  // Whether such a row begins at one of the words.
  bool has(Words words, Roles wanted) const;

 private:
  static constexpr std::size_t longest_row = 6;
  struct Entry {
    Word word;
    bool known = false;
    std::array<Roles, longest_row> rows{};  // by their number of words
  };
  void add_lines(const std::vector<prompt::Part>& parts);
  void add_line(Line line);
  void split_inline_list(const Line& line);
  void add_words(std::uint32_t begin, std::uint32_t end);
  void look_up(std::size_t word) const;

  std::string_view text_;
  std::string key_;  // the language and a blank
  std::string folded_;
  mutable std::vector<Entry> words_;
  std::vector<Line> lines_;
};

// The length of the mark of a list item at the beginning of the text, with the blanks behind it: "- ", "2) ", "(b) ".
std::size_t item_mark(std::string_view text) noexcept;

}  // namespace cascade::needs
