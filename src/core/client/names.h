// Claude Code's (2.1.332) names for its events, tools, variables and folders, for the modules that must use them: the
// hooks that `init` installs, the guard, the rules. No other module spells such a name (tests/architecture).
#pragma once

#include <string_view>

namespace cascade::client {

namespace event_names {
constexpr const char* session_start = "SessionStart";
constexpr const char* session_end = "SessionEnd";
constexpr const char* prompt = "UserPromptSubmit";
constexpr const char* tool_call = "PreToolUse";
constexpr const char* tool_result = "PostToolUse";
constexpr const char* tool_failure = "PostToolUseFailure";
constexpr const char* subagent_start = "SubagentStart";
constexpr const char* subagent_stop = "SubagentStop";
constexpr const char* before_compaction = "PreCompact";
constexpr const char* after_compaction = "PostCompact";
constexpr const char* turn_end = "Stop";
constexpr const char* directory_added = "DirectoryAdded";
constexpr const char* skill_line = "PreSkillShellCommand";  // since 2.1.332
}  // namespace event_names

namespace event_keys {
constexpr const char* name = "hook_event_name";
constexpr const char* session = "session_id";
constexpr const char* transcript = "transcript_path";
constexpr std::string_view ended_tool = "PostToolUse";  // how the name of an event begins that reports a tool's end
// The keys of what a person typed, of all clients, and those that only events about a tool have.
constexpr std::string_view prompts[] = {"prompt", "text"};
constexpr std::string_view tools[] = {"tool_name", "toolName", "tool_input", "tool"};
}  // namespace event_keys

namespace answer_keys {
constexpr const char* notice = "systemMessage";
constexpr const char* output = "hookSpecificOutput";
constexpr const char* event = "hookEventName";
constexpr const char* context = "additionalContext";
constexpr const char* decision = "permissionDecision";
constexpr const char* reason = "permissionDecisionReason";
}  // namespace answer_keys

namespace tool_names {
constexpr const char* agent = "Agent";
constexpr const char* task = "Task";  // its name in older versions
constexpr const char* bash = "Bash";
constexpr const char* power_shell = "PowerShell";
constexpr const char* edit = "Edit";
constexpr const char* multi_edit = "MultiEdit";
constexpr const char* notebook_edit = "NotebookEdit";
constexpr const char* write = "Write";
constexpr const char* web_fetch = "WebFetch";
constexpr const char* skill = "Skill";
constexpr const char* slash_command = "SlashCommand";
constexpr const char* enter_worktree = "EnterWorktree";
constexpr const char* exit_worktree = "ExitWorktree";

constexpr bool starts_agents(std::string_view tool) noexcept { return tool == agent || tool == task; }
constexpr bool writes_text(std::string_view tool) noexcept {
  return tool == edit || tool == write || tool == multi_edit;
}
constexpr bool writes_files(std::string_view tool) noexcept { return writes_text(tool) || tool == notebook_edit; }
constexpr const char* web_search = "WebSearch";
constexpr const char* send_message = "SendMessage";
constexpr bool runs_commands(std::string_view tool) noexcept { return tool == bash || tool == power_shell; }
constexpr bool fetches_pages(std::string_view tool) noexcept { return tool == web_fetch || tool == web_search; }
// Looks at files and folders, as a shell can.
constexpr bool only_looks(std::string_view tool) noexcept {
  return tool == "Read" || tool == "Grep" || tool == "Glob" || tool == "LS";
}
constexpr bool changes_work_tree(std::string_view tool) noexcept {
  return tool == enter_worktree || tool == exit_worktree;
}
// The client's own agents that only read files.
constexpr bool is_reading_agent(std::string_view agent_name) noexcept {
  return agent_name == "Explore" || agent_name == "Plan";
}
constexpr const char* reading_tools = "Read, Grep, Glob";  // a list for an agent that only reads
// Marks a call of the skill tool in a line of a transcript.
constexpr std::string_view skill_call = R"("name":"Skill")";
}  // namespace tool_names

// Matchers of hook entries.
namespace matchers {
constexpr std::string_view every_tool = ".*";
constexpr std::string_view any_tool = "(.*)";  // the same, in other words
// Any tool, known here or not, except those that can only read.
constexpr std::string_view writing_tools = "^(?!(Glob|Grep|Read)$)";
// For hooks that look at the results of tools: for effects, and for playbooks, which also look for files.
constexpr std::string_view looking_tools = "^(Bash|WebFetch|mcp__.*)$";
constexpr std::string_view working_tools = "^(Agent|Bash|Edit|NotebookEdit|Task|WebFetch|Write|mcp__.*)$";
// For hooks that count subagents.
constexpr std::string_view agent_tools = "^(Agent|Task)$";
constexpr const char* example = "PreToolUse:Edit|Write, mcp__db__.*";  // an event with its matcher
constexpr std::string_view called_tools = "Agent|Task|Skill";
constexpr std::string_view work_tree_tools = "EnterWorktree|ExitWorktree";
constexpr std::string_view bash = "Bash";
constexpr std::string_view bash_and_work_trees = "Bash|EnterWorktree|ExitWorktree";
}  // namespace matchers

// Variables of hooks and of shells that the client starts, and those used in texts and commands.
namespace variables {
constexpr const char* project_directory = "CLAUDE_PROJECT_DIR";
constexpr const char* client_folder = "CLAUDE_CONFIG_DIR";
constexpr const char* environment_file = "CLAUDE_ENV_FILE";
constexpr const char* session = "CLAUDE_CODE_SESSION_ID";
constexpr const char* client_process = "CLAUDE_PID";
constexpr const char* in_client = "CLAUDECODE";
constexpr const char* own_plugin = "CLAUDE_PLUGIN_ROOT";
constexpr const char* own_skill = "CLAUDE_SKILL_DIR";
constexpr const char* own_skill_root = "CLAUDE_SKILL_ROOT";
constexpr std::string_view prefix = "CLAUDE_";
constexpr std::string_view session_place = "${CLAUDE_SESSION_ID}";  // in texts
constexpr std::string_view skill_folder = "${CLAUDE_SKILL_DIR}";
constexpr std::string_view below_skill[] = {"${CLAUDE_SKILL_DIR}/", "$CLAUDE_SKILL_DIR/"};
constexpr const char* plugin_folder = "${CLAUDE_PLUGIN_ROOT}";
constexpr std::string_view below_plugin[] = {"${CLAUDE_PLUGIN_ROOT}/", "$CLAUDE_PLUGIN_ROOT/"};
constexpr std::string_view below_project[] = {"${CLAUDE_PROJECT_DIR}/", "$CLAUDE_PROJECT_DIR/"};
}  // namespace variables

namespace own_folder {
constexpr const char* name = ".claude";  // of a project, and below the user's folder
constexpr const char* settings = ".claude/settings.json";
constexpr const char* local_settings = ".claude/settings.local.json";
constexpr const char* state = ".claude.json";            // below the user's folder: the client's state file
constexpr const char* transcripts = "projects/";         // below the user's client folder; one folder per project
constexpr bool holds_manifests(std::string_view name) {  // whether a folder in it holds manifests
  return name == "skills" || name == "agents" || name == "commands";
}
constexpr std::string_view in_home = "~/.claude/";
constexpr std::string_view any_settings = ".claude/settings", hooks = ".claude/hooks";
constexpr std::string_view work_trees = "/.claude/worktrees/";  // work trees of subagents
}  // namespace own_folder

// The text in the client's list of skills for a manifest without a description.
constexpr const char* undescribed_skill = "Skill";
constexpr const char* undescribed_command = "Custom command";

// Marks a line of a transcript that sets a timer or reports that it fired; its prompt is in the same line.
constexpr std::string_view timer_marks[] = {R"("name":"CronCreate")", R"("name":"ScheduleWakeup")",
                                            R"("subtype":"scheduled_task_fire")"};

constexpr const char* no_hooks_key = "disableAllHooks";  // a key in the settings

}  // namespace cascade::client
