// Three lengths of the same: one line for a conversation that needs a reminder, a list of steps for people, and the
// sentences that tell a model what ends the open steps and what to run then.
#include "playbook/position.h"

#include <algorithm>

#include "text/names.h"
#include "unicode/utf8.h"

namespace cascade::playbook {
namespace {

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
std::string_view mark_of(StepState state) { return step_state_marks.of(state); }

// Once a run is over, none of its steps needs anything.
std::string state_text(const StepStatus& status, const Run& run, const std::vector<session::Entry>& entries) {
  if (status.state == StepState::done) return shown_by(status, run, entries);
  if (status.state == StepState::skipped) return status.result.empty() ? "left out" : "left out: " + status.result;
  return "wants: " + to_string(run.plan.chain.exit_of(status.number));
}

bool needs_sight(chain::ExitKind kind) {
  switch (kind) {
    case chain::ExitKind::red:
    case chain::ExitKind::green:
    case chain::ExitKind::witness: return true;
    case chain::ExitKind::said:
    case chain::ExitKind::artefact:
    case chain::ExitKind::commit:
    case chain::ExitKind::user: return false;
  }
  return false;
}

}  // namespace

std::string steps_to_be_seen(const Run& run) {
  std::vector<std::uint32_t> steps;
  for (const StepStatus& status : run.steps)
    if (needs_sight(run.plan.chain.exit_of(status.number).kind)) steps.push_back(status.number);
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
    text += "  " + std::string(mark_of(status.state)) + " " + padded(name, width) + "  " +
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
