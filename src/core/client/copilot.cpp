// Copilot CLI 1.0.102, as seen in sessions with the real client. An event need not name itself; its members tell which
// it is. One that has a name which the client does not send is somebody else's. The client also runs the hooks of a
// project's .claude/settings.json, in Claude Code's format, and ignores their answers.
#include <algorithm>
#include <tuple>
#include <utility>

#include "client/dialect.h"
#include "client/facts/copilot.h"
#include "client/transcript/formats.h"
#include "syntax/put.h"
#include "text/ascii.h"
#include "unicode/utf8.h"

// Copilot CLI (seen with 1.0.102): session-state/<session>/events.jsonl. A subagent's events stand in the same file and
// name it. A hook's text stands in hook.end.
namespace cascade::transcript {
namespace {

using syntax::JsonSlice;

Reading read_copilot_line(const JsonSlice& line, const See& see) {
  const JsonSlice type = line.find("type"), data = line.find("data");
  if (!type.is_string() || !data.is_object()) return Reading::foreign;
  Happened event;
  event.at = milliseconds_of(line.find("timestamp"));
  event.agent = line.find("agentId").unquoted();
  const auto say = [&](Happening kind, const JsonSlice& words) {
    if (!words.unquoted().empty()) tell_words(event, kind, words, see);
  };
  if (type.is("user.message")) say(Happening::prompt, data.find("content"));
  if (type.is("hook.end")) say(Happening::context, data.find("output").find("additionalContext"));
  if (type.is("assistant.message")) {
    event.id = data.find("messageId").unquoted();
    say(Happening::answer, data.find("content"));
  }
  if (type.is("tool.execution_start"))
    tell_call(event, data.find("toolCallId").unquoted(), data.find("toolName").unquoted(), data.find("arguments"), see);
  if (type.is("tool.execution_complete")) tell_result(event, data.find("result").find("content"), see);
  if (type.is("session.compaction_complete") && data.find("success").is_true())
    tell_words(event, Happening::compaction, {}, see);
  return Reading::told;
}

std::vector<LogFile> list_copilot_logs(const files::Tree& tree, const std::string& folder) {
  std::vector<LogFile> logs;
  for (const std::string& session : folders_in(tree, folder)) {
    std::string path = files::join(session, "events.jsonl");
    if (tree.stat(path)) logs.push_back({std::move(path), std::string(files::file_name(session)), {}});
  }
  return logs;
}

}  // namespace

const Format copilot = {
    .client = "copilot",
    .title = "Copilot CLI",
    .folder = ".copilot/session-state",
    .variable = "COPILOT_HOME",
    .list = list_copilot_logs,
    .read = read_copilot_line,
    .folder_key = "cwd",
    .resume = "copilot --resume ",
};

}  // namespace cascade::transcript

