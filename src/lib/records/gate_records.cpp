// Opens a gate's record for the systems that judge: each judgement becomes a trial, and the record decides how hard the
// gate may press. Before a check of the user's is judged, its open trials are settled from the repository's history, so
// that what happened since then counts.
#include "records/gate_records.h"

#include <algorithm>

#include "hash/content_hash.h"
#include "system/system.h"
#include "text/names.h"

namespace cascade::systems {
namespace {

using gate::Level, gate::Trial;

gate::Rule rule_of(const Judgement& judgement) {
  if (const auto* known = letters::find_first(gate::built_ins(), &gate::BuiltIn::name, judgement.gate))
    return known->rule;
  return {judgement.gate, judgement.rule};
}

policy::Mode mode_of(Level level) noexcept {
  return level == Level::block ? policy::Mode::block : level == Level::warn ? policy::Mode::warn : policy::Mode::shadow;
}

// When a check passes, its earlier flags may be settled: the flagged state is gone, and it was not committed or pushed.
bool is_mended(const Trial& trial, const Judgement& judgement) {
  if (!trial.commit.empty()) return false;  // it was let through: history will decide
  const bool same_base = trial.base == judgement.base, same_state = trial.state == judgement.state;
  switch (judgement.check->at) {
    case policy::Check::At::commit: return same_base && !same_state;
    case policy::Check::At::stop: return same_base && !same_state && trial.mode >= Level::warn;
    case policy::Check::At::push: return (!same_base || !same_state) && trial.mode == Level::block;
  }
  return false;
}

Result<void> look_back(gate::Records& records, const Judgement& judgement, const Surroundings& surroundings) {
  const std::int64_t now = surroundings.now;
  const auto open = records.unsettled(judgement.repo);
  if (!open) return open.error();
  if (open->empty()) return {};
  repository::GitProgram git(surroundings.git_program);
  if (auto settled = settle_by_history(records, git, judgement.repo, now); !settled) return settled;
  for (const Trial& trial : *open) {
    if (judgement.flagged || trial.gate != judgement.gate || trial.correct || !is_mended(trial, judgement)) continue;
    const auto still = records.find(trial.id);
    if (!still) return still.error();
    if (!*still || (*still)->correct) continue;
    if (const auto done = records.decide(trial.id, {"fixed", true, "it passes now"}, now); !done) return done.error();
  }
  return {};
}

}  // namespace

Result<Graded> judge_by_record(const Judgement& judgement, const Surroundings& surroundings) {
  auto records = gate::Records::open(surroundings.store_options(judgement.store, true));
  if (!records) return records.error();
  if (judgement.check != nullptr && !judgement.repo.empty())
    if (auto done = look_back(*records, judgement, surroundings); !done) return done.error();
  const gate::Rule rule = rule_of(judgement);
  const auto standing = records->standing(rule);
  if (!standing) return standing.error();
  const Level force = gate::in_force(*standing, level_of(judgement.configured));
  Graded graded{mode_of(force), gate::sentence_about(*standing), {}};
  if (!judgement.is_noted) return graded;
  Trial trial;
  trial.subject = judgement.subject;
  trial.flagged = judgement.flagged;
  trial.mode = force;
  trial.repo = judgement.repo;
  trial.base = judgement.base;
  trial.state = judgement.state;
  trial.commit = force == Level::block ? std::string() : judgement.commit;
  trial.at = surroundings.now;
  const auto kept = records->note(rule, trial);
  if (!kept) return kept.error();
  if (!judgement.flagged) return graded;
  const std::string id = std::to_string(kept->id);
  graded.trial = "trial " + id;
  if (standing->is_graded) graded.trial += ". If it is wrong here, the user runs: cascade gate judge " + id + " wrong";
  graded.record += "; " + graded.trial;
  return graded;
}

bool is_judged(const Judgement& judgement, const Surroundings& surroundings) {
  auto records = gate::Records::open(surroundings.store_options(judgement.store, false));
  if (!records) return false;
  const auto known = records->knows(rule_of(judgement), judgement.subject);
  return known && *known;
}

Result<void> settle(const Judgement& judgement, const std::string& kind, bool correct,
                    const Surroundings& surroundings) {
  auto records = gate::Records::open(surroundings.store_options(judgement.store, false));
  if (!records) return records.error().code == ErrorCode::not_found ? Result<void>() : records.error();
  const auto open = records->of_subject(judgement.gate, judgement.subject);
  if (!open) return open.error();
  for (const Trial& trial : *open) {
    if (kind == "fixed" && trial.mode == Level::shadow) continue;  // no one was told
    if (const auto done = records->decide(trial.id, {kind, correct, ""}, surroundings.now); !done) return done.error();
  }
  return {};
}

gate::Level level_of(policy::Mode mode) noexcept {
  return mode == policy::Mode::block ? Level::block : mode == policy::Mode::warn ? Level::warn : Level::shadow;
}

}  // namespace cascade::systems

