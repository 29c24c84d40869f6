// Finds hooks wherever a client reads them: hooks.json, settings, plugin.json and front matter have the same map of
// events at different depths.
#include "validate/rules/hooks.h"

#include "validate/reading/json_values.h"

namespace cascade::validation {

using syntax::Node;
using syntax::NodeKind;

const Node* hook_map(const Document& document, bool* missing) {
  const Node& root = document.data();
  const Node* hooks = root.find("hooks");
  if (missing != nullptr) *missing = false;
  if (document.role() == Role::hooks) {
    // Gemini CLI has other settings in the same file. Some plugins have the events at the top; the client requires them
    // below "hooks" (or a list of modules).
    const bool among_settings = document.path().ends_with("settings.json");
    if (missing != nullptr)
      *missing = root.kind != NodeKind::map || (hooks == nullptr && root.find("modules") == nullptr && !among_settings);
    return hooks;
  }
  const bool may_have = document.role() == Role::settings || document.role() == Role::plugin ||
                        document.role() == Role::skill || document.role() == Role::agent;
  if (!may_have || hooks == nullptr) return nullptr;
  if (hooks->kind != NodeKind::map) return document.role() == Role::settings ? hooks : nullptr;
  if (document.role() == Role::plugin)
    if (const Node* inner = hooks->find("hooks"); is_map(inner)) return inner;
  return hooks;
}

void for_each_handler(const Node& map, const std::function<void(const HookEntry&)>& visit) {
  if (map.kind != NodeKind::map) return;
  for (std::size_t i = 0; i < map.size(); ++i) {
    const Node& groups = map.value(i);
    if (groups.kind != NodeKind::list) continue;
    for (const Node& group : groups.items) {
      const Node* handlers = group.find("hooks");
      if (!is_list(handlers)) continue;
      for (const Node& handler : handlers->items)
        if (handler.kind == NodeKind::map) visit({map.key(i).text, group.find("matcher"), &handler});
    }
  }
}

}  // namespace cascade::validation
