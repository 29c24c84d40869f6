// Copilot CLI (seen with 1.0.102): session-state/<session>/events.jsonl. A subagent's events stand in the same file and
// name it. A hook's text stands in hook.end.
#include "client/transcript/formats.h"

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
    if (words.unquoted().empty()) return;
    event.kind = kind;
    event.words = words;
    see(event);
  };
  if (type.is("user.message")) say(Happening::prompt, data.find("content"));
  if (type.is("hook.end")) say(Happening::context, data.find("output").find("additionalContext"));
  if (type.is("assistant.message")) {
    event.id = data.find("messageId").unquoted();
    say(Happening::answer, data.find("content"));
  }
  if (type.is("tool.execution_start")) {
    event.kind = Happening::call;
    event.id = data.find("toolCallId").unquoted();
    event.tool = data.find("toolName").unquoted();
    event.value = data.find("arguments");
    see(event);
  }
  if (type.is("tool.execution_complete")) {
    event.kind = Happening::result;
    event.value = data.find("result").find("content");
    see(event);
  }
  if (type.is("session.compaction_complete") && data.find("success").is_true()) {
    event.kind = Happening::compaction;
    see(event);
  }
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
    .version = "1.0.102",
    .folder = ".copilot/session-state",
    .variable = "COPILOT_HOME",
    .list = list_copilot_logs,
    .read = read_copilot_line,
    .folder_key = "cwd",
    .resume = "copilot --resume ",
};

}  // namespace cascade::transcript
