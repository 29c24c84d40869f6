// An Outline as text, so that tests read as text in, text out.
#pragma once

#include "syntax/outline.h"

#include <string>

namespace cascade::syntax::test {

inline const char* show(BlockKind kind) {
  switch (kind) {
    case BlockKind::heading: return "h";
    case BlockKind::paragraph: return "p";
    case BlockKind::fence: return "fence";
    case BlockKind::indented_code: return "code";
    case BlockKind::html: return "html";
    case BlockKind::quote: return "quote";
    case BlockKind::list_item: return "item";
    case BlockKind::table: return "table";
    case BlockKind::rule: return "rule";
  }
  return "?";
}

// Blocks in order, joined by ", ", a '>' in front for each level of nesting: "h2:Title, item, >p, fence(bash), fence!"
// (not closed). With lines: "p@3-4".
inline std::string show(const Outline& outline, std::string_view text = {}) {
  std::string out;
  for (const Block& block : outline.blocks) {
    if (!out.empty()) out += ", ";
    out += std::string(block.depth, '>') + show(block.kind);
    if (block.kind == BlockKind::heading) out += std::to_string(block.level) + ":" + block.text;
    if (block.kind == BlockKind::fence && !block.text.empty()) out += "(" + block.text + ")";
    if (!block.closed) out += "!";
    if (text.empty()) continue;
    std::size_t lines = 0;
    for (std::size_t i = block.begin; i < block.end; ++i) lines += text[i] == '\n' || i + 1 == text.size();
    out += "@" + std::to_string(block.line) + (lines > 1 ? "-" + std::to_string(block.line + lines - 1) : "");
  }
  return out;
}

}  // namespace cascade::syntax::test
