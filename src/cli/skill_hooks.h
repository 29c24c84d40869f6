// Hooks of skills as the verbs `hook` and `guard` reach them.
#pragma once

#include <cascade/hook.h>
#include <cascade/workspace.h>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/call.h"
#include "cli/event_policy.h"
#include "systems/skill_hooks.h"

namespace cascade::cli {

systems::HookPlace hook_place(const Environment& environment, std::int64_t now);

// Those of the manifests that declare hooks, by the index as it is. A file that has changed since makes no difference:
// what runs is read from the folder itself.
std::vector<systems::Hooked> hooked_there(WorkspaceOptions options, const std::vector<std::string>& manifests,
                                          const std::string& directory);

// For HookOptions::skill_hooks; nothing where the system is off or the event is not for it. What is handed over must
// outlive it.
std::function<std::pair<std::string, std::string>(const std::vector<std::string>& active)> hooks_on_answer(
    Call& call, const HookEvent& event, std::string_view event_json, EventPolicy& configured,
    const Workspace& workspace, std::int64_t now);

// The systems' answer to an event that the hook itself does not answer, with what hooks of skills say besides.
std::string with_skill_hooks(Call& call, const HookEvent& event, std::string_view event_json, EventPolicy& configured,
                             std::string answer, std::int64_t now);

}  // namespace cascade::cli
