// Source: sessions of 2.1.328; PreSkillShellCommand of 2.1.332.
#include "client/events.h"

#include "client/named_table.h"

#include <cstddef>
#include <iterator>

namespace cascade::client {
namespace {

constexpr std::string_view session_sources[] = {"clear", "compact", "fork", "resume", "startup"};
constexpr std::string_view session_ends[] = {"clear", "logout", "other", "prompt_input_exit", "resume"};
constexpr std::string_view compactions[] = {"auto", "manual"};
constexpr std::string_view setups[] = {"init", "maintenance"};

template <std::size_t N>
constexpr Span<std::string_view> of(const std::string_view (&values)[N]) {
  return {values, N};
}

using enum MatchedAgainst;
constexpr Event known_events[] = {
    {"ConfigChange", open, {}},
    {"CwdChanged", nothing, {}},
    {"DirectoryAdded", open, {}},
    {"Elicitation", open, {}},
    {"ElicitationResult", open, {}},
    {"FileChanged", open, {}},
    {"InstructionsLoaded", open, {}},
    {"MessageDisplay", nothing, {}},
    {"Notification", open, {}},
    {"PermissionDenied", tool, {}},
    {"PermissionRequest", tool, {}},
    {"PostCompact", listed, of(compactions)},
    {"PostModelSwitch", open, {}},
    {"PostToolBatch", nothing, {}},
    {"PostToolUse", tool, {}},
    {"PostToolUseFailure", tool, {}},
    {"PreCompact", listed, of(compactions)},
    {"PreModelSwitch", open, {}},
    {"PreSkillShellCommand", tool, {}, "2.1.332"},
    {"PreToolUse", tool, {}},
    {"SessionEnd", listed, of(session_ends)},
    {"SessionStart", listed, of(session_sources)},
    {"Setup", listed, of(setups)},
    {"Stop", nothing, {}},
    {"StopFailure", open, {}},
    {"SubagentStart", open, {}},
    {"SubagentStop", open, {}},
    {"TaskCompleted", nothing, {}},
    {"TaskCreated", nothing, {}},
    {"TeammateIdle", nothing, {}},
    {"UserPromptExpansion", open, {}},
    {"UserPromptSubmit", nothing, {}},
    {"WorktreeCreate", nothing, {}},
    {"WorktreeRemove", nothing, {}},
};

constexpr std::string_view needs_prompt[] = {"prompt"}, needs_command[] = {"command"}, needs_url[] = {"url"},
                           needs_server[] = {"server", "tool"};
constexpr Handler known_handlers[] = {
    {"agent", of(needs_prompt)},    {"command", of(needs_command)}, {"http", of(needs_url)},
    {"mcp_tool", of(needs_server)}, {"prompt", of(needs_prompt)},
};

static_assert(is_sorted_by_name(known_events));
static_assert(std::size(known_events) == 34);

}  // namespace

const Event* find_event(std::string_view name) noexcept { return find_by_name(known_events, name); }
Span<Event> events() noexcept { return {known_events, std::size(known_events)}; }

const Handler* find_handler(std::string_view type) noexcept {
  for (const Handler& handler : known_handlers)
    if (handler.type == type) return &handler;
  return nullptr;
}
Span<Handler> handlers() noexcept { return {known_handlers, std::size(known_handlers)}; }

bool is_own_source(std::string_view source) noexcept {
  return source == "builtin" || source == "bundled" || source == "policySettings" || source == "managed";
}

bool is_key_of_hooks_file(std::string_view key) noexcept {
  return key == "hooks" || key == "modules" || key == "description" || key == "$schema" || key == "surface";
}

}  // namespace cascade::client
