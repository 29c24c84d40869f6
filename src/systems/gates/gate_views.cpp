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
#include "policy/checks.h"
#include "records/gate_records.h"
#include "render/parts.h"
#include "store/state_store.h"
#include "syntax/put.h"
#include "unicode/utf8.h"

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
  std::ranges::sort(views, [](const GateView& a, const GateView& b) { return a.rule.gate < b.rule.gate; });
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

namespace {

// What the history says became of a commit; nothing: it is too young to tell.
std::optional<gate::Outcome> outcome_of(const repository::History& history, const repository::Commit& commit,
                                        std::int64_t now) {
  const repository::History::End end = history.end_of(commit.id);
  if (end.by != nullptr) return gate::Outcome{end.reverted ? "reverted" : "fixed", true, end.by->id};
  if (now - commit.time < systems::standing_seconds) return std::nullopt;
  return gate::Outcome{"standing", false, commit.id};
}

}  // namespace

// Each commit after `since`, oldest first, is checked out into a temporary folder and checked there; what became of it
// is known. Merges are passed over, since each of their parents was judged by itself.
Result<Replayed> replay_gate(Call& call, const GatePlace& place, const GateView& gate, const std::string& since,
                             std::int64_t now) {
  repository::GitProgram git(git_program());
  const auto history = git.history(place.work_tree, since, false);
  if (!history) return history.error();
  auto records = gate::Records::open(store_at(call.environment(), place.store, true, true));
  if (!records) return records.error();
  Replayed replayed;
  std::size_t number = 0;
  for (const repository::Commit& commit : history->commits()) {
    call.console().progress("commit " + std::to_string(++number) + " of " + std::to_string(history->commits().size()));
    if (commit.parents.size() > 1) continue;
    const auto standing = records->standing(gate.rule);
    if (!standing) return standing.error();
    const auto known = records->of_commit(commit.id);
    if (!known) return known.error();
    if (std::any_of(known->begin(), known->end(), [&](const gate::Trial& trial) {
          return trial.gate == gate.rule.gate && trial.version == standing->version;
        })) {
      ++replayed.known;
      continue;
    }
    auto folder = files::TemporaryFolder::make();
    if (!folder) return folder.error();
    if (auto done = git.check_out(place.work_tree, commit.id, folder->path()); !done) return done.error();
    const systems::CheckRun run =
        systems::run_check(*gate.check, folder->path(), place.work_tree, gate.check->seconds * 1'000);
    if (!run.failure.empty()) {
      ++replayed.not_judged;
      continue;
    }
    gate::Trial trial;
    trial.subject = "replay/" + commit.id;
    trial.flagged = run.flagged;
    trial.mode = gate::in_force(*standing, systems::level_of(gate.configured));  // as earned so far
    trial.repo = place.work_tree;
    trial.base = commit.parents.empty() ? std::string() : commit.parents.front();
    trial.commit = commit.id;
    trial.at = commit.time;
    const auto kept = records->note(gate.rule, trial);
    if (!kept) return kept.error();
    ++replayed.commits;
    if (!run.flagged) continue;
    ++replayed.flagged;
    const auto outcome = outcome_of(*history, commit, now);
    if (!outcome) continue;
    if (auto done = records->decide(kept->id, *outcome, now); !done) return done.error();
    ++(outcome->correct ? replayed.right : replayed.wrong);
  }
  call.console().progress("");
  return replayed;
}

}  // namespace cascade::cli

