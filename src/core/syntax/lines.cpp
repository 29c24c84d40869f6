// A LineIndex keeps the begin of every line and finds a line by halves; the cursors serve positions that are asked for
// in ascending order, as parsers do, and count on from the last one. Columns count code points, so each costs a pass
// over its line, and the cursors keep that pass short. LF, CR LF and CR alone each end one line, as in CommonMark and
// YAML.
#include "syntax/lines.h"

#include "text/byte_block.h"
#include "unicode/utf8.h"

#include <algorithm>

namespace cascade::syntax {
namespace {

constexpr std::size_t bytes_per_line = 32;  // a guess, to reserve memory

// Counts the code points between two offsets. An offset inside a character counts that character.
std::uint32_t width(std::string_view text, std::size_t begin, std::size_t end) noexcept {
  if (end <= begin) return 0;
  return static_cast<std::uint32_t>(unicode::count_code_points(text.substr(begin, end - begin)));
}

}  // namespace

std::size_t find_line_end(std::string_view text, std::size_t offset) noexcept {
  while (offset < text.size() && text[offset] != '\n' && text[offset] != '\r') ++offset;
  return std::min(offset, text.size());
}

std::size_t skip_line_end(std::string_view text, std::size_t offset) noexcept {
  if (offset >= text.size()) return offset;
  if (text[offset] == '\n') return offset + 1;
  if (text[offset] != '\r') return offset;
  return offset + 1 < text.size() && text[offset + 1] == '\n' ? offset + 2 : offset + 1;
}

LineIndex::LineIndex(std::string_view text) : text_(text), lf_only_(text.find('\r') == std::string_view::npos) {
  starts_.reserve(text.size() / bytes_per_line + 2);
  starts_.push_back(0);
  if (lf_only_) {
    letters::for_each_line_feed(text, [this](std::size_t at) {
      const unsigned char before = at == 0 ? '\n' : static_cast<unsigned char>(text_[at - 1]);
      blank_before_end_ |= before <= ' ' && before != '\n';
      starts_.push_back(at + 1);
    });
    return;
  }
  const auto ends_lines = [](const char* from) noexcept {
    const letters::ByteBlock block = letters::load_block(from);
    return (block == '\n') | (block == '\r');
  };
  letters::for_each_where(text, ends_lines, [this](std::size_t at) {
    if (text_[at] == '\n' || at + 1 == text_.size() || text_[at + 1] != '\n') starts_.push_back(at + 1);
  });
}

std::uint32_t LineIndex::line_at(std::size_t offset) const noexcept {
  const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
  return static_cast<std::uint32_t>(after - starts_.begin());
}

Position LineIndex::at(std::size_t offset) const noexcept {
  offset = std::min(offset, text_.size());
  const std::uint32_t line = line_at(offset);
  const bool is_behind_mark = line == 1 && text_.starts_with(unicode::byte_order_mark);
  const std::size_t begin = is_behind_mark ? unicode::byte_order_mark.size() : starts_[line - 1];
  return {line, width(text_, begin, offset) + 1};
}

std::size_t LineIndex::offset(Position at) const noexcept {
  std::size_t offset = start(at.line);
  for (std::uint32_t column = 1; column < at.column && offset < text_.size(); ++column)
    offset += unicode::decode(text_, offset).length;
  return offset;
}

Position IndexCursor::at(std::size_t offset) noexcept {
  offset = std::min(offset, index_.text().size());
  if (here_.line != 0 && offset >= offset_ && offset < index_.start(here_.line + 1)) {
    here_.column += width(index_.text(), offset_, offset);
  } else {
    here_ = index_.at(offset);
  }
  offset_ = offset;
  return here_;
}

}  // namespace cascade::syntax
