// OpenCode 1.18.33, as seen in sessions with the real client. It does not start commands: `cascade init` writes a
// plugin that passes a hook's input and output to `cascade hook` and replaces the output by the answer. The start of a
// session and a compaction cannot be answered, so their text comes with the next prompt.
#include <algorithm>
#include <tuple>

#include "client/dialect.h"
#include "client/facts/opencode.h"
#include "client/transcript/formats.h"
#include "syntax/json.h"

// OpenCode (seen with 1.18.33) keeps conversations in a database. `opencode export <session>` prints one as
// {"info": {...}, "messages": [{"info": {...}, "parts": [...]}], "todos": [...]}, indented, on many lines; a folder of
// such files is read here. The form is that of its open source (session/message-v2, cli/cmd/export), not of a
// recording.
namespace cascade::transcript {
namespace {

using syntax::JsonSlice;

void read_part(const JsonSlice& part, bool of_user, Happened event, const See& see) {
  const JsonSlice type = part.find("type");
  if (const JsonSlice start = part.find("time").find("start"); !start.empty()) event.at = milliseconds_of(start);
  if (type.is("compaction")) tell_words(event, Happening::compaction, {}, see);
  // The user's own call of an agent.
  if (type.is("subtask")) tell_call(event, part.find("id").unquoted(), "task", part, see);
  if (type.is("text") && !part.find("ignored").is_true()) {
    const Happening kind = !of_user                           ? Happening::answer
                           : part.find("synthetic").is_true() ? Happening::context
                                                              : Happening::prompt;
    tell_words(event, kind, part.find("text"), see);
  }
  if (!type.is("tool")) return;
  const JsonSlice state = part.find("state");
  if (const JsonSlice start = state.find("time").find("start"); !start.empty()) event.at = milliseconds_of(start);
  tell_call(event, part.find("callID").unquoted(), part.find("tool").unquoted(), state.find("input"), see);
  const JsonSlice result = state.find(state.find("status").is("error") ? "error" : "output");
  if (!result.empty()) tell_result(event, result, see);
}

// A whole conversation.
Reading read_opencode_export(const JsonSlice& document, const See& see) {
  const JsonSlice messages = document.find("messages");
  if (!document.find("info").is_object() || !messages.is_list()) return Reading::foreign;
  messages.each_item([&](const JsonSlice& message) {
    const JsonSlice info = message.find("info");
    Happened event;
    event.at = milliseconds_of(info.find("time").find("created"));
    event.id = info.find("id").unquoted();
    if (info.find("summary").is_true()) return;  // of a compaction
    const bool of_user = info.find("role").is("user");
    message.find("parts").each_item([&](const JsonSlice& part) { read_part(part, of_user, event, see); });
  });
  return Reading::told;
}

std::vector<LogFile> list_opencode_logs(const files::Tree& tree, const std::string& folder) {
  std::vector<LogFile> logs;
  for (const files::Entry& entry : entries_of(tree, folder))
    if (const auto id = name_between(entry.name, "", "json"))
      logs.push_back({files::join(folder, entry.name), std::string(*id), {}});
  return logs;
}

}  // namespace

const Format opencode = {
    .client = "opencode",
    .title = "OpenCode",
    .folder = ".opencode/exported",
    .list = list_opencode_logs,
    .read = read_opencode_export,
    .is_document = true,
    .folder_key = "directory",
    .resume = "opencode --session ",
};

}  // namespace cascade::transcript

