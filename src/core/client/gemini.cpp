// Gemini CLI 0.61.0, as seen in sessions with the real client. No event or field distinguishes a subagent from the
// main conversation; text given before a compression does not arrive (its event comes before every request).
#include <algorithm>
#include <tuple>
#include <utility>

#include "client/dialect.h"
#include "client/facts/gemini.h"
#include "client/transcript/formats.h"
#include "files/file_tail.h"
#include "files/paths.h"
#include "syntax/json.h"

// Gemini CLI (seen with 0.61.0): tmp/<project>/chats/session-<time>-<begin of the id>.jsonl, a subagent's in
// chats/<session>/<id>.jsonl. A message is written again when it has more calls, with the same id. {"$set": {...}}
// changes the log's head; a list of messages in it repeats what was said before. A hook's text stands in the prompt,
// between tags.
namespace cascade::transcript {
namespace {

using syntax::JsonSlice;

void read_gemini_user(const JsonSlice& line, Happened event, const See& see) {
  constexpr std::string_view of_hook = "<hook_context>", session = "<session_context>";
  const auto say = [&](const JsonSlice& words) {
    if (!words.is_string() || words.unquoted().substr(0, session.size()) == session) return;
    const bool is_context = words.unquoted().substr(0, of_hook.size()) == of_hook;
    tell_words(event, is_context ? Happening::context : Happening::prompt, words, see);
  };
  if (line.find("content").is_string()) say(line.find("content"));
  line.find("content").each_item([&](const JsonSlice& part) {
    if (const JsonSlice response = part.find("functionResponse"); response.is_object())
      tell_result(event, response.find("response"), see);
    else
      say(part.find("text"));
  });
}

void read_gemini_answer(const JsonSlice& line, Happened event, const See& see) {
  event.id = line.find("id").unquoted();
  const JsonSlice content = line.find("content");
  const auto say = [&](const JsonSlice& words) {
    if (words.unquoted().empty()) return;
    Happened one = event;
    tell_words(one, Happening::answer, words, see);
  };
  say(content);
  content.each_item([&](const JsonSlice& part) { say(part.find("text")); });
  line.find("toolCalls").each_item([&](const JsonSlice& call) {
    Happened one = event;
    tell_call(one, call.find("id").unquoted(), call.find("name").unquoted(), call.find("args"), see);
    call.find("result").each_item([&](const JsonSlice& part) {
      const JsonSlice response = part.find("functionResponse").find("response");
      if (!response.empty()) tell_result(one, response, see);
    });
  });
}

Reading read_gemini_line(const JsonSlice& line, const See& see) {
  if (line.find("$set").is_object() || line.find("$rewindTo").is_string() || line.find("sessionId").is_string())
    return Reading::told;
  const JsonSlice type = line.find("type");
  if (!type.is_string() || line.find("id").empty()) return Reading::foreign;
  Happened event;
  event.at = milliseconds_of(line.find("timestamp"));
  if (type.is("user")) read_gemini_user(line, event, see);
  if (type.is("gemini")) read_gemini_answer(line, event, see);
  return Reading::told;
}

// The session's id as the first line of the log gives it.
std::string session_of_head(const std::string& path) {
  const auto head = files::read_from(path, 0, 4096);
  const auto line = head ? JsonSlice::of_line(std::string_view(*head).substr(0, head->find('\n'))) : std::nullopt;
  return line ? line->find("sessionId").text() : std::string();
}

std::vector<LogFile> list_gemini_logs(const files::Tree& tree, const std::string& folder) {
  std::vector<LogFile> logs;
  for (const std::string& project : folders_in(tree, folder)) {
    const std::string chats = files::join(project, "chats");
    for (const files::Entry& entry : entries_of(tree, chats)) {
      const std::string path = files::join(chats, entry.name);
      if (entry.type == files::EntryType::directory) {
        for (const files::Entry& one : entries_of(tree, path))
          if (const auto id = name_between(one.name, "", lines_ending))
            logs.push_back({files::join(path, one.name), entry.name, std::string(*id)});
      } else if (name_between(entry.name, "session-", lines_ending)) {
        if (std::string id = session_of_head(path); !id.empty()) logs.push_back({path, std::move(id), {}});
      }
    }
  }
  return logs;
}

}  // namespace

const Format gemini = {
    .client = "gemini",
    .title = "Gemini CLI",
    .folder = ".gemini/tmp",
    .list = list_gemini_logs,
    .read = read_gemini_line,
    .folder_file = ".project_root",
    .resume = "gemini --resume ",
};

}  // namespace cascade::transcript

