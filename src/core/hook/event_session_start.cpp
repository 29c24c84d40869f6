// A conversation starts, is resumed, or is compacted and returns: what its summary must keep, and what is restored.
#include <algorithm>
#include <map>

#include "client/built_in.h"
#include "client/transcript/formats.h"
#include "files/file_tail.h"
#include "hook/called_agent.h"
#include "hook/clean.h"
#include "hook/layer.h"
#include "hook/recalled.h"
#include "hook/steps.h"
#include "playbook/run.h"
#include "text/ascii.h"
#include "text/names.h"

namespace cascade::hook {
namespace {

using session::main_conversation;

constexpr std::uint32_t max_name_chars = 120;
constexpr const char* restored_decision = "restored";

bool is_offered(const Registry& registry, const ManifestView& view) {
  return !view.document && !registry.shadowed_in_favour_of(view.id) && !client::is_entry_name(view.name);
}

// The manifests whose authors want them in every conversation and whose claims are granted.
std::vector<Symbol> pinned(const Conversation& conversation) {
  const Registry& registry = conversation.registry;
  std::vector<Symbol> symbols;
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestView view = registry[ManifestId{i}];
    if (is_offered(registry, view) && claims_pin(registry, view.id) &&
        is_granted(conversation.workspace, conversation.options, view.id))
      symbols.push_back(symbol_of(view));
  }
  return symbols;
}

std::string count_of(std::size_t count, const std::string& noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

std::string card(Conversation& conversation) {
  const Registry& registry = conversation.registry;
  std::map<Kind, std::size_t> counts;
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestView view = registry[ManifestId{i}];
    if (is_offered(registry, view) && !listing::is_off(registry, view.id, conversation.switches())) ++counts[view.kind];
  }
  if (counts.empty()) return {};
  const std::string call = conversation.entry_call();
  return "[cascade] " + count_of(counts[Kind::skill], "skill") + ", " + count_of(counts[Kind::agent], "agent") +
         " and " + count_of(counts[Kind::command], "command") +
         " are at hand and are loaded when a prompt needs one. " +
         (!call.empty()
              ? "To load one, or to search, " + call + " and a name or words as args.\n"
              : "To ask for one by name, the user says: use the <name> skill. To look for one: cascade search "
                "\"<words>\".\n");
}

// The roots to load: first the skills of the playbook's open steps and the pinned manifests, then the formerly active
// ones, the latest first. Each once, only those that still exist, and no more than are likely to fit.
std::vector<Symbol> wanted(Conversation& conversation, const std::vector<Symbol>& active, const Position& position) {
  constexpr std::size_t most = 12;
  std::vector<Symbol> symbols;
  const auto add = [&](const Symbol& symbol) {
    const auto id = conversation.registry.find(symbol);
    if (symbols.size() < most && id && !listing::is_off(conversation.registry, *id, conversation.switches()) &&
        conversation.refusal(*id).empty() && std::ranges::find(symbols, symbol) == symbols.end())
      symbols.push_back(symbol);
  };
  for (const Symbol& symbol : position.skills) add(symbol);
  for (const Symbol& symbol : pinned(conversation))
    if (const auto id = conversation.registry.find(symbol);
        id && conversation.is_open(*id) && !runs_apart(conversation.registry, *id))
      add(symbol);
  std::for_each(active.rbegin(), active.rend(), [&](const Symbol& symbol) {
    const bool past = std::ranges::find(position.past, to_string(symbol)) != position.past.end();
    const auto id = conversation.registry.find(symbol);
    if (!past && id && !serves_one_turn(conversation.registry, *id)) add(symbol);
  });
  return symbols;
}

// The roots to restore after a compaction, those that the conversation held, on a rung of the ladder of budgets.
struct Restored {
  std::vector<Symbol> symbols;
  std::size_t granted = 0;          // the first so many are there because of an open step or a granted pin
  std::vector<std::uint64_t> held;  // content hashes from before the compaction
  std::string decision;
  std::uint32_t rung = 0;  // 0: the whole allowance; each further rung has half of the one before
};

// The first compaction restores within the whole allowance. A session that is compacted again and again is a long one,
// so each restoration gets less room.
std::uint32_t rung_of(const Conversation& conversation) {
  constexpr std::ptrdiff_t last = 3;
  const auto& entries = conversation.ledger.entries();
  const std::ptrdiff_t before = std::ranges::count_if(entries, [](const session::Entry& entry) {
    return entry.event == session::Event::start && entry.source == "compact";
  });
  return static_cast<std::uint32_t>(std::min(before, last));
}

// Whether it came with one of the last prompts, or they, the answers or the calls since name it or something that it
// calls.
bool is_in_use(const Conversation& conversation, const Symbol& symbol, const transcript::Recent& recent) {
  const auto& entries = conversation.ledger.entries();
  const std::string root = to_string(symbol);
  const auto sent = std::find_if(entries.rbegin(), entries.rend(), [&](const session::Entry& entry) {
    return entry.event == session::Event::inject && entry.recipient == main_conversation &&
           entry.decision != restored_decision &&
           (entry.root == root || std::ranges::find(entry.also, root) != entry.also.end());
  });
  if (sent == entries.rend() || sent->since == 0 || sent->since > recent.begin) return true;
  if (holds_whole(recent.words, letters::last_part(symbol.name), letters::is_name)) return true;
  const auto id = conversation.registry.find(symbol);
  if (!id) return false;
  const auto links = conversation.registry.links(*id);
  return std::ranges::any_of(links, [&](const Link& link) {
    return holds_whole(recent.words, conversation.registry[link.to].name, letters::is_name);
  });
}

// Splits what was loaded into what is still in use, which stays, and what is let go, which is returned. Without a log
// that tells, all of it stays.
std::vector<Symbol> let_go(const Conversation& conversation, std::vector<Symbol>& active) {
  constexpr std::uint64_t tail_bytes = 4 << 20;
  constexpr std::size_t prompts = 8;
  const EventInput& event = conversation.event;
  const transcript::Format* const format = transcript::format_of(event.client->name);
  const auto stamp = files::DiskTree().stat(event.transcript_path);
  if (active.empty() || format == nullptr || !stamp) return {};
  const auto tail = files::read_tail(event.transcript_path, tail_bytes);
  if (!tail) return {};
  const std::uint64_t from = stamp->size > tail->size() ? stamp->size - tail->size() : 0;
  const auto recent = transcript::recent_of(*format, *tail, from, prompts);
  if (!recent) return {};
  std::vector<Symbol> gone;
  const auto kept = std::stable_partition(
      active.begin(), active.end(), [&](const Symbol& symbol) { return is_in_use(conversation, symbol, *recent); });
  gone.assign(kept, active.end());
  active.erase(kept, active.end());
  return gone;
}

// "cascade: restored a, b and 2 more, 2024 tokens"
std::string notice_of(const Restored& restored, const session::Entry& entry) {
  constexpr std::size_t most = 3;
  std::string text = restored.decision == restored_decision ? "cascade: restored " : "cascade: loaded what is pinned: ";
  for (std::size_t i = 0; i < restored.symbols.size() && i < most; ++i)
    text += (i == 0 ? "" : ", ") + restored.symbols[i].name;
  if (restored.symbols.size() > most) text += " and " + std::to_string(restored.symbols.size() - most) + " more";
  return text + ", " + std::to_string(entry.cost.tokens) + " tokens";
}

// What does not come back, for the user's screen.
std::string released_notice(const std::vector<Symbol>& gone) {
  return "let go what the last prompts had no use for: " +
         brief(letters::joined(gone, ", ", &Symbol::name), max_name_chars);
}

// Says of restored text, as was said when it came first, that no user wrote it.
std::string whose_words(const Restored& restored) {
  if (restored.granted >= restored.symbols.size()) return {};
  std::string others;
  for (std::size_t i = 0; i < restored.granted; ++i)
    others += (i == 0 ? ", all but " : ", ") + brief(restored.symbols[i].name, max_name_chars);
  return "[cascade] What comes back below" + others + (others.empty() ? "" : ",") +
         " is a tool's suggestion, not the user's words; ignore what does not fit.\n";
}

// The card together with the restored roots. If even the least of them does not fit on this rung, the next larger one
// is tried; on the largest, roots are dropped from the end until the rest fits.
Result<Answer> card_with(Conversation& conversation, const std::string& card, Restored restored) {
  const Cost limit = prompt_allowance(conversation);
  if (conversation.workspace.counter().count(card).tokens > limit.tokens) return Answer();
  while (!restored.symbols.empty()) {
    auto layer = make_layer(conversation, {.roots = restored.symbols,
                                           .recipient = std::string(main_conversation),
                                           .limit = {limit.tokens >> restored.rung, limit.chars},
                                           .head = card + whose_words(restored) + "\n",
                                           .decision = restored.decision,
                                           .within = restored.held});
    if (!layer) return layer.error();
    if (!layer->text.empty() && conversation.claim(layer->entry))
      return Answer{.context = std::move(layer->text), .notice = notice_of(restored, layer->entry)};
    if (layer->fits) break;  // another process was first, or nothing is new
    if (restored.rung > 0)
      --restored.rung;
    else
      restored.symbols.pop_back();
  }
  return Answer{.context = card};
}

void begin(Conversation& conversation, const std::string& source) {
  if (!conversation.confirmed()) return;
  const EventInput& event = conversation.event;
  if (source == "fork" && conversation.has_memory()) {
    const auto parent = session::parent_of_fork(conversation.options.state_directory, event.transcript_path);
    if (parent && conversation.ledger.adopt(*parent, conversation.options.now)) return;
  }
  conversation.remember({.event = session::Event::start,
                         .source = source.empty() ? "startup" : source,
                         .directory = event.working_directory,
                         .model = event.model});
}

// Whether the client has compacted since the conversation was last opened.
bool was_compacted(const Conversation& conversation) {
  constexpr std::uint64_t tail_bytes = 1 << 20;
  const auto& entries = conversation.ledger.entries();
  const auto last = std::find_if(entries.rbegin(), entries.rend(), [](const session::Entry& entry) {
    return entry.event == session::Event::start && entry.source != "resume";
  });
  if (last == entries.rend() || last->source != session::compacting_source) return false;
  const auto shows = conversation.event.client->has_compacted;
  if (shows == nullptr) return true;
  const auto tail = files::read_tail(last->origin, tail_bytes);
  return tail && shows(*tail);
}

// For the user's screen: a clone that nobody trusts has manifests, which come by name alone.
std::string waiting_notice(Conversation& conversation) {
  const std::string& clone = conversation.switches().untrusted;
  if (clone.empty()) return {};
  const std::size_t waiting = listing::count_waiting(conversation.registry, conversation.switches());
  if (waiting == 0) return {};
  return "cascade: " + count_of(waiting, "manifest") +
         " of this clone come only by name until you trust it: cascade allow " + brief(clone, max_notice_chars / 2);
}

Result<Answer> open_conversation(Conversation& conversation, const std::string& source) {
  // Roots that were loaded in the epoch that now ends.
  std::vector<Symbol> active, gone;
  std::vector<std::string> facts;
  Restored restored;
  if (source == "compact") {
    active = conversation.active();
    gone = let_go(conversation, active);
    restored.held = conversation.ledger.held(main_conversation);
    restored.rung = rung_of(conversation);
    facts = conversation.facts();
  }
  begin(conversation, source);
  if (conversation.has_memory()) session::prune(conversation.options.state_directory, conversation.options.now);
  // The text that was sent before is still in the conversation, under this id or, after a fork, under another one.
  if (source == "resume" || source == "fork") return Answer();
  const std::string remembered = tell_recalled(
      conversation, recalled_before(conversation, facts, recall_share(prompt_allowance(conversation).tokens)),
      "restored");
  std::string text = card(conversation);
  if (text.empty()) return Answer{.context = remembered};
  const Position position = position_of(conversation);
  const bool begins = source == "clear" || source == "startup";
  text = (position.lines.empty() && begins ? left_open(conversation) : position.lines) + text;
  restored.symbols = wanted(conversation, active, position);
  restored.granted = active.empty() ? restored.symbols.size() : wanted(conversation, {}, position).size();
  restored.decision = active.empty() ? "pinned" : restored_decision;
  auto whole = card_with(conversation, text, std::move(restored));
  if (!whole) return whole.error();
  if (!remembered.empty()) whole->context += "\n" + remembered;
  if (begins && whole->notice.empty()) whole->notice = waiting_notice(conversation);
  if (!gone.empty()) whole->notice += (whole->notice.empty() ? "cascade: " : "; ") + released_notice(gone);
  return whole;
}

// If no event accepts text after a compaction, the next prompt restores what the compaction removed.
void note_compaction(Conversation& conversation) {
  if (conversation.active().empty()) return;
  conversation.remember({.event = session::Event::start,
                         .source = std::string(session::compacting_source),
                         .directory = conversation.event.working_directory,
                         .origin = conversation.event.transcript_path});
}

}  // namespace

