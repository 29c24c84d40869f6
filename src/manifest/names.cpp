#include "manifest/names.h"

#include "manifest/letters.h"

#include <algorithm>
#include <array>

namespace cascade::manifest {

std::size_t name_end(std::string_view text, std::size_t at) noexcept {
  if (at >= text.size() || !is_letter(text[at])) return at;
  std::size_t end = at + 1;
  while (end < text.size() &&
         (is_name(text[end]) || (text[end] == '.' && end + 1 < text.size() && is_digit(text[end + 1]))))
    ++end;
  while (end > at && text[end - 1] == '-') --end;  // a dash, not a hyphen
  return end;
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

bool is_example_name(std::string_view name) noexcept {
  static constexpr std::array<std::string_view, 38> examples = {
      "agent",      "agents",        "agent-name",  "agent_name",   "agentname",
      "agent-type", "agent_type",    "agenttype",   "subagent",     "sub-agent",
      "skill",      "skills",        "skill-name",  "skill_name",   "skillname",
      "command",    "name",          "the-agent",   "the-skill",    "some-agent",
      "some-skill", "another-skill", "other-skill", "other-agent",  "type",
      "task",       "description",   "prompt",      "model",        "id",
      "args",       "config",        "plugin:name", "plugin:skill", "plugin-name:skill-name",
      "foo",        "bar",           "xxx"};
  for (std::string_view before :
       {"your-", "my-", "your_", "my_", "example-", "agent-type-", "agent-name-", "skill-name-"})
    if (starts_with_lower(name, before)) return true;
  return std::any_of(examples.begin(), examples.end(), [&](std::string_view word) { return equals_lower(name, word); });
}

}  // namespace cascade::manifest
