// Hook entries, wherever they are written: hooks.json, settings, plugin.json, front matter.
#pragma once

#include "validate/rules/context.h"

#include <functional>
#include <string_view>

namespace cascade::validation {

// One event's list of groups, and one handler in it. Null when the shape does not allow it.
struct HookEntry {
  std::string_view event;
  const syntax::Node* matcher = nullptr;
  const syntax::Node* handler = nullptr;
};

// The map from events to groups that a file holds; null when it holds none. `missing`: the file should have one.
const syntax::Node* hook_map(const Document& document, bool* missing = nullptr);

// Every handler that is where it belongs, in order.
void for_each_handler(const syntax::Node& map, const std::function<void(const HookEntry&)>& visit);

}  // namespace cascade::validation
