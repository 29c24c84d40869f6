// Codex 0.169.0, from sessions with the real client: Claude Code's names and form of events, with a turn_id in most of
// them and transcripts called rollout-*. It takes no key that it does not know, and a rewritten tool call only together
// with the permission for it.
#include <algorithm>
#include <iterator>

#include "client/dialect.h"
#include "client/nested_answer.h"
#include "files/paths.h"

namespace cascade::client {
namespace {

struct NamedKind {
  std::string_view name;
  EventKind kind;
};
constexpr NamedKind kinds[] = {
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

EventKind kind_of(std::string_view name) {
  for (const NamedKind& known : kinds)
    if (known.name == name) return known.kind;
  return EventKind::other;
}

Fit fits(const syntax::Node& event) {
  if (kind_of(text_of(event, "hook_event_name")) == EventKind::other) return Fit::no;
  if (event.find("transcript_path") == nullptr || event.find("prompt_id") != nullptr) return Fit::no;
  if (event.find("turn_id") != nullptr) return Fit::sure;
  const std::string transcript = text_of(event, "transcript_path");
  if (transcript.empty()) return Fit::possible;
  return files::file_name(transcript).substr(0, 8) == "rollout-" ? Fit::sure : Fit::no;
}

void read(const syntax::Node& event, EventInput& into) {
  into.name = text_of(event, "hook_event_name");
  into.kind = kind_of(into.name);
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

constexpr std::string_view folders[] = {".agents", ".codex"};
constexpr std::string_view agents[] = {"default", "explorer", "worker"};
bool is_built_in(std::string_view type) {
  return std::find(std::begin(agents), std::end(agents), type) != std::end(agents);
}
constexpr WantedEvent events[] = {
    {"SessionStart", ""}, {"UserPromptSubmit", ""}, {"PreToolUse", "spawn_agent"}, {"SubagentStart", ""}};

}  // namespace

// Above 10,000 bytes of one text the middle is left out; a rewritten message was not seen cut.
const Dialect codex = {
    "codex",
    "Codex",
    "0.169.0",
    "",
    {Unit::bytes, 9'500, 40'000},
    {"spawn_agent", "message", "agent_type", "default", "", is_built_in, is_built_in, nullptr},
    "",
    Door::own_event,
    Door::own_event,
    nullptr,
    {folders, std::size(folders)},
    {SettingsForm::nested,
     ".codex/hooks.json",
     "CODEX_HOME",
     ".codex/hooks.json",
     "",
     "codex",
     5,
     {events, std::size(events)},
     "Codex runs no hook that nobody trusts: start codex, type /hooks and trust Cascade's. After an update that "
     "changes "
     "the command do so again.",
     nullptr},
    fits,
    read,
    write,
};

}  // namespace cascade::client