namespace cascade::client {
namespace {

namespace facts = copilot_facts;

EventKind kind_of(const syntax::Node& event) {
  const auto has = [&](std::string_view key) { return event.find(key) != nullptr; };
  if (has("toolName")) return has("toolResult") ? EventKind::tool_result : EventKind::tool_call;
  if (has("agentName")) return has("stopReason") ? EventKind::subagent_stop : EventKind::subagent_start;
  if (has("stopReason")) return EventKind::turn_end;
  if (has("transformedPrompt")) return EventKind::other;
  if (has("prompt")) return EventKind::prompt;
  if (has("source")) return EventKind::session_start;
  if (has("trigger")) return EventKind::before_compaction;
  return has("reason") ? EventKind::session_end : EventKind::other;
}

Fit fits(const syntax::Node& event) {
  const syntax::Node* id = event.find("sessionId");
  const syntax::Node* time = event.find("timestamp");
  if (id == nullptr || id->kind != syntax::NodeKind::string) return Fit::no;
  const std::string name = text_of(event, "hook_event_name");
  if (!name.empty() && find_by_name(facts::events, name) == nullptr) return Fit::no;
  return time != nullptr && time->kind == syntax::NodeKind::number ? Fit::sure : Fit::possible;
}

void read(const syntax::Node& event, EventInput& into) {
  into.kind = kind_of(event);
  into.agent_id = text_of(event, "agentId");
  into.agent_type = text_of(event, "agentType");
  into.session_id = text_of(event, "parentAgentId");  // a subagent has a session of its own, whose id is the agent's id
  if (into.session_id.empty()) into.session_id = text_of(event, "sessionId");
  into.transcript_path = text_of(event, "transcriptPath");
  into.working_directory = text_of(event, "cwd");
  if (into.kind == EventKind::session_start) into.source = text_of(event, "source");
  if (into.source == "new") into.source = "startup";
  into.prompt = text_of(event, "prompt");
  into.tool_name = text_of(event, "toolName");
  if (const syntax::Node* input = event.find("toolArgs")) into.tool_input = *input;
  if (const syntax::Node* result = event.find("toolResult")) into.tool_response = *result;
  if (into.tool_name == "task")
    into.task = SubagentTask{text_of(into.tool_input, "prompt"), text_of(into.tool_input, "agent_type"),
                             text_of(into.tool_input, "description"), text_of(into.tool_input, "model")};
  into.is_heard = into.kind == EventKind::session_start || into.kind == EventKind::prompt ||
                  into.kind == EventKind::tool_call || into.kind == EventKind::subagent_start ||
                  into.kind == EventKind::before_compaction;
}

// A compaction may be cancelled, for example when the session ends meanwhile; then nothing was removed.
bool has_compacted(std::string_view transcript_end) {
  const std::size_t at = transcript_end.rfind(R"({"type":"session.compaction_complete")");
  if (at == std::string_view::npos) return false;
  const std::string_view line = transcript_end.substr(at, transcript_end.find('\n', at) - at);
  const syntax::Parsed parsed = syntax::parse_json(line);
  const syntax::Node* data = parsed.root.find("data");
  return data != nullptr && is_true(*data, "success");
}

std::string write(const EventInput& event, const Answer& answer) {
  if (answer.context.empty() && !answer.rewrites()) return {};
  syntax::JsonWriter json(syntax::JsonWriter::Style::compact);
  json.begin_object();
  if (!answer.context.empty()) put(json, "additionalContext", answer.context);
  if (answer.rewrites()) {
    json.key("modifiedArgs");
    syntax::write_json(json, rewritten_input(event, answer));
  }
  return json.end_object().take();
}

// A file with Cascade's hooks only: {"version": 1, "hooks": {EVENT: [{"type": "command", "bash": ..., "timeoutSec":
// 5}]}}.
std::string own_file(const std::string& command) {
  syntax::JsonWriter json;
  put(json.begin_object(), "version", 1).key("hooks").begin_object();
  for (const WantedEvent& hook : facts::hooks) {
    put(json.key(hook.event).begin_array().begin_object(), "type", "command", "bash", command, "timeoutSec", 5)
        .end_object()
        .end_array();
  }
  return json.end_object().end_object().take() + "\n";
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text)
    out += c == '\''  ? "&apos;"
           : c == '"' ? "&quot;"
           : c == '&' ? "&amp;"
           : c == '<' ? "&lt;"
           : c == '>' ? "&gt;"
                      : std::string(1, c);
  return out;
}

// A letter or digit, then letters, digits and . _ : - or blanks, at most 64 characters.
bool is_name(std::string_view name) {
  constexpr std::size_t longest = limit_of(facts::limits, "name").value;
  return !name.empty() && name.size() <= longest && letters::is_letter_or_digit(name.front()) &&
         std::ranges::all_of(name, [](char c) {
           return letters::is_letter_or_digit(c) || std::string_view("._:- ").find(c) != std::string_view::npos;
         });
}

// Keeps the skills that Copilot reads: the project's by name, then each of the user's folders by name; of one name,
// only the first folder's. A blank in a name becomes a hyphen, and a description at the end of the front matter loses
// its line end.
void choose_and_order(std::vector<ListedSkill>& skills) {
  constexpr std::uint32_t longest_description = limit_of(facts::limits, "description").value;
  const auto is_left_out = [](const ListedSkill& skill) {
    return !skill.has_front_matter || !skill.is_strict || skill.manual || !is_name(skill.name) ||
           unicode::count_utf16(skill.description) > longest_description;
  };
  std::erase_if(skills, is_left_out);
  for (ListedSkill& skill : skills) {
    std::ranges::replace(skill.name, ' ', '-');
    if (skill.description_ends_it && !skill.description.empty() && skill.description.back() == '\n')
      skill.description.pop_back();
  }
  std::ranges::stable_sort(skills, [](const ListedSkill& a, const ListedSkill& b) {
    return std::tie(a.of_user, a.place, a.path) < std::tie(b.of_user, b.place, b.path);
  });
  keep_first_of_a_name(skills);
  std::ranges::stable_sort(skills, [](const ListedSkill& a, const ListedSkill& b) {
    const std::uint32_t a_place = a.of_user ? a.place + 1 : 0, b_place = b.of_user ? b.place + 1 : 0;
    return std::tie(a_place, a.name) < std::tie(b_place, b.name);
  });
}

// Lists whole entries up to 15,000 UTF-16 units, then names up to 5,000, then the number of the rest, including its
// own two.
void list(std::vector<ListedSkill>& skills, std::uint32_t) {
  choose_and_order(skills);
  constexpr std::size_t most_whole = limit_of(facts::limits, "described").value,
                        most_names = limit_of(facts::limits, "named").value, own_skills = 2;
  constexpr std::string_view begin = "Additional skills available (invoke by name): ";
  std::size_t used = 0, named = 0;
  bool full = false;
  for (std::size_t i = 0; i < skills.size(); ++i) {
    ListedSkill& skill = skills[i];
    std::string whole = "<skill>\n  <name>" + skill.name + "</name>\n  <description>" + escaped(skill.description) +
                        "</description>\n  <location>" + (skill.of_user ? "user" : "project") +
                        "</location>\n</skill>\n";
    const std::uint32_t units = unicode::count_utf16(whole);
    full = full || used + units > most_whole;
    skill.described = !full;
    if (!full) {
      used += units;
      skill.line = std::move(whole);
      continue;
    }
    std::string name = std::string(named == 0 ? begin : std::string_view(", ")) + skill.name;
    if (named + name.size() > most_names) {
      skills[i - 1].line += "... and " + std::to_string(skills.size() - i + own_skills) + " more";
      break;
    }
    named += name.size();
    skill.line = std::move(name);
  }
}

}  // namespace

