// The first word is looked up as a name and the rest are its arguments. If no manifest has that name, all words are a
// search, because a model often writes what it wants in place of a name. What the user keeps for themselves is refused
// with the reason, so that the model does not try again.
#include <algorithm>

#include "client/entry_skill.h"
#include "hook/agent_layer.h"
#include "hook/allowance.h"
#include "hook/called_by_client.h"
#include "hook/called_command.h"
#include "hook/clean.h"
#include "hook/layer.h"
#include "hook/routing.h"
#include "hook/same_name.h"
#include "hook/wording.h"
#include "text/ascii.h"

namespace cascade::hook {
namespace {

constexpr std::size_t max_wanted_bytes = 2'000, most_matches = 5;
constexpr std::uint32_t max_description_chars = 120;

Answer say(std::string text) {
  Answer answer;
  answer.context = "[cascade] " + std::move(text);
  if (answer.context.back() != '\n') answer.context += '\n';
  return answer;
}

std::string line_of(const ManifestView& manifest) {
  std::string line = "- " + symbol_text(manifest);
  if (!manifest.description.empty()) line += ": " + brief(manifest.description, max_description_chars);
  return line + "\n";
}

std::string recipient_of(const EventInput& event) {
  return event.agent_id.empty() ? std::string(session::main_conversation) : event.agent_id;
}

// The manifests that a word names, among those that may be mentioned.
std::vector<ManifestId> named(Conversation& conversation, std::string_view word) {
  while (!word.empty() && (word.front() == '/' || word.front() == '@' || word.front() == '`')) word.remove_prefix(1);
  while (!word.empty() && (word.back() == '`' || word.back() == '.' || word.back() == ',')) word.remove_suffix(1);
  if (client::is_entry_name(word)) return {};
  std::vector<ManifestId> found;
  for (const ManifestId id : conversation.registry.candidates(word))
    if (!conversation.registry[id].document &&
        listing::standing(conversation.registry, id, conversation.overrides()) != listing::Standing::off)
      found.push_back(id);
  return found;
}

Result<Answer> search(Conversation& conversation, std::string_view words) {
  auto router = conversation.workspace.router();
  if (!router) return router.error();
  const listing::Withheld withheld = listing::withheld(conversation.registry, conversation.overrides());
  Query query;
  query.text = words;
  query.limit = most_matches;
  query.searches = true;
  query.evidence = false;
  query.hidden = withheld.off;
  query.hidden.insert(query.hidden.end(), withheld.by_name.begin(), withheld.by_name.end());
  std::sort(query.hidden.begin(), query.hidden.end());
  const Routing routing = router->rank(query);
  std::string lines;
  for (const Match& match : routing.ranked)
    if (conversation.is_open(match.id)) lines += line_of(conversation.registry[match.id]);
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
  LayerRequest request;
  request.roots = {symbol_of(manifest)};
  request.recipient = recipient_of(conversation.event);
  request.limit = prompt_allowance(conversation);
  request.head = "[cascade] " + symbol_text(manifest) + ", as asked for by name.\n";
  if (std::vector<ManifestId> others = of_same_name(conversation.registry, id); !others.empty()) {
    others.insert(others.begin(), id);
    request.head += "[cascade] Several plugins have this name; this is the first of\n" + lines_of(conversation, others);
  }
  request.head += "\n";
  request.decision = "taken up";
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
  Answer answer;
  answer.context = std::move(layer->text);
  answer.notice = "cascade: loaded " + name_of(manifest) + ", " + std::to_string(layer->entry.cost.tokens) + " tokens";
  return answer;
}

}  // namespace

Result<Answer> take(Conversation& conversation, std::string_view wanted, Taker taker) {
  wanted = letters::trim(beginning(wanted, max_wanted_bytes));
  if (wanted.empty())
    return say(
        "Say what: args \"<name>\" loads a skill or command by its name, with arguments after it; args "
        "\"<words>\" searches.");
  const std::size_t end = wanted.find_first_of(" \t\n");
  const std::vector<ManifestId> found = named(conversation, wanted.substr(0, end));
  const std::string_view arguments = end == std::string_view::npos ? "" : letters::trim(wanted.substr(end));
  if (found.empty()) return search(conversation, wanted);
  if (found.size() > 1) {
    return say("Several have this name; ask for one as it is written here:\n" + lines_of(conversation, found));
  }
  const ManifestView manifest = conversation.registry[found.front()];
  if (taker == Taker::model && !conversation.is_open(manifest.id)) {
    const std::string why = listing::reason(conversation.registry, manifest.id, conversation.overrides());
    return say(symbol_text(manifest) + " is for the user to start" +
               (why.empty() ? ": they ruled it out in this conversation." : " (" + why + ")."));
  }
  if (manifest.kind == Kind::agent) return say(how_to_start_agent(conversation, manifest));
  if (const std::string how =
          conversation.event.agent_id.empty() ? how_to_start(conversation, manifest.id, arguments) : std::string();
      !how.empty())
    return say(symbol_text(manifest) + ": " + how);
  return load(conversation, manifest.id, arguments);
}

}  // namespace cascade::hook
