// Hook entries in all the files that can have them: hooks.json, settings, plugin.json, front matter.
#pragma once

#include "validate/rules/context.h"

#include <functional>
#include <string_view>

namespace cascade::validation {

// One event's list of groups, and one handler in it. Null if the shape does not match.
struct HookEntry {
  std::string_view event;
  const syntax::Node* matcher = nullptr;
  const syntax::Node* handler = nullptr;
};

// The map from events to groups in a file; null: it has none. `missing`: the file should have one.
const syntax::Node* hook_map(const Document& document, bool* missing = nullptr);

// Visits every handler in its proper place, in order.
void for_each_handler(const syntax::Node& map, const std::function<void(const HookEntry&)>& visit);

}  // namespace cascade::validation