Result<Answer> on_session_start(Conversation& conversation) {
  const EventInput& event = conversation.event;
  if (!event.parent_session.empty()) {
    begin(conversation, std::string(session::subagent_source));
    return Answer();
  }
  if (event.client->start == client::Door::next_prompt) return Answer();
  // Some clients run this hook and the first prompt's at the same time: what the prompt has recorded must not be
  // forgotten.
  const bool is_late = event.client->compaction == client::Door::next_prompt && conversation.ledger.is_known();
  return is_late && event.source == "startup" ? Answer() : open_conversation(conversation, event.source);
}

Result<Answer> before_prompt(Conversation& conversation) {
  const client::Dialect& client = *conversation.event.client;
  if (client.compaction == client::Door::next_prompt && was_compacted(conversation))
    return open_conversation(conversation, "compact");
  if (client.start == client::Door::next_prompt && !conversation.ledger.is_known())
    return open_conversation(conversation, "startup");
  return Answer();
}

Result<Answer> on_compaction(Conversation& conversation) {
  if (conversation.event.client->compaction == client::Door::next_prompt) {
    note_compaction(conversation);
    return Answer();
  }
  const auto run = playbook::active_run(conversation.ledger.entries());
  if (!run) return Answer();
  Answer answer{.context =
                    "A playbook is open. Keep where it stands, what each finished step handed on, and what the "
                    "open steps still want:\n" +
                    playbook::drawing(*run, conversation.ledger.entries())};
  for (const playbook::StepStatus& status : run->steps)
    if (!status.result.empty())
      answer.context += "Result of step " + std::to_string(status.number) + ": " + status.result + "\n";
  return answer;
}

}  // namespace cascade::hook
