#include "client/built_in.h"

#include <algorithm>
#include <iterator>

#include "client/facts/claude_code.h"
#include "text/ascii.h"

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
  return std::any_of(std::begin(facts::agents), std::end(facts::agents), equal) ||
         std::any_of(std::begin(facts::other_agents), std::end(facts::other_agents), equal);
}

bool is_withheld_from_subagents(std::string_view tool) noexcept { return has_name(facts::withheld, tool); }

const Tool* find_tool(std::string_view name) noexcept { return find_by_name(facts::tools, name); }
Span<Tool> known_tools() noexcept { return all_of(facts::tools); }

bool is_builtin_command(std::string_view name) noexcept {
  return std::binary_search(std::begin(facts::commands), std::end(facts::commands), name);
}

}  // namespace cascade::client
