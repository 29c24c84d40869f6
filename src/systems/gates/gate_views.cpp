// A gate is seen from three sides: what cascade.yaml says (configured), what its record allows (earned), and what
// applies (in force). Before records are shown, every repository with open trials is looked at, because its history may
// have settled some of them.
#include "gates/gate_views.h"

#include <algorithm>
#include <set>
#include <vector>

#include "cli/environment.h"
#include "files/folder.h"
#include "files/tree.h"
#include "gates/own_checks.h"
#include "git/expected.h"
#include "git/git_program.h"
#include "records/gate_records.h"
#include "store/state_store.h"

namespace cascade::cli {
namespace {

using rendering::GateView;

constexpr std::size_t most_trials = 1'000;

policy::Mode configured_mode_of(const policy::Policy& policy, std::string_view gate) {
  if (gate == "effects") return policy.mode_of("effects");
  if (gate == "leases") return policy.mode_of("leases");
  if (gate == "repository") return policy.mode_of("repository");
  if (gate == "tools") return policy.mode_of("tools");
  if (gate == "trust") return policy.mode_of("trust");
  return policy::Mode::block;
}

std::vector<GateView> gates_of(const GatePlace& place) {
  std::vector<GateView> views;
  for (const gate::BuiltIn& one : gate::built_ins()) {
    GateView& view = views.emplace_back();
    view.rule = one.rule;
    view.configured = configured_mode_of(place.policy, one.name);
    view.known_from = one.known_from;
  }
  for (const policy::Check& check : place.policy.checks) {
    GateView& view = views.emplace_back();
    view.rule = {check.name, systems::rule_words(check, place.work_tree)};
    view.configured = check.mode;
    view.check = check;
  }
  std::sort(views.begin(), views.end(), [](const GateView& a, const GateView& b) { return a.rule.gate < b.rule.gate; });
  for (GateView& view : views) take_standing(view, gate::beginning(view.rule));
  return views;
}

}  // namespace

void take_standing(GateView& view, const gate::Standing& standing) {
  view.standing = standing;
  view.configured_mode = standing.set ? to_string(*standing.set) : to_string(view.configured);
  view.in_force = view.configured == policy::Mode::off
                      ? to_string(policy::Mode::off)
                      : to_string(gate::in_force(standing, systems::level_of(view.configured)));
}

Result<GatePlace> gate_place(const Environment& environment) {
  const files::DiskTree tree;
  const std::string here = tree.real_path(".").value_or("/");
  auto policy = policy::read_policy(tree, environment.users_configuration, here);
  if (!policy) return policy.error();
  auto store = policy::store_of(*policy);
  if (!store) return store.error();
  std::string work_tree = repository::work_tree_root(here, tree);
  if (work_tree.empty()) work_tree = here;
  return GatePlace{*std::move(policy), *std::move(store), std::move(work_tree)};
}

std::optional<rendering::GateView> find_gate(const GatePlace& place, const std::string& name) {
  for (GateView& view : gates_of(place))
    if (view.rule.gate == name) return std::move(view);
  return std::nullopt;
}

Result<void> look_at_histories(gate::Records& records, std::int64_t now) {
  const auto open = records.unsettled("");
  if (!open) return open.error();
  std::set<std::string> work_trees;
  for (const gate::Trial& trial : *open)
    if (!trial.repo.empty()) work_trees.insert(trial.repo);
  repository::GitProgram git(git_program());
  for (const std::string& work_tree : work_trees)
    if (auto settled = systems::settle_by_history(records, git, work_tree, now); !settled) return settled;
  return {};
}

Result<std::vector<rendering::GateView>> gate_views(const Environment& environment, const GatePlace& place,
                                                    std::int64_t now) {
  std::vector<GateView> views = gates_of(place);
  auto records = gate::Records::open(store_at(environment, place.store, false, true));
  if (!records && records.error().code == ErrorCode::not_found) return views;
  if (!records) return records.error();
  if (auto looked = look_at_histories(*records, now); !looked) return looked.error();
  for (GateView& view : views) {
    const auto standing = records->standing(view.rule);
    if (!standing) return standing.error();
    take_standing(view, *standing);
    auto trials = records->trials(view.rule.gate, standing->version, most_trials);
    if (!trials) return trials.error();
    view.trials = *std::move(trials);
  }
  return views;
}

// Judges a repository's past as if a gate had been there: each commit, oldest first, is checked out into a temporary
// folder and checked there. A flag is settled when a later commit reverts or fixes the flagged one (right), or when it
// has stood long enough (wrong). Merges are passed over, since each of their parents was judged by itself.
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
