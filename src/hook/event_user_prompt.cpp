// A prompt: route it, and put the skill layer before the model when the router is sure.
#include <cascade/route.h>

#include <algorithm>

#include "files/paths.h"
#include "hook/agent_layer.h"
#include "hook/allowance.h"
#include "hook/called_agent.h"
#include "hook/clean.h"
#include "hook/routing.h"
#include "hook/ruled_out.h"
#include "hook/surroundings.h"

namespace cascade::hook {
namespace {

using session::main_conversation;

constexpr std::uint32_t max_name_chars = 120, max_term_chars = 40, max_description_chars = 240;

std::string name_of(const ManifestView& manifest) { return brief(manifest.name, max_name_chars); }

std::string symbol_text(const ManifestView& manifest) {
  return std::string(to_string(manifest.kind)) + ":" + name_of(manifest);
}

// "matched leak, heap"
std::string reason(const Match& match) {
  std::vector<Evidence> evidence = match.evidence;
  std::stable_sort(evidence.begin(), evidence.end(),
                   [](const Evidence& a, const Evidence& b) { return a.weight > b.weight; });
  std::string words;
  for (std::size_t i = 0; i < evidence.size() && i < 4; ++i)
    if (const std::string term = brief(evidence[i].term, max_term_chars); !term.empty())
      words += (words.empty() ? "" : ", ") + term;
  return words.empty() ? "named in the prompt" : "matched " + words;
}

// A line that is said once a conversation for a manifest; empty when it was said, or costs more than the budget.
std::string say_once(Conversation& conversation, const ManifestView& manifest, const std::string& decision,
                     std::uint32_t score, const std::string& line) {
  session::Entry entry;
  entry.event = session::Event::inject;
  entry.recipient = main_conversation;
  entry.layer = session::offer_layer;
  entry.root = to_string(symbol_of(manifest));
  entry.decision = decision;
  entry.score = score;
  entry.cost = conversation.workspace.counter().count(line);
  if (entry.cost.tokens > prompt_allowance(conversation).tokens) return {};
  const std::vector<std::string> offered = conversation.ledger.offered(main_conversation);
  if (std::find(offered.begin(), offered.end(), entry.root) != offered.end()) return {};
  return conversation.claim(std::move(entry)) ? line : std::string();
}

// Named in one line, unless the conversation has it: the model or the user takes it up.
std::string offer(Conversation& conversation, const Match& match) {
  const ManifestView manifest = conversation.registry[match.id];
  const std::vector<std::string> active = conversation.ledger.active(main_conversation);
  if (std::find(active.begin(), active.end(), to_string(symbol_of(manifest))) != active.end()) return {};
  std::string line = "[cascade] " + symbol_text(manifest) + " may fit (" + reason(match) + ")";
  if (!manifest.description.empty()) line += ": " + brief(manifest.description, max_description_chars);
  line += " | To load it, the user says: use the " + name_of(manifest) + " " + std::string(to_string(manifest.kind)) +
          ".\n";
  return say_once(conversation, manifest, std::string(to_string(Decision::offer)), match.score, line);
}

// An agent that the prompt calls and the client does not know.
std::optional<ManifestId> foreign_agent(const Conversation& conversation) {
  const std::string& prompt = conversation.event.prompt;
  if (prompt.find('@') == std::string::npos && prompt.find("gent") == std::string::npos) return std::nullopt;
  const auto agent = called_agent(conversation.registry, prompt);
  return agent && !is_installed(conversation.registry[*agent]) ? agent : std::nullopt;
}

// What the model has to do for it.
std::string how_to_call(Conversation& conversation, ManifestId agent) {
  const ManifestView manifest = conversation.registry[agent];
  return say_once(conversation, manifest, "called", 0,
                  "[cascade] " + symbol_text(manifest) +
                      " is at hand: start a general-purpose subagent and tell it to act as the " + name_of(manifest) +
                      " agent; its instructions are added to that prompt.\n");
}

// "/name ..." of something that the client has loaded: it sends the whole body itself.
bool is_sent_by_client(const ManifestView& manifest, std::string_view prompt) {
  if (prompt.empty() || prompt.front() != '/' || !is_installed(manifest)) return false;
  const std::string_view word = prompt.substr(1, prompt.find_first_of(" \t\n") - 1);
  return word == manifest.name || word == manifest.title ||
         word == std::string(manifest.plugin) + ":" + std::string(manifest.name);
}

std::vector<std::uint64_t> sections_of(const Registry& registry, const ManifestView& manifest) {
  std::vector<std::uint64_t> hashes;
  for (std::uint32_t i = 0; i < manifest.sections; ++i) hashes.push_back(registry.section(manifest.id, i).content_hash);
  return hashes;
}

// The cards of agents in a skill layer are of no use to a model that does not know how to start one.
std::string how_to_start(const Registry& registry, const ManifestView& skill) {
  for (const Link& link : registry.links(skill.id)) {
    const ManifestView target = registry[link.to];
    if (target.kind == Kind::agent && link.strength <= Strength::invoked && !is_installed(target))
      return "[cascade] To use an agent named above that the client does not list, start a general-purpose subagent "
             "and "
             "tell it to act as the <name> agent.\n";
  }
  return {};
}

std::string too_large(Conversation& conversation, const Match& match) {
  const ManifestView manifest = conversation.registry[match.id];
  const std::string path =
      files::join(conversation.workspace.folder(manifest), std::string(files::file_name(manifest.path)));
  return "[cascade] " + symbol_text(manifest) + " fits this prompt (" + reason(match) +
         ") but not the budget for it. Read " + brief(path, 1'000) + " first.\n";
}

// `note`: a line that goes with it.
Result<std::string> load(Conversation& conversation, const Match& match, const std::string& note) {
  const ManifestView manifest = conversation.registry[match.id];
  LayerRequest request;
  request.roots = {symbol_of(manifest)};
  request.recipient = main_conversation;
  request.task = conversation.event.prompt;
  request.limit = prompt_allowance(conversation);
  request.head = "[cascade] " + symbol_text(manifest) + ": " + reason(match) + ".\n\n";
  request.tail = note.empty() ? how_to_start(conversation.registry, manifest) : note;
  request.decision = to_string(Decision::load);
  request.score = match.score;
  if (is_sent_by_client(manifest, conversation.event.prompt))
    request.held = sections_of(conversation.registry, manifest);
  auto layer = make_layer(conversation, request);
  if (!layer) return layer.error();
  if (!layer->fits)
    return note + say_once(conversation, manifest, "too large", match.score, too_large(conversation, match));
  if (layer->text.empty() || !conversation.claim(layer->entry)) return note;
  return std::move(layer->text);
}

// A person wrote it, for the main conversation. A finished background agent, a timer and a poll fire this event too
// (client 2.1.328); Codex fires it in subagents (0.169.0).
bool is_typed(const EventInput& event) {
  if (!event.source.empty() && event.source != "user" && event.source != "sdk") return false;
  if (!event.agent_id.empty()) return false;
  const std::string_view prompt = event.prompt;
  const std::size_t begin = prompt.find_first_not_of(" \t\r\n");
  return begin != std::string_view::npos && prompt.substr(begin).rfind("<task-notification>", 0) != 0;
}

// Ends the business of what the prompt rules out; the line says so of what the model has before it.
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

}  // namespace

Result<Answer> on_user_prompt(Conversation& conversation) {
  const std::string& prompt = conversation.event.prompt;
  if (!is_typed(conversation.event)) return Answer();
  auto router = conversation.workspace.router();
  if (!router) return router.error();
  Query query;
  query.text = prompt;
  query.kinds = {Kind::skill, Kind::command};
  query.limit = 1;
  query.active = conversation.active();
  query.caution = parse_caution(conversation.workspace.preferences().caution).value_or(Caution::normal);
  query.paths = files_at_hand(conversation.event.working_directory);
  const std::vector<ManifestId> ruled_out = ruled_out_by(conversation.registry, prompt);
  const Routing routing = route_prompt(conversation, *router, query, ruled_out);
  const std::optional<ManifestId> called = foreign_agent(conversation);
  const std::string gone = rule_out(conversation, ruled_out);
  std::string text = called ? how_to_call(conversation, *called) : std::string();
  const Match* best = routing.ranked.empty() ? nullptr : &routing.ranked.front();
  // What was called by name goes before what only scores well.
  if (best != nullptr && called && !is_named(prompt, conversation.registry[best->id].name)) best = nullptr;
  if (best != nullptr && routing.decision == Decision::load) {
    auto loaded = load(conversation, *best, text);
    if (!loaded) return loaded.error();
    text = *std::move(loaded);
  } else if (best != nullptr && routing.decision == Decision::offer && text.empty()) {
    text = offer(conversation, *best);
  }
  Answer answer;
  answer.context = gone + text;
  return answer;
}

}  // namespace cascade::hook
