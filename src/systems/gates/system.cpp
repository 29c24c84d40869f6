// Shows which gates judge, how often they were right, and what they may do.
#include <cascade/render.h>
#include <cascade/result.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <ctime>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "cli/call.h"
#include "cli/environment.h"
#include "cli/hook_entries.h"
#include "cli/verb_allow.h"
#include "cli/verbs.h"
#include "client/names.h"
#include "events/event_session.h"
#include "events/judges.h"
#include "files/folder.h"
#include "files/tree.h"
#include "gates/gate_view.h"
#include "git/expected.h"
#include "git/git_program.h"
#include "policy/policy.h"
#include "policy/setting.h"
#include "records/gate_records.h"
#include "records/record.h"
#include "render/parts.h"
#include "store/store.h"
#include "system/system.h"
#include "text/hex.h"
#include "text/suggestion.h"

namespace cascade::cli {
namespace {

// The configuration where the verb runs, and access to its records.
struct GatePlace {
  policy::Policy policy;
  std::string store;                                          // policy::store_of()
  std::string work_tree;                                      // or the directory itself
  std::map<std::string, std::vector<std::string>> unheard{};  // by system: the events that no hook brings it here
};

// Lets a gate judge history: each commit is checked in its own state, and its outcome is already known.
struct Replayed {
  std::uint64_t commits = 0, flagged = 0, right = 0, wrong = 0;
  std::uint64_t known = 0;       // judged before
  std::uint64_t not_judged = 0;  // the check could not run, or took too long
};

// Before records are shown, every repository with open trials is looked at, because its history may have settled some.
using rendering::GateView;

constexpr std::size_t most_trials = 1'000;
constexpr const char* own_checks = "gates";  // the system that calls them

policy::Mode configured_mode_of(const policy::Policy& policy, std::string_view gate) {
  const auto system = std::ranges::find(policy::known_systems, gate, &policy::KnownName::name);
  return policy.modes[static_cast<std::size_t>(system - std::begin(policy::known_systems))];
}

// Puts a standing into the view, with the modes that follow from it.
void take_standing(GateView& view, const gate::Standing& standing) {
  view.standing = standing;
  view.configured_mode = standing.set ? to_string(*standing.set) : to_string(view.configured);
  view.in_force = view.configured == policy::Mode::off || view.is_deaf
                      ? to_string(policy::Mode::off)
                      : to_string(gate::in_force(standing, systems::level_of(view.configured)));
}

// Whether anything calls the gate. Git asks the guard of repositories without an entry for tools, if it was told to.
void take_hooks(GateView& view, const GatePlace& place) {
  view.system = view.check ? own_checks : view.rule.gate;
  if (const auto found = place.unheard.find(view.system); found != place.unheard.end()) view.unheard = found->second;
  const bool judges = policy::is_heard(view.system, policy::EventKind::tool_call, policy::Role::judges);
  const bool at_end = view.check && view.check->at == policy::Check::At::stop;
  const char* const event = at_end ? client::event_names::turn_end : client::event_names::tool_call;
  view.is_deaf = judges ? std::ranges::find(view.unheard, event) != view.unheard.end() : !view.unheard.empty();
  if (view.system == "repository" && place.policy.git_hooks) view.is_deaf = false;
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
  for (GateView& view : views) {
    take_hooks(view, place);
    take_standing(view, gate::beginning(view.rule));
  }
  return views;
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
  GatePlace place{*std::move(policy), *std::move(store), std::move(work_tree)};
  place.unheard[own_checks] = unheard_here(environment, own_checks);
  for (const gate::BuiltIn& one : gate::built_ins())
    place.unheard[one.rule.gate] = unheard_here(environment, one.rule.gate);
  return place;
}

// The gate of this name; nothing if there is none here.
std::optional<rendering::GateView> find_gate(const GatePlace& place, const std::string& name) {
  for (GateView& view : gates_of(place))
    if (view.rule.gate == name) return std::move(view);
  return std::nullopt;
}

// Looks at every work tree with flags that may have an outcome by now.
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

// Built-in gates and configured checks, by name. Before that, looks at the history of the repositories in which they
// judged.
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

// What the history says became of a commit; nothing: it is too young to tell.
std::optional<gate::Outcome> outcome_of(const repository::History& history, const repository::Commit& commit,
                                        std::int64_t now) {
  const repository::History::End end = history.end_of(commit.id);
  if (end.by != nullptr) return gate::Outcome{end.reverted ? "reverted" : "fixed", true, end.by->id};
  if (now - commit.time < systems::standing_seconds) return std::nullopt;
  return gate::Outcome{"standing", false, commit.id};
}

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
    if (std::ranges::any_of(*known, [&](const gate::Trial& trial) {
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

struct GateCall {
  Call& call;
  GatePlace place;
  Format format;
  std::int64_t now;
};

// The model is judged by gates, so it may not change them.
std::optional<Exit> refuse_model(Call& call, const std::string& deed) {
  if (!is_run_by_client(call.environment())) return std::nullopt;
  return call.console().fail(
      misuse("only a person may " + deed + ", in a terminal of their own", "leave the client's shell"));
}

Result<gate::Records> records_of(const GateCall& gates, bool creates) {
  return gate::Records::open(store_at(gates.call.environment(), gates.place.store, creates, true));
}

Exit no_such_gate(Call& call, const std::string& name) {
  return call.console().deny("there is no gate '" + name + "' here\n  help: cascade gate list");
}

void note_asleep(const GateCall& gates) {
  if (!gates.place.policy.asleep.empty())
    gates.call.console().note("what " + gates.place.policy.asleep +
                              " would run or contact sleeps until you have read it and run: cascade allow " +
                              gates.place.policy.asleep);
}

// What is configured here and cannot judge as it should, since no hook tells it.
void note_unheard(const GateCall& gates, const std::vector<GateView>& views) {
  std::map<std::string, std::vector<std::string>> said;
  for (const GateView& view : views)
    if (view.configured != policy::Mode::off && !view.unheard.empty()) said[view.system] = view.unheard;
  for (const auto& [system, events] : said)
    gates.call.console().note("no hook calls " + system + " here on " + letters::listed(events) +
                              "\n  help: cascade init --with " + system);
  if (said.empty()) return;
  for (const SilencedHooks& one : find_silenced_hooks(files::DiskTree(), gates.call.environment()))
    gates.call.console().note(one.path + " sets " + std::string(one.key) + ": the client calls none");
}

Exit list(GateCall& gates) {
  const auto views = gate_views(gates.call.environment(), gates.place, gates.now);
  if (!views) return gates.call.console().fail(views.error());
  gates.call.console().print(rendering::gate_list_text(*views, gates.format, gates.now));
  note_unheard(gates, *views);
  note_asleep(gates);
  return Exit::yes;
}

Exit show(GateCall& gates, const std::string& name) {
  const auto views = gate_views(gates.call.environment(), gates.place, gates.now);
  if (!views) return gates.call.console().fail(views.error());
  const auto view =
      std::find_if(views->begin(), views->end(), [&](const GateView& one) { return one.rule.gate == name; });
  if (view == views->end()) {
    note_asleep(gates);
    return no_such_gate(gates.call, name);
  }
  return gates.call.console().show(rendering::gate_text(*view, gates.format, gates.now));
}

// cascade gate judge TRIAL right|wrong
Exit judge(GateCall& gates, const std::string& word, const std::string& verdict) {
  Call& call = gates.call;
  if (const auto refused = refuse_model(call, "judge a gate")) return *refused;
  std::int64_t id = 0;
  const auto read = std::from_chars(word.data(), word.data() + word.size(), id);
  if ((verdict != "right" && verdict != "wrong") || read.ptr != word.data() + word.size())
    return call.console().fail(
        misuse("gate judge takes the number of a trial and right or wrong", "cascade gate judge 12 wrong"));
  auto records = records_of(gates, false);
  if (!records && records.error().code != ErrorCode::not_found) return call.console().fail(records.error());
  const auto trial = records ? records->find(id) : Result<std::optional<gate::Trial>>(std::optional<gate::Trial>());
  if (!trial) return call.console().fail(trial.error());
  if (!*trial) return call.console().deny("there is no trial " + word + "\n  help: cascade gate list");
  const auto done = records->decide(id, {"judged", verdict == "right", "the user"}, gates.now);
  if (!done) return call.console().fail(done.error());
  const auto view = find_gate(gates.place, (*trial)->gate);
  if (!view) return Exit::yes;
  const auto standing = records->standing(view->rule);
  if (!standing) return call.console().fail(standing.error());
  call.console().note((*trial)->gate + ": " + gate::sentence_about(*standing) + "; it has earned " +
                      std::string(to_string(standing->earned)));
  return Exit::yes;
}

// cascade gate set NAME shadow|warn|block|default
Exit set(GateCall& gates, const std::string& name, const std::string& word) {
  Call& call = gates.call;
  if (const auto refused = refuse_model(call, "set a gate's mode")) return *refused;
  const auto level = gate::parse_level(word);
  if (!level && word != "default")
    return call.console().fail(misuse("'" + word + "' is not a mode for a gate",
                                      "one of shadow, warn, block, or default: what cascade.yaml says"));
  const auto view = find_gate(gates.place, name);
  if (!view) return no_such_gate(call, name);
  if (!view->rule.is_graded)
    return call.console().fail(
        misuse(name + " is recorded and not graded", "set its mode in cascade.yaml: systems: { " + name + ": warn }"));
  auto records = records_of(gates, true);
  if (!records) return call.console().fail(records.error());
  if (auto done = records->set(name, level); !done) return call.console().fail(done.error());
  const auto standing = records->standing(view->rule);
  if (!standing) return call.console().fail(standing.error());
  GateView now = *view;
  take_standing(now, *standing);
  call.console().note(name + ": " + now.in_force + " is in force (configured " + now.configured_mode + ", earned " +
                      std::string(to_string(standing->earned)) + ")");
  return Exit::yes;
}

// cascade gate outcome --commit SHA green|red
Exit outcome(GateCall& gates, const std::string& commit, const std::string& word) {
  Call& call = gates.call;
  if (const auto refused = refuse_model(call, "record what became of a commit")) return *refused;
  if (!letters::is_commit_id(commit) || (word != "green" && word != "red"))
    return call.console().fail(misuse("gate outcome takes a commit (seven digits or more) and green or red",
                                      "cascade gate outcome --commit \"$(git rev-parse HEAD)\" red"));
  auto records = records_of(gates, false);
  if (!records && records.error().code != ErrorCode::not_found) return call.console().fail(records.error());
  if (records)
    if (auto looked = look_at_histories(*records, gates.now); !looked) return call.console().fail(looked.error());
  const auto trials =
      records ? records->of_commit(commit) : Result<std::vector<gate::Trial>>(std::vector<gate::Trial>());
  if (!trials) return call.console().fail(trials.error());
  if (trials->empty())
    return call.console().deny("no gate has judged the commit " + commit + "\n  help: cascade gate list");
  for (const gate::Trial& trial : *trials) {
    const bool correct = trial.flagged == (word == "red");
    if (const auto done = records->decide(trial.id, {word, correct, "CI"}, gates.now); !done)
      return call.console().fail(done.error());
  }
  call.console().note(std::to_string(trials->size()) + (trials->size() == 1 ? " trial has" : " trials have") +
                      " an outcome");
  return Exit::yes;
}

// cascade gate replay NAME --since REV
Exit replay(GateCall& gates, const std::string& name, const std::string& since) {
  Call& call = gates.call;
  if (since.empty())
    return call.console().fail(misuse("gate replay needs the commit after which it begins",
                                      "cascade gate replay " + name + " --since HEAD~200"));
  const auto view = find_gate(gates.place, name);
  if (!view) {
    note_asleep(gates);
    return no_such_gate(call, name);
  }
  if (!view->check)
    return call.console().fail(misuse(name + " judges tool calls, which no history contains",
                                      "replay takes checks of cascade.yaml's `gates`"));
  const auto done = replay_gate(call, gates.place, *view, since, gates.now);
  if (!done) return call.console().fail(done.error());
  std::string text = std::to_string(done->commits) + " commits judged, " + std::to_string(done->flagged) +
                     " flagged: " + std::to_string(done->right) + " reverted or fixed, " + std::to_string(done->wrong) +
                     " stand after 14 days";
  if (done->known > 0) text += "; " + std::to_string(done->known) + " were judged before";
  if (done->not_judged > 0) text += "; on " + std::to_string(done->not_judged) + " the check could not run";
  call.console().note(text);
  return show(gates, name);
}

}  // namespace

Exit run_gate(Call& call) {
  std::vector<std::string> words;
  std::string commit, since;
  Arguments arguments("gate");
  arguments.words("ACTION", words, 0, 3);
  arguments.text("--commit", commit);
  arguments.text("--since", since);
  if (const auto ended = call.read(arguments, {Format::text, Format::json})) return *ended;
  const std::string action = words.empty() ? "list" : words[0];
  const auto is = [&](std::string_view name, std::size_t count) { return action == name && words.size() == count; };
  const bool known = words.empty() || is("list", 1) || is("show", 2) || is("judge", 3) || is("set", 3) ||
                     is("outcome", 2) || is("replay", 2);
  if (!known) return call.console().fail(call.unfit());
  auto place = gate_place(call.environment());
  if (!place) return call.console().fail(place.error());
  GateCall gates{call, *std::move(place), call.format(), std::time(nullptr)};
  if (action == "show") return show(gates, words[1]);
  if (action == "judge") return judge(gates, words[1], words[2]);
  if (action == "set") return set(gates, words[1], words[2]);
  if (action == "outcome") return outcome(gates, commit, words[1]);
  return action == "replay" ? replay(gates, words[1], since) : list(gates);
}

}  // namespace cascade::cli

namespace cascade::systems {

Result<client::Answer> hear_turn_end(EventSession& session);
std::unique_ptr<CallJudge> own_checks(JudgedCall& call);

}  // namespace cascade::systems

namespace cascade::core {
namespace {

using cli::Group, cli::Words;
constexpr cli::Verb gates_verbs[] = {
    {"gate", Group::guard, 50, "show the gates and how often each was right", cli::run_gate, Words::files,
     "list, show NAME, judge TRIAL right|wrong, set NAME MODE, outcome --commit SHA green|red or replay NAME --since "
     "REV"},
};
constexpr std::string_view gates_switches[] = {"gates"};
constexpr Judge gates_judges[] = {
    {Turn::runs, Sees::own_shell, systems::own_checks, nullptr},
};

}  // namespace

extern const System gates_system = {
    .name = "gates",
    .verbs = {gates_verbs, std::size(gates_verbs)},
    .switches = {gates_switches, std::size(gates_switches)},
    .rank = 13,
    .hear = systems::hear_turn_end,
    .judges = {gates_judges, std::size(gates_judges)},
    .doctor = {cli::store_examinations, std::size(cli::store_examinations)},
    .grade = systems::grade,
};

}  // namespace cascade::core
