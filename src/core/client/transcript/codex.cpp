// Codex (seen with 0.169.0): sessions/<year>/<month>/<day>/rollout-<time>-<thread>.jsonl. A subagent is a thread of its
// own; the first line of its log names the session that it belongs to. A call's input is a string of JSON, or for
// custom tools any text.
#include <algorithm>

#include "client/transcript/formats.h"
#include "files/file_tail.h"

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
  if (type.is("compacted")) {
    event.kind = Happening::compaction;
    see(event);
  }
  if (!type.is("response_item")) return Reading::told;
  const JsonSlice kind = payload.find("type");
  if (kind.is("message")) read_message(payload, event, see);
  if (kind.is("function_call") || kind.is("custom_tool_call") || kind.is("local_shell_call")) {
    event.kind = Happening::call;
    event.id = payload.find("call_id").unquoted();
    event.tool = kind.is("local_shell_call") ? "local_shell" : payload.find("name").unquoted();
    const char* key = kind.is("function_call") ? "arguments" : kind.is("custom_tool_call") ? "input" : "action";
    event.value = payload.find(key);
    see(event);
  }
  if (kind.is("function_call_output") || kind.is("custom_tool_call_output")) {
    event.kind = Happening::result;
    event.value = payload.find("output");
    see(event);
  }
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
    .version = "0.169.0",
    .folder = ".codex/sessions",
    .variable = "CODEX_HOME",
    .list = list_codex_logs,
    .read = read_codex_line,
    .folder_key = "cwd",
    .resume = "codex resume ",
};

}  // namespace cascade::transcript
