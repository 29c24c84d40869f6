// Scans Markdown line by line in one pass, as CommonMark describes it. For each line: (1) find how many of the open
// lists and quotes it continues; (2) if all of them, offer it to the open leaf (fence, code, HTML); (3) else open the
// containers that begin on it, then a leaf; (4) else it is text for the open paragraph or a new one. What is not
// continued is closed in step 3 or 4. Two short cuts keep the cost low: empty and plain lines skip steps 1 to 3
// (add_plain_line), and the lines of a fence outside containers are not read at all (pass_fence). Headings get their
// text at the end, because link definitions may follow the links that use them.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <list>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/block_starts.h"
#include "syntax/lines.h"
#include "syntax/link_parts.h"
#include "syntax/outline.h"
#include "text/ascii.h"
#include "unicode/utf8.h"

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

namespace {

constexpr std::size_t most_containers = 100;
constexpr std::size_t bytes_per_block = 48;  // a guess, to reserve memory

constexpr bool is_bullet(char c) noexcept { return c == '-' || c == '+' || c == '*'; }

// The first characters of a setext underline, a rule, or the delimiter row of a table.
constexpr bool may_begin_rule(char c) noexcept {
  return c == '-' || c == '*' || c == '_' || c == '=' || c == '|' || c == ':' || c == '\v' || c == '\f';
}

// Whether only a paragraph can begin like this: with no mark at all, or with "**Bold" or "`code`".
bool is_text(std::string_view rest) noexcept {
  if (begins_text(rest[0])) return true;
  if (rest[0] == '*') return rest.size() > 2 && rest[1] == '*' && begins_text(rest[2]);
  return rest[0] == '`' && rest.size() > 1 && begins_text(rest[1]);
}

}  // namespace

OutlineScanner::OutlineScanner(const LineIndex& file, std::size_t begin, Recovery recovery)
    : file_(file),
      base_(std::min(begin, file.text().size())),
      lines_above_(file.line_at(base_) - 1),
      text_(file.text().substr(base_)),
      recovery_(recovery),
      fence_ends_(text_),
      html_ends_(text_) {
  outline_.blocks.reserve(text_.size() / bytes_per_block + 1);
}

Outline OutlineScanner::run() {
  if (text_.substr(0, unicode::byte_order_mark.size()) == unicode::byte_order_mark)
    next_ = unicode::byte_order_mark.size();
  while (next_ < text_.size()) {
    line_begin_ = next_;
    ++line_;
    next_ = file_.start(lines_above_ + line_ + 1) - base_;
    add_line();
  }
  return finish();
}

void OutlineScanner::add_line() {
  if (recover_at_ != 0 && line_begin_ >= recover_at_) {
    recover_at_ = 0;
    close_leaf();
  }
  const char first = text_[line_begin_];
  if (first == '\n' || first == '\r' ? !pass_empty_line() : !add_plain_line()) read_line();
}

// An empty line continues lists and code, and ends paragraphs and tables. False: it needs read_line().
bool OutlineScanner::pass_empty_line() {
  const auto goes_on = [](const Container& container) { return !container.quote && container.children > 0; };
  if (leaf_ == Leaf::html || !std::ranges::all_of(containers_, goes_on)) return false;
  matched_ = containers_.size();
  if (leaf_ == Leaf::fence) {
    extend();
  } else if (leaf_ != Leaf::indented_code) {
    close_leaf();
  }
  return true;
}

// Adds a line of text that begins in the first column, or after a bullet there: it continues no list or quote, except,
// without the bullet, an open paragraph in one. False: it needs read_line().
bool OutlineScanner::add_plain_line() {
  if (leaf_ == Leaf::html && containers_.empty()) return false;
  const std::string_view line(text_.data() + line_begin_, next_ - line_begin_);
  const bool item = is_bullet(line[0]) && line.size() > 2 && line[1] == ' ';
  const std::size_t indent = item ? 2 : 0;
  if (!is_text({line.data() + indent, line.size() - indent})) return false;
  matched_ = 0;
  if (item || (leaf_ != Leaf::paragraph && (leaf_ != Leaf::table || !containers_.empty()))) close_to_matched();
  if (item) {
    add_block(BlockKind::list_item);
    containers_.push_back({false, indent, outline_.blocks.size() - 1, 0});
  }
  add_text({line_begin_ + indent, end_of_line(text_, line_begin_, next_)});
  return true;
}

