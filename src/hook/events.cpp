// The table of events that are answered; every other one is fine and gets nothing.
#include <cascade/hook.h>

#include "hook/event.h"

namespace cascade {

struct HookEvent::Input {
  hook::EventInput event;
};

namespace {

struct Answered {
  std::string_view event;
  Result<hook::Answer> (*answer)(hook::Conversation&);
};

constexpr Answered answered[] = {
    {"PreCompact", hook::on_pre_compact},       {"PreToolUse", hook::on_pre_tool_use},
    {"SessionStart", hook::on_session_start},   {"SubagentStart", hook::on_subagent_start},
    {"UserPromptSubmit", hook::on_user_prompt},
};

// Of two agents on the same files the second works in a tree of its own: the client makes it ("isolation": "worktree",
// 2.1.328), and keeps it when anything was changed there.
void isolate(const hook::EventInput& event, const HookOptions& options, hook::Answer& answer) {
  if (!options.contested_files || event.name != "PreToolUse" || !hook::is_agent_tool(event)) return;
  const std::vector<std::string> files = options.contested_files();
  if (files.empty()) return;
  if (!answer.updated_input) answer.updated_input = event.tool_input;
  syntax::Node name, value;
  name.kind = value.kind = syntax::NodeKind::string;
  name.text = "isolation";
  value.text = "worktree";
  answer.updated_input->items.push_back(std::move(name));
  answer.updated_input->items.push_back(std::move(value));
  const std::string which = files.front() + (files.size() > 1 ? " and others" : "");
  answer.context +=
      (answer.context.empty() ? "" : "\n\n") +
      ("[cascade] another agent works on " + which +
       ": this one gets a work tree of its own, as of the last commit. Merge its branch when both are done.");
  if (answer.notice.empty())
    answer.notice = "cascade: a subagent gets its own work tree, since another works on " + which;
}

// The answer is made while the files are looked at, and made again when they have changed.
Result<std::string> answer_confirmed(const Answered& entry, Workspace& workspace, const HookOptions& options,
                                     const hook::EventInput& event) {
  constexpr int attempts = 2;
  for (int attempt = 1;; ++attempt) {
    hook::Conversation conversation{workspace, options, event,
                                    session::Ledger(options.state_directory, event.session_id), workspace.registry()};
    auto answer = conversation.registry.size() == 0 && !options.recalls ? hook::Answer() : entry.answer(conversation);
    if (conversation.confirmed() || attempt == attempts) {
      if (!answer) return answer.error();
      isolate(event, options, *answer);
      if (!workspace.preferences().announce) answer->notice.clear();
      return conversation.send(hook::write_answer(event, *std::move(answer)));
    }
    if (conversation.failure) return *conversation.failure;
  }
}

}  // namespace

Result<HookEvent> describe_hook_event(std::string_view event_json) {
  auto event = hook::read_event(event_json);
  if (!event) return event.error();
  HookEvent described{event->name, event->working_directory, false, {}};
  for (const Answered& entry : answered) described.answered = described.answered || entry.event == event->name;
  if (event->name == "PreToolUse") described.answered = hook::is_answered_tool(*event);
  described.answered = described.answered && event->from_known_client;
  described.input = std::make_shared<const HookEvent::Input>(HookEvent::Input{*std::move(event)});
  return described;
}

Result<std::string> answer_hook(Workspace& workspace, const HookOptions& options, const HookEvent& event) {
  if (event.input == nullptr || !event.answered) return std::string();
  for (const Answered& entry : answered)
    if (entry.event == event.name) return answer_confirmed(entry, workspace, options, event.input->event);
  return std::string();
}

Result<std::string> answer_hook(Workspace& workspace, const HookOptions& options, std::string_view event_json) {
  const auto event = describe_hook_event(event_json);
  if (!event) return event.error();
  return answer_hook(workspace, options, *event);
}

}  // namespace cascade
