// Rebuilds the runs of a session from its ledger. Each step entry is applied to the runs before it; then the open steps
// are computed again from the chain: in a sequence the first incomplete child is open, side by side every incomplete
// one. Storing a position instead would be shorter, but forks and concurrent writers would then have to agree on it.
#include "playbook/run.h"

#include <algorithm>

#include "text/names.h"

namespace cascade::playbook {
namespace {

using chain::Node;

bool is_over(const StepStatus* status) {
  return status == nullptr || status->state == StepState::done || status->state == StepState::skipped;
}

bool is_complete(const Run& run, const Node& node) {
  if (node.kind == Node::Kind::step) return is_over(run.find(node.step));
  return std::all_of(node.items.begin(), node.items.end(), [&](const Node& item) { return is_complete(run, item); });
}

// Collects the steps that may continue now.
// In a sequence only the first incomplete item, side by side all of them. O(nodes * depth), and chains have few.
void collect_open(const Run& run, const Node& node, std::vector<std::uint32_t>& open) {
  if (is_complete(run, node)) return;
  if (node.kind == Node::Kind::step) open.push_back(node.step);
  for (const Node& item : node.items) {
    if (is_complete(run, item)) continue;
    collect_open(run, item, open);
    if (node.kind != Node::Kind::side_by_side) return;
  }
}

StepStatus* status_of(Run& run, std::uint32_t step) {
  const auto found =
      std::find_if(run.steps.begin(), run.steps.end(), [&](const StepStatus& one) { return one.number == step; });
  return found == run.steps.end() ? nullptr : &*found;
}

void begin_anew(StepStatus& status) {
  status.state = StepState::pending;
  status.evidence.clear();
  status.result.clear();
}

// Moves to a step, forwards or backwards: earlier steps that were not done are left out, later ones are to do again.
void go_to(Run& run, std::uint32_t step) {
  for (StepStatus& status : run.steps) {
    if (status.number == step || comes_after(run.plan.chain.order, step, status.number))
      begin_anew(status);
    else if (comes_after(run.plan.chain.order, status.number, step) && status.state != StepState::done)
      status.state = StepState::skipped;
  }
}

void end(Run& run) {
  for (StepStatus& status : run.steps)
    if (status.state != StepState::done) status.state = StepState::skipped;
}

void leave(Run& run, const std::optional<std::uint32_t>& to) {
  if (to)
    go_to(run, *to);
  else
    end(run);
}

// A detour is a skill of its own between two steps: no step is open until the last of them is done.
void take_branch(Run& run, const session::StepNote& note) {
  for (const chain::Branch& branch : run.plan.chain.branches) {
    if (branch.step != note.step || branch.label != note.label) continue;
    if (StepStatus* from = status_of(run, note.step)) {
      from->state = StepState::skipped;
      from->result = note.text.empty() ? "branch " + note.label : "branch " + note.label + ": " + note.text;
    }
    run.detours = branch.detours;
    run.after = branch.to;
    if (run.detours.empty()) leave(run, branch.to);
    return;
  }
}

void finish_step(Run& run, const session::Entry& entry) {
  const session::StepNote& note = entry.step;
  if (!note.skill.empty()) {
    if (run.detours.empty() || run.detours.front() != note.skill) return;
    run.detours.erase(run.detours.begin());
    if (run.detours.empty()) leave(run, run.after);
    return;
  }
  StepStatus* status = status_of(run, note.step);
  if (status == nullptr) return;
  status->state = note.action == action::skip ? StepState::skipped : StepState::done;
  status->evidence = note.evidence;
  status->result = note.text;
  if (note.action != action::skip) ++status->rounds;
  if (note.action == action::again)
    for (const std::uint32_t step : round_of(run.plan.chain.order, note.step)) begin_anew(*status_of(run, step));
}

// Computes the open steps. `entry` opened those that were not open before.
void open_steps(Run& run, const session::Entry& entry) {
  std::vector<std::uint32_t> open;
  if (run.detours.empty()) collect_open(run, run.plan.chain.order, open);
  for (StepStatus& status : run.steps) {
    const bool is_open = std::find(open.begin(), open.end(), status.number) != open.end();
    if (is_open && status.state != StepState::open) {
      status.state = StepState::open;
      status.opened_at = entry.sequence;
      status.baseline = entry.step.baseline;
    } else if (!is_open && status.state == StepState::open) {
      status.state = StepState::pending;
    }
  }
  const bool over = open.empty() && run.detours.empty();
  if (over && run.state == RunState::active) run.state = RunState::finished;
  if (!over && run.state == RunState::finished) run.state = RunState::active;
}

Run begin_run(const session::Entry& entry) {
  const session::StepNote& note = entry.step;
  Run run;
  run.number = note.run;
  run.plan.root = note.playbook;
  std::vector<std::uint32_t> numbers;
  for (const session::StepNote::Planned& step : note.steps) {
    Step planned;
    planned.number = step.number;
    planned.skill = step.skill;
    planned.leave = step.leave;
    planned.result = step.result;
    run.plan.steps.push_back(std::move(planned));
    numbers.push_back(step.number);
    StepStatus status;
    status.number = step.number;
    run.steps.push_back(std::move(status));
  }
  run.plan.chain = chain::read_chain({note.order, note.exits, note.branches}, numbers, run.plan.faults);
  open_steps(run, entry);
  return run;
}

// Applies one entry to the runs before it.
void add(std::vector<Run>& runs, const session::Entry& entry) {
  if (entry.event != session::Event::step) return;
  const bool begins = entry.step.action == session::start_action;
  if (begins || entry.step.action == action::resume)
    for (Run& run : runs)
      if (run.is_active() && run.number != entry.step.run) run.state = RunState::paused;
  if (begins) return runs.push_back(begin_run(entry));
  for (Run& run : runs)
    if (run.number == entry.step.run) apply(run, entry);
}

}  // namespace

constexpr letters::Names<RunState::aborted> run_state_names("active", "paused", "finished", "aborted");
std::string_view to_string(RunState state) noexcept { return run_state_names.of(state); }

constexpr letters::Names<StepState::skipped> step_state_names("pending", "open", "done", "skipped");
std::string_view to_string(StepState state) noexcept { return step_state_names.of(state); }

const StepStatus* Run::find(std::uint32_t step) const noexcept {
  const auto found =
      std::find_if(steps.begin(), steps.end(), [&](const StepStatus& one) { return one.number == step; });
  return found == steps.end() ? nullptr : &*found;
}

std::vector<std::uint32_t> Run::open() const {
  std::vector<std::uint32_t> open;
  for (const StepStatus& status : steps)
    if (status.state == StepState::open) open.push_back(status.number);
  return open;
}

std::string Run::name() const {
  const auto symbol = Symbol::parse(plan.root);
  return symbol ? symbol->name : plan.root;
}

// An entry that does not fit the state (a second `done`, a step that is not there) changes nothing: two processes may
// have written at the same time.
void apply(Run& run, const session::Entry& entry) {
  const session::StepNote& note = entry.step;
  const std::string_view what = note.action;
  if (what == session::seen_action || what == session::told_action) return;
  if (what == action::pause) {
    if (run.is_active()) run.state = RunState::paused;
    return;
  }
  if (what == action::abort) {
    if (run.state == RunState::finished) return;
    run.state = RunState::aborted;
    for (StepStatus& status : run.steps)
      if (status.state == StepState::open) status.state = StepState::pending;
    return;
  }
  run.waits = what == action::wait ? note.text : std::string();
  if (what == action::wait) return;
  if (what == action::resume && run.state == RunState::paused) run.state = RunState::active;
  if (what == action::done || what == action::again || what == action::skip) finish_step(run, entry);
  if (what == action::branch) take_branch(run, note);
  if (what == action::back) {
    run.detours.clear();
    go_to(run, note.step);
  }
  open_steps(run, entry);
}

std::vector<Run> runs_of(const std::vector<session::Entry>& entries) {
  std::vector<Run> runs;
  for (const session::Entry& entry : entries) add(runs, entry);
  return runs;
}

std::optional<Run> active_run(const std::vector<session::Entry>& entries) {
  for (Run& run : runs_of(entries))
    if (run.is_active()) return std::move(run);
  return std::nullopt;
}

session::StepNote start_note(const Plan& plan, std::uint32_t number) {
  session::StepNote note;
  note.run = number;
  note.action = session::start_action;
  note.playbook = plan.root;
  note.order = plan.order_text();
  note.exits = plan.exits_text();
  note.branches = plan.branches_text();
  for (const Step& step : plan.steps) note.steps.push_back({step.number, step.skill, step.leave, step.result});
  return note;
}

namespace {

std::string_view metadata(const Registry& registry, ManifestId id, std::string_view key) {
  return registry.field(id, "metadata." + std::string(key)).value_or(std::string_view());
}

template <typename T>
std::string joined(const std::vector<T>& items, const auto& text_of) {
  std::string text;
  for (const T& item : items) text += (text.empty() ? "" : "; ") + text_of(item);
  return text;
}

}  // namespace

const Step* Plan::find(std::uint32_t number) const noexcept {
  const auto found = std::find_if(steps.begin(), steps.end(), [&](const Step& step) { return step.number == number; });
  return found == steps.end() ? nullptr : &*found;
}

std::string Plan::order_text() const { return chain::to_string(chain.order); }

std::string Plan::exits_text() const {
  return joined(chain.exits,
                [](const chain::Exit& exit) { return std::to_string(exit.step) + ": " + chain::to_string(exit); });
}

std::string Plan::branches_text() const {
  return joined(chain.branches, [](const chain::Branch& branch) { return chain::to_string(branch); });
}

std::optional<Plan> plan_of(const Registry& registry, ManifestId id) {
  const std::vector<ChainStepView> steps = registry.steps(id);
  if (steps.empty()) return std::nullopt;
  Plan plan;
  plan.root = to_string(symbol_of(registry[id]));
  std::vector<std::uint32_t> numbers;
  for (const ChainStepView& step : steps) {
    numbers.push_back(step.number);
    plan.steps.push_back({step.number, std::string(step.skill), std::string(step.enter), std::string(step.leave),
                          std::string(step.result), step.line, step.column});
  }
  plan.chain = chain::read_chain({metadata(registry, id, chain::order_key), metadata(registry, id, chain::exits_key),
                                  metadata(registry, id, chain::branches_key)},
                                 numbers, plan.faults);
  return plan;
}

}  // namespace cascade::playbook