void OutlineScanner::read_line() {
  BlockLine line(text_, line_begin_, end_of_line(text_, line_begin_, next_));
  matched_ = 0;
  while (matched_ < containers_.size() && matches(containers_[matched_], line)) ++matched_;
  leaf_matched_ = false;
  if (matched_ == containers_.size() && continue_leaf(line)) return;

  // A line that may continue a paragraph from outside its containers does not begin indented code.
  bool may_be_lazy = leaf_ == Leaf::paragraph;
  bool opened = false;
  while (may_begin_block(line.peek())) {
    const bool in_paragraph = leaf_matched_ && leaf_ == Leaf::paragraph;
    if (!start_container(line, in_paragraph)) {
      if (start_leaf(line, in_paragraph)) return;
      break;
    }
    opened = true;
    may_be_lazy = false;
  }
  if (line.indented() && !may_be_lazy && !line.blank()) {
    close_to_matched();
    open_leaf(Leaf::indented_code, BlockKind::indented_code);
    return;
  }
  add_text(line, opened);
}

bool OutlineScanner::matches(const Container& container, BlockLine& line) const {
  if (container.quote) {
    if (line.indented() || line.peek() != '>') return false;
    line.skip_indent();
    line.skip_bytes(1);
    line.skip_columns(1);
    return true;
  }
  if (line.indent() < container.content_column) return line.blank() && container.children > 0;
  line.skip_columns(container.content_column);
  return true;
}

// True: the line is part of the open leaf, and nothing can begin on it. A paragraph goes on only if nothing else
// begins, so it says false and leaves a note (`leaf_matched_`).
bool OutlineScanner::continue_leaf(const BlockLine& line) {
  switch (leaf_) {
    case Leaf::none: return false;
    case Leaf::fence: {
      extend();
      if (line.indented() || fence_closing(line.rest(), fence_.mark) < fence_.length) return true;
      outline_.blocks.back().closed = true;
      close_leaf();
      return true;
    }
    case Leaf::indented_code:
      if (line.indented() && !line.blank()) extend();
      return line.indented() || line.blank();
    case Leaf::html: return continue_html(line);
    case Leaf::paragraph:
    case Leaf::table: leaf_matched_ = !line.blank(); return false;
  }
  return false;
}

// In texts for a model a line of its own such as <examples> is a mark around Markdown, and a fence right below it is
// meant as one. CommonMark reads that fence as HTML up to the next blank line, and every later fence the wrong way
// round.
bool OutlineScanner::begins_fence_of_example(const BlockLine& line) const {
  return recovery_ == Recovery::on && html_ == HtmlKind::any_tag && !line.indented() &&
         fence_opening(line.rest()).has_value();
}

bool OutlineScanner::continue_html(const BlockLine& line) {
  if (html_ == HtmlKind::block_tag || html_ == HtmlKind::any_tag) {
    if (line.blank() || begins_fence_of_example(line)) return false;
    extend();
    return true;
  }
  extend();
  if (!ends_html(line.rest(), html_)) return true;
  outline_.blocks.back().closed = true;
  close_leaf();
  return true;
}

bool OutlineScanner::start_container(BlockLine& line, bool in_paragraph) {
  if (line.indented() || line.blank()) return false;
  if (matched_ >= most_containers) return false;
  Container container;
  if (line.peek() == '>') {
    close_to_matched();
    line.skip_indent();
    line.skip_bytes(1);
    line.skip_columns(1);
    container.quote = true;
  } else if (!is_bullet(line.peek()) && !letters::is_digit(line.peek())) {
    return false;
  } else {
    const std::string_view rest = line.rest();
    if (!letters::is_digit(rest[0]) && rest.size() > 1 && !letters::is_blank(rest[1])) return false;
    // A line that could be either is an underline or a rule, not a list item.
    if (is_thematic_break(line.rest()) || (in_paragraph && setext_level(line.rest()) != 0)) return false;
    container.content_column = take_list_marker(line, in_paragraph);
    if (container.content_column == 0) return false;
    close_to_matched();
  }
  add_block(container.quote ? BlockKind::quote : BlockKind::list_item);
  container.block = outline_.blocks.size() - 1;
  containers_.push_back(container);
  matched_ = containers_.size();
  return true;
}

bool OutlineScanner::start_leaf(BlockLine& line, bool in_paragraph) {
  if (line.indented() || line.blank()) return false;
  switch (line.peek()) {
    case '#': return start_heading(line);
    case '`':
    case '~': return start_fence(line);
    case '<': return start_html(line, in_paragraph);
    default: break;
  }
  if (!may_begin_rule(line.peek())) return false;
  if (in_paragraph && setext_level(line.rest()) != 0) return underline(line);
  if (is_thematic_break(line.rest())) {
    start_rule();
    return true;
  }
  return in_paragraph && start_table(line);
}

