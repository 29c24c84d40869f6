// Paragraphs and items are wrapped to at most 100 columns; examples are not, so that each can be copied. A table has
// its columns side by side; where too little room is left for the last, each row is an item.
#include "render/help_page.h"

#include "syntax/link_parts.h"
#include "text/ascii.h"
#include "text/lines.h"
#include "unicode/utf8.h"

#include <algorithm>

namespace cascade::rendering {
namespace {

// Wraps the words of `text` to lines of at most `width` columns; all lines after the first are indented by `indent`.
std::string wrapped(std::string_view text, std::size_t width, std::size_t indent) {
  std::string out;
  std::size_t column = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    const std::string_view word = text.substr(begin, end - begin);
    const std::size_t length = unicode::count_code_points(word);
    if (column > indent && column + 1 + length > width) {
      out.append("\n").append(indent, ' ');
      column = indent;
    } else if (column > 0 && !word.empty()) {
      out += ' ';
      ++column;
    }
    out += word;
    column += length;
    begin = end + 1;
  }
  return out + '\n';
}

bool begins_item(std::string_view line) {
  const std::size_t digits = line.find_first_not_of("0123456789");
  return line.substr(0, 2) == "- " || (digits != 0 && digits < line.size() && line.substr(digits, 2) == ". ");
}

using Cells = std::vector<std::string>;

// `text` behind `head`, wrapped; further lines are indented by `indent`.
std::string hanging(std::string head, std::string_view text, std::size_t width, std::size_t indent) {
  const std::string lines = wrapped(text, width > indent ? width - indent : 1, 0);
  for (const letters::Line line : letters::lines(lines))
    head.append(line.number == 1 ? 0 : indent, ' ').append(line) += '\n';
  return head;
}

// Each cell but the last padded to its column, and two blanks behind it.
std::string padded(const Cells& row, const std::vector<std::size_t>& widths) {
  std::string line;
  for (std::size_t i = 0; i + 1 < widths.size(); ++i) {
    const std::string cell = i < row.size() ? row[i] : std::string();
    line.append(cell).append(widths[i] + 2 - unicode::count_code_points(cell), ' ');
  }
  return line;
}

std::string side_by_side(const std::vector<Cells>& rows, const std::vector<std::size_t>& widths, std::size_t width,
                         bool colour) {
  std::size_t indent = 0;
  for (std::size_t i = 0; i + 1 < widths.size(); ++i) indent += widths[i] + 2;
  std::string out;
  for (const Cells& row : rows) {
    std::string lines = hanging(padded(row, widths), row.size() < widths.size() ? "" : row.back(), width, indent);
    lines.erase(lines.find_last_not_of(" \n") + 1);  // npos + 1 is 0: a head without words
    if (&row != &rows.front())
      out += lines + '\n';
    else if (!lines.empty())
      out += (colour ? "\x1b[1m" + lines + "\x1b[0m" : lines) + '\n';
  }
  return out;
}

std::string items(const std::vector<Cells>& rows, std::size_t width) {
  std::string out;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    out += hanging("- ", rows[i].front(), width, 2);
    for (std::size_t j = 1; j < rows[i].size(); ++j) {
      const std::string head = j < rows.front().size() && !rows.front()[j].empty() ? rows.front()[j] + ": " : "";
      if (!rows[i][j].empty()) out += hanging("    ", head + rows[i][j], width, 4);
    }
  }
  return out;
}

std::string table(const std::vector<Cells>& rows, std::size_t width, bool colour) {
  constexpr std::size_t least_of_last = 24;
  std::vector<std::size_t> widths;
  for (const Cells& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i == widths.size()) widths.push_back(0);
      widths[i] = std::max(widths[i], unicode::count_code_points(row[i]));
    }
  std::size_t used = 0;
  for (std::size_t i = 0; i + 1 < widths.size(); ++i) used += widths[i] + 2;
  return used + std::min(least_of_last, widths.back()) <= width ? side_by_side(rows, widths, width, colour)
                                                                : items(rows, width);
}

class PageText {
 public:
  PageText(bool colour, std::size_t width, const CommandOf& command_of)
      : colour_(colour), width_(std::min<std::size_t>(width, 100)), command_of_(command_of) {}

  void add(std::string_view line) {
    if (!in_code_ && line.starts_with("<!--") && line.ends_with("-->")) return;
    const std::size_t marks = line.find_first_not_of('#');
    const bool is_heading = !in_code_ && marks != 0 && marks < line.size() && line[marks] == ' ';
    const bool is_row = !in_code_ && line.starts_with('|');
    if (line.starts_with("```") || is_heading || is_row) end_paragraph();
    if (!is_row) end_table();
    if (line.starts_with("```"))
      in_code_ = !in_code_;
    else if (in_code_)
      out_.append(line.empty() ? "" : "    ").append(line) += '\n';
    else if (is_heading)
      out_.append(colour_ ? "\x1b[1m" : "").append(line.substr(marks + 1)).append(colour_ ? "\x1b[0m" : "") += '\n';
    else if (is_row)
      add_row(line);
    else
      add_to_paragraph(line);
  }

  std::string take() {
    end_paragraph();
    end_table();
    return std::move(out_);
  }

 private:
  void add_row(std::string_view line) {
    if (syntax::delimiter_cells(line) > 0) return;
    rows_.push_back(table_cells(line));
    for (std::string& cell : rows_.back()) cell = without_links(cell, command_of_);
  }

  void end_table() {
    if (!rows_.empty()) out_ += table(rows_, width_ == 0 ? 80 : width_, colour_);
    rows_.clear();
  }

  void add_to_paragraph(std::string_view line) {
    const std::string_view words = letters::trim_left(line);
    if (words.empty() || begins_item(words)) end_paragraph();
    if (words.empty()) {
      out_ += '\n';
      return;
    }
    if (!paragraph_.empty()) paragraph_ += width_ == 0 ? '\n' : ' ';
    paragraph_ += width_ == 0 ? line : words;
  }

  void end_paragraph() {
    const std::string text = without_links(paragraph_, command_of_);
    if (!text.empty()) out_ += width_ == 0 ? text + '\n' : wrapped(text, width_, begins_item(text) ? 2 : 0);
    paragraph_.clear();
  }

  bool colour_, in_code_ = false;
  std::size_t width_;
  const CommandOf& command_of_;
  std::string paragraph_, out_;
  std::vector<Cells> rows_;
};

}  // namespace

std::vector<std::string> table_cells(std::string_view row) {
  std::vector<std::string> cells;
  for (syntax::TableCells each(row, syntax::TableCells::BarsInCode::text); each.next();) {
    std::string cell(letters::trim(each.cell()));
    for (std::size_t at = cell.find("\\|"); at != std::string::npos; at = cell.find("\\|", at)) cell.erase(at, 1);
    cells.push_back(std::move(cell));
  }
  return cells;
}

std::string render_page(std::string_view markdown, bool colour, std::size_t width, const CommandOf& command_of) {
  PageText text(colour, width, command_of);
  for (const std::string_view line : letters::lines(markdown)) text.add(line);
  return text.take();
}

}  // namespace cascade::rendering
