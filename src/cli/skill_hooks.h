// Skill hooks for the verbs `hook` and `guard`.
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
#include "systems/skill_lines.h"

namespace cascade::cli {

systems::HookPlace hook_place(const Environment& environment, std::int64_t now);

// The manifests that declare hooks, from the index in its current state. A file that has changed since does not matter:
// whatever runs is read from the folder itself.
std::vector<systems::Hooked> hooked_there(WorkspaceOptions options, const std::vector<std::string>& manifests,
                                          const std::string& directory);

// The skills and commands of that name, as the client would call them.
std::vector<systems::CalledManifest> called_there(WorkspaceOptions options, const std::string& name,
                                                  const std::string& directory);

// For HookOptions::skill_hooks; empty if the system is off or does not handle the event. The arguments must outlive it.
std::function<std::pair<std::string, std::string>(const std::vector<std::string>& active)> hooks_on_answer(
    Call& call, const HookEvent& event, std::string_view event_json, EventPolicy& configured,
    const Workspace& workspace, std::int64_t now);

// The systems' answer to an event that the hook itself leaves alone, with the words of skill hooks added.
std::string with_skill_hooks(Call& call, const HookEvent& event, std::string_view event_json, EventPolicy& configured,
                             std::string answer, std::int64_t now);

}  // namespace cascade::cli
