// Judges a repository's past as if a gate had been there: each commit, oldest first, is checked out into a temporary
// folder and checked there. A flag is settled when a later commit reverts or fixes the flagged one (right), or when it
// has stood long enough (wrong). Merges are passed over, since each of their parents was judged by itself.
#include "gates/gate_replay.h"

#include <algorithm>
#include <vector>

#include "cli/data_files.h"
#include "files/temporary_folder.h"
#include "gates/check_run.h"
#include "git/git_program.h"
#include "records/gate_history.h"
#include "records/gate_records.h"
#include "store/state_store.h"

namespace cascade::cli {
namespace {

using rendering::GateView;

using gate::Trial;
using repository::Commit;
using repository::History;

class Replay {
 public:
  Replay(gate::Records& records, const GatePlace& place, const GateView& gate, const History& history)
      : records_(records), place_(place), gate_(gate), history_(history) {}

  // Settles the flags on commits that this one undoes, and on those that have stood long enough by then.
  Result<void> settle(std::size_t index, std::int64_t now) {
    for (const repository::Undone& undone : history_.undone_by(index)) {
      const bool counts = history_.end_of(undone.id).by == &history_.commits()[index];
      if (!counts) continue;
      if (auto done =
              decide(undone.id, {undone.reverted ? "reverted" : "fixed", true, history_.commits()[index].id}, now);
          !done)
        return done;
    }
    return settle_standing(history_.commits()[index].time, now);
  }

  Result<void> settle_standing(std::int64_t time, std::int64_t now) {
    for (std::size_t i = 0; i < waiting_.size();) {
      const Commit* const commit = history_.find(waiting_[i].commit);
      if (commit == nullptr || time - commit->time < systems::standing_seconds) {
        ++i;
        continue;
      }
      if (auto done = decide(std::string(commit->id), {"standing", false, commit->id}, now); !done) return done;
    }
    return {};
  }

  Result<void> judge(const Commit& commit, repository::GitProgram& git) {
    const auto known = records_.of_commit(commit.id);
    if (!known) return known.error();
    for (const Trial& trial : *known)
      if (trial.gate == gate_.rule.gate && trial.version == gate_.standing.version) {
        ++replayed.known;
        if (trial.flagged && !trial.correct) waiting_.push_back(trial);
        return {};
      }
    auto folder = files::TemporaryFolder::make();
    if (!folder) return folder.error();
    if (auto done = git.check_out(place_.work_tree, commit.id, folder->path()); !done) return done;
    const systems::CheckRun run =
        systems::run_check(*gate_.check, folder->path(), place_.work_tree, gate_.check->seconds * 1'000);
    if (!run.failure.empty()) {
      ++replayed.not_judged;
      return {};
    }
    Trial trial;
    trial.subject = "replay/" + commit.id;
    trial.flagged = run.flagged;
    const auto standing = records_.standing(gate_.rule);
    if (!standing) return standing.error();
    trial.mode = gate::in_force(*standing, systems::level_of(gate_.configured));  // as it would have been then
    trial.repo = place_.work_tree;
    trial.base = commit.parents.empty() ? std::string() : commit.parents.front();
    trial.commit = commit.id;
    trial.at = commit.time;
    auto kept = records_.note(gate_.rule, trial);
    if (!kept) return kept.error();
    ++replayed.commits;
    if (!run.flagged) return {};
    ++replayed.flagged;
    waiting_.push_back(*std::move(kept));
    return {};
  }

  Replayed replayed;

 private:
  Result<void> decide(const std::string& commit, const gate::Outcome& outcome, std::int64_t now) {
    const auto trial =
        std::find_if(waiting_.begin(), waiting_.end(), [&](const Trial& one) { return one.commit == commit; });
    if (trial == waiting_.end()) return {};
    const auto done = records_.decide(trial->id, outcome, now);
    if (!done) return done.error();
    ++(outcome.correct ? replayed.right : replayed.wrong);
    waiting_.erase(trial);
    return {};
  }

  gate::Records& records_;
  const GatePlace& place_;
  const GateView& gate_;
  const History& history_;
  std::vector<Trial> waiting_;  // flags without an outcome
};

}  // namespace

Result<Replayed> replay_gate(Call& call, const GatePlace& place, const GateView& gate, const std::string& since,
                             std::int64_t now) {
  repository::GitProgram git(git_program());
  const auto history = git.history(place.work_tree, since, false);
  if (!history) return history.error();
  auto records = gate::Records::open(store_at(call.environment(), place.store, true, true));
  if (!records) return records.error();
  GateView current = gate;
  const auto standing = records->standing(gate.rule);
  if (!standing) return standing.error();
  current.standing = *standing;
  Replay replay(*records, place, current, *history);
  const std::vector<Commit>& commits = history->commits();
  for (std::size_t i = 0; i < commits.size(); ++i) {
    call.console().progress("commit " + std::to_string(i + 1) + " of " + std::to_string(commits.size()));
    if (auto settled = replay.settle(i, now); !settled) return settled.error();
    if (commits[i].parents.size() > 1) continue;
    if (auto judged = replay.judge(commits[i], git); !judged) return judged.error();
  }
  call.console().progress("");
  if (auto settled = replay.settle_standing(now, now); !settled) return settled.error();
  if (auto settled = systems::settle_by_history(*records, git, place.work_tree, now); !settled) return settled.error();
  return replay.replayed;
}

}  // namespace cascade::cli
