// Sources: agents and tools were seen in sessions of 2.1.328, or are named by the published types of 2.1.332
// (scripts/client-facts); the commands are those named in its documentation and
// help, not all of them tried.
#include "client/built_in.h"

#include "client/named_table.h"
#include "text/ascii.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace cascade::client {
namespace {

constexpr std::string_view agents[] = {"Explore", "Plan", "claude", "general-purpose", "statusline-setup"};
// From other versions or surfaces of the client; text that names them is not wrong.
constexpr std::string_view other_agents[] = {"claude-code-guide", "output-style-setup"};

using enum ToolStanding;
constexpr Tool tools[] = {
    {"Agent", available, ""},
    {"Artifact", interactive, ""},
    {"AskUserQuestion", interactive, ""},
    {"Bash", available, ""},
    {"BashOutput", gone, "TaskOutput"},
    {"ClaudeDesign", interactive, ""},
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
    {"OfferChromeSetup", interactive, ""},
    {"PowerShell", interactive, ""},
    {"Projects", interactive, ""},
    {"ProposeGoal", interactive, ""},
    {"PushNotification", interactive, ""},
    {"REPL", interactive, ""},
    {"Read", available, ""},
    {"ReadMcpResourceDirTool", interactive, ""},
    {"ReadMcpResourceTool", interactive, ""},
    {"ReadNotifications", interactive, ""},
    {"RefreshMcpTools", interactive, ""},
    {"RemoteTrigger", interactive, ""},
    {"ReportFindings", available, ""},
    {"ScheduleWakeup", interactive, ""},
    {"SendFeedback", interactive, ""},
    {"SendMessage", available, ""},
    {"SendUserMessage", interactive, ""},
    {"ShowOnboardingRolePicker", interactive, ""},
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

template <std::size_t N>
constexpr bool is_sorted(const std::string_view (&table)[N]) {
  for (std::size_t i = 1; i < N; ++i)
    if (!(table[i - 1] < table[i])) return false;
  return true;
}
static_assert(is_sorted(agents) && is_sorted(commands) && is_sorted_by_name(tools));

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

const Tool* find_tool(std::string_view name) noexcept { return find_by_name(tools, name); }
Span<Tool> known_tools() noexcept { return {tools, std::size(tools)}; }

bool is_builtin_command(std::string_view name) noexcept {
  return std::binary_search(std::begin(commands), std::end(commands), name);
}

}  // namespace cascade::client
