// Opens a gate's record for the systems that judge: each judgement becomes a trial, and the record decides how hard the
// gate may press. Before a check of the user's is judged, its open trials are settled from the repository's history, so
// that what happened since then counts.
#include "records/gate_records.h"

#include "git/git_program.h"
#include "records/built_in.h"
#include "records/gate_history.h"

namespace cascade::systems {
namespace {

using gate::Level;
using gate::Trial;

gate::Rule rule_of(const Judgement& judgement) {
  if (const gate::BuiltIn* known = gate::find_built_in(judgement.gate)) return known->rule;
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
  Graded graded{mode_of(force), gate::sentence_about(*standing)};
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
  graded.record += standing->is_graded
                       ? "; trial " + id + ". If it is wrong here, the user runs: cascade gate judge " + id + " wrong"
                       : "; trial " + id;
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