// A text of 200,000 characters was not cut.
const Dialect copilot = {
    .name = "copilot",
    .title = "Copilot CLI",
    .logs = &transcript::copilot,
    .tables = {.title = "Copilot CLI",
               .version = facts::version,
               .events = all_of(facts::events),
               .tools = all_of(facts::tools),
               .keys = all_of(facts::keys),
               .hook_files = all_of(facts::hook_files),
               .folders = all_of(facts::folders),
               .settings_files = all_of(facts::settings_files),
               .settings = all_of(facts::settings)},
    .limits = limits_of(facts::limits),
    .subagents = task_tool("agent_type", "general-purpose", facts::agents),
    .compaction = Door::next_prompt,
    .has_compacted = has_compacted,
    .reads = all_of(facts::reads),
    .reads_of_user = all_of(facts::reads_of_user),
    .placeholders =
        {.folders = all_of(facts::fills), .ending = ".prompt.md", .input = "${input:", .unplaced = Unplaced::appended},
    .settings = {.form = SettingsForm::own_file,
                 .folder = ".copilot",
                 .user_file = ".copilot/hooks/cascade.json",
                 .home_variable = "COPILOT_HOME",
                 .project_file = ".github/hooks/cascade.json",
                 .program = "copilot",
                 .timeout = 5,
                 .text = own_file},
    .servers = {.key = "mcpServers",
                .user_file = ".copilot/mcp-config.json",
                .project_file = ".mcp.json",
                .remains = "Copilot CLI asks before it calls a tool of the server; `init` does not allow it.",
                .remains_of_project = "Copilot CLI starts a project's servers only in trusted folders, and asks before "
                                      "it calls a tool; `init` allows neither."},
    .list = list,
    .fits = fits,
    .read = read,
    .write = write,
};

}  // namespace cascade::client