namespace cascade::client {
namespace {

namespace facts = opencode_facts;

Fit fits(const syntax::Node& event) {
  return find_by_name(facts::events, text_of(event, "hook_event_name")) != nullptr ? Fit::sure : Fit::no;
}

// Returns the text that the user typed: the message's own texts. `opencode run "two words"` adds quotation marks.
std::string prompt_of(const syntax::Node& output) {
  std::string prompt;
  const syntax::Node* parts = output.find("parts");
  for (std::size_t i = 0; parts != nullptr && parts->kind == syntax::NodeKind::list && i < parts->items.size(); ++i)
    if (const syntax::Node& part = parts->items[i]; text_of(part, "type") == "text" && !is_true(part, "synthetic"))
      prompt += (prompt.empty() ? "" : "\n") + text_of(part, "text");
  if (prompt.size() > 1 && prompt.front() == '"' && prompt.back() == '"') prompt = prompt.substr(1, prompt.size() - 2);
  return prompt;
}

void read(const syntax::Node& event, EventInput& into) {
  into.name = text_of(event, "hook_event_name");
  into.kind = find_by_name(facts::events, into.name)->kind;
  into.session_id = text_of(event, "session_id");
  into.working_directory = text_of(event, "cwd");
  const syntax::Node none;
  const syntax::Node* input = event.find("input");
  const syntax::Node* output = event.find("output");
  if (input == nullptr) input = &none;
  if (output == nullptr) output = &none;
  if (into.kind == EventKind::prompt) into.prompt = prompt_of(*output);
  if (into.kind == EventKind::session_start)
    if (const syntax::Node* created = input->find("event"))
      if (const syntax::Node* properties = created->find("properties"))
        if (const syntax::Node* info = properties->find("info")) into.parent_session = text_of(*info, "parentID");
  if (const syntax::Node* message = output->find("message"))
    if (const syntax::Node* model = message->find("model")) into.model = text_of(*model, "modelID");
  into.tool_name = text_of(event, "tool_name");
  into.tool_use_id = text_of(*input, "callID");
  if (const syntax::Node* arguments = output->find("args")) into.tool_input = *arguments;
  if (into.tool_name == "task")
    into.task = SubagentTask{text_of(into.tool_input, "prompt"), text_of(into.tool_input, "subagent_type"),
                             text_of(into.tool_input, "description"), ""};
  into.is_heard = into.kind == EventKind::prompt || into.kind == EventKind::tool_call ||
                  into.kind == EventKind::after_compaction || into.kind == EventKind::session_start;
}

std::string write(const EventInput& event, const Answer& answer) {
  Answer heard = answer;
  heard.notice.clear();
  if (event.kind == EventKind::tool_call) heard.context.clear();
  if (heard.is_empty()) return {};
  return write_nested(event, heard, {"updatedInput", false});
}

constexpr std::string_view plugin =
    R"JS(// Written by `cascade init --client opencode`, taken away by `cascade init --remove --client opencode`.
import { spawnSync } from "node:child_process"

export const Cascade = async ({ directory }) => {
  const call = (name, session_id, input, output) => {
    const event = { hook_event_name: name, session_id, cwd: directory, input, output, tool_name: input.tool }
    const ran = spawnSync("/bin/sh", ["-c", @COMMAND@], { input: JSON.stringify(event), timeout: 5000 })
    try { return JSON.parse(ran.stdout.toString()).hookSpecificOutput ?? {} } catch { return {} }
  }
  return {
    event: async ({ event }) => {
      if (event.type !== "session.created" && event.type !== "session.compacted") return
      call(event.type, event.properties.sessionID ?? event.properties.info?.id, { event })
    },
    "chat.message": async (input, output) => {
      const text = call("chat.message", input.sessionID, input, output).additionalContext
      const { id: messageID, sessionID } = output.message
      const id = "prt_" + Date.now().toString(16).padStart(12, "0") + Math.random().toString(36).slice(2).padEnd(14, "0").slice(0, 14)
      if (text) output.parts.push({ id, sessionID, messageID, type: "text", text, synthetic: true })
    },
    "tool.execute.before": async (input, output) => {
      if (input.tool === "task") Object.assign(output.args, call("tool.execute.before", input.sessionID, input, output).updatedInput)
    },
  }
}
)JS";

std::string own_file(const std::string& command) {
  constexpr std::string_view mark = "@COMMAND@";
  std::string text(plugin);
  return text.replace(text.find(mark), mark.size(), syntax::quote_json(command));
}

// Which skill of a name counts: OpenCode's own folders come before those of others, then the project's before the
// user's. Of two in one folder the later one counts.
bool goes_before(const ListedSkill& a, const ListedSkill& b) {
  const auto is_others = [](const ListedSkill& skill) { return skill.place > 0; };
  const bool a_others = is_others(a), b_others = is_others(b);
  return std::tie(a_others, a.of_user, a.place, b.path) < std::tie(b_others, b.of_user, b.place, a.path);
}

// Lists all skills with a name and a description, whole.
void list(std::vector<ListedSkill>& skills, std::uint32_t) {
  std::erase_if(skills, [](const ListedSkill& skill) { return !skill.has_name || !skill.has_description; });
  std::ranges::stable_sort(skills, goes_before);
  keep_first_of_a_name(skills);
  std::ranges::stable_sort(
      skills, [](const ListedSkill& a, const ListedSkill& b) { return compare_names(a.name, b.name) < 0; });
  for (ListedSkill& skill : skills) {
    skill.line = skill_element(skill);
    skill.described = true;
  }
}

}  // namespace

// A text of 200,000 characters was not cut.
const Dialect opencode = {
    .name = "opencode",
    .title = "OpenCode",
    .logs = &transcript::opencode,
    .tables = {.title = "OpenCode",
               .version = facts::version,
               .events = all_of(facts::events),
               .tools = all_of(facts::tools),
               .keys = all_of(facts::keys),
               .folders = all_of(facts::folders),
               .settings_files = all_of(facts::settings_files),
               .settings = all_of(facts::settings)},
    .limits = limits_of(facts::limits),
    .subagents = task_tool("subagent_type", "general", facts::agents),
    .start = Door::next_prompt,
    .compaction = Door::next_prompt,
    .reads = all_of(facts::reads),
    .reads_of_user = all_of(facts::reads_of_user),
    .placeholders = {.folders = all_of(facts::fills),
                     .all = "$ARGUMENTS",
                     .first_word = 1,
                     .last_takes_rest = true,
                     .unplaced = Unplaced::appended},
    .settings = {.form = SettingsForm::own_file,
                 .folder = ".config/opencode",
                 .user_file = ".config/opencode/plugins/cascade.js",
                 .home_variable = "XDG_CONFIG_HOME",
                 .project_file = ".opencode/plugins/cascade.js",
                 .program = "opencode",
                 .timeout = 5,
                 .text = own_file},
    .servers = {.comments = true,
                .key = "mcp",
                .user_file = ".config/opencode/opencode.json",
                .project_file = "opencode.json",
                .type = "local",
                .one_list = true},
    .list = list,
    .fits = fits,
    .read = read,
    .write = write,
};

}  // namespace cascade::client
