// Goes back from a name word by word. A list before it is passed over name by name, and at most so far that a long one
// costs no more than a short one.
#include "manifest/verb_before.h"

#include "manifest/names.h"
#include "prose/words.h"
#include "text/ascii.h"
#include "text/word_set.h"

#include <algorithm>

namespace cascade::manifest {

std::string_view word_before(std::string_view text, std::size_t at, std::size_t line_begin, std::size_t& begin) {
  std::size_t end = at;
  while (end > line_begin && (letters::is_space(text[end - 1]) || text[end - 1] == '*' || text[end - 1] == '"')) --end;
  begin = end;
  while (begin > line_begin && is_name_byte(text[begin - 1])) --begin;
  return text.substr(begin, end - begin);
}

bool stands_behind_use(std::string_view text, std::size_t at, std::size_t line_begin) {
  std::size_t begin = at;
  std::string_view word = word_before(text, at, line_begin, begin);
  if (letters::equals_lower(word, "the")) word = word_before(text, begin, line_begin, begin);
  static constexpr auto orders = letters::word_set("invoke", "spawn", "launch", "dispatch", "call");
  if (word.empty() && begin > line_begin && text[begin - 1] == ':' &&
      orders.has(word_before(text, begin - 1, line_begin, begin)))  // "Invoke: x"
    return true;
  if ((prose::roles_in_any_case(word) & prose::roles::call) != 0) return true;
  if (!letters::equals_lower(word, "to")) return false;
  word = word_before(text, begin, line_begin, begin);
  return (prose::roles_in_any_case(word) & prose::roles::hand) != 0;
}

bool follows_use(std::string_view text, std::size_t at, std::size_t line_begin) {
  constexpr int longest_list = 8;
  for (int listed = 0; listed < longest_list; ++listed) {
    if (stands_behind_use(text, at, line_begin)) return true;
    std::size_t begin = at;
    std::string_view word = word_before(text, at, line_begin, begin);
    const bool joined = letters::equals_lower(word, "and") || letters::equals_lower(word, "or");
    std::size_t end = joined ? begin : at;
    while (end > line_begin && (letters::is_space(text[end - 1]) || text[end - 1] == '`')) --end;
    const bool comma = end > line_begin && text[end - 1] == ',';
    if (comma) --end;
    if (!joined && !comma) return false;
    while (end > line_begin && (text[end - 1] == '`' || text[end - 1] == '*')) --end;
    word = word_before(text, end, line_begin, begin);
    if (word.find('-') == std::string_view::npos) return false;
    at = begin;
    while (at > line_begin && text[at - 1] == '`') --at;
  }
  return false;
}

bool stands_behind_wide_use(std::string_view text, std::size_t at, std::size_t end, std::size_t line_begin) {
  std::size_t begin = at;
  std::string_view word = word_before(text, at, line_begin, begin);
  if (letters::equals_lower(word, "the")) word = word_before(text, begin, line_begin, begin);
  return (prose::roles_in_any_case(word) & prose::roles::call_wide) != 0 && text.substr(end, 4) != " to ";
}

bool shares_use(std::string_view text, std::size_t at, std::size_t end, std::size_t line_begin) {
  constexpr std::size_t longest_shared = 300;  // bytes looked at before a name for the verb of its list
  const std::string_view behind = text.substr(end, 5);
  if (behind.substr(0, 4) != " to " && behind != " for ") return false;
  std::string_view before = letters::trim(text.substr(line_begin, at - line_begin));
  std::size_t word = at;
  const std::string_view joins = word_before(text, at, line_begin, word);
  if (joins == "or" || joins == "and") before = letters::trim(text.substr(line_begin, word - line_begin));
  if (before.empty() || (before.back() != ',' && joins != "or" && joins != "and")) return false;
  before = before.substr(before.size() - std::min<std::size_t>(before.size(), longest_shared));
  before.remove_prefix(std::min(before.find_last_of(".;:!?") + 1, before.size()));
  before = letters::trim(before);
  const std::size_t use = letters::starts_with_lower(before, "use ") ? 0 : before.rfind(" use ");
  if (use == std::string_view::npos) return false;
  before = letters::trim(letters::trim(before.substr(use)).substr(4));
  const std::string_view first = before.substr(0, before.find(' '));
  const std::string_view purpose = before.substr(first.size(), 5);
  return first.find('-') != std::string_view::npos && (purpose.substr(0, 4) == " to " || purpose == " for ");
}

}  // namespace cascade::manifest
