// Markdown's block structure, line by line: which containers continue, which blocks begin, where each ends.
#pragma once

#include "syntax/block_line.h"
#include "syntax/block_starts.h"
#include "syntax/fence_recovery.h"
#include "syntax/html_block.h"
#include "syntax/lines.h"
#include "syntax/link_parts.h"
#include "syntax/outline.h"

#include <cstddef>
#include <cstdint>
#include <list>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::syntax {

constexpr std::size_t longest_heading = 300;  // characters; real ones end near 150, lost line ends begin near 700

// Invariants:
// (1) containers_ are the open list items and quotes, outermost first; leaf_ is the open leaf in the innermost one.
// (2) The open leaf's block is the last of outline_.blocks: nothing is added while it is open.
// (3) Every line belongs to at most one leaf.
class OutlineScanner {
 public:
  // Scans `file` from `begin` on; offsets and lines count from there.
  OutlineScanner(const LineIndex& file, std::size_t begin, Recovery recovery);

  Outline run();

 private:
  enum class Leaf : std::uint8_t { none, paragraph, fence, indented_code, html, table };
  struct Container {
    bool quote = false;
    std::size_t content_column = 0;  // list item: the indentation of its lines
    std::size_t block = 0, children = 0;
  };
  struct Range {
    std::size_t begin = 0, end = 0;
  };
  // A heading whose text is extracted once all link definitions are known.
  struct PendingText {
    std::size_t block = 0;
    std::string_view raw;
  };

  void add_line();         // from line_begin_ to next_
  bool pass_empty_line();  // false for these two: the line needs a closer look
  bool add_plain_line();
  void read_line();
  Outline finish();

  bool matches(const Container& container, BlockLine& line) const;
  bool continue_leaf(const BlockLine& line);  // true: the line is consumed
  bool start_leaf(BlockLine& line, bool in_paragraph);
  bool start_container(BlockLine& line, bool in_paragraph);
  void add_text(const BlockLine& line, bool opened);
  void add_text(const Range& content);

  bool begins_fence_of_example(const BlockLine& line) const;
  bool continue_html(const BlockLine& line);
  bool start_heading(const BlockLine& line);
  bool underline(const BlockLine& line);
  bool start_fence(const BlockLine& line);
  void pass_fence();
  void pass_lines(std::size_t offset);
  bool start_html(const BlockLine& line, bool in_paragraph);
  bool start_table(const BlockLine& line);
  void start_rule();

  Block& add_block(BlockKind kind);
  void open_leaf(Leaf leaf, BlockKind kind);
  void extend();            // extends the open leaf to the end of the current line
  void close_to_matched();  // the leaf and the containers that the current line does not continue
  void close_leaf();
  void close_paragraph();
  bool has_only_definitions();
  bool is_too_long() const;
  std::string paragraph_text() const;
  std::string_view text_of(const Range& range) const { return text_.substr(range.begin, range.end - range.begin); }

  const LineIndex& file_;
  std::size_t base_;           // offset in the file where text_ begins
  std::uint32_t lines_above_;  // lines of the file above text_
  std::string_view text_;
  Recovery recovery_;
  Outline outline_;
  std::vector<Container> containers_;
  std::size_t matched_ = 0;  // number of containers that the current line continues
  Leaf leaf_ = Leaf::none;
  bool leaf_matched_ = false;

  std::size_t line_begin_ = 0, next_ = 0;  // the current line, with its line end
  std::size_t used_ = 0;                   // end of the last line that belongs to a block
  std::uint32_t line_ = 0;

  FenceMark fence_;
  HtmlKind html_ = HtmlKind::none;
  std::size_t recover_at_ = 0;           // where an unclosed HTML block ends; 0: nowhere
  std::vector<Range> paragraph_;         // the text of each of its lines
  std::size_t paragraph_last_line_ = 0;  // begin of the last one
  bool table_refused_ = false;           // a delimiter row did not fit: the paragraph cannot become a table any more
  LinkLabels labels_;
  std::vector<PendingText> pending_;
  std::list<std::string> joined_;  // the joined text of multi-line paragraphs that pending_ refers to
  FenceEnds fence_ends_;
  HtmlEnds html_ends_;
};

}  // namespace cascade::syntax
