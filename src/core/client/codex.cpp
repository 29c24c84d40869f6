// Codex 0.169.0, as seen in sessions with the real client: Claude Code's names and format of events, with a turn_id in
// most of them and transcripts called rollout-*. It rejects unknown keys, and accepts a rewritten tool call only
// together with the permission for it.
#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include "client/dialect.h"
#include "client/facts/codex.h"
#include "client/transcript/formats.h"
#include "files/file_tail.h"
#include "files/paths.h"
#include "syntax/json.h"
#include "syntax/toml.h"
#include "text/letter_case.h"
#include "text/lines.h"
#include "unicode/utf8.h"

// Codex (seen with 0.169.0): sessions/<year>/<month>/<day>/rollout-<time>-<thread>.jsonl. A subagent is a thread of its
// own; the first line of its log names the session that it belongs to. A call's input is a string of JSON, or for
// custom tools any text.
namespace cascade::transcript {
namespace {

using syntax::JsonSlice;

void read_message(const JsonSlice& payload, Happened event, const See& see) {
  const JsonSlice role = payload.find("role");
  event.id = payload.find("id").unquoted();
  payload.find("content").each_item([&](const JsonSlice& block) {
    event.words = block.find("text");
    if (!event.words.is_string()) return;
    if (role.is("assistant")) {
      event.kind = Happening::answer;
    } else if (role.is("user")) {
      if (event.words.unquoted().substr(0, 1) == "<") return;  // <environment_context>, <subagent_notification>
      event.kind = Happening::prompt;
    } else {
      event.kind = Happening::context;
    }
    see(event);
  });
}

Reading read_codex_line(const JsonSlice& line, const See& see) {
  const JsonSlice type = line.find("type"), payload = line.find("payload");
  if (!type.is_string() || !payload.is_object()) return Reading::foreign;
  Happened event;
  event.at = milliseconds_of(line.find("timestamp"));
  if (type.is("compacted")) tell_words(event, Happening::compaction, {}, see);
  if (!type.is("response_item")) return Reading::told;
  const JsonSlice kind = payload.find("type");
  if (kind.is("message")) read_message(payload, event, see);
  if (kind.is("function_call") || kind.is("custom_tool_call") || kind.is("local_shell_call")) {
    const std::string_view tool = kind.is("local_shell_call") ? "local_shell" : payload.find("name").unquoted();
    const char* key = kind.is("function_call") ? "arguments" : kind.is("custom_tool_call") ? "input" : "action";
    tell_call(event, payload.find("call_id").unquoted(), tool, payload.find(key), see);
  }
  if (kind.is("function_call_output") || kind.is("custom_tool_call_output"))
    tell_result(event, payload.find("output"), see);
  return Reading::told;
}

LogFile codex_log(const std::string& path, std::string_view name) {
  constexpr std::size_t length_of_id = 36;
  constexpr std::uint64_t most_of_head = 4096;
  LogFile log{path, std::string(name.substr(name.size() - std::min(name.size(), length_of_id))), {}};
  const auto head = files::read_from(path, 0, most_of_head);
  if (!head) return log;
  // The line is longer than its head, so the id is sought in the text: "session_id":"..." before the instructions.
  constexpr std::string_view key = "\"session_id\":\"";
  const std::size_t at = head->find(key);
  if (at == std::string::npos) return log;
  const std::string session = head->substr(at + key.size(), length_of_id);
  if (session != log.session) log.agent = log.session;
  log.session = session;
  return log;
}

std::vector<LogFile> list_codex_logs(const files::Tree& tree, const std::string& folder) {
  std::vector<LogFile> logs;
  for (const std::string& year : folders_in(tree, folder))
    for (const std::string& month : folders_in(tree, year))
      for (const std::string& day : folders_in(tree, month))
        for (const files::Entry& entry : entries_of(tree, day))
          if (const auto name = name_between(entry.name, "rollout-", lines_ending))
            logs.push_back(codex_log(files::join(day, entry.name), *name));
  return logs;
}

}  // namespace

const Format codex = {
    .client = "codex",
    .title = "Codex",
    .folder = ".codex/sessions",
    .variable = "CODEX_HOME",
    .list = list_codex_logs,
    .read = read_codex_line,
    .folder_key = "cwd",
    .resume = "codex resume ",
};

}  // namespace cascade::transcript

