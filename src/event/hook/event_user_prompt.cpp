// Answers a prompt. A prompt that asks for something by name (a playbook, the entry skill, an agent) gets that. Any
// other is routed: a clear match is loaded as the skill layer, a likely one is offered in a line, and otherwise the
// hook stays silent, because a wrong skill costs more than none. Manifests that the prompt rules out are taken out
// first.
#include <cascade/route.h>

#include <algorithm>
#include <iterator>

#include "client/entry_skill.h"
#include "client/transcript/tail.h"
#include "files/paths.h"
#include "hook/agent_layer.h"
#include "hook/allowance.h"
#include "hook/called_agent.h"
#include "hook/called_by_client.h"
#include "hook/called_command.h"
#include "hook/clean.h"
#include "hook/layer.h"
#include "hook/offer.h"
#include "hook/recalled.h"
#include "hook/routing.h"
#include "hook/same_name.h"
#include "hook/steps.h"
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

// Tells the model how to start the agent; empty if the client has loaded it. Lifts an earlier ban on the agent.
std::string how_to_call(Conversation& conversation, ManifestId agent) {
  const ManifestView manifest = conversation.registry[agent];
  const std::string name = name_of(manifest);
  const bool by_name = agent_named(conversation.registry, std::string(manifest.name)).has_value();
  const std::string line =
      "[cascade] " + symbol_text(manifest) + " is at hand: start it with " +
      subagent_call(conversation.event, by_name ? name : std::string(conversation.event.client->subagents.general)) +
      (by_name ? "" : ", and tell it to act as the " + name + " agent") +
      "; its instructions are added to that prompt.\n";
  const bool is_new = !conversation.is_ruled_out(agent);
  if (!is_new) call_back(conversation, manifest);
  if (is_installed(conversation, manifest)) return {};
  return is_new ? say_once(conversation, manifest, std::string(session::called_decision), 0, line) : line;
}

// Tells the model how to use the agents and commands on the cards below a skill.
std::string how_to_use_cards(Conversation& conversation, const ManifestView& skill) {
  bool agents = false, commands = false;
  for (const Link& link : conversation.registry.links(skill.id)) {
    const ManifestView target = conversation.registry[link.to];
    if (link.strength > Strength::invoked || is_installed(conversation, target) || !conversation.is_open(link.to))
      continue;
    agents = agents || target.kind == Kind::agent;
    commands = commands || target.kind != Kind::agent;
  }
  std::string text;
  if (agents)
    text += "[cascade] An agent named above starts by its name: " + subagent_call(conversation.event, "<name>") + ".\n";
  if (const std::string call = commands ? conversation.entry_call() : std::string(); !call.empty())
    text += "[cascade] For a skill or command named above, " + call + " and args \"<name> <arguments>\".\n";
  return text;
}

// Why the skill is here, and that no one ordered it.
std::string why_it_is_here(const Conversation& conversation, const Routing& routing, const Match& match) {
  return "[cascade] " + symbol_text(conversation.registry[match.id]) + ": " +
         (is_called(routing, match.id)
              ? "called by name."
              : reason(match, conversation.event.prompt) +
                    ". A tool's suggestion, not the user's words; ignore it where it does not fit.");
}

// If the client lists the skill as well, the model need not call it, unless the client would then run its commands.
std::string head_of(const Conversation& conversation, const Routing& routing, const Match& match, bool is_sent) {
  const ManifestView manifest = conversation.registry[match.id];
  const bool has_all = is_installed(conversation, manifest) && (is_sent || !runs_commands(conversation, manifest.id));
  return why_it_is_here(conversation, routing, match) + (has_all ? " It is loaded: no need to call it.\n\n" : "\n\n");
}

// Whether a layer brings anything but the manifest itself and facts.
bool brings_others(const Layer& layer, const ManifestView& manifest) {
  const std::string own = to_string(symbol_of(manifest));
  return std::any_of(layer.entry.pieces.begin(), layer.entry.pieces.end(), [&](const session::SentPiece& piece) {
    return piece.manifest != own && Symbol::parse(piece.manifest).has_value();
  });
}

