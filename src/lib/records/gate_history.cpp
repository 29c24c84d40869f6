// Two passes. The first finds for each trial the commit that the flagged change became, and keeps it: a later rebase
// cannot take it away any more. The second asks how that commit ended (reverted, mended, or still there after 14 days)
// and settles the trial. A trial without a commit stays open.
#include "records/gate_history.h"

namespace cascade::systems {
namespace {

using gate::Trial;
using repository::Commit;
using repository::History;

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

}  // namespace cascade::systems
