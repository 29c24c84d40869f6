#include "manifest/shorten.h"

#include "manifest/letters.h"
#include "syntax/outline.h"

namespace cascade::manifest {
namespace {

using syntax::Block;
using syntax::BlockKind;

// Appends `text` so that at most one blank line stands between it and what is there.
void append_folded(std::string_view text, std::string& out) {
  const bool blank_before =
      out.empty() || (out.size() >= 2 && out[out.size() - 1] == '\n' && out[out.size() - 2] == '\n');
  if (blank_before)
    while (!text.empty() && (text.front() == '\n' || text.front() == '\r')) text.remove_prefix(1);
  out.append(text);
}

std::string without_code(std::string_view section, const syntax::Outline& outline) {
  std::string out;
  std::size_t kept = 0;
  for (const Block& block : outline.blocks) {
    if (block.kind != BlockKind::fence && block.kind != BlockKind::indented_code) continue;
    append_folded(section.substr(kept, block.begin - kept), out);
    kept = block.end;
  }
  append_folded(section.substr(kept), out);
  return out;
}

std::string opening(std::string_view section, const syntax::Outline& outline) {
  for (const Block& block : outline.blocks) {
    if (block.kind == BlockKind::heading) continue;
    const std::string_view text = trim(section.substr(block.begin, block.end - block.begin));
    if (block.kind != BlockKind::paragraph || text.empty() || text.back() == ':') return {};
    return std::string(section.substr(0, block.end));
  }
  return {};
}

}  // namespace

std::string shorten(std::string_view section, Form form) {
  if (form == Form::prose) return without_code(section, syntax::scan_outline(section));
  if (form == Form::opening) return opening(section, syntax::scan_outline(section));
  return std::string(section);
}

ShorterForms shorten(std::string_view section) {
  const syntax::Outline outline = syntax::scan_outline(section);
  return {without_code(section, outline), opening(section, outline)};
}

}  // namespace cascade::manifest