std::string too_large(Conversation& conversation, const Match& match) {
  const ManifestView manifest = conversation.registry[match.id];
  const std::string path =
      files::join(conversation.workspace.folder(manifest), std::string(files::file_name(manifest.path)));
  return "[cascade] " + symbol_text(manifest) + " fits this prompt (" + reason(match, conversation.event.prompt) +
         ") but not the budget for it. Read " + brief(path, 1'000) + " first.\n";
}

// The answer to a manifest whose text is not pasted: how the model starts it, which of several is meant, or nothing if
// the client starts it itself.
std::optional<Answer> order_instead(Conversation& conversation, const Routing& routing,
                                    const std::optional<CalledCommand>& called, bool is_typed_here) {
  const Match& match = routing.ranked.front();
  const ManifestView manifest = conversation.registry[match.id];
  const std::string which = which_of_them(conversation, match.id);
  if (which.empty() && is_typed_here)
    return runs_apart(conversation.registry, match.id) ? std::optional(Answer()) : std::nullopt;
  const bool is_command = called && called->id == match.id;
  const std::string how =
      which.empty() ? how_to_start(conversation, match.id, is_command ? called->arguments : std::string_view())
                    : std::string();
  if (which.empty() && how.empty()) return std::nullopt;
  Answer answer;
  answer.context = which.empty() ? say_once(conversation, manifest, std::string(session::called_decision), match.score,
                                            why_it_is_here(conversation, routing, match) + " " + how + "\n")
                                 : which;
  return answer;
}

// Loads the best match. `note` is a line that accompanies the skill.
Result<Answer> load(Conversation& conversation, const Routing& routing, const std::string& note) {
  const Match& match = routing.ranked.front();
  const ManifestView manifest = conversation.registry[match.id];
  const bool is_typed_here = is_sent_as_typed(conversation, manifest);
  const auto called = called_command(conversation.registry, conversation.event.prompt);
  if (auto order = order_instead(conversation, routing, called, is_typed_here)) {
    order->context = note + order->context;
    return *std::move(order);
  }
  LayerRequest request;
  request.roots = {symbol_of(manifest)};
  request.recipient = main_conversation;
  request.task = conversation.event.prompt;
  request.limit = prompt_allowance(conversation);
  request.held = sent_by_client(conversation, manifest);
  request.head = head_of(conversation, routing, match, !request.held.empty());
  request.tail = note.empty() ? how_to_use_cards(conversation, manifest) : note;
  request.quotes = recalled(conversation, recall_share(request.limit.tokens));
  request.decision = to_string(Decision::load);
  request.explores = !is_called(routing, match.id);
  request.score = match.score;
  if (called && called->id == match.id && !is_installed(conversation, manifest))
    request.rewrite = filler(conversation, match.id, called->arguments);
  auto layer = make_layer(conversation, request);
  if (!layer) return layer.error();
  Answer answer;
  answer.context = note;
  if (!layer->fits)
    answer.context += say_once(conversation, manifest, "too large", match.score, too_large(conversation, match));
  if (is_typed_here && !brings_others(*layer, manifest)) return answer;
  if (!layer->fits || layer->text.empty() || !conversation.claim(layer->entry)) return answer;
  answer.context = std::move(layer->text);
  answer.notice = "cascade: loaded " + name_of(manifest) + ", " + std::to_string(layer->entry.cost.tokens) + " tokens";
  return answer;
}

// "Use the X playbook" starts a run, step by step.
bool begins_playbook(const Conversation& conversation, const Routing& routing, const Match& match) {
  const ManifestView manifest = conversation.registry[match.id];
  return manifest.layer == cascade::Layer::playbook && is_called(routing, match.id) &&
         letters::to_lower(conversation.event.prompt).find("playbook") != std::string::npos &&
         conversation.has_memory() && !conversation.registry.steps(match.id).empty();
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

// Whether a person typed the prompt in the main conversation. A finished background agent, a timer and a poll fire this
// event too (client 2.1.328); the event's `source` tells, but only if the client's vendor has switched that on. Codex
// fires it in subagents as well (0.169.0).
bool is_typed(const Conversation& conversation) {
  const EventInput& event = conversation.event;
  const std::vector<session::Entry>& past = conversation.ledger.entries();
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
  query.limit = 3;
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
  if (agent && answer.context.empty()) answer.context = how_to_call(conversation, *agent);
  const bool called = agent && !is_installed(conversation, conversation.registry[*agent]);
  const Match* best = routing.ranked.empty() ? nullptr : &routing.ranked.front();
  // A manifest that is called by name comes before one that merely scores well.
  if (best != nullptr && called && !is_called(routing, best->id)) best = nullptr;
  const bool of_agent = best != nullptr && conversation.registry[best->id].kind == Kind::agent;
  if (best != nullptr && routing.decision == Decision::load && of_agent) {
    // Its text belongs to the subagent, who gets it when it starts.
    if (answer.context.empty()) answer.context = how_to_call(conversation, best->id);
    if (!answer.context.empty())
      answer.notice = "cascade: agent " + name_of(conversation.registry[best->id]) + " is at hand";
  } else if (best != nullptr && routing.decision == Decision::load) {
    auto loaded = begins_playbook(conversation, routing, *best) ? begin_playbook(conversation, best->id)
                                                                : load(conversation, routing, answer.context);
    if (!loaded) return loaded.error();
    answer = *std::move(loaded);
  } else if (best != nullptr && routing.decision == Decision::offer && answer.context.empty() &&
             routing.refused.empty()) {
    answer.context = which_of_them(conversation, best->id);
    if (answer.context.empty()) {
      Offer offered = offer(conversation, routing);
      answer.context = std::move(offered.text);
      answer.notice = std::move(offered.notice);
    }
  }
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

Result<Answer> on_user_prompt(Conversation& conversation) {
  if (!is_typed(conversation)) return Answer();
  auto before = before_prompt(conversation);
  if (!before) return before.error();
  conversation.used = static_cast<std::uint32_t>(before->context.size());  // bytes are never fewer than UTF-16 units
  auto answer = answer_prompt(conversation);
  if (answer && !before->context.empty())
    answer->context = before->context + (answer->context.empty() ? "" : "\n") + answer->context;
  return answer;
}

}  // namespace cascade::hook
