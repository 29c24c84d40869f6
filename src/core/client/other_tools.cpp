#include "client/other_tools.h"

#include "client/facts/codex.h"
#include "client/facts/copilot.h"
#include "client/facts/cursor.h"
#include "client/facts/gemini.h"
#include "client/facts/opencode.h"

namespace cascade::client {

bool is_tool_of_another_client(std::string_view name) noexcept {
  return find_by_name(codex_facts::tools, name) != nullptr || find_by_name(copilot_facts::tools, name) != nullptr ||
         find_by_name(cursor_facts::tools, name) != nullptr || find_by_name(gemini_facts::tools, name) != nullptr ||
         find_by_name(opencode_facts::tools, name) != nullptr;
}

}  // namespace cascade::client
