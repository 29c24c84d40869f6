// Claude Code 2.1.328 to 2.1.332, as seen in sessions with the real client.
#include <algorithm>

#include "client/built_in.h"
#include "client/dialect.h"
#include "client/facts/claude_code.h"
#include "client/names.h"
#include "client/nested_answer.h"
#include "text/ascii.h"

namespace cascade::client {
namespace {

namespace facts = claude_code_facts;

Fit fits(const syntax::Node& event) {
  const syntax::Node* name = event.find(event_keys::name);
  if (name == nullptr) return Fit::no;
  if (event.find("prompt_id") != nullptr) return Fit::sure;
  const bool is_like_all = event.find(event_keys::transcript) != nullptr && event.find(event_keys::session) != nullptr;
  return is_like_all || find_by_name(facts::events, name->text) != nullptr ? Fit::possible : Fit::no;
}

// The list of background tasks includes the subagent that is stopping, so it must not count itself.
bool runs_others(const syntax::Node& event, const std::string& agent) {
  const syntax::Node* tasks = event.find("background_tasks");
  if (tasks == nullptr || tasks->kind != syntax::NodeKind::list) return false;
  return std::ranges::any_of(tasks->items, [&](const syntax::Node& task) {
    const std::string status = text_of(task, "status");
    const bool ended = status == "completed" || status == "failed" || status == "killed" || status == "stopped";
    return !ended && (agent.empty() || text_of(task, "id") != agent);
  });
}

void read_tool(const syntax::Node& event, EventInput& into) {
  into.tool_name = text_of(event, "tool_name");
  into.tool_use_id = text_of(event, "tool_use_id");
  if (const syntax::Node* input = event.find("tool_input")) into.tool_input = *input;
  if (const syntax::Node* response = event.find("tool_response")) into.tool_response = *response;
  into.error = text_of(event, "error");  // of Bash "Exit code N\n", then output
  into.is_interrupt = is_true(event, "is_interrupt");
  if (tool_names::starts_agents(into.tool_name))
    into.task = SubagentTask{text_of(into.tool_input, "prompt"),      text_of(into.tool_input, "subagent_type"),
                             text_of(into.tool_input, "description"), text_of(into.tool_input, "model"),
                             text_of(into.tool_input, "name"),        text_of(into.tool_input, "effort")};
  if (into.tool_name == tool_names::skill && is_entry_name(text_of(into.tool_input, "skill")))
    into.asked = text_of(into.tool_input, "args");
}

void read(const syntax::Node& event, EventInput& into) {
  into.name = text_of(event, event_keys::name);
  if (const Event* known = find_by_name(facts::events, into.name)) into.kind = known->kind;
  into.session_id = text_of(event, event_keys::session);
  into.transcript_path = text_of(event, event_keys::transcript);
  into.working_directory = text_of(event, "cwd");
  into.prompt_id = text_of(event, "prompt_id");
  into.source = text_of(event, "source");
  into.model = text_of(event, "model");
  into.prompt = text_of(event, "prompt");
  into.directory = text_of(event, "directory");
  into.command_name = text_of(event, "command_name");
  if (into.kind == EventKind::skill_line) into.source = text_of(event, "command_source");
  into.agent_id = text_of(event, "agent_id");
  into.agent_type = text_of(event, "agent_type");
  // "a<name>-<16 digits>"; every other agent's id is "a<16 digits>".
  into.is_teammate = !into.agent_type.empty() && into.agent_id.rfind("a" + into.agent_type + "-", 0) == 0;
  read_tool(event, into);
  into.agent_transcript = text_of(event, "agent_transcript_path");
  into.last_message = text_of(event, "last_assistant_message");
  const bool ends = into.kind == EventKind::session_end;
  into.cause = text_of(event, ends ? "reason" : "trigger");
  into.summary = text_of(event, "compact_summary");
  into.stop_hook_active = is_true(event, "stop_hook_active");
  into.tasks_running = runs_others(event, into.agent_id);
  // Every event of this client names the session's transcript and has no time. Copilot CLI (1.0.102) also calls the
  // hooks in a project's .claude folder, without the one and with the other, and ignores the answer.
  into.is_heard = event.find(event_keys::transcript) != nullptr || event.find("timestamp") == nullptr;
}

std::string write(const EventInput& event, const Answer& answer) {
  // Plain text becomes instructions for the summary (2.1.328).
  if (event.kind == EventKind::before_compaction) return answer.context;
  return write_nested(event, answer, {"updatedInput", false});
}

std::string_view current_tool(std::string_view name) {
  const Tool* known = find_tool(name);
  if (known == nullptr) return name;
  if (known->standing == ToolStanding::gone) return {};
  return known->standing == ToolStanding::alias ? known->instead : name;
}

std::string entry_call(std::string_view entry) {
  return "call the " + std::string(tool_names::skill) + " tool with skill \"" + std::string(entry) + '"';
}

// "!`git status`" where a line or a word begins, and fenced code of the language "!" (2.1.328).
bool runs_commands(std::string_view text) {
  const auto begins = [&](std::size_t at) { return at == 0 || letters::is_json_space(text[at - 1]); };
  for (std::size_t at = text.find('!'); at != std::string_view::npos; at = text.find('!', at + 1)) {
    if (text.substr(at, 2) == "!`" && begins(at)) {
      const std::size_t end = text.find_first_of("`\n", at + 2);
      if (end != std::string_view::npos && text[end] == '`' && end > at + 2) return true;
    }
    if (at < 3 || text.substr(at - 3, 3) != "```") continue;
    std::size_t begin = at - 3;
    while (begin > 0 && (text[begin - 1] == ' ' || text[begin - 1] == '`')) --begin;
    const std::size_t next = text.find_first_not_of(" \t\r", at + 1);
    if ((begin == 0 || text[begin - 1] == '\n') && next != std::string_view::npos && text[next] == '\n') return true;
  }
  return false;
}

}  // namespace

// An updatedInput.prompt of 60,000 arrived whole (2.1.328).
const Dialect claude_code = {
    .name = "claude",
    .title = "Claude Code",
    .version = facts::version,
    .limits = limits_of(facts::limits),
    .subagents = {.name = tool_names::agent,
                  .prompt_key = "prompt",
                  .type_key = "subagent_type",
                  .general = "general-purpose",
                  .fork = "fork",
                  .takes_model = true,
                  .knows = is_builtin_agent,
                  .reserves = is_client_agent,
                  .tool = current_tool},
    .entry_call = entry_call,
    .runs_commands = runs_commands,
    .reads = all_of(facts::reads),
    .placeholders = {.all = "$ARGUMENTS",
                     .is_indexed = true,
                     .first_word = 0,
                     .keeps_missing = true,
                     .names_declared = true,
                     .has_escape = true,
                     .session = variables::session_place},
    .settings = {.form = SettingsForm::nested,
                 .folder = own_folder::name,
                 .user_file = own_folder::settings,
                 .home_variable = variables::client_folder,
                 .project_file = own_folder::settings,
                 .project_local_file = own_folder::local_settings,
                 .program = "claude",
                 .timeout = 5},
    .servers = {.key = "mcpServers",
                .user_file = ".claude.json",
                .project_file = ".mcp.json",
                .remains_of_project = "Claude Code starts no server of a project that nobody approved: start claude "
                                      "here and approve it."},
    .fits = fits,
    .read = read,
    .write = write,
};

}  // namespace cascade::client
