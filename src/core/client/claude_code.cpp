// Claude Code 2.1.328 to 2.1.332, as seen in sessions with the real client.
#include <algorithm>
#include <iterator>

#include "client/built_in.h"
#include "client/dialect.h"
#include "client/facts/claude_code.h"
#include "client/names.h"
#include "client/transcript/formats.h"
#include "files/paths.h"
#include "text/ascii.h"

// Claude Code (seen with 2.1.328 and 2.1.329): projects/<folder>/<session>.jsonl, and for a subagent
// projects/<folder>/<session>/subagents/agent-<id>.jsonl. An answer of several blocks is several lines with one id. A
// fork begins with a copy of its parent's lines, with their ids and times.
namespace cascade::transcript {
namespace {

using syntax::JsonSlice;

// <command-name>/standup</command-name> among the tags of a typed command.
void say_typed(std::string_view tags, Happened event, const See& see) {
  constexpr std::string_view before = "<command-name>/";
  const std::size_t at = tags.find(before);
  if (at == std::string_view::npos) return;
  const std::string_view name = tags.substr(at + before.size());
  event.kind = Happening::typed;
  event.tool = name.substr(0, std::min(name.find('<'), name.size()));
  if (!event.tool.empty()) see(event);
}

// A user's line is a prompt, the answer of a tool, or text that the client wrote. The latter is marked, or begins with
// a tag such as <command-name> or <local-command-stdout>.
void read_user_line(const JsonSlice& line, Happened event, const See& see) {
  if (line.find("isMeta").is_true() || line.find("isCompactSummary").is_true()) return;
  const JsonSlice content = line.find("message").find("content");
  const auto say = [&](const JsonSlice& words) {
    if (words.unquoted().substr(0, 1) == "<") return say_typed(words.unquoted(), event, see);
    tell_words(event, Happening::prompt, words, see);
  };
  if (content.is_string()) say(content);
  content.each_item([&](const JsonSlice& block) {
    if (block.find("type").is("text")) say(block.find("text"));
    if (block.find("type").is("tool_result")) tell_result(event, block.find("content"), see);
  });
}

void read_answer_line(const JsonSlice& line, Happened event, const See& see) {
  const JsonSlice message = line.find("message");
  event.id = message.find("id").unquoted();
  message.find("content").each_item([&](const JsonSlice& block) {
    Happened one = event;
    const JsonSlice type = block.find("type");
    if (type.is("text"))
      tell_words(one, Happening::answer, block.find("text"), see);
    else if (type.is("tool_use"))
      tell_call(one, block.find("id").unquoted(), block.find("name").unquoted(), block.find("input"), see);
  });
}

void read_attachment(const JsonSlice& line, Happened event, const See& see) {
  const JsonSlice attachment = line.find("attachment");
  if (!attachment.find("type").is("hook_additional_context")) return;
  attachment.find("content").each_item(
      [&](const JsonSlice& words) { tell_words(event, Happening::context, words, see); });
}

Reading read_claude_line(const JsonSlice& line, const See& see) {
  const JsonSlice type = line.find("type");
  if (!type.is_string()) return Reading::foreign;
  const bool of_user = type.is("user"), of_model = type.is("assistant"), of_client = type.is("attachment");
  const bool of_system = type.is("system");
  if (!of_user && !of_model && !of_client && !of_system)
    return line.find("sessionId").empty() && line.find("uuid").empty() && line.find("leafUuid").empty()
               ? Reading::foreign
               : Reading::told;
  Happened event;
  event.at = milliseconds_of(line.find("timestamp"));
  if (line.find("isSidechain").is_true()) event.agent = line.find("agentId").unquoted();
  if (of_user) read_user_line(line, event, see);
  if (of_model) read_answer_line(line, event, see);
  if (of_client) read_attachment(line, event, see);
  if (of_system && line.find("subtype").is("compact_boundary")) tell_words(event, Happening::compaction, {}, see);
  return Reading::told;
}

std::vector<LogFile> list_claude_logs(const files::Tree& tree, const std::string& folder) {
  constexpr std::string_view prefix = "agent-";
  std::vector<LogFile> logs;
  for (const std::string& project : folders_in(tree, folder))
    for (const files::Entry& entry : entries_of(tree, project)) {
      const std::string path = files::join(project, entry.name);
      if (entry.type == files::EntryType::directory) {
        const std::string below = files::join(path, "subagents");
        for (const files::Entry& one : entries_of(tree, below))
          if (const auto id = name_between(one.name, prefix, lines_ending))
            logs.push_back({files::join(below, one.name), entry.name, std::string(*id)});
      } else if (const auto id = name_between(entry.name, "", lines_ending)) {
        logs.push_back({path, std::string(*id), {}});
      }
    }
  return logs;
}

// Copies of requests, of the tools' definitions and of prompts: most of a log's bytes.
constexpr std::string_view passed_lines[] = {"{\"type\":\"api-", "{\"type\":\"file-history-snapshot\""};

}  // namespace

const Format claude_code = {
    .client = "claude",
    .title = "Claude Code",
    .folder = ".claude/projects",
    .variable = "CLAUDE_CONFIG_DIR",
    .list = list_claude_logs,
    .read = read_claude_line,
    .passed = {passed_lines, std::size(passed_lines)},
    .folder_key = "cwd",
    .resume = "claude --resume ",
};

}  // namespace cascade::transcript

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
  into.tool_use_id = text_of(event, "tool_use_id");
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
  read_usual(event, into);
  if (const Event* known = find_by_name(facts::events, into.name)) into.kind = known->kind;
  into.prompt_id = text_of(event, "prompt_id");
  into.source = text_of(event, "source");
  into.model = text_of(event, "model");
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
    .logs = &transcript::claude_code,
    .tables = {.title = "Claude Code",
               .version = facts::version,
               .events = all_of(facts::events),
               .tools = all_of(facts::tools),
               .settings = all_of(facts::setting_values)},
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
    .settings = {.folder = own_folder::name,
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
