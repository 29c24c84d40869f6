// Where fences end, and where to go on reading behind one that is never closed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace cascade::syntax {

// Fences outside lists and quotes, asked for in their order. For a fence that is closed a question costs its content;
// the first one that is not costs a pass over the text, each question after it a binary search. An offset is a line's
// begin.
class FenceEnds {
 public:
  explicit FenceEnds(std::string_view text) noexcept : text_(text) {}

  // The begin of the first line from `offset` on that closes a fence of `length` marks; npos when there is none.
  std::size_t closing_line(std::size_t offset, char mark, std::size_t length);

  // Where to go on behind an unclosed fence with this info string whose content begins at `offset`: as
  // next_heading_like, but headings in a fence of Markdown are its own while a banner follows.
  std::size_t resume_at(std::size_t offset, std::string_view info);

 private:
  struct Closing {
    std::size_t offset = 0;
    std::size_t longest = 0;  // of this and all later ones
  };
  struct Closings {
    bool collected = false;
    std::vector<Closing> lines;
  };
  Closings collect(std::size_t offset, char mark) const;
  bool none_closes(std::size_t offset, char mark, std::size_t length);
  std::size_t banner_from(std::size_t offset);

  std::string_view text_;
  Closings backticks_, tildes_;
  bool has_banners_ = false;  // banners_ are collected
  std::vector<std::size_t> banners_;
};

// Where text most likely goes on behind a block that begins in front of `offset` (a line's begin) and is never closed.
// The first paragraph is the block's own; then the begin of the first line that looks like a heading and not like a
// comment in code: "## Text" beside a blank line, "# Text" between two (not where `#` begins comments), or a banner of
// three lines,
//   /*-----------*/
//   /* TEXT      */
//   /*-----------*/
// The text's end where there is none.
enum class HashLines : std::uint8_t { headings, comments };
std::size_t next_heading_like(std::string_view text, std::size_t offset, HashLines hash_lines);

}  // namespace cascade::syntax
