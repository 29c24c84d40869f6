// A LineIndex keeps the begin of every line and finds a line by halves; the cursors serve positions that are asked for
// in ascending order, as parsers do, and count on from the last one. Columns count code points, so each costs a pass
// over its line, and the cursors keep that pass short. LF, CR LF and CR alone each end one line, as in CommonMark and
// YAML.
#include "syntax/lines.h"

#include "text/byte_block.h"
#include "unicode/utf8.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace cascade::syntax {
namespace {

constexpr std::size_t bytes_per_line = 32;  // a guess, to reserve memory

std::size_t first_column_offset(std::string_view text) noexcept {
  return text.starts_with(unicode::byte_order_mark) ? unicode::byte_order_mark.size() : 0;
}

// Counts the code points between two offsets. An offset inside a character counts that character.
std::uint32_t width(std::string_view text, std::size_t begin, std::size_t end) noexcept {
  if (end <= begin) return 0;
  return static_cast<std::uint32_t>(unicode::count_code_points(text.substr(begin, end - begin)));
}

// Marks the high bit of each of eight bytes that is below 0x0E, as CR and LF are (and few others in text). Bytes above
// the lowest marked one may be marked by mistake.
std::uint64_t low_bytes(const char* bytes) noexcept {
  constexpr std::uint64_t ones = 0x0101010101010101U, high_bits = 0x8080808080808080U;
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  return (word - ones * 0x0E) & ~word & high_bits;
}

}  // namespace

// Eight bytes at a time; only the lowest mark can be trusted, so on a match it looks at that byte and goes on behind
// it.
std::size_t find_line_end(std::string_view text, std::size_t offset) noexcept {
  const auto is_line_end = [](char c) { return c == '\n' || c == '\r'; };
  while (offset + sizeof(std::uint64_t) <= text.size()) {
    const std::uint64_t low = low_bytes(text.data() + offset);
    if (low == 0) {
      offset += sizeof(std::uint64_t);
      continue;
    }
    if constexpr (std::endian::native == std::endian::little)
      offset += static_cast<std::size_t>(std::countr_zero(low)) / 8;
    if (is_line_end(text[offset])) return offset;
    ++offset;
  }
  while (offset < text.size() && !is_line_end(text[offset])) ++offset;
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
  for (std::size_t at = find_line_end(text, 0); at < text.size(); at = find_line_end(text, at)) {
    at = skip_line_end(text, at);
    starts_.push_back(at);
  }
}

std::uint32_t LineIndex::line_at(std::size_t offset) const noexcept {
  const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
  return static_cast<std::uint32_t>(after - starts_.begin());
}

Position LineIndex::at(std::size_t offset) const noexcept {
  offset = std::min(offset, text_.size());
  const std::uint32_t line = line_at(offset);
  const std::size_t begin = line == 1 ? first_column_offset(text_) : starts_[line - 1];
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
