// Gemini CLI (seen with 0.61.0): tmp/<project>/chats/session-<time>-<begin of the id>.jsonl, a subagent's in
// chats/<session>/<id>.jsonl. A message is written again when it has more calls, with the same id. {"$set": {...}}
// changes the log's head; a list of messages in it repeats what was said before. A hook's text stands in the prompt,
// between tags.
#include "client/transcript/formats.h"
#include "files/file_tail.h"

namespace cascade::transcript {
namespace {

using syntax::JsonSlice;

void read_gemini_user(const JsonSlice& line, Happened event, const See& see) {
  constexpr std::string_view of_hook = "<hook_context>", session = "<session_context>";
  const auto say = [&](const JsonSlice& words) {
    if (!words.is_string() || words.unquoted().substr(0, session.size()) == session) return;
    event.kind = words.unquoted().substr(0, of_hook.size()) == of_hook ? Happening::context : Happening::prompt;
    event.words = words;
    see(event);
  };
  if (line.find("content").is_string()) say(line.find("content"));
  line.find("content").each_item([&](const JsonSlice& part) {
    if (const JsonSlice response = part.find("functionResponse"); response.is_object()) {
      event.kind = Happening::result;
      event.value = response.find("response");
      see(event);
    } else {
      say(part.find("text"));
    }
  });
}

void read_gemini_answer(const JsonSlice& line, Happened event, const See& see) {
  event.id = line.find("id").unquoted();
  const JsonSlice content = line.find("content");
  const auto say = [&](const JsonSlice& words) {
    if (words.unquoted().empty()) return;
    Happened one = event;
    one.kind = Happening::answer;
    one.words = words;
    see(one);
  };
  say(content);
  content.each_item([&](const JsonSlice& part) { say(part.find("text")); });
  line.find("toolCalls").each_item([&](const JsonSlice& call) {
    Happened one = event;
    one.kind = Happening::call;
    one.id = call.find("id").unquoted();
    one.tool = call.find("name").unquoted();
    one.value = call.find("args");
    see(one);
    one.kind = Happening::result;
    call.find("result").each_item([&](const JsonSlice& part) {
      one.value = part.find("functionResponse").find("response");
      if (!one.value.empty()) see(one);
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
    .version = "0.61.0",
    .folder = ".gemini/tmp",
    .list = list_gemini_logs,
    .read = read_gemini_line,
    .folder_file = ".project_root",
    .resume = "gemini --resume ",
};

}  // namespace cascade::transcript
