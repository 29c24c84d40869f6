// Answers a prompt. A prompt that asks for something by name (a playbook, the entry skill, an agent) gets that. Any
// other is routed: a clear match is loaded as the skill layer, a likely one is offered in a line, and otherwise the
// hook stays silent, because a wrong skill costs more than none. Manifests that the prompt rules out are taken out
// first.
#include <cascade/route.h>

#include <algorithm>
#include <iterator>

#include "client/entry_skill.h"
#include "client/transcript/tail.h"
#include "hook/agent_layer.h"
#include "hook/allowance.h"
#include "hook/called_agent.h"
#include "hook/called_by_client.h"
#include "hook/called_command.h"
#include "hook/clean.h"
#include "hook/loads.h"
#include "hook/recalled.h"
#include "hook/routing.h"
#include "hook/same_name.h"
#include "hook/steps.h"
#include "hook/typed.h"
#include "hook/wording.h"
#include "prompt/parts.h"
#include "text/ascii.h"

namespace cascade::hook {
namespace {

using session::main_conversation;

// The agent that the prompt calls, or whose role it gives out ("act as the X agent"), and does not refuse.
std::optional<ManifestId> agent_called_in(const Conversation& conversation, const Routing& routing) {
  for (const ManifestId id : routing.called)
    if (conversation.registry[id].kind == Kind::agent) return id;
  const std::string& prompt = conversation.event.prompt;
  if (prompt.find("gent") == std::string::npos) return std::nullopt;
  const auto agent = called_agent(conversation.registry, prompt::only_said(prompt, prompt::read_parts(prompt)));
  return agent && !is_refused(routing, *agent) ? agent : std::nullopt;
}

// The words behind "/cascade", or behind "/cascade:cascade", the same skill with its plugin's name. Nothing if the
// prompt does not begin so.
std::optional<std::string_view> asked_by_entry(std::string_view prompt) {
  if (prompt.empty() || prompt.front() != '/') return std::nullopt;
  const auto end = std::find_if(prompt.begin(), prompt.end(), [](char c) { return letters::is_space(c); });
  const auto size = static_cast<std::size_t>(end - prompt.begin());
  if (!client::is_entry_name(prompt.substr(1, size - 1))) return std::nullopt;
  return prompt.substr(size);
}

// Records what the prompt refuses, and returns a line about those of them that the model already holds.
std::string rule_out(Conversation& conversation, const std::vector<ManifestId>& ruled_out) {
  std::string lines;
  const std::vector<std::string> active = conversation.ledger.active(main_conversation);
  const std::vector<std::string> before = conversation.ledger.ruled_out();
  for (const ManifestId id : ruled_out) {
    const ManifestView manifest = conversation.registry[id];
    session::Entry entry;
    entry.event = session::Event::drop;
    entry.root = to_string(symbol_of(manifest));
    if (std::find(active.begin(), active.end(), entry.root) != active.end())
      lines += "[cascade] The user ruled out " + symbol_text(manifest) + ": its text above no longer applies.\n";
    if (std::find(before.begin(), before.end(), entry.root) == before.end()) conversation.remember(std::move(entry));
  }
  return lines;
}

// Adds the facts that the prompt needs, unless a skill brought them along.
void add_recalled(Conversation& conversation, Answer& answer) {
  if (!conversation.options.recalls || answer.context.find("=== memory: ") != std::string::npos) return;
  const std::string text = tell_recalled(
      conversation, recalled(conversation, recall_share(prompt_allowance(conversation).tokens)), "recall");
  if (text.empty()) return;
  answer.context += text;
  if (answer.notice.empty()) answer.notice = "cascade: recalled from memory";
}

// Whether a prompt may be the rest of the one before: longer ones say themselves what they are about.
bool says_little(std::string_view prompt) {
  constexpr std::size_t most_bytes = 160;
  return prompt.size() <= most_bytes && prompt.find('\n') == std::string_view::npos;
}

Result<Answer> answer_by_routing(Conversation& conversation) {
  const std::string& prompt = conversation.event.prompt;
  auto router = conversation.workspace.router();
  if (!router) return router.error();
  Query query;
  query.active = conversation.active();
  query.caution = parse_caution(conversation.workspace.preferences().caution).value_or(Caution::normal);
  query.paths = files_at_hand(conversation.event.working_directory);
  query.text = prompt;
  Routing routing = route_prompt(conversation, *router, query);
  const std::string before = says_little(prompt) && routing.decision == Decision::silence && routing.refused.empty()
                                 ? transcript::prompt_before_in(conversation.event.transcript_path, prompt)
                                 : std::string();
  if (!before.empty()) {
    query.before = before;
    routing = route_prompt(conversation, *router, query);
  }
  const std::string gone = rule_out(conversation, routing.refused);
  Answer answer;
  const std::optional<ManifestId> agent = agent_called_in(conversation, routing);
  answer.context = which_agent(conversation, "", prompt);
  if (agent && answer.context.empty()) answer.context = how_to_call(conversation, routing, *agent);
  // A manifest that is called by name comes before those that merely score well.
  const bool only_called = agent && !is_installed(conversation, conversation.registry[*agent]);
  auto said = say_all(conversation, routing, answer.context, only_called);
  if (!said) return said.error();
  answer = *std::move(said);
  answer.context = gone + answer.context;
  add_recalled(conversation, answer);
  if (!gone.empty() && answer.notice.empty()) answer.notice = "cascade: dropped what you ruled out";
  return answer;
}

Result<Answer> answer_prompt(Conversation& conversation) {
  if (conversation.registry.size() == 0) {
    Answer answer;
    add_recalled(conversation, answer);
    return answer;
  }
  if (const auto asked = asked_by_entry(conversation.event.prompt)) return take(conversation, *asked, Taker::user);
  auto order = answer_playbook_prompt(conversation);
  if (!order) return order.error();
  if (*order) return **std::move(order);
  auto answer = answer_by_routing(conversation);
  if (answer) answer->context += reminder(conversation);
  return answer;
}

}  // namespace

bool is_typed(const EventInput& event, const session::Ledger& ledger) {
  const std::vector<session::Entry>& past = ledger.entries();
  if (!past.empty() && past.front().source == session::subagent_source) return false;
  if (!event.source.empty() && event.source != "user" && event.source != "sdk") return false;
  if (!event.agent_id.empty()) return false;
  const std::string_view prompt = event.prompt;
  const std::size_t begin = prompt.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return false;
  constexpr std::string_view by_others[] = {"<task-notification>", "<teammate-message", "Another Claude session sent"};
  return std::none_of(std::begin(by_others), std::end(by_others),
                      [&](std::string_view words) { return prompt.compare(begin, words.size(), words) == 0; }) &&
         !(event.source.empty() && transcript::is_of_timer_in(event.transcript_path, prompt));
}

Result<Answer> on_user_prompt(Conversation& conversation) {
  if (!is_typed(conversation.event, conversation.ledger)) return Answer();
  auto before = before_prompt(conversation);
  if (!before) return before.error();
  conversation.used = static_cast<std::uint32_t>(before->context.size());  // bytes are never fewer than UTF-16 units
  auto answer = answer_prompt(conversation);
  if (answer && !before->context.empty())
    answer->context = before->context + (answer->context.empty() ? "" : "\n") + answer->context;
  return answer;
}

}  // namespace cascade::hook
