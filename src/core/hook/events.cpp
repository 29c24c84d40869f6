// The table of the events that get an answer. Any other event is accepted and gets none.
#include <cascade/hook.h>

#include "hook/agent_layer.h"
#include "hook/clean.h"
#include "hook/event.h"
#include "text/names.h"

namespace cascade {
namespace {

using client::EventKind;

struct Answered {
  EventKind kind;
  Result<hook::Answer> (*answer)(hook::Conversation&);
};

constexpr Answered answered[] = {
    {EventKind::before_compaction, hook::on_compaction},  {EventKind::after_compaction, hook::on_compaction},
    {EventKind::tool_call, hook::on_tool_call},           {EventKind::session_start, hook::on_session_start},
    {EventKind::subagent_start, hook::on_subagent_start}, {EventKind::prompt, hook::on_user_prompt},
};

// If two agents are given the same files, the second works in a tree of its own. The client makes that tree
// ("isolation": "worktree", 2.1.328) and keeps it if anything was changed there.
void isolate(const hook::EventInput& event, const HookOptions& options, hook::Answer& answer) {
  const std::vector<std::string>& files = options.contested_files;
  if (files.empty() || !event.task) return;
  answer.own_work_tree = true;
  const std::string which = files.front() + (files.size() > 1 ? " and others" : "");
  answer.context +=
      (answer.context.empty() ? "" : "\n\n") +
      ("[cascade] another agent works on " + which +
       ": this one gets a work tree of its own, as of the last commit. Merge its branch when both are done.");
  if (answer.notice.empty())
    answer.notice = "cascade: a subagent gets its own work tree, since another works on " + which;
}

// Sets the model and effort of the agent's tier if the caller has set neither.
void set_model(const hook::EventInput& event, const HookOptions& options, hook::Answer& answer) {
  if (!event.task || !event.client->subagents.takes_model || hook::is_fork(event, event.task->type)) return;
  answer.model = options.model_choice.model;
  answer.effort = options.model_choice.effort;
}

// Makes the answer while the files are being checked, and makes it again if they have changed.
Result<std::string> answer_confirmed(const Answered& entry, Workspace& workspace, const HookOptions& options,
                                     const HookEvent::Input& input, const hook::Others& others) {
  constexpr int attempts = 2;
  const hook::EventInput& event = input.event;
  for (int attempt = 1;; ++attempt) {
    hook::Conversation conversation{workspace, options, event, input.ledger(options.state_directory),
                                    workspace.registry()};
    auto answer = conversation.registry.size() == 0 && !options.recalls ? hook::Answer() : entry.answer(conversation);
    if (conversation.confirmed() || attempt == attempts) {
      if (!answer) return answer.error();
      isolate(event, options, *answer);
      set_model(event, options, *answer);
      hook::Answer words = others();
      answer->notice = hook::brief(answer->notice, hook::max_notice_chars);
      if (!workspace.preferences().announce || !options.announces) answer->notice = words.notice = {};
      hook::join(event, *answer, words);  // on lines of their own
      return conversation.send(hook::write_answer(event, *std::move(answer)));
    }
    if (conversation.failure) return *conversation.failure;
  }
}

const Answered* find_answered(EventKind kind) { return letters::find_first(answered, &Answered::kind, kind); }

// Most tool calls get no answer. The end of a compaction matters only if the next prompt restores texts.
bool is_answered(const hook::EventInput& event) {
  if (!event.is_heard || find_answered(event.kind) == nullptr) return false;
  if (event.kind == EventKind::tool_call) return event.task || event.asked;
  if (event.kind == EventKind::after_compaction) return event.client->compaction == client::Door::next_prompt;
  return true;
}

}  // namespace

Result<HookEvent> describe_hook_event(std::string_view event_json, const HookCaller& caller) {
  auto event = hook::read_event(event_json, hook::event_limits, {caller.marked, caller.named});
  if (!event) return event.error();
  event->is_whole = caller.takes_whole;
  HookEvent described{event->name, event->working_directory, {}, is_answered(*event), {}};
  if (event->client != nullptr) described.client = event->client->name;
  described.input = std::make_shared<const HookEvent::Input>(*std::move(event));
  return described;
}

Result<std::string> hook::answer_event(Workspace& workspace, const HookOptions& options, const HookEvent& event,
                                       const Others& others) {
  if (event.input == nullptr || !event.answered) return std::string();
  const Answered* entry = find_answered(event.input->event.kind);
  return entry == nullptr ? std::string() : answer_confirmed(*entry, workspace, options, *event.input, others);
}

Result<std::string> answer_hook(Workspace& workspace, const HookOptions& options, const HookEvent& event) {
  return hook::answer_event(workspace, options, event,
                            [&] { return hook::Answer{.context = options.context, .notice = options.notice}; });
}

Result<std::string> answer_hook(Workspace& workspace, const HookOptions& options, std::string_view event_json) {
  const auto event = describe_hook_event(event_json);
  if (!event) return event.error();
  return answer_hook(workspace, options, *event);
}

std::optional<StartedAgent> started_agent(Workspace& workspace, const HookOptions& options,
                                          const HookEvent& described) {
  if (described.input == nullptr || !described.answered) return std::nullopt;
  const hook::EventInput& event = described.input->event;
  if (!event.task || !event.client->subagents.takes_model) return std::nullopt;
  if (hook::is_fork(event, event.task->type))
    return std::nullopt;  // it continues a conversation that its model has read
  hook::Conversation conversation{workspace, options, event, described.input->ledger(options.state_directory),
                                  workspace.registry()};
  StartedAgent agent{event.task->type.empty() ? std::string(event.client->subagents.general) : event.task->type, {}};
  const Registry& registry = conversation.registry;
  if (const auto call =
          hook::find_agent(conversation, event.task->type, event.task->prompt + "\n" + event.task->description)) {
    const ManifestView manifest = registry[call->agent];
    agent.name = manifest.name;
    agent.path = hook::file_of(workspace, manifest);
    agent.is_loaded = call->client_has_body;
  }
  return agent;
}

}  // namespace cascade
