// Each match is one of three: an agent, whose text belongs to the subagent that it starts; something that must be
// called rather than read, which is a line; or a text. All texts are packed together, so that what several of them lead
// to is sent once. If not all fit, the least certain one is named with its file, and the rest is packed again.
#include <algorithm>

#include "files/paths.h"
#include "hook/agent_layer.h"
#include "hook/called_agent.h"
#include "hook/clean.h"
#include "hook/layer.h"
#include "hook/recalled.h"
#include "hook/routing.h"
#include "hook/steps.h"
#include "text/ascii.h"
#include "text/word_set.h"
#include "workspace/contents.h"

namespace cascade::hook {
namespace {

using session::main_conversation;

session::Entry entry_of(const ManifestView& manifest, const std::string& decision, std::uint32_t score) {
  return {.event = session::Event::inject,
          .recipient = std::string(main_conversation),
          .layer = std::string(session::offer_layer),
          .root = to_string(symbol_of(manifest)),
          .decision = decision,
          .score = score};
}

// The line, recorded once a conversation for each manifest. Empty if it was said before or exceeds the budget.
std::string say_once(Conversation& conversation, const ManifestView& manifest, const std::string& decision,
                     std::uint32_t score, const std::string& line) {
  session::Entry entry = entry_of(manifest, decision, score);
  entry.cost = conversation.workspace.counter().count(line);
  if (entry.cost.tokens > prompt_allowance(conversation).tokens) return {};
  if (letters::is_one_of(entry.root, conversation.ledger.offered(main_conversation))) return {};
  return conversation.claim(std::move(entry)) ? line : std::string();
}

// Records that the user called a manifest that they had ruled out: the ban is lifted.
void call_back(Conversation& conversation, const ManifestView& manifest) {
  conversation.remember(entry_of(manifest, std::string(session::called_decision), 0));
}

// What the cards below a manifest ask the model to call by its name.
struct Called {
  bool agents = false, commands = false;
};

Called called_below(Conversation& conversation, ManifestId id) {
  Called called;
  for (const Link& link : conversation.registry.links(id)) {
    const ManifestView target = conversation.registry[link.to];
    if (link.strength > Strength::invoked || is_installed(conversation, target) || !conversation.is_open(link.to))
      continue;
    (target.kind == Kind::agent ? called.agents : called.commands) = true;
  }
  return called;
}

// Tells the model how to use the agents and commands on the cards below a skill, unless a skill before it brought that.
std::string how_to_use_cards(Conversation& conversation, const ManifestView& skill) {
  Called called = called_below(conversation, skill.id);
  session::each_injection(conversation.ledger.entries(), main_conversation, [&](const session::Entry& entry) {
    const auto root = Symbol::parse(entry.root);
    const auto before = root ? conversation.registry.find(*root) : std::nullopt;
    if (!before || entry.decision != to_string(Decision::load) || entry.pieces.empty()) return;
    const Called told = called_below(conversation, *before);
    called.agents = called.agents && !told.agents;
    called.commands = called.commands && !told.commands;
  });
  std::string text;
  if (called.agents)
    text += "[cascade] An agent named above starts by its name: " + subagent_call(conversation.event, "<name>") + ".\n";
  if (const std::string call = called.commands ? conversation.entry_call() : std::string(); !call.empty())
    text += "[cascade] For a skill or command named above, " + call + " and args \"<name> <arguments>\".\n";
  return text;
}

// Who wrote what is neither the user's own nor Cascade's: a repository that came from elsewhere, or a library of
// others. A plugin stands in the name.
std::string origin_of(Conversation& conversation, const ManifestView& manifest) {
  const std::string& root = conversation.workspace.roots()[manifest.root].path;
  if (WorkspaceContents::is_added(conversation.workspace, manifest.root))
    return " (of the library " + std::string(files::file_name(root)) + ")";
  if (manifest.scope != Scope::project) return {};
  const std::string& clone = conversation.switches().clone;
  return !clone.empty() && files::is_within(clone, root)
             ? " (of this repository, " + brief(files::file_name(clone), 80) + ")"
             : std::string();
}

// Why the skill is here, and that no one ordered it.
std::string why_it_is_here(Conversation& conversation, const Routing& routing, const Match& match) {
  return "[cascade] " + symbol_text(conversation.registry[match.id]) +
         origin_of(conversation, conversation.registry[match.id]) + ": " +
         (is_called(routing, match.id)
              ? "called by name."
              : reason(match, conversation.event.prompt) +
                    ". A tool's suggestion, not the user's words; ignore it where it does not fit.");
}

// A text to be loaded.
struct Text {
  const Match* match = nullptr;
  std::vector<std::uint64_t> held;  // what the client sends of it itself
  bool typed_here = false;          // the client sends it with this prompt
};

// Whether a layer brings anything but the manifest itself and facts.
bool brings_others(const Layer& layer, const ManifestView& manifest) {
  const std::string own = to_string(symbol_of(manifest));
  return std::ranges::any_of(layer.entry.pieces, [&](const session::SentPiece& piece) {
    return piece.manifest != own && Symbol::parse(piece.manifest).has_value();
  });
}

std::string too_large(Conversation& conversation, const Match& match) {
  const ManifestView manifest = conversation.registry[match.id];
  return "[cascade] " + symbol_text(manifest) + " fits this prompt (" + reason(match, conversation.event.prompt) +
         ") but not the budget for it. Read " + brief(file_of(conversation.workspace, manifest), 1'000) + " first.\n";
}

// Whether what is called by name is told although a line about it was said: it was only offered, or ruled out since.
bool must_hear_again(const Conversation& conversation, const ManifestView& manifest) {
  const std::string root = to_string(symbol_of(manifest));
  const auto told = [&](const session::Entry& entry) {
    return entry.root == root && entry.event == session::Event::inject && entry.decision != to_string(Decision::offer);
  };
  return conversation.is_ruled_out(manifest.id) ||
         (letters::is_one_of(root, conversation.ledger.offered(main_conversation)) &&
          std::ranges::none_of(conversation.ledger.entries(), told));
}

// The answer to a manifest whose text is not pasted: how the model starts it, which of several is meant, or nothing if
// the client starts it itself.
std::optional<Answer> order_instead(Conversation& conversation, const Routing& routing, const Match& match,
                                    const std::optional<CalledCommand>& called, bool is_typed_here) {
  const ManifestView manifest = conversation.registry[match.id];
  const std::string which = which_of_them(conversation, match.id);
  if (which.empty() && is_typed_here)
    return runs_apart(conversation.registry, match.id) ? std::optional(Answer()) : std::nullopt;
  if (!which.empty()) return Answer{.context = which};
  const auto how = [&] {
    const bool is_command = called && called->id == match.id;
    return how_to_start(conversation, match.id, is_command ? called->arguments : std::string_view());
  };
  std::string order = how();
  if (order.empty()) return std::nullopt;
  const bool again = is_called(routing, match.id) && must_hear_again(conversation, manifest);
  if (again) {
    call_back(conversation, manifest);
    order = how();  // it is open now
  }
  const std::string line = why_it_is_here(conversation, routing, match) + " " + order + "\n";
  return Answer{.context =
                    again ? line
                          : say_once(conversation, manifest, std::string(session::called_decision), match.score, line)};
}

// Called by its name and as the layer that it is of ("use the X playbook"), a playbook starts a run, step by step.
bool begins_playbook(const Conversation& conversation, const Routing& routing, const Match& match) {
  const ManifestView manifest = conversation.registry[match.id];
  return manifest.layer == cascade::Layer::playbook && is_called(routing, match.id) &&
         letters::to_lower(conversation.event.prompt).find(to_string(manifest.layer)) != std::string::npos &&
         conversation.has_memory() && !conversation.registry.steps(match.id).empty();
}

// The texts that a prompt needs as one layer.
class Loading {
 public:
  Loading(Conversation& conversation, const Routing& routing, std::string note)
      : conversation_(conversation),
        routing_(routing),
        note_(std::move(note)),
        called_(called_command(conversation.registry, conversation.event.prompt)) {}

  // Adds a match that is no agent. Returns what is said in place of its text.
  std::string add(const Match& match) {
    const bool typed = is_sent_as_typed(conversation_, manifest_of(match));
    if (typed && conversation_.is_ruled_out(match.id)) call_back(conversation_, manifest_of(match));
    if (auto order = order_instead(conversation_, routing_, match, called_, typed)) return order->context;
    texts_.push_back({&match, sent_by_client(conversation_, manifest_of(match)), typed});
    return {};
  }

  Result<Answer> load(const Cost& limit) {
    Answer answer;
    std::vector<Quote> quotes;
    if (!texts_.empty()) quotes = recalled(conversation_, recall_share(limit.tokens));
    for (; !texts_.empty(); texts_.pop_back()) {
      LayerRequest request = request_for(limit, quotes);
      auto layer = make_layer(conversation_, request);
      if (!layer) return layer.error();
      const Match& last = *texts_.back().match;
      if (!layer->fits) {
        answer.context +=
            say_once(conversation_, manifest_of(last), "too large", last.score, too_large(conversation_, last));
        continue;
      }
      const bool is_typed = texts_.size() == 1 && texts_.front().typed_here;
      if (is_typed && !brings_others(*layer, manifest_of(last))) break;
      if (layer->text.empty() || !conversation_.claim(layer->entry)) break;
      answer.context.insert(0, layer->text);
      answer.notice = notice_of(layer->entry.cost.tokens);
      return answer;  // the note is in it
    }
    answer.context.insert(0, note_);
    return answer;
  }

 private:
  ManifestView manifest_of(const Match& match) const { return conversation_.registry[match.id]; }

  LayerRequest request_for(const Cost& limit, const std::vector<Quote>& quotes) {
    LayerRequest request{.recipient = std::string(main_conversation),
                         .task = conversation_.event.prompt,
                         .limit = limit,
                         .decision = std::string(to_string(Decision::load)),
                         .score = texts_.front().match->score,
                         .quotes = quotes};
    for (const Text& text : texts_) {
      const ManifestView manifest = manifest_of(*text.match);
      request.roots.push_back(symbol_of(manifest));
      request.held.insert(request.held.end(), text.held.begin(), text.held.end());
      request.head += head_of(text);
      const std::string tail = note_.empty() ? how_to_use_cards(conversation_, manifest) : note_;
      if (request.tail.find(tail) == std::string::npos) request.tail += tail;
    }
    request.head += "\n";
    const ManifestView first = manifest_of(*texts_.front().match);
    if (called_ && called_->id == first.id && !is_installed(conversation_, first))
      request.rewrite = filler(conversation_, first.id, called_->arguments);
    return request;
  }

  // If the client lists the skill as well, the model need not call it, unless the client would then run its commands.
  std::string head_of(const Text& text) const {
    const ManifestView manifest = manifest_of(*text.match);
    const bool has_all =
        is_installed(conversation_, manifest) && (!text.held.empty() || !runs_commands(conversation_, manifest.id));
    return why_it_is_here(conversation_, routing_, *text.match) +
           (has_all ? " It is loaded: no need to call it.\n" : "\n");
  }

  std::string notice_of(TokenCount tokens) const {
    const std::string names =
        letters::joined(texts_, ", ", [&](const Text& text) { return name_of(manifest_of(*text.match)); });
    return "cascade: loaded " + names + ", " + std::to_string(tokens) + " tokens";
  }

  Conversation& conversation_;
  const Routing& routing_;
  const std::string note_;
  const std::optional<CalledCommand> called_;
  std::vector<Text> texts_;
};

// What the prompt asks for beyond what is loaded at once. Beside mere guesses further ones help nobody.
std::string left_out(const Conversation& conversation, const Routing& routing) {
  if (routing.left_out.empty() || routing.loaded.empty()) return {};
  const std::string names = letters::joined(
      routing.left_out, ", ", [&](const Match& match) { return symbol_text(conversation.registry[match.id]); });
  return "[cascade] No room here for what may fit as well: " + brief(names, 300) + ".\n";
}

// For the model and, with the way to the reason, for the user; nothing where it was said before and is not called.
std::string say_refused(Conversation& conversation, const Unsafe& unsafe, bool called, std::string& notice) {
  const ManifestView manifest = conversation.registry[unsafe.id];
  std::string line = refusal_line(conversation, unsafe.id);
  if (!called) line = say_once(conversation, manifest, "refused", unsafe.score, line);
  const std::string name = name_of(manifest);
  if (!line.empty()) notice = "cascade: " + name + " is not safe, so it is not loaded (cascade why not " + name + ")";
  return line;
}

// An offer's lines have the manifests' own words about when they serve. These are shortened until the lines fit, then
// the last one goes. A guess that is not taken is only a cost: names alone where the words would be more than that.
constexpr TokenCount most_tokens = 60, most_of_names = 120;

// Those that the router would offer and that are new to the conversation.
std::vector<const Match*> worth_offering(const Conversation& conversation, const Routing& routing) {
  std::vector<const Match*> chosen;
  const std::vector<std::string> offered = conversation.ledger.offered(main_conversation);
  const std::vector<std::string> active = conversation.ledger.active(main_conversation);
  for (const Match& match : routing.offered) {
    const std::string root = to_string(symbol_of(conversation.registry[match.id]));
    if (!letters::is_one_of(root, offered) && !letters::is_one_of(root, active)) chosen.push_back(&match);
  }
  return chosen;
}

// An agent is started, anything else is loaded.
std::string how_to_take(Conversation& conversation, const std::vector<const Match*>& chosen) {
  const auto is_agent = [&](const Match* match) { return conversation.registry[match->id].kind == Kind::agent; };
  std::string text;
  if (std::ranges::any_of(chosen, is_agent))
    text += "To start an agent: " + subagent_call(conversation.event, "<name>") + ".\n";
  const auto other = std::ranges::find_if_not(chosen, is_agent);
  if (other == chosen.end()) return text;
  const ManifestView best = conversation.registry[(*other)->id];
  const std::string call = conversation.entry_call();
  return text + (!call.empty() ? "To load one, " + call + " and its name as args.\n"
                               : "To load one, the user says: use the " + name_of(best) + " " +
                                     std::string(to_string(best.kind)) + ".\n");
}

std::string wording(Conversation& conversation, const std::vector<const Match*>& chosen, std::uint32_t clause) {
  std::string text = "[cascade] May fit (a tool's guess; ignore what does not):\n";
  for (const Match* match : chosen) {
    const ManifestView manifest = conversation.registry[match->id];
    text += "- " + symbol_text(manifest);
    if (const std::string when = when_to_use(manifest, clause); !when.empty()) text += ": " + when;
    text += "\n";
  }
  return text + how_to_take(conversation, chosen);
}

std::string notice_of(const Conversation& conversation, const std::vector<const Match*>& chosen) {
  const std::string names =
      letters::joined(chosen, ", ", [&](const Match* match) { return name_of(conversation.registry[match->id]); });
  return "cascade: may fit: " + names;
}

// Offers what the router would, each manifest once a conversation, and says how to load one. Exactly those that are
// named are recorded as offered. Empty: nothing is left to offer.
Answer offer(Conversation& conversation, const Routing& routing) {
  std::vector<const Match*> chosen = worth_offering(conversation, routing);
  const TokenCounter& counter = conversation.workspace.counter();
  const TokenCount allowed = prompt_allowance(conversation).tokens;
  for (; !chosen.empty(); chosen.pop_back())
    for (const std::uint32_t clause : {160U, 110U, 70U, 0U}) {
      std::string text = wording(conversation, chosen, clause);
      const Cost cost = counter.count(text);
      if (cost.tokens > std::min(clause == 0 ? most_of_names : most_tokens, allowed)) continue;
      for (std::size_t i = 0; i < chosen.size(); ++i) {
        session::Entry entry =
            entry_of(conversation.registry[chosen[i]->id], std::string(to_string(Decision::offer)), chosen[i]->score);
        if (i == 0) entry.cost = cost;
        if (!conversation.claim(std::move(entry))) return {};
      }
      return {.context = std::move(text), .notice = notice_of(conversation, chosen)};
    }
  return {};
}

}  // namespace

std::string how_to_call(Conversation& conversation, const Routing& routing, ManifestId agent) {
  const ManifestView manifest = conversation.registry[agent];
  const std::string name = name_of(manifest);
  const bool by_name = agent_named(conversation.registry, std::string(manifest.name)).has_value();
  const bool installed = is_installed(conversation, manifest);
  const bool is_new =
      is_called(routing, agent) ? !must_hear_again(conversation, manifest) : !conversation.is_ruled_out(agent);
  if (!is_new) call_back(conversation, manifest);
  if (installed && is_called(routing, agent)) return {};  // the client's model knows it by that name
  const std::string line =
      "[cascade] " + symbol_text(manifest) + (installed ? " fits this prompt" : " is at hand") + ": start it with " +
      subagent_call(conversation.event, by_name ? name : std::string(conversation.event.client->subagents.general)) +
      (by_name ? "" : ", and tell it to act as the " + name + " agent") +
      (installed ? ".\n" : "; its instructions are added to that prompt.\n");
  return is_new ? say_once(conversation, manifest, std::string(session::called_decision), 0, line) : line;
}

Result<Answer> say_all(Conversation& conversation, const Routed& routed, const std::string& note) {
  const Routing& routing = routed.report.routing;
  const bool told = !note.empty();
  std::string notice;
  Answer offered;
  if (!told && !routing.offered.empty()) {
    offered.context = which_of_them(conversation, routing.offered.front().id);
    if (offered.context.empty()) offered = offer(conversation, routing);
  }
  Loading loading(conversation, routing, note);
  std::string lines;
  for (const Unsafe& unsafe : routed.unsafe)
    lines += say_refused(conversation, unsafe, is_called(routing, unsafe.id), notice);
  for (const Match& match : routing.loaded) {
    if (conversation.registry[match.id].kind == Kind::agent) {
      const std::string line = told ? std::string() : how_to_call(conversation, routing, match.id);
      if (told || !line.empty()) notice = "cascade: agent " + name_of(conversation.registry[match.id]) + " is at hand";
      lines += line;
    } else if (begins_playbook(conversation, routing, match)) {
      return begin_playbook(conversation, match.id);
    } else {
      lines += loading.add(match);
    }
  }
  Cost limit = prompt_allowance(conversation);
  const Cost around =
      conversation.workspace.counter().count(offered.context) + conversation.workspace.counter().count(lines);
  limit.tokens -= std::min(limit.tokens, around.tokens);
  limit.chars -= std::min(limit.chars, around.chars);
  auto answer = loading.load(limit);
  if (!answer) return answer;
  const auto join = [&](const std::string& more) {
    if (!more.empty() && !answer->context.empty() && answer->context.back() != '\n') answer->context += '\n';
    answer->context += more;
  };
  join(lines);
  join(offered.context);
  if (!answer->context.empty() && !told) join(left_out(conversation, routing));
  if (answer->notice.empty()) answer->notice = notice.empty() ? offered.notice : notice;
  return answer;
}

}  // namespace cascade::hook
