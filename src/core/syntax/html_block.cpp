// The seven kinds of HTML blocks of CommonMark: five end at a mark of their own (`</pre>`, `-->`, ...), two at the next
// empty line. Which kind begins is decided by the first characters of a line; only a line that is one whole tag
// (any_tag) needs that tag read, and it cannot break into a paragraph.
#include "syntax/html_block.h"

#include "syntax/html_tag.h"
#include "syntax/tags.h"
#include "text/space.h"

#include <algorithm>
#include <iterator>

namespace cascade::syntax {
namespace {

template <std::size_t N>
bool is_in_any_case(const std::string_view (&names)[N], std::string_view name) noexcept {
  return std::any_of(std::begin(names), std::end(names),
                     [name](std::string_view n) { return letters::equals_folded(n, name); });
}

std::string_view name_at(std::string_view text, std::size_t at) noexcept {
  std::size_t end = at;
  while (end < text.size() && letters::is_letter_or_digit(text[end])) ++end;
  return text.substr(std::min(at, text.size()), end - at);
}

bool is_space_or_end(std::string_view text, std::size_t at) noexcept {
  return at >= text.size() || letters::is_blank(text[at]) || text[at] == '\v' || text[at] == '\f';
}

// Whether "</pre>" or another closing tag of a raw block is at `at`.
bool is_raw_end(std::string_view text, std::size_t at) noexcept {
  if (text.substr(at, 2) != "</") return false;
  const std::string_view name = name_at(text, at + 2);
  return is_in_any_case(tags::raw, name) && text.substr(at + 2 + name.size(), 1) == ">";
}

std::string_view end_mark(HtmlKind kind) noexcept {
  switch (kind) {
    case HtmlKind::comment: return "-->";
    case HtmlKind::instruction: return "?>";
    case HtmlKind::declaration: return ">";
    case HtmlKind::cdata: return "]]>";
    default: return "</";
  }
}

std::size_t last_end(std::string_view text, HtmlKind kind) noexcept {
  std::size_t at = text.rfind(end_mark(kind));
  if (kind != HtmlKind::raw) return at;
  while (at != std::string_view::npos && !is_raw_end(text, at))
    at = at == 0 ? std::string_view::npos : text.rfind("</", at - 1);
  return at;
}

}  // namespace

HtmlKind html_start(std::string_view rest, bool in_paragraph) noexcept {
  if (rest.size() < 2 || rest[0] != '<') return HtmlKind::none;
  if (rest[1] == '?') return HtmlKind::instruction;
  if (rest[1] == '!') {
    if (rest.substr(2, 2) == "--") return HtmlKind::comment;
    if (rest.substr(2, 7) == "[CDATA[") return HtmlKind::cdata;
    return rest.size() > 2 && letters::is_upper(rest[2]) ? HtmlKind::declaration : HtmlKind::none;
  }
  const bool closing = rest[1] == '/';
  const std::string_view name = name_at(rest, closing ? 2 : 1);
  const std::size_t after = (closing ? 2 : 1) + name.size();
  const bool ends = is_space_or_end(rest, after) || rest[after] == '>';
  if (!closing && ends && is_in_any_case(tags::raw, name)) return HtmlKind::raw;
  if ((ends || rest.substr(after, 2) == "/>") && is_in_any_case(tags::block, name)) return HtmlKind::block_tag;
  if (in_paragraph) return HtmlKind::none;
  const std::size_t tag = html_tag_end(rest, 0);
  return tag != 0 && letters::is_white(rest.substr(tag)) ? HtmlKind::any_tag : HtmlKind::none;
}

bool ends_html(std::string_view line, HtmlKind kind) noexcept {
  if (kind != HtmlKind::raw) return line.find(end_mark(kind)) != std::string_view::npos;
  for (std::size_t at = line.find("</"); at != std::string_view::npos; at = line.find("</", at + 1))
    if (is_raw_end(line, at)) return true;
  return false;
}

// Looks for the last end mark of the text once for each kind. Without that, a text of many unclosed "<!--" would be
// searched to its end for each of them.
bool HtmlEnds::any_after(std::size_t offset, HtmlKind kind) noexcept {
  std::size_t& last = last_[static_cast<std::size_t>(kind)];
  if (last == unknown) last = last_end(text_, kind);
  return last != std::string_view::npos && last >= offset;
}

}  // namespace cascade::syntax
