// Ledger lines of one session are folded into subagents with their calls; for each that stopped, the new part of its
// transcript is read from where the last line ended. The client writes transcripts late, so a stretch whose last words
// do not match the stop event is left for the next time.
#include "runs/runs.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <thread>
#include <utility>

#include "files/tree.h"
#include "hash/content_hash.h"
#include "text/ascii.h"
#include "text/names.h"

namespace cascade::tiers {
namespace {

using session::Entry, session::Event, session::Ledger, session::RunNote;

// A subagent as the ledger describes it.
struct Subagent {
  std::string id, call, type, transcript, prompt_id, interrupt;
  std::uint64_t expects = 0, until = 0;
  bool failed = false;   // its call failed
  bool pending = false;  // it stopped, and no line has the outcome yet
  bool told = false;     // a line has the outcome of an earlier stop
};

struct Past {
  std::vector<Subagent> subagents;                 // in the order of their first mention
  std::map<std::string, const Entry*> issued;      // by call
  std::map<std::string, std::string> outcomes;     // by call
  std::map<std::string, std::string> subagent_of;  // by call

  Subagent& subagent(const std::string& id) {
    if (Subagent* const known = letters::find_first(subagents, &Subagent::id, id)) return *known;
    Subagent& made = subagents.emplace_back();
    made.id = id;
    return made;
  }
};

void take_call(const Entry& entry, Past& past) {
  const RunNote& note = entry.run;
  if (note.action == session::issued_action) past.issued[note.call] = &entry;
  if (note.action == session::failed_action && !note.call.empty()) past.outcomes[note.call] = failed;
  if (note.id.empty()) return;
  Subagent& subagent = past.subagent(note.id);
  if (!note.call.empty()) subagent.call = note.call;
  if (!note.agent.empty()) subagent.type = note.agent;
  if (!note.transcript.empty()) subagent.transcript = note.transcript;
  if (!entry.prompt_id.empty()) subagent.prompt_id = entry.prompt_id;
  if (note.action == session::failed_action) subagent.failed = subagent.pending = true;
  if (note.action == session::stopped_action) {
    subagent.pending = true;
    subagent.expects = note.expects;
    subagent.interrupt = note.outcome;
  }
}

// One pass over the ledger; what later lines say wins.
Past past_of(const Ledger& ledger) {
  Past past;
  for (const Entry& entry : ledger.entries()) {
    if (entry.event == Event::call) take_call(entry, past);
    if (entry.event != Event::run) continue;
    Subagent& subagent = past.subagent(entry.run.id);
    subagent.until = std::max(subagent.until, entry.run.until);
    if (!entry.run.call.empty()) subagent.call = entry.run.call;
    if (entry.run.outcome.empty()) continue;
    subagent.pending = subagent.failed = false;
    subagent.told = true;
    past.outcomes[entry.run.call] = entry.run.outcome;
  }
  for (const Subagent& subagent : past.subagents)
    if (!subagent.call.empty()) past.subagent_of[subagent.call] = subagent.id;
  return past;
}

// The event's last words may be one text of the last answer or all of them joined, depending on the client's version.
bool says(const Stretch& stretch, std::uint64_t expected) {
  std::string all;
  for (const std::string& text : stretch.last_texts) {
    if (words_hash(text) == expected) return true;
    all += text + "\n";
  }
  return words_hash(all) == expected;
}

// The client writes a transcript after it calls the hooks; this tells whether the stretch is complete.
bool is_whole(const Subagent& subagent, const Stretch& stretch, std::int64_t now) {
  if (stretch.failed) return true;
  if (stretch.ends && (subagent.expects == 0 || says(stretch, subagent.expects))) return true;
  constexpr std::int64_t settled_after = 2;
  const auto stamp = files::DiskTree().stat(subagent.transcript);
  return stamp && now > 0 && stamp->modified_ns / 1'000'000'000 + settled_after <= now;
}

std::string outcome_of(const Subagent& subagent, const Stretch& stretch, bool has_open_effect) {
  if (!subagent.interrupt.empty()) return subagent.interrupt;
  if (subagent.failed || stretch.failed) return std::string(failed);
  if (stretch.tool_failed) return std::string(tool_error);
  return std::string(has_open_effect ? unverified : done);
}

// The lines for one subagent's stretch. An empty `outcome` means that there is more to come.
std::vector<Entry> lines_of(const Subagent& subagent, const Past& past, const Stretch& stretch,
                            const std::string& outcome, std::int64_t now) {
  Entry base;
  base.event = Event::run;
  base.prompt_id = subagent.prompt_id;
  base.written_at = now;
  base.run.id = subagent.id;
  base.run.call = subagent.call;
  base.run.agent = subagent.type;
  base.run.until = stretch.end;
  if (const auto issued = past.issued.find(subagent.call); issued != past.issued.end()) {
    const RunNote& note = issued->second->run;
    base.prompt_id = issued->second->prompt_id;
    base.recipient = issued->second->recipient;
    base.run.agent = note.agent;
    base.run.tier = note.tier;
    base.run.raised = note.raised;
    base.run.effort = note.effort;
    base.run.session_model = note.session_model;
    base.run.task = note.task;
  }
  std::vector<Entry> lines;
  for (const Answers& answers : stretch.models) {
    lines.push_back(base);
    lines.back().run.model = answers.model;
    lines.back().run.usage = answers.usage;
    lines.back().run.long_usage = answers.long_usage;
  }
  if (lines.empty()) lines.push_back(base);
  lines.back().run.tools = stretch.tools;
  lines.back().run.outcome = outcome;
  return lines;
}

// Adds the lines, unless another process has added them meanwhile.
Result<void> add_lines(const Subagent& subagent, std::vector<Entry> lines, Ledger& ledger) {
  return ledger.extend([&](const Ledger& now) {
    Past past = past_of(now);
    const Subagent& same = past.subagent(subagent.id);
    return same.pending && same.until == subagent.until ? std::move(lines) : std::vector<Entry>();
  });
}

// Returns whether everything in the transcript so far is recorded.
Result<bool> settle_one(Subagent subagent, const Settling& settling, const HasOpenEffect& has_open_effect,
                        Ledger& ledger) {
  while (true) {
    const auto stretch = read_transcript(subagent.transcript, subagent.until);
    if (!stretch) return subagent.failed && stretch.error().code == ErrorCode::not_found;  // it may never have started
    const bool whole = is_whole(subagent, *stretch, settling.now);
    const bool is_part = !whole && stretch->end - subagent.until >= (8 << 20);
    if (!whole && !is_part) return false;
    const std::string outcome =
        whole ? outcome_of(subagent, *stretch, has_open_effect && has_open_effect(ledger, subagent.id)) : std::string();
    if (auto added = add_lines(subagent, lines_of(subagent, past_of(ledger), *stretch, outcome, settling.now), ledger);
        !added)
      return added.error();
    if (whole) return true;
    subagent.until = stretch->end;
  }
}

// The same task with other punctuation, spacing or case has the same hash.
std::uint64_t task_hash(std::string_view task) {
  std::string words;
  for (const char c : task) {
    const bool is_word = letters::is_letter_or_digit(c) || static_cast<unsigned char>(c) >= 0x80;
    if (is_word)
      words += letters::to_lower(c);
    else if (!words.empty() && words.back() != ' ')
      words += ' ';
  }
  while (!words.empty() && words.back() == ' ') words.pop_back();
  return hash::hash64(words);
}

// Whether a call must go one tier up. Only calls of the same turn and agent count. One raise a turn: a task that the
// higher tier fails, too, is not a matter of the tier.
bool is_to_be_raised(const Issue& issue, std::uint64_t task, const HasOpenEffect& has_open_effect,
                     const Ledger& ledger) {
  const Past past = past_of(ledger);
  bool raise = false;
  for (const auto& [call, entry] : past.issued) {
    const RunNote& note = entry->run;
    if (entry->prompt_id != issue.prompt_id || note.agent != issue.agent || call == issue.call) continue;
    if (note.raised) return false;
    const auto outcome = past.outcomes.find(call);
    if (outcome == past.outcomes.end()) continue;  // it is still at work
    const auto id = past.subagent_of.find(call);
    const bool open = id != past.subagent_of.end() && has_open_effect && has_open_effect(ledger, id->second);
    raise = raise || open || outcome->second == failed || outcome->second == tool_error ||
            (note.task == task && outcome->second != interrupted);
  }
  return raise;
}

// Chooses a subagent's model and effort. The manifest's tier gives both; a raised call takes the next stronger tier. A
// model above the session's is used only if the configuration allows it; otherwise the session's own model is the
// limit. What the agent's manifest or the caller sets takes precedence, so the tier fills only what they leave open.
using client::Family, policy::Tier;

// A tier that names no model runs on the session's.
std::pair<int, int> strength(const Tier& tier, std::optional<Family> session) {
  const std::optional<Family> family = tier.model ? tier.model : session;
  const auto effort = client::effort_rank(tier.effort);
  return {family ? static_cast<int>(*family) : static_cast<int>(Family::fable), effort ? static_cast<int>(*effort) : 0};
}

// The weakest of the stronger tiers; null if there is none.
const Tier* next(const Tier& own, const policy::Tiers& tiers, std::optional<Family> session) {
  const Tier* found = nullptr;
  for (const Tier& tier : tiers.all) {
    if (strength(tier, session) <= strength(own, session)) continue;
    if (found == nullptr || strength(tier, session) < strength(*found, session)) found = &tier;
  }
  return found;
}

bool may_run(Family family, std::optional<Family> session, bool raise) {
  return raise || family == Family::haiku || (session && family <= *session);
}

// The limit if a tier's model is too strong: the session's own model. Unset, the client uses that by itself, except for
// a subagent's subagent, which would get its caller's.
std::string most(const Start& start) {
  return start.nested && start.session ? std::string(to_string(*start.session)) : std::string();
}

}  // namespace

std::uint64_t words_hash(std::string_view text) {
  std::string bare;
  for (const char c : text)
    if (!letters::is_space(c)) bare += c;
  return bare.empty() ? 0 : hash::hash64(bare);
}

Result<Choice> issue(const Issue& issue, const policy::Tiers& tiers, const HasOpenEffect& has_open_effect,
                     Ledger& ledger, std::int64_t now) {
  Choice choice;
  const std::uint64_t task = task_hash(issue.task);
  const auto noted = ledger.extend([&](const Ledger& past) -> std::vector<Entry> {
    for (const Entry& entry : past.entries())
      if (entry.event == Event::call && entry.run.action == session::issued_action && entry.run.call == issue.call) {
        choice = {entry.run.tier, entry.run.raised, entry.run.model, entry.run.effort};
        return {};
      }
    Start start = issue.start;
    start.raise = tiers.find(start.tier) != nullptr && is_to_be_raised(issue, task, has_open_effect, past);
    choice = choose(start, tiers);
    if (!issue.sets) choice = {choice.tier, choice.raised, {}, {}};
    Entry entry;
    entry.event = Event::call;
    entry.recipient = issue.caller.empty() ? std::string(session::main_conversation) : issue.caller;
    entry.prompt_id = issue.prompt_id;
    entry.written_at = now;
    entry.run.action = session::issued_action;
    entry.run.call = issue.call;
    entry.run.agent = issue.agent;
    entry.run.tier = choice.tier;
    entry.run.raised = choice.raised;
    entry.run.model = choice.model;
    entry.run.effort = choice.effort;
    entry.run.session_model = issue.session_model;
    entry.run.task = task;
    return {entry};
  });
  if (!noted) return noted.error();
  return choice;
}

Result<void> note_call(RunNote note, const std::string& prompt_id, Ledger& ledger, std::int64_t now) {
  return ledger.extend([&](const Ledger& past) -> std::vector<Entry> {
    for (const Entry& entry : past.entries())
      if (entry.event == Event::call && note.action != session::stopped_action && entry.run.action == note.action &&
          entry.run.call == note.call && entry.run.id == note.id)
        return {};
    Entry entry;
    entry.event = Event::call;
    entry.prompt_id = prompt_id;
    entry.written_at = now;
    entry.run = std::move(note);
    return {entry};
  });
}

// Waits in short steps for transcripts that are still being written, no longer than the hook may take.
Result<void> settle(const Settling& settling, const HasOpenEffect& has_open_effect, Ledger& ledger) {
  constexpr std::uint32_t step_ms = 25;
  for (std::uint32_t waited = 0;; waited += step_ms) {
    bool all = true;
    for (const Subagent& subagent : past_of(ledger).subagents) {
      if (!subagent.pending || subagent.transcript.empty() || (subagent.call.empty() && !settling.unlinked)) continue;
      const auto settled = settle_one(subagent, settling, has_open_effect, ledger);
      if (!settled) return settled.error();
      all = all && *settled;
    }
    if (all || waited >= settling.patience_ms) return {};
    std::this_thread::sleep_for(std::chrono::milliseconds(step_ms));
  }
}

std::vector<Entry> unsettled_runs(const HasOpenEffect& has_open_effect, const Ledger& ledger) {
  std::vector<Entry> lines;
  const Past past = past_of(ledger);
  for (Subagent subagent : past.subagents) {
    if ((!subagent.pending && subagent.told) || subagent.transcript.empty()) continue;
    for (bool more = true; more;) {
      const auto stretch = read_transcript(subagent.transcript, subagent.until);
      more = stretch && !stretch->ends && stretch->end - subagent.until >= (8 << 20);
      if (!stretch) break;
      const std::string outcome =
          more || !subagent.pending  // it is still at work, or its session was ended
              ? std::string()
              : outcome_of(subagent, *stretch, has_open_effect && has_open_effect(ledger, subagent.id));
      for (Entry& line : lines_of(subagent, past, *stretch, outcome, 0)) lines.push_back(std::move(line));
      subagent.until = stretch->end;
    }
  }
  return lines;
}

Choice choose(const Start& start, const policy::Tiers& tiers) {
  const Tier* tier = tiers.find(start.tier);
  Choice choice;
  if (tier == nullptr) return choice;
  choice.tier = tier->name;
  std::string effort = tier->effort;
  std::string model;
  if (start.raise) {
    choice.raised = true;
    tier = next(*tier, tiers, start.session);
    choice.tier = tier == nullptr ? "session" : tier->name;
    effort = tier == nullptr ? std::string() : tier->effort;
  }
  if (tier == nullptr)
    model = most(start);
  else if (tier->model)
    model = may_run(*tier->model, start.session, tiers.raise || tier->raise) ? std::string(to_string(*tier->model))
                                                                             : most(start);
  // If the client does not read the manifest because Cascade serves it, its own model must be passed on.
  if (!start.own_model.empty()) {
    const auto own = client::find_family(start.own_model);
    const bool passed = !start.is_read && own && may_run(*own, start.session, tiers.raise);
    model = passed ? start.own_model : std::string();
  }
  if (!start.own_effort.empty())
    effort = !start.is_read && client::effort_rank(start.own_effort) ? start.own_effort : std::string();
  if (start.asked_model.empty()) choice.model = model;
  if (start.asked_effort.empty()) choice.effort = effort;
  return choice;
}

}  // namespace cascade::tiers
