#include "client/built_in.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "client/agent_names.h"
#include "client/dialect.h"
#include "client/facts/claude_code.h"
#include "text/ascii.h"
#include "text/word_set.h"

namespace cascade::client {

namespace facts = claude_code_facts;

const std::string_view version = facts::version;

bool is_builtin_agent(std::string_view name) noexcept {
  return std::binary_search(std::begin(facts::agents), std::end(facts::agents), name);
}
bool is_client_agent(std::string_view name) noexcept {
  const auto equal = [&](std::string_view known) {
    return known.size() == name.size() && std::equal(known.begin(), known.end(), name.begin(), [](char a, char b) {
             return a == b || letters::to_lower(a) == b;
           });
  };
  return std::ranges::any_of(facts::agents, equal) || std::ranges::any_of(facts::other_agents, equal);
}

bool is_withheld_from_subagents(std::string_view tool) noexcept { return has_name(facts::withheld, tool); }

const Tool* find_tool(std::string_view name) noexcept { return find_by_name(facts::tools, name); }
Span<Tool> known_tools() noexcept { return all_of(facts::tools); }

bool is_builtin_command(std::string_view name) noexcept {
  return std::binary_search(std::begin(facts::commands), std::end(facts::commands), name);
}

bool is_tool_of_another_client(std::string_view name) noexcept {
  return std::ranges::any_of(dialects(), [&](const Dialect* client) {
    return client != &usual_dialect() && client->tables.tool(name) != nullptr;
  });
}

bool is_coding_agent(std::string_view name) {
  std::string folded = letters::to_lower(name);
  std::replace_if(
      folded.begin(), folded.end(), [](char c) { return c == ' ' || c == '_'; }, '-');
  return std::binary_search(std::begin(agent_names::all), std::end(agent_names::all), std::string_view(folded));
}

bool is_document_name(std::string_view name) {
  return letters::is_one_of_lower(name, {"readme.md", "changelog.md", "license.md", "contributing.md", "security.md",
                                         "code_of_conduct.md", "notice.md", "index.md"});
}

namespace {

constexpr std::string_view text = R"(---
name: cascade
description: Loads a skill, command or agent of the Cascade library by its name, or searches for one. Use when a [cascade] note offers one, or when a task may have a ready procedure. Args are the name, with arguments behind it, or words to search for.
---

# Cascade

What was asked for stands beside this text, in a note that begins with `[cascade]`. Where there is no such note, the hooks
are not installed or switched off: tell the user to run `cascade doctor`.
)";

}  // namespace

bool is_entry_name(std::string_view name) noexcept {
  return name == entry_skill_name || name == plugin_entry_skill_name;
}

std::string_view entry_skill_text() noexcept { return text; }

bool is_entry_skill(std::string_view file) noexcept { return file == text; }

}  // namespace cascade::client
