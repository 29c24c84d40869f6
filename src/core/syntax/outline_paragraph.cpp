// Paragraphs, and the blocks they may turn out to be: a heading, a table, link definitions.
#include "syntax/block_starts.h"
#include "syntax/outline_scanner.h"
#include "syntax/table_row.h"
#include "unicode/utf8.h"

#include <algorithm>

namespace cascade::syntax {

// Adds the text to the open paragraph or table, or to a new paragraph.
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
  if (std::none_of(paragraph_.begin(), paragraph_.end(), may_define)) return false;
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
