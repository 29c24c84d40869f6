#include "manifest/names.h"

#include "manifest/letters.h"

#include <algorithm>
#include <array>

namespace cascade::manifest {

namespace {

constexpr std::array<bool, 256> make_name_bytes() {
  std::array<bool, 256> out{};
  for (std::size_t byte = 0; byte < out.size(); ++byte) out[byte] = is_name(static_cast<char>(byte));
  return out;
}
constexpr std::array<bool, 256> name_bytes = make_name_bytes();

}  // namespace

std::size_t rest_of_name(std::string_view text, std::size_t at) noexcept {
  std::size_t end = at + 1;
  for (; end < text.size(); ++end)
    if (!name_bytes[static_cast<unsigned char>(text[end])] &&
        (text[end] != '.' || end + 1 == text.size() || !is_digit(text[end + 1])))
      break;
  while (end > at && text[end - 1] == '-') --end;  // a dash, not a hyphen
  return end;
}

std::size_t name_end(std::string_view text, std::size_t at) noexcept {
  return at < text.size() && is_letter(text[at]) ? rest_of_name(text, at) : at;
}

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

bool is_distinctive(std::string_view name) noexcept { return name.find_first_of("-:") != std::string_view::npos; }

namespace {

// Words that examples are made of.
bool is_example_word(std::string_view word) {
  static constexpr std::array<std::string_view, 45> words = {
      "agent",       "agents",      "subagent",    "sub",      "skill",    "skills",  "command", "plugin", "name",
      "names",       "type",        "types",       "the",      "some",     "another", "other",   "custom", "example",
      "sample",      "specialized", "appropriate", "relevant", "selected", "chosen",  "target",  "task",   "tool",
      "description", "prompt",      "model",       "id",       "args",     "config",  "options", "params", "value",
      "here",        "placeholder", "foo",         "bar",      "baz",      "xxx",     "a",       "b",      "x"};
  if (std::all_of(word.begin(), word.end(), is_digit)) return true;
  return std::any_of(words.begin(), words.end(), [&](std::string_view known) { return equals_lower(word, known); });
}

}  // namespace

bool is_example_name(std::string_view name) noexcept {
  for (std::string_view before :
       {"your-", "my-", "your_", "my_", "example-", "agent-type-", "agent-name-", "skill-name-"})
    if (starts_with_lower(name, before)) return true;
  if (equals_lower(name, "agentname") || equals_lower(name, "agenttype") || equals_lower(name, "skillname"))
    return true;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= name.size(); ++i) {
    if (i < name.size() && is_name(name[i]) && name[i] != '-' && name[i] != '_') continue;
    if (!is_example_word(name.substr(begin, i - begin))) return false;
    begin = i + 1;
  }
  return true;
}

}  // namespace cascade::manifest
