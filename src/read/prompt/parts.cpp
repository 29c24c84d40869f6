// A text without any mark is one part. Otherwise its lines are settled (blocks.h), neighbours of one kind are joined,
// and spans are looked for within what is said.
#include "prompt/parts.h"

#include <array>

#include "prompt/blocks.h"
#include "prompt/spans.h"
#include "text/ascii.h"

namespace cascade::prompt {
namespace {

// The bytes by which anything but speech shows itself; an apostrophe only where it is not within a word.
constexpr std::array<bool, 256> marks = [] {
  std::array<bool, 256> is{};
  for (const char c : {'\n', '"', '`', '>', '<', '{', '|', ':', '[', '=', '$', '\t', ';'})
    is[static_cast<unsigned char>(c)] = true;
  for (const unsigned char c : {0xC2, 0xE2, 0xE3, 0xEF}) is[c] = true;  // quotation marks of all kinds, wide colons
  return is;
}();

bool has_marks(std::string_view text) noexcept {
  if (letters::is_digit(text[0])) return true;
  bool apostrophe = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (marks[static_cast<unsigned char>(text[i])]) return true;
    apostrophe = apostrophe || (text[i] == '\'' && (i == 0 || text[i - 1] == ' '));
  }
  // Without other marks a line can still be a frame, a level or a statement: those begin with a capital or a space.
  return apostrophe || letters::is_upper(text[0]) || text[0] == ' ';
}

}  // namespace

std::string_view to_string(PartKind kind) noexcept {
  switch (kind) {
    case PartKind::said: return "said";
    case PartKind::code: return "code";
    case PartKind::quotation: return "quotation";
    case PartKind::log: return "log";
    case PartKind::trace: return "trace";
    case PartKind::diff: return "diff";
    case PartKind::table: return "table";
    case PartKind::data: return "data";
    case PartKind::terminal: return "terminal";
    case PartKind::prose: return "prose";
  }
  return "said";
}

std::vector<Part> read_parts(std::string_view text) {
  std::vector<Part> parts;
  if (text.empty()) return parts;
  const auto size = static_cast<std::uint32_t>(text.size());
  if (!has_marks(text)) {
    parts.push_back({0, size, PartKind::said});
    return parts;
  }
  const Blocks blocks(text);
  const std::vector<Line>& lines = blocks.lines();
  std::uint32_t said_from = 0;
  bool saying = false;
  const auto end_said = [&](std::uint32_t at) {
    if (saying) add_said(text, said_from, at, parts);
    saying = false;
  };
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::uint32_t end = i + 1 < lines.size() ? lines[i + 1].begin : size;
    PartKind kind = lines[i].kind;
    if (lines[i].blank && !lines[i].settled) kind = saying || parts.empty() ? PartKind::said : parts.back().kind;
    if (kind == PartKind::said && !saying) {
      saying = true;
      said_from = lines[i].begin;
    }
    if (kind != PartKind::said) {
      end_said(lines[i].begin);
      add_part(parts, lines[i].begin, end, kind);
    } else if (lines[i].said_until != 0) {
      end_said(lines[i].said_until);
      add_part(parts, lines[i].said_until, end, PartKind::prose);
    }
  }
  end_said(size);
  return parts;
}

std::string only_said(std::string_view text, const std::vector<Part>& parts) {
  std::string said(text);
  for (const Part& part : parts) {
    if (part.kind == PartKind::said) continue;
    for (std::uint32_t i = part.begin; i < part.end && i < said.size(); ++i)
      if (said[i] != '\n' && said[i] != '\r') said[i] = ' ';
  }
  return said;
}

}  // namespace cascade::prompt
