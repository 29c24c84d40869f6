// OpenCode (seen with 1.18.33) keeps conversations in a database. `opencode export <session>` prints one as
// {"info": {...}, "messages": [{"info": {...}, "parts": [...]}], "todos": [...]}, indented, on many lines; a folder of
// such files is read here. The form is that of its open source (session/message-v2, cli/cmd/export), not of a
// recording.
#include "client/transcript/formats.h"

namespace cascade::transcript {
namespace {

using syntax::JsonSlice;

void read_part(const JsonSlice& part, bool of_user, Happened event, const See& see) {
  const JsonSlice type = part.find("type");
  if (const JsonSlice start = part.find("time").find("start"); !start.empty()) event.at = milliseconds_of(start);
  if (type.is("compaction")) {
    event.kind = Happening::compaction;
    see(event);
  }
  if (type.is("subtask")) {  // the user's own call of an agent
    event.kind = Happening::call;
    event.id = part.find("id").unquoted();
    event.tool = "task";
    event.value = part;
    see(event);
  }
  if (type.is("text") && !part.find("ignored").is_true()) {
    event.kind = !of_user                           ? Happening::answer
                 : part.find("synthetic").is_true() ? Happening::context
                                                    : Happening::prompt;
    event.words = part.find("text");
    see(event);
  }
  if (!type.is("tool")) return;
  const JsonSlice state = part.find("state");
  if (const JsonSlice start = state.find("time").find("start"); !start.empty()) event.at = milliseconds_of(start);
  event.kind = Happening::call;
  event.id = part.find("callID").unquoted();
  event.tool = part.find("tool").unquoted();
  event.value = state.find("input");
  see(event);
  event.kind = Happening::result;
  event.value = state.find(state.find("status").is("error") ? "error" : "output");
  if (!event.value.empty()) see(event);
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
    .version = "1.18.33",
    .folder = ".opencode/exported",
    .list = list_opencode_logs,
    .read = read_opencode_export,
    .is_document = true,
    .folder_key = "directory",
    .resume = "opencode --session ",
};

}  // namespace cascade::transcript