// A gate's record as text and as JSON: precision with its 95 % interval, and how many right outcomes it would take to
// earn the next mode.
namespace cascade::rendering {
namespace {

using gate::Counts;
using gate::Interval;
using gate::Level;
using gate::Standing;
using gate::Trial;

constexpr std::int64_t day = 24 * 3600;
constexpr std::size_t shown_trials = 20;

std::int64_t age_days(const Trial& trial, std::int64_t now) {
  return std::max<std::int64_t>((now - trial.at) / day, 0);
}

// The next level above the earned one; block is the highest.
Level next_of(const Standing& standing) { return standing.earned == Level::shadow ? Level::warn : Level::block; }

void write_trial(syntax::JsonWriter& json, const Trial& trial, std::int64_t now) {
  syntax::put(json.begin_object(), "id", trial.id, "flagged", trial.flagged, "mode", to_string(trial.mode),
              "repository", trial.repo, "commit", trial.commit, "age_days", age_days(trial, now))
      .key("outcome");
  trial.correct ? json.string(trial.outcome) : json.null();
  json.key("correct");
  trial.correct ? json.boolean(*trial.correct) : json.null();
  json.end_object();
}

// null if nothing is left to be earned.
void write_way(syntax::JsonWriter& json, const Standing& standing) {
  json.key("next");
  if (!standing.is_graded || standing.earned == Level::block) {
    json.null();
    return;
  }
  const Level level = next_of(standing);
  const gate::Way way = gate::way_to(level, standing.all());
  syntax::put(json.begin_object(), "mode", to_string(level), "at_outcomes", way.outcomes, "more", way.more, "right",
              way.right)
      .end_object();
}

void write_members(syntax::JsonWriter& json, const GateView& gate, std::int64_t now) {
  const Standing& standing = gate.standing;
  syntax::put(json, "name", gate.rule.gate, "kind", gate.check ? "check" : "built-in", "graded", standing.is_graded,
              "configured", gate.configured_mode, "earned", to_string(standing.earned), "in_force", gate.in_force,
              "set", standing.set.has_value(), "version", standing.version);
  if (gate.check) {
    syntax::put(json, "at", to_string(gate.check->at), "run", gate.check->run);
  }
  const Counts counts = standing.all();
  const Interval interval = gate::interval(counts);
  syntax::put(json, "right", counts.right, "wrong", counts.wrong, "known_right", standing.known.right, "known_wrong",
              standing.known.wrong);
  json.key("precision_ppm");
  counts.total() == 0 ? json.null() : json.number(counts.right * 1'000'000 / counts.total());
  syntax::put(json, "lower_ppm", interval.lower, "upper_ppm", interval.upper, "open", standing.open, "standing",
              standing.standing);
  write_way(json, standing);
  json.key("trials").array(gate.trials, [&](const Trial& trial) { write_trial(json, trial, now); });
}

std::string padded(std::string text, std::size_t width) {
  if (text.size() < width) text.append(width - text.size(), ' ');
  return text;
}

std::string precision_of(const Standing& standing) {
  if (!standing.is_graded) return "recorded, not graded";
  const Counts counts = standing.all();
  if (counts.total() == 0) return "no outcomes yet";
  return std::to_string(counts.right) + " of " + std::to_string(counts.total()) + " right, 95 % interval " +
         to_string(gate::interval(counts));
}

// "at 20 outcomes, if 12 of the next 14 are right": the next decision that can reach the level.
std::string way_text(const Standing& standing, Level level) {
  const gate::Way way = gate::way_to(level, standing.all());
  std::string text = "at " + std::to_string(way.outcomes) + " outcomes, if ";
  text += way.right == way.more ? "all of the next " + std::to_string(way.more)
                                : std::to_string(way.right) + " of the next " + std::to_string(way.more);
  text += " are right";
  if (standing.standing > 0)
    text += "; the " + std::to_string(standing.standing) + " that were let through and stand count as wrong until then";
  return text;
}

std::string trial_line(const Trial& trial, std::int64_t now) {
  const std::int64_t days = age_days(trial, now);
  std::string text = "  " + padded(std::to_string(trial.id), 6);
  text += padded(days == 0 ? "today" : std::to_string(days) + " d ago", 13);
  text += padded(trial.flagged ? "flagged, " + std::string(to_string(trial.mode)) : "passed", 17);
  if (trial.correct)
    text += std::string(*trial.correct ? "right" : "wrong") + ": " + trial.outcome;
  else
    text += trial.flagged ? "open" : "";
  if (!trial.commit.empty()) text += "  " + trial.commit.substr(0, 10);
  while (text.back() == ' ') text.pop_back();
  return text + "\n";
}

}  // namespace

std::string gate_list_text(const std::vector<GateView>& gates, Format format, std::int64_t now) {
  if (format == Format::json) {
    auto json = document("cascade.gate-list/1");
    json.key("gates").objects(gates, [&](const GateView& gate) { write_members(json, gate, now); });
    return finish(json);
  }
  std::size_t width = 0;
  for (const GateView& gate : gates) width = std::max(width, gate.rule.gate.size());
  std::string text;
  for (const GateView& gate : gates)
    text += padded(gate.rule.gate, width) + "  " + padded(gate.in_force, 6) + "  configured " +
            padded(gate.configured_mode, 6) + "  earned " + padded(std::string(to_string(gate.standing.earned)), 6) +
            "  " + precision_of(gate.standing) + "\n";
  return text;
}

std::string gate_text(const GateView& gate, Format format, std::int64_t now) {
  if (format == Format::json) {
    auto json = document("cascade.gate/1");
    write_members(json, gate, now);
    return finish(json);
  }
  const Standing& standing = gate.standing;
  std::string text = gate.rule.gate;
  if (gate.check)
    text += "  " + unicode::displayable(systems::command_of(*gate.check)) + "  at " +
            std::string(to_string(gate.check->at));
  text += "\n  in force   " + gate.in_force + ": configured " + gate.configured_mode +
          (standing.set ? " (by cascade gate set)" : "") + ", earned " + std::string(to_string(standing.earned)) + "\n";
  text += "  precision  " + precision_of(standing);
  if (standing.known.total() > 0)
    text += "; " + std::to_string(standing.known.total()) + " of them from " + gate.known_from;
  text += "\n";
  if (standing.is_graded) {
    if (standing.earned == Level::shadow) text += "  to warn    " + way_text(standing, Level::warn) + "\n";
    if (standing.earned != Level::block) text += "  to block   " + way_text(standing, Level::block) + "\n";
  }
  const auto flags = std::ranges::count_if(gate.trials, [](const Trial& t) { return t.flagged; });
  text += "  trials     " + std::to_string(gate.trials.size()) + ", " + std::to_string(flags) + " of them flagged, " +
          std::to_string(standing.open) + " without an outcome\n";
  for (std::size_t i = 0; i < std::min(gate.trials.size(), shown_trials); ++i) text += trial_line(gate.trials[i], now);
  if (gate.trials.size() > shown_trials)
    text += "  and " + std::to_string(gate.trials.size() - shown_trials) + " before\n";
  return text;
}

}  // namespace cascade::rendering