namespace cascade::gate {

// The words of a rule identify its version: they change with its behaviour, and then its record starts again. The
// counts are those of the first run on cases that were written and labelled after the rules, and to which nothing was
// fitted. docs/guard.md: 78 of 80 commands that should be stopped were, and none of 46 harmless ones. docs/effects.md:
// 47 of 48 calls taken for effects were effects, and 52 of 54 short conversations went as labelled; each of the other
// three counts as a wrong flag, which is the worst it can have been.
const std::vector<BuiltIn>& built_ins() {
  static const std::vector<BuiltIn> all = {
      {"effects", {"effects", "1", {99, 3}, true}, "102 labelled calls and conversations (docs/effects.md)"},
      {"leases", {"leases", "1", {}, false}, ""},
      {"repository", {"repository", "1", {78, 0}, true}, "126 labelled commands (docs/guard.md)"},
      {"tools", {"tools", "1", {}, false}, ""},
      {"trust", {"trust", "1", {}, false}, ""}};
  return all;
}

}  // namespace cascade::gate

// Two passes. The first finds for each trial the commit that the flagged change became, and keeps it: a later rebase
// cannot take it away any more. The second asks how that commit ended (reverted, mended, or still there after 14 days)
// and settles the trial. A trial without a commit stays open.

namespace cascade::systems {
namespace {

using gate::Trial, repository::Commit, repository::History;

// The commit that a flag became: the next one on the same base, if nothing stopped it. For a flag at the end of a turn,
// it must contain the same change.
const Commit* commit_of(const Trial& trial, const History& history) {
  if (!trial.commit.empty()) return history.find(trial.commit);
  if (trial.mode == gate::Level::block || trial.base.empty()) return nullptr;
  const Commit* const next = history.child_of(trial.base);
  const bool whole = trial.subject.compare(0, 5, "stop/") == 0;
  return next == nullptr || (whole && next->state != trial.state) ? nullptr : next;
}

}  // namespace

Result<void> settle_by_history(gate::Records& records, repository::GitProgram& git, const std::string& work_tree,
                               std::int64_t now) {
  auto trials = records.unsettled(work_tree);
  if (!trials) return trials.error();
  if (work_tree.empty() || trials->empty()) return {};
  const auto history = git.history(work_tree, "", true);
  if (!history) return {};
  for (Trial& trial : *trials) {
    const Commit* const commit = commit_of(trial, *history);
    if (commit == nullptr) continue;
    if (trial.commit.empty())
      if (auto kept = records.attach(trial.id, commit->id); !kept) return kept;
  }
  for (const Trial& trial : *trials) {
    const Commit* const commit = commit_of(trial, *history);
    if (commit == nullptr) continue;
    const History::End end = history->end_of(commit->id);
    gate::Outcome outcome{"standing", false, commit->id};
    if (end.by != nullptr) outcome = {end.reverted ? "reverted" : "fixed", true, end.by->id};
    const bool settled = end.by != nullptr || (now - commit->time >= standing_seconds && !trial.correct);
    if (!settled) continue;
    if (const auto done = records.decide(trial.id, outcome, now); !done) return done.error();
  }
  return {};
}

namespace {

// Self-protection and steps that the user ends ask a question and judge nothing. `tools` is the core's own judge.
bool is_gate(std::string_view name) {
  const auto is_called_so = [&](const core::System* system) {
    return system->is_graded && std::ranges::find(system->switches, name) != system->switches.end();
  };
  const auto all = core::systems();
  return name == "tools" || std::ranges::any_of(all, is_called_so);
}

}  // namespace

std::string subject_of(const std::string& session, const std::string& what) {
  return session + "/" + (what.empty() ? std::string() : hash::to_hex(hash::hash64(what)));
}

std::size_t grade(JudgedCall& call, std::size_t first) {
  const Surroundings& surroundings = call.surroundings;
  const std::string& session = call.event.session_id;
  const std::size_t count = call.verdicts.size();
  if (session.empty() || surroundings.state_directory.empty()) return count;
  const auto store = policy::store_of(call.policy);
  for (std::size_t i = first; store && i < count; ++i) {
    Verdict& verdict = call.verdicts[i];
    if (!is_gate(verdict.system) || verdict.decision == repository::Decision::silent) continue;
    Judgement judgement;
    judgement.gate = verdict.system;
    judgement.configured = verdict.mode;
    judgement.flagged = true;
    judgement.subject = subject_of(session, call.event.prompt_id + "\n" + verdict.reason);
    judgement.store = *store;
    const auto graded = judge_by_record(judgement, surroundings);
    if (graded) verdict.mode = graded->mode;  // if the store cannot be written, nothing is loosened
    if (!graded)
      verdict.reason += ". Its record cannot be read: " + graded.error().message;
    else if (!graded->trial.empty())
      verdict.reason += ". T" + graded->trial.substr(1);
  }
  return count;
}

}  // namespace cascade::systems
