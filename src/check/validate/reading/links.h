// The targets of links in a Markdown text.
#pragma once

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "validate/reading/text_model.h"

namespace cascade::validation {

// `target`: without <>, title, escapes and percent signs, split into path and fragment. `begin`, `end`: of the target
// as written, in bytes of the text.
struct Link {
  std::string path, fragment;
  std::string written;
  std::size_t begin = 0, end = 0;
};

// Inline links, images and link definitions that are not code and not web addresses; by place. Linear.
std::vector<Link> find_links(const TextModel& text);

// Whether the reader is meant to fill in the target: {name}, <file>, path/to/x, ...
bool is_template_target(std::string_view target) noexcept;

// Dashes, quotation marks, arrows, pictures and other signs beyond ASCII, by their blocks: anchors leave them out.
bool is_sign(char32_t c) noexcept;

// Headings and explicit ids, reduced to lower-case letters and digits: programs differ in how they turn dashes and
// signs in headings into anchors.
class Anchors {
 public:
  explicit Anchors(const TextModel& text);
  bool has(std::string_view fragment) const;

 private:
  void add_html_headings(std::string_view shown);

  std::multiset<std::string> known_;
};

// A letter followed by the combining mark U+0300 + `mark` is one letter.
struct Composition {
  char16_t letter;
  unsigned char mark;
  char16_t whole;
};
std::span<const Composition> compositions() noexcept;  // by letter and mark

// Composes letters with the combining marks after them into single characters where these exist (Latin, Greek,
// Cyrillic, Vietnamese, kana, Hangul). Names that look the same are then the same; marks out of order are not sorted.
std::string composed(std::string_view text);

// Composes, turns full-width forms into plain ones, and capitals into small letters: in ASCII, and in Latin-1, Greek
// and Cyrillic where the small letter is 32 code points after the capital.
std::string case_folded(std::string_view text);

}  // namespace cascade::validation