namespace cascade::client {
namespace {

namespace facts = gemini_facts;

Fit fits(const syntax::Node& event) {
  if (find_by_name(facts::events, text_of(event, "hook_event_name")) == nullptr) return Fit::no;
  const syntax::Node* time = event.find("timestamp");
  const bool has_time = time != nullptr && time->kind == syntax::NodeKind::string;
  return has_time && event.find("transcript_path") != nullptr ? Fit::sure : Fit::no;
}

// With -p the prompt begins with the text added at the session's start.
std::string typed_prompt(std::string prompt) {
  constexpr std::string_view begin = "<hook_context>", end = "</hook_context>";
  while (prompt.compare(0, begin.size(), begin) == 0) {
    const std::size_t at = prompt.find(end);
    if (at == std::string::npos) break;
    prompt.erase(0, std::min(prompt.find_first_not_of("\r\n", at + end.size()), prompt.size()));
  }
  return prompt;
}

void read(const syntax::Node& event, EventInput& into) {
  read_usual(event, into);
  into.kind = find_by_name(facts::events, into.name)->kind;
  into.source = into.kind == EventKind::session_start ? text_of(event, "source") : std::string();
  into.prompt = typed_prompt(std::move(into.prompt));
  if (into.tool_name == "invoke_agent")
    into.task = SubagentTask{text_of(into.tool_input, "prompt"), text_of(into.tool_input, "agent_name"), "", ""};
  into.is_heard =
      into.kind == EventKind::session_start || into.kind == EventKind::prompt || into.kind == EventKind::tool_call;
}

std::string write(const EventInput& event, const Answer& answer) {
  Answer heard = answer;
  if (event.kind == EventKind::tool_call) heard.context.clear();
  return write_nested(event, heard, {"tool_input", false});
}

// Replaces characters that cannot be in a file name by hyphens.
std::string name_of(std::string name) {
  constexpr std::string_view refused = ":\\/<>*?\"|";
  for (char& c : name)
    if (refused.find(c) != std::string_view::npos) c = '-';
  return name;
}

// Keeps the skills with a name and a description directly below a folder of skills. Gemini reads the user's folders
// before the project's, and each of them backwards; a later skill replaces an earlier one of the same name.
void choose_and_order(std::vector<ListedSkill>& skills) {
  const auto is_left_out = [](const ListedSkill& skill) {
    return !skill.has_name || !skill.has_description || !is_direct(skill);
  };
  std::erase_if(skills, is_left_out);
  std::ranges::stable_sort(skills, [](const ListedSkill& a, const ListedSkill& b) {
    const std::string_view a_folder = files::parent(a.path), b_folder = files::parent(b.path);
    return std::tie(b.of_user, b.place, b_folder) < std::tie(a.of_user, a.place, a_folder);
  });
  std::vector<ListedSkill> kept;
  for (ListedSkill& skill : skills) {
    skill.name = name_of(std::move(skill.name));
    const auto same =
        std::ranges::find_if(kept, [&](const ListedSkill& earlier) { return earlier.name == skill.name; });
    if (same == kept.end())
      kept.push_back(std::move(skill));
    else
      *same = std::move(skill);
  }
  skills = std::move(kept);
}

// Lists all of them, whole; the tool that loads skills repeats each name twice, in its description and among its
// values.
void list(std::vector<ListedSkill>& skills, std::uint32_t) {
  choose_and_order(skills);
  for (ListedSkill& skill : skills) {
    skill.line = skill_element(skill) + "'" + skill.name + "', \"" + skill.name + "\",\n";
    skill.described = true;
  }
}

// "hooksConfig": {"enabled": false}, or {"disabled": [...]} with our command, which is the key of a hook without a
// name.
bool switched_off(std::string_view text) {
  const syntax::Parsed parsed = syntax::parse_json(syntax::without_comments(text));
  const syntax::Node* config = parsed.root.find("hooksConfig");
  if (config == nullptr) return false;
  const syntax::Node* enabled = config->find("enabled");
  if (enabled != nullptr && enabled->kind == syntax::NodeKind::boolean && enabled->text == "false") return true;
  const syntax::Node* disabled = config->find("disabled");
  if (disabled == nullptr || disabled->kind != syntax::NodeKind::list) return false;
  return std::ranges::any_of(disabled->items, [](const syntax::Node& name) {
    return name.text.find(" hook --client gemini") != std::string::npos;
  });
}

}  // namespace

// A text of 200,000 characters was not cut. `<` and `>` arrive escaped.
const Dialect gemini = {
    .name = "gemini",
    .title = "Gemini CLI",
    .logs = &transcript::gemini,
    .tables = {.title = "Gemini CLI",
               .version = facts::version,
               .events = all_of(facts::events),
               .tools = all_of(facts::tools),
               .keys = all_of(facts::keys),
               .strict = all_of(facts::strict),
               .hook_files = all_of(facts::hook_files),
               .folders = all_of(facts::folders),
               .settings_files = all_of(facts::settings_files),
               .settings = all_of(facts::settings)},
    .limits = limits_of(facts::limits),
    .subagents = {.name = "invoke_agent",
                  .prompt_key = "prompt",
                  .type_key = "agent_name",
                  .general = "generalist",
                  .built_in = all_of(facts::agents)},
    .compaction = Door::none,
    .reads = all_of(facts::reads),
    .placeholders = {.folders = all_of(facts::fills),
                     .ending = ".toml",
                     .all = "{{args}}",
                     .command = "!{",
                     .unplaced = Unplaced::typed},
    .settings = {.comments = true,
                 .folder = ".gemini",
                 .user_file = ".gemini/settings.json",
                 .project_file = ".gemini/settings.json",
                 .program = "gemini",
                 .timeout = 5'000,
                 .events = all_of(facts::hooks),
                 .switch_file = ".gemini/settings.json",
                 .switch_key = "hooksConfig",
                 .switched_off = switched_off},
    .servers = {.comments = true,
                .key = "mcpServers",
                .user_file = ".gemini/settings.json",
                .project_file = ".gemini/settings.json",
                .remains = "Gemini CLI asks before it calls a tool of the server; `init` does not allow it.",
                .remains_of_project =
                    "Gemini CLI starts a project's servers only in trusted folders where folder trust "
                    "is on, and asks before it calls a tool; `init` allows neither."},
    .list = list,
    .fits = fits,
    .read = read,
    .write = write,
};

}  // namespace cascade::client
