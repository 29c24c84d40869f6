// A prompt that asks for something by name (a playbook, the entry skill, an agent) gets that. Any other is routed: a
// clear match is loaded as the skill layer, a likely one is offered in a line, and otherwise the hook stays silent,
// because a wrong skill costs more than none. Manifests that the prompt rules out are taken out first.
#include <cascade/route.h>

#include <algorithm>
#include <iterator>

#include "client/built_in.h"
#include "client/transcript/tail.h"
#include "hook/agent_layer.h"
#include "hook/called_agent.h"
#include "hook/clean.h"
#include "hook/layer.h"
#include "hook/recalled.h"
#include "hook/routing.h"
#include "hook/steps.h"
#include "text/ascii.h"

namespace cascade::hook {
namespace {

using session::main_conversation;

// The words behind "/cascade", or behind "/cascade:cascade", the same skill with its plugin's name. Nothing if the
// prompt does not begin so.
std::optional<std::string_view> asked_by_entry(std::string_view prompt) {
  if (prompt.empty() || prompt.front() != '/') return std::nullopt;
  const auto end = std::ranges::find_if(prompt, [](char c) { return letters::is_space(c); });
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
    session::Entry entry{.event = session::Event::drop, .root = to_string(symbol_of(manifest))};
    if (std::ranges::find(active, entry.root) != active.end())
      lines += "[cascade] The user ruled out " + symbol_text(manifest) + ": its text above no longer applies.\n";
    if (std::ranges::find(before, entry.root) == before.end()) conversation.remember(std::move(entry));
  }
  return lines;
}

// What the prompt refuses by name, or by pointing at what was loaded last ("drop that skill").
std::vector<ManifestId> refused_by(const Conversation& conversation, const Query& query, const Routing& routing) {
  if (!routing.refuses_that || query.active.empty()) return routing.refused;
  const auto last = conversation.registry.find(query.active.back());
  return last ? std::vector<ManifestId>{*last} : std::vector<ManifestId>();
}

// The line for a manifest that is called by name and switched off: which rule of which file denies it.
std::string denial(Conversation& conversation, ManifestId id) {
  constexpr std::uint32_t most_reason = 1'000;
  return "[cascade] " + symbol_text(conversation.registry[id]) + " is switched off (" +
         brief(listing::reason(conversation.registry, id, conversation.switches()), most_reason) +
         "): it does not come, and its text is not to be fetched in another way.\n";
}

// One line for each manifest that the prompt calls by name and that a switch keeps out, and for each name of nothing.
std::string denials(Conversation& conversation, const Routed& routed, const std::vector<ManifestId>& denied) {
  std::string lines;
  for (const ManifestId id : denied)
    if (!is_refused(routed.report.routing, id)) lines += denial(conversation, id);
  for (const std::string& line : routed.unknown) lines += "[cascade] " + line + ".\n";
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

Place place_of(Conversation& conversation) {
  Place place{conversation.workspace,
              [&conversation]() -> const listing::Switches& { return conversation.switches(); }};
  place.directory = conversation.event.working_directory;
  place.search_path = conversation.options.search_path;
  place.client = conversation.event.client;
  for (const std::string& root : conversation.ledger.ruled_out())
    if (const auto symbol = Symbol::parse(root))
      if (const auto id = conversation.registry.find(*symbol)) place.ruled_out.push_back(*id);
  return place;
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
  query.text = prompt;
  query.limit = 0;
  const Place place = place_of(conversation);
  Routed routed = route_here(place, *router, query);
  const std::vector<ManifestId> denied = routed.denied;
  const Routing& routing = routed.report.routing;
  const std::vector<ManifestId> refused = refused_by(conversation, query, routing);
  const bool is_silent = routing.decision == Decision::silence && refused.empty() && !routing.refuses_all &&
                         routed.unsafe.empty() && routed.unknown.empty();
  const std::string before = says_little(prompt) && is_silent
                                 ? transcript::prompt_before_in(conversation.event.transcript_path, prompt)
                                 : std::string();
  if (!before.empty()) {
    query.before = before;
    routed = route_here(place, *router, query);
  }
  const std::string gone = rule_out(conversation, refused) + denials(conversation, routed, denied);
  Answer answer;
  answer.context = which_agent(conversation, "", prompt);
  if (routed.agent && answer.context.empty() && conversation.refusal(*routed.agent).empty())
    answer.context = how_to_call(conversation, routing, *routed.agent);
  auto said = say_all(conversation, routed, answer.context);
  if (!said) return said.error();
  answer = *std::move(said);
  answer.context = gone + answer.context;
  add_recalled(conversation, answer);
  if (!gone.empty() && (routing.loaded.empty() || !routed.unknown.empty())) {
    constexpr std::string_view from = "cascade: ";
    const std::string offered = answer.notice.starts_with(from) ? "; " + answer.notice.substr(from.size()) : "";
    answer.notice = from;
    answer.notice += !denied.empty()           ? name_of(conversation.registry[denied.front()]) + " is switched off"
                     : !routed.unknown.empty() ? routed.unknown.front()
                                               : "dropped what you ruled out";
    answer.notice += offered;
  }
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

// The first word is looked up as a name and the rest are its arguments. If no manifest has that name, all words are a
// search, because a model often writes what it wants in place of a name. What the user keeps for themselves is refused
// with the reason, so that the model does not try again.

constexpr std::size_t max_wanted_bytes = 2'000, most_matches = 5;
constexpr std::uint32_t max_description_chars = 120;

Answer say(std::string text) {
  if (!text.ends_with('\n')) text += '\n';
  return {.context = "[cascade] " + text};
}

std::string recipient_of(const EventInput& event) {
  return event.agent_id.empty() ? std::string(session::main_conversation) : event.agent_id;
}

// The manifests that a word names, among those that may be mentioned; with `off`, among those that may not.
std::vector<ManifestId> named(Conversation& conversation, std::string_view word, bool off = false) {
  while (!word.empty() && (word.front() == '/' || word.front() == '@' || word.front() == '`')) word.remove_prefix(1);
  while (!word.empty() && (word.back() == '`' || word.back() == '.' || word.back() == ',')) word.remove_suffix(1);
  if (client::is_entry_name(word)) return {};
  std::vector<ManifestId> found;
  for (const ManifestId id : conversation.registry.candidates(word))
    if (!conversation.registry[id].document &&
        listing::is_off(conversation.registry, id, conversation.switches()) == off)
      found.push_back(id);
  return found;
}

Result<Answer> search(Conversation& conversation, std::string_view words) {
  auto router = conversation.workspace.router();
  if (!router) return router.error();
  const listing::Withheld withheld = listing::withheld(conversation.registry, conversation.switches());
  Query query;
  query.text = words;
  query.limit = most_matches;
  query.searches = true;
  query.evidence = false;
  query.hidden = withheld.off;
  query.hidden.insert(query.hidden.end(), withheld.by_name.begin(), withheld.by_name.end());
  std::ranges::sort(query.hidden);
  const Routing routing = router->rank(query);
  std::string lines;
  for (const Match& match : routing.ranked)
    if (conversation.is_open(match.id))
      lines += conversation.refusal(match.id).empty() ? lines_of(conversation, {match.id})
                                                      : refusal_line(conversation, match.id);
  if (lines.empty()) return say("Nothing in the library matches \"" + brief(words, max_description_chars) + "\".");
  return say("Best matches in the library; ask for one by its name if it fits, ignore them otherwise:\n" + lines);
}

std::string how_to_start_agent(Conversation& conversation, const ManifestView& agent) {
  const std::string name = name_of(agent);
  std::string text = symbol_text(agent) + ": start it with ";
  text += agent_named(conversation.registry, std::string(agent.name))
              ? subagent_call(conversation.event, name) + "."
              : subagent_call(conversation.event, std::string(conversation.event.client->subagents.general)) +
                    ", with a prompt that tells it to act as the " + name + " agent.";
  return text + " " + brief(agent.description, 2 * max_description_chars);
}

Result<Answer> load(Conversation& conversation, ManifestId id, std::string_view arguments) {
  const ManifestView manifest = conversation.registry[id];
  LayerRequest request{.roots = {symbol_of(manifest)},
                       .recipient = recipient_of(conversation.event),
                       .limit = prompt_allowance(conversation),
                       .head = "[cascade] " + symbol_text(manifest) + ", as asked for by name.\n",
                       .decision = "taken up"};
  if (std::vector<ManifestId> others = of_same_name(conversation.registry, id); !others.empty()) {
    others.insert(others.begin(), id);
    request.head += "[cascade] Several plugins have this name; this is the first of\n" + lines_of(conversation, others);
  }
  request.head += "\n";
  if (manifest.kind == Kind::command || !arguments.empty()) request.rewrite = filler(conversation, id, arguments);
  if (conversation.event.agent_id.empty()) request.held = sent_by_client(conversation, manifest);
  auto layer = make_layer(conversation, request);
  if (!layer) return layer.error();
  if (!layer->fits)
    return say(symbol_text(manifest) + " does not fit the budget; read " +
               brief(conversation.workspace.folder(manifest), 1'000) + ".");
  if (layer->text.empty() || !conversation.claim(layer->entry))
    return say(symbol_text(manifest) + " is already in this conversation; see above." +
               (arguments.empty() ? "" : " Its arguments now: " + brief(arguments, max_description_chars)));
  return Answer{
      .context = std::move(layer->text),
      .notice = "cascade: loaded " + name_of(manifest) + ", " + std::to_string(layer->entry.cost.tokens) + " tokens"};
}

}  // namespace

std::string refusal_line(Conversation& conversation, ManifestId id) {
  constexpr std::uint32_t most_reason = 1'000;
  return "[cascade] " + symbol_text(conversation.registry[id]) +
         " is not loaded, because its files are not safe: " + brief(conversation.refusal(id), most_reason) + "\n";
}

bool is_typed(const EventInput& event, const session::Ledger& ledger) {
  const std::vector<session::Entry>& past = ledger.entries();
  if (!past.empty() && past.front().source == session::subagent_source) return false;
  if (!event.source.empty() && event.source != "user" && event.source != "sdk") return false;
  if (!event.agent_id.empty()) return false;
  const std::string_view prompt = event.prompt;
  const std::size_t begin = prompt.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return false;
  constexpr std::string_view by_others[] = {"<task-notification>", "<teammate-message", "Another Claude session sent"};
  return std::ranges::none_of(
             by_others, [&](std::string_view words) { return prompt.compare(begin, words.size(), words) == 0; }) &&
         !(event.source.empty() && transcript::is_of_timer_in(event.transcript_path, prompt));
}

Result<Answer> on_user_prompt(Conversation& conversation) {
  if (!is_typed(conversation.event, conversation.ledger)) return Answer();
  conversation.note_lost();
  auto before = before_prompt(conversation);
  if (!before) return before.error();
  conversation.used = static_cast<std::uint32_t>(before->context.size());  // bytes are never fewer than UTF-16 units
  auto answer = answer_prompt(conversation);
  if (answer && !before->context.empty())
    answer->context = before->context + (answer->context.empty() ? "" : "\n") + answer->context;
  return answer;
}

Result<Answer> take(Conversation& conversation, std::string_view wanted, Taker taker) {
  wanted = letters::trim(beginning(wanted, max_wanted_bytes));
  if (wanted.empty())
    return say(
        "Say what: args \"<name>\" loads a skill or command by its name, with arguments after it; args "
        "\"<words>\" searches.");
  const std::size_t end = wanted.find_first_of(" \t\n");
  const std::vector<ManifestId> found = named(conversation, wanted.substr(0, end));
  const std::string_view arguments = end == std::string_view::npos ? "" : letters::trim(wanted.substr(end));
  if (found.empty()) {
    const std::vector<ManifestId> off = named(conversation, wanted.substr(0, end), true);
    if (off.empty()) return search(conversation, wanted);
    return Answer{.context = denial(conversation, off.front())};
  }
  if (found.size() > 1)
    return say("Several have this name; ask for one as it is written here:\n" + lines_of(conversation, found));
  const ManifestView manifest = conversation.registry[found.front()];
  if (taker == Taker::model && !conversation.is_open(manifest.id)) {
    const std::string why = listing::reason(conversation.registry, manifest.id, conversation.switches());
    return say(symbol_text(manifest) + " is for the user to start" +
               (why.empty() ? ": they ruled it out in this conversation." : " (" + why + ")."));
  }
  if (!conversation.refusal(manifest.id).empty()) return Answer{.context = refusal_line(conversation, manifest.id)};
  if (manifest.kind == Kind::agent) return say(how_to_start_agent(conversation, manifest));
  if (const std::string how =
          conversation.event.agent_id.empty() ? how_to_start(conversation, manifest.id, arguments) : std::string();
      !how.empty())
    return say(symbol_text(manifest) + ": " + how);
  return load(conversation, manifest.id, arguments);
}

}  // namespace cascade::hook