namespace cascade::client {
namespace {

namespace facts = codex_facts;

Fit fits(const syntax::Node& event) {
  if (find_by_name(facts::events, text_of(event, "hook_event_name")) == nullptr) return Fit::no;
  if (event.find("transcript_path") == nullptr || event.find("prompt_id") != nullptr) return Fit::no;
  if (event.find("turn_id") != nullptr) return Fit::sure;
  const std::string transcript = text_of(event, "transcript_path");
  if (transcript.empty()) return Fit::possible;
  return files::file_name(transcript).substr(0, 8) == "rollout-" ? Fit::sure : Fit::no;
}

void read(const syntax::Node& event, EventInput& into) {
  read_usual(event, into);  // the session's id is in a subagent its parent's
  into.kind = find_by_name(facts::events, into.name)->kind;
  into.source = into.kind == EventKind::session_start ? text_of(event, "source") : std::string();
  into.model = text_of(event, "model");
  into.agent_id = text_of(event, "agent_id");
  into.agent_type = text_of(event, "agent_type");
  into.tool_use_id = text_of(event, "tool_use_id");
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

// How Codex lists skills: one line each; four bytes of a line are a token, and all lines together may take two
// hundredths of the window. If whole descriptions do not fit, every skill starts without one and receives one
// character per round, as long as the tokens it adds fit; so lines end at token boundaries. If even the names do not
// fit, the last ones are dropped. The client's own skills come first and take part.
constexpr std::uint32_t usual_window = limit_of(facts::limits, "window").value;

std::size_t tokens_of(std::size_t bytes) { return (bytes + 3) / 4; }

// The folders of skills, in the order in which the table above the lines numbers them: the project's own, the user's
// own, the user's shared, the client's, the project's shared. Folders without skills get no number.
struct FolderNumbers {
  bool used[5] = {false, false, false, true, false};

  static std::size_t rank(const ListedSkill& skill) {
    const bool own = skill.place > 0;
    return skill.of_user ? (own ? 1 : 2) : (own ? 0 : 4);
  }
  std::size_t of(const ListedSkill& skill) const {
    return static_cast<std::size_t>(std::count(used, used + rank(skill), true));
  }
};

// "- name: description (file: r1/folder/SKILL.md)", with its line end.
std::string line_of(const ListedSkill& skill, std::string_view shown, std::size_t folder) {
  return "- " + skill.name + ": " + std::string(shown) + (shown.empty() ? "" : " ") + "(file: r" +
         std::to_string(folder) + "/" + skill.inner + ")\n";
}

// A growing line: its bytes without a description, and where each character of the description ends.
struct Growing {
  std::size_t bare = 0;
  std::vector<std::size_t> ends;  // byte offset after each character
  std::size_t shown = 0;          // number of characters shown

  std::size_t tokens(std::size_t characters) const {
    return tokens_of(bare + (characters > 0 ? ends[characters - 1] + 1 : 0));
  }
};

Growing growing(std::size_t bare, std::string_view description) {
  Growing line;
  line.bare = bare;
  for (std::size_t at = 0; at < description.size(); line.ends.push_back(at))
    at += unicode::decode(description, at).length;
  return line;
}

void share_out(std::vector<Growing>& lines, std::size_t left) {
  for (bool grew = true; grew;) {
    grew = false;
    for (Growing& line : lines) {
      if (line.shown == line.ends.size()) continue;
      const std::size_t more = line.tokens(line.shown + 1) - line.tokens(line.shown);
      if (more > left) continue;
      left -= more;
      ++line.shown;
      grew = true;
    }
  }
}

// Folds white space and cuts at 1,024 characters, including the three dots.
std::string description_of(std::string_view text) {
  constexpr std::size_t most = limit_of(facts::limits, "description").value, points = 3;
  std::string out;
  std::vector<std::size_t> ends;
  bool blank = false;
  for (std::size_t at = 0; at < text.size();) {
    const unicode::Decoded next = unicode::decode(text, at);
    at += next.length;
    if (letters::is_spacing(next.code_point)) {
      blank = !out.empty();
      continue;
    }
    if (blank) {
      out += ' ';
      ends.push_back(out.size());
    }
    blank = false;
    unicode::append(out, next.code_point);
    ends.push_back(out.size());
  }
  if (ends.size() > most) out = out.substr(0, ends[most - points - 1]) + "...";
  return out;
}

// Keeps the skills that Codex reads: with a description and a name that is not too long; the project's come before the
// user's. Two with the same name are both listed.
void choose_and_order(std::vector<ListedSkill>& skills) {
  constexpr std::size_t longest_name = limit_of(facts::limits, "name").value;
  for (ListedSkill& skill : skills)
    skill.description = skill.has_description ? description_of(skill.description) : std::string();
  const auto is_left_out = [](const ListedSkill& skill) {
    // It accepts a colon inside an unquoted description, but not at its end.
    if (!skill.is_strict && !skill.description.empty() && skill.description.back() == ':') return true;
    return skill.description.empty() || unicode::count_code_points(skill.name) > longest_name;
  };
  std::erase_if(skills, is_left_out);
  std::ranges::stable_sort(skills, [](const ListedSkill& a, const ListedSkill& b) {
    return std::tie(a.of_user, a.name, a.path) < std::tie(b.of_user, b.name, b.path);
  });
}

void list(std::vector<ListedSkill>& skills, std::uint32_t window) {
  choose_and_order(skills);
  constexpr std::size_t own_frame = 25;  // "- : (file: r0//SKILL.md)" and a line end
  std::size_t left = (window > 0 ? window : usual_window) / 50;
  std::vector<Growing> lines;
  for (const OwnSkill& own : facts::own_skills)
    lines.push_back(growing(2 * own.name + own_frame, std::string(own.description, 'x')));
  for (const Growing& own : lines) left -= std::min(left, own.tokens(0));
  FolderNumbers numbers;
  for (const ListedSkill& skill : skills) numbers.used[FolderNumbers::rank(skill)] = true;
  std::size_t named = 0;
  for (; named < skills.size(); ++named) {
    Growing line = growing(line_of(skills[named], "", 0).size(), skills[named].description);
    if (line.tokens(0) > left) break;
    left -= line.tokens(0);
    lines.push_back(std::move(line));
  }
  if (named == skills.size()) share_out(lines, left);
  for (std::size_t i = 0; i < named; ++i) {
    const Growing& line = lines[std::size(facts::own_skills) + i];
    ListedSkill& skill = skills[i];
    skill.described = line.shown == line.ends.size();
    skill.line =
        line_of(skill, skill.description.substr(0, line.shown > 0 ? line.ends[line.shown - 1] : 0), numbers.of(skill));
  }
}

// Codex's own protocol: a greeting, then a request for the hooks of a folder.
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
  for (const std::string_view line : letters::lines(answer)) {
    const syntax::Parsed parsed = syntax::parse_json(line);
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

// [features] hooks = false.
bool switched_off(std::string_view text) {
  const syntax::Toml toml = syntax::read_toml(text);
  const syntax::Node* features = toml.parsed.root.find("features");
  const syntax::Node* hooks = features != nullptr ? features->find("hooks") : nullptr;
  return hooks != nullptr && hooks->kind == syntax::NodeKind::boolean && hooks->text == "false";
}

}  // namespace

// Codex leaves out the middle of a text above 10,000 bytes, unless the hook's entry says how much of it counts
// (0.169.0: 60,000 characters came whole at 40,000 tokens); a rewritten message was never seen cut.
const Dialect codex = {
    .name = "codex",
    .title = "Codex",
    .logs = &transcript::codex,
    .tables = {.title = "Codex",
               .version = facts::version,
               .events = all_of(facts::events),
               .tools = all_of(facts::tools),
               .keys = all_of(facts::keys),
               .hook_files = all_of(facts::hook_files),
               .folders = all_of(facts::folders),
               .settings_files = all_of(facts::settings_files),
               .settings = all_of(facts::settings)},
    .limits = limits_of(facts::limits),
    .subagents = {.name = "spawn_agent",
                  .prompt_key = "message",
                  .type_key = "agent_type",
                  .general = "default",
                  .built_in = all_of(facts::agents)},
    .reads = all_of(facts::reads),
    .placeholders = {.folders = all_of(facts::fills),
                     .all = "$ARGUMENTS",
                     .first_word = 1,
                     .has_one_digit = true,
                     .names_assigned = true,
                     .keeps_double = true},
    .settings = {.folder = ".codex",
                 .user_file = ".codex/hooks.json",
                 .home_variable = "CODEX_HOME",
                 .project_file = ".codex/hooks.json",
                 .program = "codex",
                 .timeout = 5,
                 .context_tokens = 40'000,
                 .events = all_of(facts::hooks),
                 .remains = "Codex runs only hooks that you trust: start codex, type /hooks and trust Cascade's. After "
                            "an update that changes the entry do so again.",
                 .switch_file = ".codex/config.toml",
                 .switch_key = "features.hooks",
                 .switched_off = switched_off,
                 .trust_words = "app-server",
                 .trust_lines = trust_lines,
                 .untrusted = untrusted},
    .servers = {.form = ServerForm::toml,
                .key = "mcp_servers",
                .user_file = ".codex/config.toml",
                .project_file = ".codex/config.toml",
                .remains_of_project = "Codex reads this file only in trusted projects: start codex here and trust the "
                                      "folder."},
    .list = list,
    .fits = fits,
    .read = read,
    .write = write,
};

}  // namespace cascade::client
