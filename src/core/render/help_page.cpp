// Renders a page of docs/cli as text for a terminal. Paragraphs and list items are joined and wrapped to the terminal's
// width, at most to 100 columns, since longer lines are hard to read. Examples are not wrapped, so that each can be
// copied as one line. Without a terminal nothing is wrapped.
#include "render/help_page.h"

#include "syntax/link_parts.h"
#include "unicode/utf8.h"

#include <algorithm>

namespace cascade::rendering {
namespace {

// "[text](target)" becomes "text"; anything else stays.
std::string without_links(std::string_view line) {
  std::string out;
  while (const auto link = syntax::next_link(line, 0)) {
    const std::size_t open = syntax::link_label_begin(line, link->bracket);
    if (open == std::string_view::npos) break;
    out.append(line.substr(0, open)).append(line.substr(open + 1, link->bracket - open - 1));
    line.remove_prefix(link->close + 1);
  }
  return out.append(line);
}

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

// A row of a table as an item: its cells side by side. Empty: the line below the heads.
std::string item_of(std::string_view row) {
  if (row.find_first_not_of("|-: ") == std::string_view::npos) return {};
  std::string item = "-";
  bool in_code = false;
  for (std::size_t i = 1; i + 1 < row.size(); ++i) {
    if (row[i] == '`') in_code = !in_code;
    if (row[i] == '\\' && row[i + 1] == '|') continue;
    const bool is_edge = row[i] == '|' && row[i - 1] != '\\' && !in_code;
    item += is_edge ? std::string("\u00b7") : std::string(1, row[i]);
  }
  return item;
}

class PageText {
 public:
  PageText(bool colour, std::size_t width) : colour_(colour), width_(std::min<std::size_t>(width, 100)) {}

  void add(std::string_view line) {
    if (line.substr(0, 3) == "```") {
      end_paragraph();
      in_code_ = !in_code_;
    } else if (in_code_) {
      out_.append(line.empty() ? "" : "    ").append(line) += '\n';
    } else if (const std::size_t marks = line.find_first_not_of('#');
               marks != 0 && marks < line.size() && line[marks] == ' ') {
      end_paragraph();
      out_.append(colour_ ? "\x1b[1m" : "").append(line.substr(marks + 1)).append(colour_ ? "\x1b[0m" : "") += '\n';
    } else if (line.substr(0, 1) == "|") {
      end_paragraph();
      paragraph_ = without_links(item_of(line));
      end_paragraph();
    } else if (width_ == 0) {
      out_ += without_links(line) + '\n';
    } else {
      add_to_paragraph(line);
    }
  }

  std::string take() {
    end_paragraph();
    return std::move(out_);
  }

 private:
  void add_to_paragraph(std::string_view line) {
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    if (line.empty() || begins_item(line)) end_paragraph();
    if (line.empty()) {
      out_ += '\n';
      return;
    }
    paragraph_.append(paragraph_.empty() ? "" : " ").append(line);
  }

  void end_paragraph() {
    if (paragraph_.empty()) return;
    const std::string text = without_links(paragraph_);
    out_ += width_ == 0 ? text + '\n' : wrapped(text, width_, begins_item(text) ? 2 : 0);
    paragraph_.clear();
  }

  bool colour_, in_code_ = false;
  std::size_t width_;
  std::string paragraph_, out_;
};

}  // namespace

std::string render_page(std::string_view markdown, bool colour, std::size_t width) {
  PageText text(colour, width);
  while (!markdown.empty()) {
    const std::size_t end = markdown.find('\n');
    text.add(markdown.substr(0, end));
    markdown.remove_prefix(end == std::string_view::npos ? markdown.size() : end + 1);
  }
  return text.take();
}

}  // namespace cascade::rendering
