// Where a manifest's front matter is, by the client's rules and beyond them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace cascade::syntax {

// client: what Claude Code 2.1.328 sees. preceded: a banner or blank lines come first; the client sees none, we read
// it. unclosed: it is opened and no line of dashes closes it.
enum class FrontmatterState : std::uint8_t { none, client, preceded, unclosed };

// `begin`, `end`: the YAML between the dashes, in bytes of the text. `body`: where the body begins (after the closing
// line). `line`: of the first line of YAML. For none and unclosed begin == end == body == first byte after a byte order
// mark.
//
// The client looks for three dashes only, wherever they stand: `description: a --- b` ends its front matter in the
// middle of the value, and all keys below are lost to it. We read on to the line of dashes that the author meant.
// `client_end` is where the client's YAML ends: == end where both agree, less where it is cut short, == begin where it
// sees none.
struct Frontmatter {
  FrontmatterState state = FrontmatterState::none;
  std::size_t begin = 0, end = 0, body = 0;
  std::size_t client_end = 0;
  std::uint32_t line = 1;
  std::uint32_t opening_line = 0;  // of the opening dashes; 0 when there are none
  bool byte_order_mark = false;
};

// Lines end with LF or CRLF here, as for the client; positions count a lone CR too (lines.h). Linear in the text.
Frontmatter find_frontmatter(std::string_view text);

}  // namespace cascade::syntax
