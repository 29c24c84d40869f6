// Finds a manifest's front matter, by the client's rules and beyond them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace cascade::syntax {

// client: as Claude Code 2.1.328 sees it. preceded: a banner or blank lines come first; the client sees no front
// matter, we read it. unclosed: it is opened but no line of dashes closes it.
enum class FrontmatterState : std::uint8_t { none, client, preceded, unclosed };

// `begin`, `end`: the YAML between the dashes, in bytes of the text. `body`: where the body begins (after the closing
// line). `line`: of the first line of YAML. For none and unclosed: begin == end == body == the first byte after a byte
// order mark.
//
// The client looks for any three dashes: `description: a --- b` ends its front matter in the middle of the value, and
// it loses all keys below. We read on to the line of dashes that the author meant. `client_end` is where the client's
// YAML ends: == end if both agree, less if the client's is cut short, == begin if it sees none.
struct Frontmatter {
  FrontmatterState state = FrontmatterState::none;
  std::size_t begin = 0, end = 0, body = 0;
  std::size_t client_end = 0;
  std::uint32_t line = 1;
  std::uint32_t opening_line = 0;  // of the opening dashes; 0: there are none
  bool byte_order_mark = false;
};

// As in the client, lines end with LF or CRLF here; positions also count a lone CR (lines.h). Linear in the text.
Frontmatter find_frontmatter(std::string_view text);

}  // namespace cascade::syntax
