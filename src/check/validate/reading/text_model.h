// A Markdown text as its readers understand it: which bytes are said, and which are only shown.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/outline.h"
#include "text/words.h"

namespace cascade::validation {

// The kinds of stretches that are not running text. quote: a block quote, or the content of an element that shows
// something (<example>, <bad>, <pre>). quotation: in quotation marks. target: the target of a link. tag: an HTML tag
// itself.
enum class Region : std::uint8_t { running, fence, indented, code, quote, quotation, comment, target, tag };

constexpr bool is_code(Region kind) noexcept {
  return kind == Region::fence || kind == Region::indented || kind == Region::code;
}

struct Stretch {
  Region kind = Region::running;
  std::size_t begin = 0, end = 0;
  std::uint32_t around = no_stretch;  // index of the stretch around this one

  static constexpr std::uint32_t no_stretch = 0xffffffffU;
};

// [begin, end) in bytes.
struct Range {
  std::size_t begin = 0, end = 0;
};

// The text must outlive the model. Linear to build.
class TextModel {
 public:
  // `body`: where the Markdown begins; the text before it is ignored.
  TextModel(std::string_view text, std::size_t body);

  std::string_view text() const noexcept { return text_; }
  std::string_view slice(const Range& range) const { return text_.substr(range.begin, range.end - range.begin); }
  const syntax::Outline& outline() const noexcept { return outline_; }  // offsets and lines of the body
  std::size_t body() const noexcept { return body_; }

  // As long as the text: everything but running text is blank, line ends stay.
  const std::string& running() const noexcept { return running_; }
  // As running(), but including quotations and link targets: only code and comments are blank.
  const std::string& rendered() const noexcept { return rendered_; }

  // Sorted by begin, outer ones first.
  const std::vector<Stretch>& stretches() const noexcept { return stretches_; }
  const Stretch* stretch_at(std::size_t offset) const noexcept;  // the innermost; null in running text
  const Stretch* around(const Stretch& inner) const noexcept {   // null: there is none
    return inner.around == Stretch::no_stretch ? nullptr : &stretches_[inner.around];
  }
  Region region_at(std::size_t offset) const noexcept;
  bool is_quoted(std::size_t offset) const noexcept;  // in a quote or between quotation marks, at any depth

  // The info string of a fence ("bash").
  std::string_view info_of(const Stretch& fence) const noexcept;

  // The sentence around an offset, inside its block; at most 800 bytes to each side.
  Range sentence_at(std::size_t offset) const noexcept;
  // The leaf block around an offset; empty: none.
  Range block_at(std::size_t offset) const noexcept;
  // The text that leads up to the block at `offset`, nearest first: the paragraph or heading before it, and inside
  // lists the paragraphs before these, at most three.
  std::vector<std::string_view> lead_ins(std::size_t offset) const;
  // The nearest headings above an offset, innermost first, at most three; without the title of the text, which names
  // its subject.
  std::vector<std::string_view> headings_above(std::size_t offset) const;
  // In a table: the whole row around an offset, the cell with its place in the row, and the heading row above it.
  struct TableCell {
    Range row, cell;
    std::size_t number = 0;
    std::string_view heading, headings;  // headings: the whole row
  };
  std::optional<TableCell> table_cell(std::size_t offset) const;

 private:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);
  struct Leaf {
    Range range;
    syntax::BlockKind kind = syntax::BlockKind::paragraph;
    bool quoted = false;
    std::size_t lead = none;       // the leaf before it
    std::size_t container = none;  // the list item or quote around it
  };
  // A list item or a quote. `lead`: the last paragraph before it in the same container.
  struct Container {
    std::size_t end = 0, lead = none, around = none, last = none;
  };

  std::size_t leaf_index(std::size_t offset) const noexcept;
  bool ends_sentence(const Leaf& leaf, std::size_t at) const noexcept;
  void collect_leaves();
  void collect_sentences();
  void show(const Leaf& leaf);
  void mask_comments(const Leaf& leaf);
  void mask_quotations(const Range& range);
  void mask_elements();
  void add(Region kind, std::size_t begin, std::size_t end);
  void nest();

  std::string_view text_;
  std::size_t body_;
  syntax::Outline outline_;
  std::string running_, rendered_;
  std::vector<Stretch> stretches_;
  std::vector<Leaf> leaves_;
  std::vector<Container> containers_;
  std::vector<std::size_t> sentence_ends_;  // ascending
};

using letters::begins_with_one_of, letters::begins_with_phrase, letters::find_phrase, letters::has_phrase,
    letters::WordCursor;

constexpr bool is_dotted(char c) noexcept { return letters::is_name(c) || c == '.'; }  // "a-b.c": hosts, files

// Whether one of the parts stands anywhere in the text, also within a word.
template <typename Parts = std::initializer_list<std::string_view>>
bool has_part(std::string_view text, const Parts& parts) noexcept {
  return std::any_of(std::begin(parts), std::end(parts),
                     [&](std::string_view part) { return text.find(part) != std::string_view::npos; });
}
// Whether the text begins, or ends, with one of the parts.
template <typename Parts = std::initializer_list<std::string_view>>
bool starts_with_part(std::string_view text, const Parts& parts) noexcept {
  return std::any_of(std::begin(parts), std::end(parts), [&](std::string_view part) { return text.starts_with(part); });
}
template <typename Parts = std::initializer_list<std::string_view>>
bool ends_with_part(std::string_view text, const Parts& parts) noexcept {
  return std::any_of(std::begin(parts), std::end(parts), [&](std::string_view part) { return text.ends_with(part); });
}

// [begin, end) of a text; empty: it ends before it begins.
inline std::string_view slice(std::string_view text, std::size_t begin, std::size_t end) {
  return begin < end ? text.substr(begin, end - begin) : std::string_view();
}

// A description as a model reads it: its words, language and sentences.

// Counts letters; one from a script without blanks between words counts twice.
std::size_t count_letters(std::string_view text) noexcept;

// Counts the meaningful words: without stop words, generic ones (helps, agent, task ...) and those of the name. Two
// letters of a script without blanks count as one word.
std::size_t count_content_words(std::string_view text, std::string_view name);

// True when it is mostly Latin letters and has function words of English.
bool is_english(std::string_view text) noexcept;

// Returns the text without the parts in quotation marks, after "Example" and inside <example>.
std::string without_quotations(std::string_view text);

// "Deprecated: use x", "[DEPRECATED] ...": nothing is to choose it.
bool is_deprecated(std::string_view text);

// The hashes of its distinct words in lower case, sorted; for comparing texts.
using WordSet = std::vector<std::uint64_t>;
WordSet word_set(std::string_view text);
// The share of common words among all words, in thousandths.
unsigned similarity(const WordSet& a, const WordSet& b) noexcept;

}  // namespace cascade::validation
