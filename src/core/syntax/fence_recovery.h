// Finds the ends of fences, and where to resume reading after one that is never closed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace cascade::syntax {

// Fences outside lists and quotes, queried in order. A query for a closed fence costs the length of its content; the
// first unclosed one costs a pass over the text, each later query a binary search. Offsets are line begins.
class FenceEnds {
 public:
  explicit FenceEnds(std::string_view text) noexcept : text_(text) {}

  // Returns the begin of the first line from `offset` on that closes a fence of `length` marks; npos: there is none.
  std::size_t closing_line(std::size_t offset, char mark, std::size_t length);

  // Returns where to resume after an unclosed fence with this info string whose content begins at `offset`. As
  // next_heading_like(), but headings in a fence of Markdown belong to it as long as a banner follows.
  std::size_t resume_at(std::size_t offset, std::string_view info);

 private:
  struct Closing {
    std::size_t offset = 0;
    std::size_t longest = 0;  // of this one and all later ones
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
  bool has_banners_ = false;  // banners_ have been collected
  std::vector<std::size_t> banners_;
};

// Returns where the text most likely resumes after a block that begins before `offset` (a line begin) and is never
// closed. The block keeps its first paragraph; the text resumes at the first line that looks like a heading and not
// like a comment in code: "## Text" next to a blank line, "# Text" between two (not if `#` begins comments), or a
// banner of three lines:
//   /*-----------*/
//   /* TEXT      */
//   /*-----------*/
// The end of the text if there is none.
enum class HashLines : std::uint8_t { headings, comments };
std::size_t next_heading_like(std::string_view text, std::size_t offset, HashLines hash_lines);

}  // namespace cascade::syntax
