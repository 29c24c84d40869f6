// Rebuilds the runs of a session from its ledger. Each step entry is applied to the runs before it; then the open steps
// are computed again from the chain: in a sequence the first incomplete child is open, side by side every incomplete
// one. Storing a position instead would be shorter, but forks and concurrent writers would then have to agree on it.
#include "playbook/run.h"

#include <algorithm>

#include "text/ascii.h"
#include "text/names.h"
#include "unicode/utf8.h"

namespace cascade::playbook {
namespace {

using chain::Node;

bool is_complete(const Run& run, const Node& node) {
  if (node.kind != Node::Kind::step)
    return std::ranges::all_of(node.items, [&](const Node& item) { return is_complete(run, item); });
  const StepStatus* status = run.find(node.step);
  return status == nullptr || status->state == StepState::done || status->state == StepState::skipped;
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
  return letters::find_first(run.steps, &StepStatus::number, step);
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

void leave(Run& run, const std::optional<std::uint32_t>& to) {
  if (to) return go_to(run, *to);
  for (StepStatus& status : run.steps)
    if (status.state != StepState::done) status.state = StepState::skipped;
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
    const bool is_open = std::ranges::find(open, status.number) != open.end();
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
    run.plan.steps.push_back({step.number, step.skill, {}, step.leave, step.result});
    numbers.push_back(step.number);
    run.steps.emplace_back().number = step.number;
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

std::string_view metadata(const Registry& registry, ManifestId id, std::string_view key) {
  return registry.field(id, "metadata." + std::string(key)).value_or(std::string_view());
}

std::string number_list(const std::vector<std::uint32_t>& steps) {
  std::string text;
  for (std::size_t i = 0; i < steps.size(); ++i)
    text += (i == 0 ? "" : i + 1 == steps.size() ? " and " : ", ") + std::to_string(steps[i]);
  return text;
}

std::string head(const Run& run) {
  const std::vector<std::uint32_t> open = run.open();
  const std::string of = " of " + std::to_string(run.steps.size());
  std::string text;
  if (run.state == RunState::aborted || run.state == RunState::finished) return std::string(to_string(run.state));
  if (!run.detours.empty())
    text = "beside the chain: " + run.detours.front();
  else
    text = (open.size() == 1 ? "step " : "steps ") + number_list(open) + of;
  if (run.state == RunState::paused) text += ", paused";
  if (!run.waits.empty()) text += ", waits: " + run.waits;
  return text;
}

// Pads the text to `width` code points, for a column.
std::string padded(std::string text, std::size_t width) {
  const std::size_t length = unicode::count_code_points(text);
  if (length < width) text.append(width - length, ' ');
  return text;
}

constexpr letters::Names<StepState::skipped> step_state_marks("\u00b7", "\u25b6", "\u2713", "\u2013");

// Once a run is over, none of its steps needs anything.
std::string state_text(const StepStatus& status, const Run& run, const std::vector<session::Entry>& entries) {
  if (status.state == StepState::done) return shown_by(status, run, entries);
  if (status.state == StepState::skipped) return status.result.empty() ? "left out" : "left out: " + status.result;
  return "wants: " + to_string(run.plan.chain.exit_of(status.number));
}

}  // namespace

constexpr letters::Names<RunState::aborted> run_state_names("active", "paused", "finished", "aborted");
std::string_view to_string(RunState state) noexcept { return run_state_names.of(state); }

constexpr letters::Names<StepState::skipped> step_state_names("pending", "open", "done", "skipped");
std::string_view to_string(StepState state) noexcept { return step_state_names.of(state); }

const StepStatus* Run::find(std::uint32_t step) const noexcept {
  return letters::find_first(steps, &StepStatus::number, step);
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
  session::StepNote note{.run = number,
                         .action = std::string(session::start_action),
                         .playbook = plan.root,
                         .order = plan.order_text(),
                         .exits = letters::joined(plan.chain.exits, "; ",
                                                  [](const chain::Exit& exit) {
                                                    return std::to_string(exit.step) + ": " + chain::to_string(exit);
                                                  }),
                         .branches = letters::joined(plan.chain.branches, "; ", [](const chain::Branch& branch) {
                           return chain::to_string(branch);
                         })};
  for (const Step& step : plan.steps) note.steps.push_back({step.number, step.skill, step.leave, step.result});
  return note;
}

const Step* Plan::find(std::uint32_t number) const noexcept {
  return letters::find_first(steps, &Step::number, number);
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

std::string steps_to_be_seen(const Run& run) {
  std::vector<std::uint32_t> steps;
  for (const StepStatus& status : run.steps) {
    const chain::ExitKind kind = run.plan.chain.exit_of(status.number).kind;
    if (kind == chain::ExitKind::red || kind == chain::ExitKind::green || kind == chain::ExitKind::witness)
      steps.push_back(status.number);
  }
  return number_list(steps);
}

std::string position_line(const Run& run) {
  std::string text = run.name() + ": " + head(run);
  for (const std::uint32_t step : run.open())
    text += ", " + run.plan.find(step)->skill + " (ends when " + to_string(run.plan.chain.exit_of(step)) + ")";
  return unicode::displayable(text);
}

std::string shown_by(const StepStatus& status, const Run& run, const std::vector<session::Entry>& entries) {
  std::string text;
  for (const std::uint64_t sequence : status.evidence)
    for (const session::Entry& entry : entries)
      if (entry.sequence == sequence) text += (text.empty() ? "" : "; ") + entry.step.label + ": " + entry.step.text;
  if (text.empty()) text = to_string(run.plan.chain.exit_of(status.number).kind);
  return text;
}

std::string drawing(const Run& run, const std::vector<session::Entry>& entries) {
  std::size_t width = 0;
  for (const Step& step : run.plan.steps)
    width = std::max(width, unicode::count_code_points(std::to_string(step.number) + " " + step.skill));
  std::string text = run.name() + "   " + head(run) + "\n";
  for (const StepStatus& status : run.steps) {
    const std::string name = std::to_string(status.number) + " " + run.plan.find(status.number)->skill;
    text += "  " + std::string(step_state_marks.of(status.state)) + " " + padded(name, width) + "  " +
            state_text(status, run, entries) + "\n";
  }
  for (const std::string& detour : run.detours) text += "  \u25b6 " + padded(detour, width) + "  beside the chain\n";
  return unicode::displayable(text, true);
}

std::string how_to_go_on(const Run& run, const std::string& program) {
  std::string text;
  if (!run.detours.empty())
    return "[cascade] When it is finished: " + program + " step done " + run.detours.front() + "\n";
  for (const std::uint32_t number : run.open()) {
    const Step& step = *run.plan.find(number);
    const chain::Exit exit = run.plan.chain.exit_of(number);
    text += "[cascade] Step " + std::to_string(number) + " (" + step.skill + ") ends when " + to_string(exit);
    if (!step.leave.empty()) text += ": " + step.leave;
    const bool by_user = exit.kind == chain::ExitKind::user,
               in_rounds = !round_of(run.plan.chain.order, number).empty();
    if (by_user) {
      text += ". Ask the user to type `playbook: done " + std::to_string(number) + "`";
      if (in_rounds) text += ", or `playbook: again " + std::to_string(number) + "` for another round";
    } else {
      text += ". Then run: " + program + " step done " + std::to_string(number) + " --note \"";
      text += (step.result.empty() ? "what it handed on" : step.result) + "\"";
      if (in_rounds) text += ", with --again for another round";
    }
    std::string labels;
    for (const chain::Branch& branch : run.plan.chain.branches)
      if (branch.step == number) labels += (labels.empty() ? "" : ", ") + branch.label;
    if (!labels.empty()) text += "; or " + program + " step branch LABEL (" + labels + ")";
    text += by_user ? ".\n" : "\n";
  }
  return text;
}

}  // namespace cascade::playbook