bool OutlineScanner::start_heading(const BlockLine& line) {
  const std::optional<AtxHeading> heading = atx_heading(line.rest());
  if (!heading) return false;
  if (recovery_ == Recovery::on && heading->text.size() > longest_heading &&
      unicode::count_code_points(heading->text) > longest_heading) {
    close_to_matched();
    add_block(BlockKind::paragraph);
    outline_.collapsed.push_back(outline_.blocks.size() - 1);
    return true;
  }
  close_to_matched();
  add_block(BlockKind::heading).level = heading->level;
  pending_.push_back({outline_.blocks.size() - 1, heading->text});
  return true;
}

bool OutlineScanner::start_fence(const BlockLine& line) {
  const std::optional<FenceMark> fence = fence_opening(line.rest());
  if (!fence) return false;
  close_to_matched();
  fence_ = *fence;
  open_leaf(Leaf::fence, BlockKind::fence);
  outline_.blocks.back().closed = false;
  outline_.blocks.back().text = fence->info;
  if (containers_.empty()) pass_fence();
  return true;
}

// Outside containers a fence ends only at a closing line or where recovery resumes, so its lines need not be read.
void OutlineScanner::pass_fence() {
  const std::size_t closing = fence_ends_.closing_line(next_, fence_.mark, fence_.length);
  if (closing < text_.size()) {
    pass_lines(closing);
    ++line_;
    next_ = file_.start(lines_above_ + line_ + 1) - base_;
    outline_.blocks.back().closed = true;
  } else {
    const std::size_t resume = recovery_ == Recovery::on ? fence_ends_.resume_at(next_, fence_.info) : text_.size();
    if (resume < text_.size()) outline_.recovered_fences.push_back(outline_.blocks.size() - 1);
    pass_lines(resume);
  }
  extend();
  close_leaf();
}

// Moves to the line that ends at `offset`, which is at or after the end of the current one.
void OutlineScanner::pass_lines(std::size_t offset) {
  next_ = offset;
  line_ = file_.line_at(base_ + offset) - lines_above_ - 1;
}

bool OutlineScanner::start_html(const BlockLine& line, bool in_paragraph) {
  const HtmlKind kind = html_start(line.rest(), in_paragraph);
  if (kind == HtmlKind::none) return false;
  close_to_matched();
  html_ = kind;
  open_leaf(Leaf::html, BlockKind::html);
  if (kind == HtmlKind::block_tag || kind == HtmlKind::any_tag) return true;
  if (ends_html(line.rest(), kind)) {
    close_leaf();
    return true;
  }
  outline_.blocks.back().closed = false;
  if (recovery_ == Recovery::off || !containers_.empty() || html_ends_.any_after(next_, kind)) return true;
  recover_at_ = next_heading_like(text_, next_, HashLines::headings);
  if (recover_at_ < text_.size()) outline_.recovered_html.push_back(outline_.blocks.size() - 1);
  return true;
}

void OutlineScanner::start_rule() {
  close_to_matched();
  add_block(BlockKind::rule);
}

void OutlineScanner::add_text(const BlockLine& line, bool opened) {
  const bool lazy = !opened && leaf_ == Leaf::paragraph && !leaf_matched_ && !line.blank();
  if (!lazy && !leaf_matched_) close_to_matched();
  if (!line.blank()) add_text({line.first(), line.end()});
}

Block& OutlineScanner::add_block(BlockKind kind) {
  if (!containers_.empty()) ++containers_.back().children;
  Block& block = outline_.blocks.emplace_back();
  block.kind = kind;
  block.begin = line_begin_;
  block.end = used_ = next_;
  block.line = line_;
  block.depth = static_cast<std::uint32_t>(containers_.size());
  return block;
}

void OutlineScanner::open_leaf(Leaf leaf, BlockKind kind) {
  add_block(kind);
  leaf_ = leaf;
  leaf_matched_ = true;
}

void OutlineScanner::extend() { outline_.blocks.back().end = used_ = next_; }

void OutlineScanner::close_to_matched() {
  close_leaf();
  for (; containers_.size() > matched_; containers_.pop_back()) outline_.blocks[containers_.back().block].end = used_;
}

void OutlineScanner::close_leaf() {
  if (leaf_ == Leaf::paragraph) close_paragraph();
  leaf_ = Leaf::none;
  leaf_matched_ = false;
}

