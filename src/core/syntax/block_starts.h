// Recognises lines that begin, end or underline Markdown blocks. Every function looks at one line, from its first
// character that is not white space; the caller checks the indentation.
#pragma once

#include "syntax/block_line.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace cascade::syntax {

// Classifies the first byte of a line: `text` begins only text (unless indented as code), `mark` may begin something
// else, `space` is white space.
enum class LineByte : std::uint8_t { text, mark, space };
constexpr std::array<LineByte, 256> make_line_bytes() {
  std::array<LineByte, 256> bytes{};
  for (const char c : std::string_view("#`~<>-+*0123456789_=|:\v\f"))
    bytes[static_cast<unsigned char>(c)] = LineByte::mark;
  for (const char c : std::string_view(" \t\n\r")) bytes[static_cast<unsigned char>(c)] = LineByte::space;
  return bytes;
}
inline constexpr std::array<LineByte, 256> line_bytes = make_line_bytes();
constexpr bool may_begin_block(char c) noexcept { return line_bytes[static_cast<unsigned char>(c)] == LineByte::mark; }
constexpr bool begins_text(char c) noexcept { return line_bytes[static_cast<unsigned char>(c)] == LineByte::text; }

struct AtxHeading {
  std::uint32_t level = 0;
  std::string_view text;  // without closing hashes and surrounding white space
};
std::optional<AtxHeading> atx_heading(std::string_view rest) noexcept;

// Returns 1 for a line of '=', 2 for one of '-', 0 for any other.
std::uint32_t setext_level(std::string_view rest) noexcept;

struct FenceMark {
  char mark = '`';
  std::size_t length = 0;
  std::string_view info;  // trimmed
};
std::optional<FenceMark> fence_opening(std::string_view rest) noexcept;
// Returns the length of a line that holds only `mark`, or 0. Such a line closes every fence that is not longer.
std::size_t fence_closing(std::string_view rest, char mark) noexcept;

bool is_thematic_break(std::string_view rest) noexcept;

// Consumes the marker and its white space. `content_column` counts from the item's own indentation. `interrupts`: the
// line would end a paragraph, which an empty item or a number other than 1 may not do.
struct ListMarker {
  std::size_t content_column = 0;
};
std::optional<ListMarker> take_list_marker(BlockLine& line, bool interrupts) noexcept;

}  // namespace cascade::syntax
