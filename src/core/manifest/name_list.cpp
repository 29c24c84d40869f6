// Cuts the text at separators outside parentheses (commas, arrows, "and", a slash before a letter), drops an
// explanation from each piece, trims marks, and keeps a piece only when all of it is one name that is not part of a
// path.
#include "manifest/name_list.h"

#include "manifest/names.h"
#include "text/ascii.h"

namespace cascade::manifest {
namespace {

constexpr std::string_view arrow = "\xE2\x86\x92", long_dash = "\xE2\x80\x94";

constexpr bool is_trimming(char c) noexcept {
  return letters::is_space(c) || c == '`' || c == '*' || c == '"' || c == '\'' || c == '[' || c == ']' || c == '.' ||
         c == '@';
}

// The length of a separator at `at`, 0 when there is none.
std::size_t separator(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (c == ',' || c == ';') return 1;
  if (text.substr(at, arrow.size()) == arrow) return arrow.size();
  if (text.substr(at, 2) == "->") return 2;
  if (c == '/' && at + 1 < text.size() && letters::is_lower(text[at + 1])) return 1;
  if (!letters::is_blank(c)) return 0;
  for (std::string_view word : {" + ", " & ", " and ", " or "})
    if (text.substr(at, word.size()) == word) return word.size();
  return 0;
}

// Where an explanation of the name begins: " (", " - ", a long dash, " with ".
bool begins_explanation(std::string_view text, std::size_t at) {
  return text[at] == '(' || text.substr(at, 3) == " - " || text.substr(at, 6) == " with " ||
         text.substr(at, long_dash.size()) == long_dash;
}

// Part of "../using-x/references/": the slash before it does not follow a name, or the slash after it does not lead to
// a last name.
bool is_in_path(std::string_view text, std::size_t begin, std::size_t end) {
  if (begin >= 1 && text[begin - 1] == '/' && (begin < 2 || !letters::is_name(text[begin - 2]))) return true;
  if (end >= text.size() || text[end] != '/') return false;
  std::size_t next = end + 1;
  while (next < text.size() && letters::is_name(text[next])) ++next;
  return next == end + 1 || (next < text.size() && text[next] == '/');
}

}  // namespace

std::vector<std::pair<std::size_t, std::size_t>> names_listed(std::string_view text, std::size_t begin,
                                                              std::size_t end) {
  std::vector<std::pair<std::size_t, std::size_t>> out;
  text = text.substr(0, end);
  std::size_t from = begin, stop = std::string_view::npos;
  const auto flush = [&](std::size_t to) {
    std::size_t first = from, last = std::min(stop, to);
    while (first < last && is_trimming(text[first])) ++first;
    while (last > first && is_trimming(text[last - 1])) --last;
    if (last > first && is_qualified_name(text.substr(first, last - first)) && !is_in_path(text, first, last))
      out.emplace_back(first, last);
  };
  int depth = 0;
  for (std::size_t i = begin; i < end;) {
    if (stop == std::string_view::npos && begins_explanation(text, i)) stop = i;
    depth += text[i] == '(' ? 1 : text[i] == ')' && depth > 0 ? -1 : 0;
    const std::size_t length = depth == 0 ? separator(text, i) : 0;
    if (length == 0) {
      ++i;
      continue;
    }
    flush(i);
    i += length;
    from = i;
    stop = std::string_view::npos;
  }
  flush(end);
  return out;
}

}  // namespace cascade::manifest
