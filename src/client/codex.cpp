// Codex 0.169.0, from sessions with the real client: Claude Code's names and form of events, with a turn_id in most of
// them and transcripts called rollout-*. It takes no key that it does not know, and a rewritten tool call only together
// with the permission for it.
#include <algorithm>
#include <iterator>
#include <utility>

#include "client/dialect.h"
#include "client/nested_answer.h"
#include "files/paths.h"
#include "syntax/json.h"

namespace cascade::client {
namespace {

constexpr NamedKind known_kinds[] = {
    {"SessionStart", EventKind::session_start},
    {"UserPromptSubmit", EventKind::prompt},
    {"PreToolUse", EventKind::tool_call},
    {"PostToolUse", EventKind::tool_result},
    {"SubagentStart", EventKind::subagent_start},
    {"SubagentStop", EventKind::subagent_stop},
    {"PreCompact", EventKind::before_compaction},
    {"PostCompact", EventKind::after_compaction},
    {"Stop", EventKind::turn_end},
    {"SessionEnd", EventKind::session_end},
};
constexpr Span<NamedKind> kinds{known_kinds, std::size(known_kinds)};

Fit fits(const syntax::Node& event) {
  if (find_kind(kinds, text_of(event, "hook_event_name")) == nullptr) return Fit::no;
  if (event.find("transcript_path") == nullptr || event.find("prompt_id") != nullptr) return Fit::no;
  if (event.find("turn_id") != nullptr) return Fit::sure;
  const std::string transcript = text_of(event, "transcript_path");
  if (transcript.empty()) return Fit::possible;
  return files::file_name(transcript).substr(0, 8) == "rollout-" ? Fit::sure : Fit::no;
}

void read(const syntax::Node& event, EventInput& into) {
  into.name = text_of(event, "hook_event_name");
  into.kind = find_kind(kinds, into.name)->kind;
  into.session_id = text_of(event, "session_id");  // in a subagent its parent's
  into.transcript_path = text_of(event, "transcript_path");
  into.working_directory = text_of(event, "cwd");
  into.source = into.kind == EventKind::session_start ? text_of(event, "source") : std::string();
  into.model = text_of(event, "model");
  into.prompt = text_of(event, "prompt");
  into.agent_id = text_of(event, "agent_id");
  into.agent_type = text_of(event, "agent_type");
  into.tool_name = text_of(event, "tool_name");
  into.tool_use_id = text_of(event, "tool_use_id");
  if (const syntax::Node* input = event.find("tool_input")) into.tool_input = *input;
  if (const syntax::Node* response = event.find("tool_response")) into.tool_response = *response;
  if (into.tool_name == "spawn_agent")
    into.task = SubagentTask{text_of(into.tool_input, "message"), text_of(into.tool_input, "agent_type"), "",
                             text_of(into.tool_input, "model")};
  into.last_message = text_of(event, "last_assistant_message");
  into.stop_hook_active = is_true(event, "stop_hook_active");
  into.is_heard = into.kind == EventKind::session_start || into.kind == EventKind::prompt ||
                  into.kind == EventKind::tool_call || into.kind == EventKind::subagent_start;
}

std::string write(const EventInput& event, const Answer& answer) {
  return write_nested(event, answer, {"updatedInput", true});
}

// The client's own skills take part in the room: names and descriptions of so many characters.
constexpr std::pair<std::size_t, std::size_t> own_skills[] = {{8, 570}, {11, 624}, {13, 106}, {15, 225}};
constexpr std::uint32_t usual_window = 272'000;

std::string line_of(const ListedSkill& skill, std::size_t most) {
  const std::string_view folder = files::file_name(files::parent(skill.path));
  const std::string_view shown = skill.description.substr(0, most);
  return "- " + std::string(skill.name) + ": " + std::string(shown) + (shown.empty() ? "" : " ") + "(file: r1/" +
         std::string(folder) + "/SKILL.md)\n";
}

// As the client counts: a token is four bytes, each line for itself.
std::size_t tokens_of(std::size_t bytes) { return (bytes + 3) / 4; }

std::size_t tokens_at(const std::vector<ListedSkill>& skills, std::size_t most) {
  std::size_t tokens = 0;
  for (const auto& [name, description] : own_skills) {
    const std::size_t shown = std::min(description, most);
    tokens += tokens_of(2 * name + shown + (shown > 0 ? 1 : 0) + 26);  // "- : (file: r0//SKILL.md)", line end
  }
  for (const ListedSkill& skill : skills) tokens += tokens_of(line_of(skill, most).size());
  return tokens;
}

// Two hundredths of the window. Where that is too little all descriptions are cut at one length, and where the names
// alone are too many the last ones go.
void list(std::vector<ListedSkill>& skills, std::uint32_t window) {
  const std::size_t room = (window > 0 ? window : usual_window) / 50;
  std::size_t low = 0, high = 2'000;
  while (low < high) {
    const std::size_t middle = (low + high + 1) / 2;
    if (tokens_at(skills, middle) <= room)
      low = middle;
    else
      high = middle - 1;
  }
  // What is left goes to the first ones, a token each.
  std::size_t tokens = tokens_at({}, low), whole = tokens_at(skills, low);
  std::size_t left = whole < room ? room - whole : 0;
  left -= std::min(left, std::size(own_skills));
  for (ListedSkill& skill : skills) {
    std::string line = line_of(skill, low);
    const bool takes = left > 0 && low > 0 && skill.description.size() > low;
    if (takes) line = line_of(skill, low + 4 * (tokens_of(line.size()) + 1) - line.size());
    left -= takes ? 1 : 0;
    if (tokens + tokens_of(line.size()) > room) break;
    tokens += tokens_of(line.size());
    skill.described = skill.description.size() <= low;
    skill.line = std::move(line);
  }
}

// Codex's own protocol: a greeting, and the question which hooks there are for a folder.
std::string trust_lines(const std::string& directory) {
  return R"({"id":1,"method":"initialize","params":{"clientInfo":{"name":"cascade","title":null,"version":"1"}}})"
         "\n"
         R"({"method":"initialized"})"
         "\n"
         R"({"id":2,"method":"hooks/list","params":{"cwds":[)" +
         syntax::quote_json(directory) + "]}}\n";
}

std::uint32_t untrusted(std::string_view answer, std::string_view settings_path) {
  std::uint32_t count = 0;
  for (std::size_t begin = 0; begin < answer.size();) {
    const std::size_t end = std::min(answer.find('\n', begin), answer.size());
    const syntax::Parsed parsed = syntax::parse_json(answer.substr(begin, end - begin));
    begin = end + 1;
    const syntax::Node* result = parsed.root.find("result");
    const syntax::Node* data = result != nullptr ? result->find("data") : nullptr;
    if (data == nullptr || data->kind != syntax::NodeKind::list) continue;
    for (const syntax::Node& place : data->items)
      if (const syntax::Node* hooks = place.find("hooks"); hooks != nullptr && hooks->kind == syntax::NodeKind::list)
        for (const syntax::Node& hook : hooks->items)
          count += text_of(hook, "sourcePath") == settings_path && text_of(hook, "trustStatus") != "trusted" &&
                           text_of(hook, "command").find(" hook --client ") != std::string::npos
                       ? 1
                       : 0;
  }
  return count;
}

constexpr std::string_view folders[] = {".agents", ".codex"};
constexpr std::string_view agents[] = {"default", "explorer", "worker"};
constexpr WantedEvent events[] = {
    {"SessionStart", ""}, {"UserPromptSubmit", ""}, {"PreToolUse", "spawn_agent"}, {"SubagentStart", ""}};

}  // namespace

// Above 10,000 bytes of one text the middle is left out; a rewritten message was not seen cut.
const Dialect codex = {
    .name = "codex",
    .title = "Codex",
    .version = "0.169.0",
    .limits = {Unit::bytes, 9'500, 40'000},
    .subagents = {.name = "spawn_agent",
                  .prompt_key = "message",
                  .type_key = "agent_type",
                  .general = "default",
                  .built_in = {agents, std::size(agents)}},
    .reads = {folders, std::size(folders)},
    .settings = {.form = SettingsForm::nested,
                 .folder = ".codex",
                 .user_file = ".codex/hooks.json",
                 .home_variable = "CODEX_HOME",
                 .project_file = ".codex/hooks.json",
                 .program = "codex",
                 .timeout = 5,
                 .events = {events, std::size(events)},
                 .remains =
                     "Codex runs no hook that nobody trusts: start codex, type /hooks and trust Cascade's. After "
                     "an update that changes the command do so again.",
                 .trust_words = "app-server",
                 .trust_lines = trust_lines,
                 .untrusted = untrusted},
    .list = list,
    .fits = fits,
    .read = read,
    .write = write,
};

}  // namespace cascade::client
