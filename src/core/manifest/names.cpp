// What may be a name in running text, by its letters alone. Letters, digits, "-" and "_" belong to it, and "." before a
// digit ("gpt-4.1"); a dash at its end does not. A name that begins with a digit needs a hyphen before a letter, or
// every "3rd" and "2024-01-05" would be one.
#include "manifest/names.h"

#include "text/word_set.h"

#include <algorithm>

namespace cascade::manifest {

std::size_t rest_of_name(std::string_view text, std::size_t at) noexcept {
  std::size_t end = at + 1;
  for (; end < text.size(); ++end)
    if (!is_name_byte(text[end]) && (text[end] != '.' || end + 1 == text.size() || !letters::is_digit(text[end + 1])))
      break;
  while (end > at && text[end - 1] == '-') --end;  // a dash, not a hyphen
  return end;
}

// "01-planner", "3d-modeler": a letter follows one of the hyphens.
bool begins_with_digit(std::string_view text, std::size_t at) noexcept {
  constexpr std::size_t far = 64;
  if (!letters::is_digit(text[at])) return false;
  for (std::size_t i = at + 1; i + 1 < text.size() && i - at < far && is_name_byte(text[i]); ++i)
    if (text[i] == '-' && letters::is_letter(text[i + 1])) return true;
  return false;
}

std::size_t name_end(std::string_view text, std::size_t at) noexcept {
  if (at >= text.size()) return at;
  return letters::is_letter(text[at]) || begins_with_digit(text, at) ? rest_of_name(text, at) : at;
}

// "plugin:skill", also with two colons; a colon that no name follows is punctuation.
std::size_t qualified_end(std::string_view text, std::size_t at) noexcept {
  std::size_t end = name_end(text, at);
  while (end > at && end < text.size() && text[end] == ':') {
    const std::size_t next = end + (end + 1 < text.size() && text[end + 1] == ':' ? 2 : 1);
    const std::size_t next_end = name_end(text, next);
    if (next_end == next) break;
    end = next_end;
  }
  return end;
}

bool is_plain_name(std::string_view text) noexcept { return !text.empty() && name_end(text, 0) == text.size(); }
bool is_qualified_name(std::string_view text) noexcept {
  return !text.empty() && qualified_end(text, 0) == text.size();
}

bool is_distinctive(std::string_view name) noexcept {
  return std::any_of(name.begin(), name.end(), [](char c) { return c == '-' || c == ':'; });
}

bool has_hump(std::string_view name) noexcept {
  const auto is_hump = [](char before, char at) { return letters::is_lower(before) && letters::is_upper(at); };
  return std::adjacent_find(name.begin(), name.end(), is_hump) != name.end();
}

bool is_doer(std::string_view word) noexcept {
  if (word.size() < 5 || !std::all_of(word.begin(), word.end(), letters::is_lower)) return false;
  const std::string_view two = word.substr(word.size() - 2), three = word.substr(word.size() - 3);
  return two == "er" || two == "or" || three == "ist" || three == "yst" || three == "ect" || three == "ian";
}

bool is_role_name(std::string_view name) noexcept {
  constexpr std::string_view agent = "agent";
  if (name.size() < 7) return false;
  const char end = name.back();
  if (end != 'r' && end != 't' && end != 'n') return false;
  const std::string_view last = name.substr(name.rfind('-') + 1);
  return last.size() < name.size() && (last == agent || is_doer(last));
}

namespace {

// Words of which example names consist.
bool is_example_word(std::string_view word) {
  static constexpr auto words =
      letters::word_set("agent", "agents", "subagent", "sub", "skill", "skills", "command", "plugin", "name", "names",
                        "type", "types", "the", "some", "another", "other", "custom", "example", "sample",
                        "specialized", "appropriate", "relevant", "selected", "chosen", "target", "task", "tool",
                        "description", "prompt", "model", "id", "args", "config", "options", "params", "value", "here",
                        "following", "same", "next", "placeholder", "foo", "bar", "baz", "xxx", "a", "b", "x");
  if (std::all_of(word.begin(), word.end(), letters::is_digit)) return true;
  return words.has(word);
}

}  // namespace

bool is_example_name(std::string_view name) noexcept {
  static constexpr std::string_view beginnings[] = {"your-",    "my-",         "your_",       "my_",
                                                    "example-", "agent-type-", "agent-name-", "skill-name-"};
  for (const std::string_view before : beginnings)
    if (letters::starts_with_lower(name, before)) return true;
  const std::string_view last = name.substr(name.rfind('-') + 1);
  if (letters::equals_lower(last, "agentname") || letters::equals_lower(last, "agenttype") ||
      letters::equals_lower(last, "skillname"))
    return true;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= name.size(); ++i) {
    if (i < name.size() && letters::is_name(name[i]) && name[i] != '-' && name[i] != '_') continue;
    if (!is_example_word(name.substr(begin, i - begin))) return false;
    begin = i + 1;
  }
  return true;
}

}  // namespace cascade::manifest