Outline OutlineScanner::finish() {
  matched_ = 0;
  close_to_matched();
  for (PendingText& heading : pending_) outline_.blocks[heading.block].text = heading_text(heading.raw, labels_);
  for (std::size_t i = 0; i < outline_.blocks.size() && outline_.headings.size() < most_headings; ++i)
    if (outline_.blocks[i].kind == BlockKind::heading && outline_.blocks[i].depth == 0) outline_.headings.push_back(i);
  return std::move(outline_);
}

Outline scan_outline(std::string_view text, Recovery recovery) { return scan_outline(LineIndex(text), 0, recovery); }

Outline scan_outline(const LineIndex& file, std::size_t begin, Recovery recovery) {
  return OutlineScanner(file, begin, recovery).run();
}

void OutlineScanner::add_text(const Range& content) {
  if (leaf_ == Leaf::table) return extend();
  if (leaf_ != Leaf::paragraph) {
    open_leaf(Leaf::paragraph, BlockKind::paragraph);
    paragraph_.clear();
    table_refused_ = false;
  }
  extend();
  paragraph_.push_back(content);
  paragraph_last_line_ = line_begin_;
}

// Turns the paragraph above into a heading, unless it holds only link definitions or is too long for one.
bool OutlineScanner::underline(const BlockLine& line) {
  if (has_only_definitions()) return false;
  if (recovery_ == Recovery::on && is_too_long()) {
    outline_.collapsed.push_back(outline_.blocks.size() - 1);
    if (!is_thematic_break(line.rest())) return false;
    start_rule();
    return true;
  }
  extend();
  Block& block = outline_.blocks.back();
  block.kind = BlockKind::heading;
  block.level = setext_level(line.rest());
  const std::string_view content =
      paragraph_.size() == 1 ? text_of(paragraph_.front()) : joined_.emplace_back(paragraph_text());
  pending_.push_back({outline_.blocks.size() - 1, content.substr(take_link_definitions(content, labels_))});
  leaf_ = Leaf::none;
  return true;
}

// Turns the last line of the paragraph into a table head if this line is a delimiter row with the same number of
// cells.
bool OutlineScanner::start_table(const BlockLine& line) {
  const std::size_t cells = table_refused_ ? 0 : delimiter_cells(line.rest());
  if (cells == 0) return false;
  const Range head = paragraph_.back();
  table_refused_ = count_cells(text_of(head)) != cells;
  if (table_refused_) return false;
  Block& block = outline_.blocks.back();
  if (paragraph_.size() > 1) {
    const std::size_t head_begin = paragraph_last_line_;
    block.end = head_begin;
    paragraph_.pop_back();
    close_leaf();
    open_leaf(Leaf::table, BlockKind::table);
    outline_.blocks.back().begin = head_begin;
    outline_.blocks.back().line = line_ - 1;
  } else {
    block.kind = BlockKind::table;
    leaf_ = Leaf::table;
  }
  extend();
  return true;
}

void OutlineScanner::close_paragraph() {
  if (!has_only_definitions()) return;
  outline_.blocks.pop_back();
  if (!containers_.empty()) --containers_.back().children;
}

bool OutlineScanner::is_too_long() const {
  std::size_t characters = 0;
  for (const Range& line : paragraph_) {
    characters += unicode::count_code_points(text_of(line)) + 1;
    if (characters > longest_heading) return true;
  }
  return false;
}

// Whether the paragraph holds only link definitions; collects their labels.
bool OutlineScanner::has_only_definitions() {
  if (paragraph_.empty() || text_[paragraph_.front().begin] != '[') return false;
  // A label ends at the first unescaped bracket: "[ ] task" defines nothing.
  const std::string_view first = text_of(paragraph_.front());
  std::size_t end = 1;
  while (end < first.size() && first[end] != ']' && first[end] != '[' && first[end] != '\\') ++end;
  if (end < first.size() && first[end] != '\\' && first.substr(end, 2) != "]:") return false;
  const auto may_define = [this](const Range& line) { return text_of(line).find("]:") != std::string_view::npos; };
  if (std::ranges::none_of(paragraph_, may_define)) return false;
  const std::string content = paragraph_text();
  return take_link_definitions(content, labels_) >= content.size();
}

std::string OutlineScanner::paragraph_text() const {
  std::string content;
  for (const Range& line : paragraph_) {
    if (!content.empty()) content += '\n';
    content += text_of(line);
  }
  return content;
}

}  // namespace cascade::syntax
