// A gate is seen from three sides: what cascade.yaml says (configured), what its record allows (earned), and what
// applies (in force). Before records are shown, every repository with open trials is looked at, because its history may
// have settled some of them.
#include "gates/gate_views.h"

#include <algorithm>
#include <set>

#include "cli/data_files.h"
#include "files/tree.h"
#include "gates/check_run.h"
#include "git/expected.h"
#include "records/built_in.h"
#include "records/gate_history.h"
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

}  // namespace cascade::cli
