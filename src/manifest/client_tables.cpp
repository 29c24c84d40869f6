// Sources: agents, tools and events were seen in sessions of 2.1.328; the commands are those that its documentation and
// help name, not all of them tried.
#include "manifest/client_tables.h"
#include "text/ascii.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace cascade {
namespace {

constexpr std::string_view agents[] = {"Explore", "Plan", "claude", "general-purpose", "statusline-setup"};
// Of other versions or surfaces of the client; text that names them is not wrong.
constexpr std::string_view other_agents[] = {"claude-code-guide", "output-style-setup"};

using enum ToolStanding;
constexpr KnownTool tools[] = {
    {"Agent", available, ""},
    {"Artifact", interactive, ""},
    {"AskUserQuestion", interactive, ""},
    {"Bash", available, ""},
    {"BashOutput", gone, "TaskOutput"},
    {"Config", interactive, ""},
    {"CronCreate", available, ""},
    {"CronDelete", available, ""},
    {"CronList", available, ""},
    {"Edit", available, ""},
    {"EnterPlanMode", interactive, ""},
    {"EnterWorktree", available, ""},
    {"ExitPlanMode", interactive, ""},
    {"ExitWorktree", available, ""},
    {"Glob", available, ""},
    {"Grep", available, ""},
    {"KillBash", gone, "TaskStop"},
    {"KillShell", alias, "TaskStop"},
    {"LS", gone, "Glob"},
    {"LSP", interactive, ""},
    {"ListAgents", available, ""},
    {"ListMcpResourcesTool", interactive, ""},
    {"Monitor", available, ""},
    {"MultiEdit", gone, "Edit"},
    {"NotebookEdit", available, ""},
    {"NotebookRead", gone, "Read"},
    {"PowerShell", interactive, ""},
    {"REPL", interactive, ""},
    {"Read", available, ""},
    {"ReadMcpResourceTool", interactive, ""},
    {"ReportFindings", available, ""},
    {"ScheduleWakeup", interactive, ""},
    {"SendMessage", available, ""},
    {"SendUserMessage", interactive, ""},
    {"Skill", available, ""},
    {"SlashCommand", gone, "Skill"},
    {"Sleep", interactive, ""},
    {"StructuredOutput", interactive, ""},
    {"Task", alias, "Agent"},
    {"TaskCreate", available, ""},
    {"TaskGet", available, ""},
    {"TaskList", available, ""},
    {"TaskOutput", interactive, ""},
    {"TaskStop", available, ""},
    {"TaskUpdate", available, ""},
    {"TeamCreate", interactive, ""},
    {"TeamDelete", interactive, ""},
    {"TodoRead", gone, "TaskList"},
    {"TodoWrite", gone, "TaskCreate"},
    {"ToolSearch", available, ""},
    {"WebFetch", available, ""},
    {"WebSearch", available, ""},
    {"Workflow", interactive, ""},
    {"Write", available, ""},
};

constexpr std::string_view commands[] = {
    "add-dir",
    "agents",
    "bashes",
    "bug",
    "clear",
    "compact",
    "config",
    "context",
    "cost",
    "doctor",
    "exit",
    "export",
    "feedback",
    "help",
    "hooks",
    "ide",
    "init",
    "insights",
    "install-github-app",
    "login",
    "logout",
    "mcp",
    "memory",
    "model",
    "output-style",
    "permissions",
    "plan",
    "plugin",
    "pr-comments",
    "privacy-settings",
    "quit",
    "release-notes",
    "rename",
    "resume",
    "review",
    "rewind",
    "sandbox",
    "security-review",
    "skills",
    "stats",
    "status",
    "statusline",
    "tasks",
    "terminal-setup",
    "theme",
    "todos",
    "upgrade",
    "usage",
    "vim",
};

constexpr std::string_view session_sources[] = {"clear", "compact", "fork", "resume", "startup"};
constexpr std::string_view session_ends[] = {"clear", "logout", "other", "prompt_input_exit", "resume"};
constexpr std::string_view compactions[] = {"auto", "manual"};
constexpr std::string_view setups[] = {"init", "maintenance"};

template <std::size_t N>
constexpr Span<std::string_view> of(const std::string_view (&values)[N]) {
  return {values, N};
}

using enum MatchedAgainst;
constexpr ClientEvent events[] = {
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
constexpr HookHandler handlers[] = {
    {"agent", of(needs_prompt)},    {"command", of(needs_command)}, {"http", of(needs_url)},
    {"mcp_tool", of(needs_server)}, {"prompt", of(needs_prompt)},
};

template <std::size_t N>
constexpr bool is_sorted_by_name(const std::string_view (&table)[N]) {
  for (std::size_t i = 1; i < N; ++i)
    if (!(table[i - 1] < table[i])) return false;
  return true;
}
template <typename Entry, std::size_t N>
constexpr bool is_sorted_by_name(const Entry (&table)[N]) {
  for (std::size_t i = 1; i < N; ++i)
    if (!(table[i - 1].name < table[i].name)) return false;
  return true;
}
static_assert(is_sorted_by_name(agents) && is_sorted_by_name(commands));
static_assert(is_sorted_by_name(tools) && is_sorted_by_name(events));
static_assert(std::size(events) == 33);

template <typename Entry, std::size_t N>
const Entry* find_by_name(const Entry (&table)[N], std::string_view name) noexcept {
  const Entry* found =
      std::lower_bound(std::begin(table), std::end(table), name,
                       [](const Entry& entry, std::string_view wanted) { return entry.name < wanted; });
  return found != std::end(table) && found->name == name ? found : nullptr;
}

}  // namespace

bool is_builtin_agent(std::string_view name) noexcept {
  return std::binary_search(std::begin(agents), std::end(agents), name);
}
bool is_client_agent(std::string_view name) noexcept {
  const auto equal = [&](std::string_view known) {
    return known.size() == name.size() && std::equal(known.begin(), known.end(), name.begin(), [](char a, char b) {
             return a == b || letters::to_lower(a) == b;
           });
  };
  return std::any_of(std::begin(agents), std::end(agents), equal) ||
         std::any_of(std::begin(other_agents), std::end(other_agents), equal);
}

const KnownTool* find_tool(std::string_view name) noexcept { return find_by_name(tools, name); }
Span<KnownTool> known_tools() noexcept { return {tools, std::size(tools)}; }

bool is_builtin_command(std::string_view name) noexcept {
  return std::binary_search(std::begin(commands), std::end(commands), name);
}

const ClientEvent* find_client_event(std::string_view name) noexcept { return find_by_name(events, name); }
Span<ClientEvent> client_events() noexcept { return {events, std::size(events)}; }

const HookHandler* find_hook_handler(std::string_view type) noexcept {
  for (const HookHandler& handler : handlers)
    if (handler.type == type) return &handler;
  return nullptr;
}
Span<HookHandler> hook_handlers() noexcept { return {handlers, std::size(handlers)}; }

}  // namespace cascade
