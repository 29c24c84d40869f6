// Claude Code (seen with 2.1.328 and 2.1.329): projects/<folder>/<session>.jsonl, and for a subagent
// projects/<folder>/<session>/subagents/agent-<id>.jsonl. An answer of several blocks is several lines with one id. A
// fork begins with a copy of its parent's lines, with their ids and times.
#include <algorithm>
#include <iterator>

#include "client/transcript/formats.h"
#include "files/paths.h"

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
    event.kind = Happening::prompt;
    event.words = words;
    see(event);
  };
  if (content.is_string()) say(content);
  content.each_item([&](const JsonSlice& block) {
    if (block.find("type").is("text")) say(block.find("text"));
    if (!block.find("type").is("tool_result")) return;
    event.kind = Happening::result;
    event.value = block.find("content");
    see(event);
  });
}

void read_answer_line(const JsonSlice& line, Happened event, const See& see) {
  const JsonSlice message = line.find("message");
  event.id = message.find("id").unquoted();
  message.find("content").each_item([&](const JsonSlice& block) {
    Happened one = event;
    const JsonSlice type = block.find("type");
    if (type.is("text")) {
      one.kind = Happening::answer;
      one.words = block.find("text");
      see(one);
    } else if (type.is("tool_use")) {
      one.kind = Happening::call;
      one.id = block.find("id").unquoted();
      one.tool = block.find("name").unquoted();
      one.value = block.find("input");
      see(one);
    }
  });
}

void read_attachment(const JsonSlice& line, Happened event, const See& see) {
  const JsonSlice attachment = line.find("attachment");
  if (!attachment.find("type").is("hook_additional_context")) return;
  event.kind = Happening::context;
  attachment.find("content").each_item([&](const JsonSlice& words) {
    event.words = words;
    see(event);
  });
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
  if (of_system && line.find("subtype").is("compact_boundary")) {
    event.kind = Happening::compaction;
    see(event);
  }
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
    .version = "2.1.329",
    .folder = ".claude/projects",
    .variable = "CLAUDE_CONFIG_DIR",
    .list = list_claude_logs,
    .read = read_claude_line,
    .passed = {passed_lines, std::size(passed_lines)},
    .folder_key = "cwd",
    .resume = "claude --resume ",
};

}  // namespace cascade::transcript
