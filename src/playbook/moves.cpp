// Judges the moves of a playbook run. The ledger's entries are folded into runs, the move picks a run and a step, and
// the step's exit is checked against the evidence. The result is either a list of notes for the ledger or a refusal
// with a way out; nothing is written here. Since a verdict depends only on the ledger and the folder, it can be
// repeated under the ledger's lock, and two processes that race get one order.
#include "playbook/moves.h"

#include <algorithm>

#include "playbook/evidence.h"
#include "playbook/position.h"
#include "text/ascii.h"
#include "unicode/utf8.h"

namespace cascade::playbook {
namespace {

using chain::ExitKind;
using session::Entry;
using session::StepNote;

Verdict refused(std::string why, std::string help) { return {{}, std::move(why), std::move(help)}; }

// The run that a move means: the active one, or for a move that revives a run, the last one that was paused or ended.
const Run* meant(const std::vector<Run>& runs, std::string_view what) {
  for (const Run& run : runs)
    if (run.is_active()) return &run;
  const auto last = [&](RunState state) {
    const auto found = std::find_if(runs.rbegin(), runs.rend(), [&](const Run& run) { return run.state == state; });
    return found == runs.rend() ? nullptr : &*found;
  };
  if (what == action::back) return last(RunState::finished);
  if (what == action::resume || what == action::abort) return last(RunState::paused);
  return nullptr;
}

// The baseline of the steps that would be open after `note`, to be recorded with it.
std::vector<std::string> baseline_after(const Run& run, const StepNote& note, std::uint64_t sequence,
                                        const std::string& directory, const files::Tree& tree) {
  Run after = run;
  Entry entry;
  entry.event = session::Event::step;
  entry.sequence = sequence;
  entry.step = note;
  apply(after, entry);
  std::vector<std::uint32_t> opened;
  for (const std::uint32_t step : after.open())
    if (after.find(step)->opened_at == sequence) opened.push_back(step);
  return baseline_of(run.plan, opened, directory, tree);
}

// Whether the guard has asked the user since the last move of this run. The move is running, so the user agreed.
bool was_asked(const std::vector<Entry>& entries, const Run& run) {
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
    const bool moved = entry->event == session::Event::step && entry->step.run == run.number &&
                       entry->step.action != session::seen_action && entry->step.action != session::told_action;
    if (moved) return false;
    if (entry->event == session::Event::verdict && entry->source == asked_source && entry->decision == "ask")
      return true;
  }
  return false;
}

class Judgement {
 public:
  Judgement(const std::vector<Entry>& entries, const Run& run, const Move& move, const std::string& directory,
            const files::Tree& tree)
      : entries_(entries), run_(run), move_(move), directory_(directory), tree_(tree) {
    note_.run = run.number;
    note_.action = move.action;
    note_.text = kept_text(move.text);
  }

  Verdict judge() {
    const std::string_view what = move_.action;
    if (what == action::pause || what == action::abort || what == action::resume || what == action::wait)
      return moved({});
    if (what == action::back) return back();
    if (what == action::branch) return branch();
    return leave();
  }

 private:
  Verdict moved(std::vector<StepNote> before) {
    const std::uint64_t last = entries_.empty() ? 0 : entries_.back().sequence;
    note_.baseline = baseline_after(run_, note_, last + 1 + before.size(), directory_, tree_);
    before.push_back(std::move(note_));
    return {std::move(before), {}, {}};
  }

  // The step of that number or with that skill.
  const StepStatus* find_step(const std::string& name) const {
    for (const StepStatus& status : run_.steps)
      if (std::to_string(status.number) == name || run_.plan.find(status.number)->skill == name) return &status;
    return nullptr;
  }

  std::string open_text() const {
    if (!run_.detours.empty()) return "open is " + run_.detours.front() + ", beside the chain";
    std::string text;
    for (const std::uint32_t step : run_.open())
      text += (text.empty() ? "" : ", ") + std::to_string(step) + " (" + run_.plan.find(step)->skill + ")";
    return "open is " + text;
  }

  // The open step that the move means; null if there is none, with the reason in `verdict`.
  const StepStatus* open_step(Verdict& verdict) const {
    const std::vector<std::uint32_t> open = run_.open();
    if (move_.step.empty() && open.size() == 1) return run_.find(open.front());
    if (move_.step.empty()) {
      verdict = refused("several steps are open: say which", open_text());
      return nullptr;
    }
    const StepStatus* status = find_step(move_.step);
    if (status != nullptr && status->state == StepState::open) return status;
    verdict = status == nullptr ? refused(run_.name() + " has no step \"" + move_.step + "\"", open_text())
                                : refused("step " + std::to_string(status->number) + " is not open", open_text());
    return nullptr;
  }

  bool may_decide(std::uint32_t step) const {
    if (run_.plan.chain.exit_of(step).kind != ExitKind::user) return true;
    return move_.mover == Mover::user || was_asked(entries_, run_);
  }
  Verdict for_the_user(std::uint32_t step) const {
    return refused("step " + std::to_string(step) + " ends when the user says so, and this is not the user",
                   "ask them to type `playbook: done " + std::to_string(step) + "`");
  }

  // Handles done, again and skip.
  Verdict leave() {
    if (!run_.detours.empty()) return leave_detour();
    Verdict verdict;
    const StepStatus* status = open_step(verdict);
    if (status == nullptr) return verdict;
    note_.step = status->number;
    if (!may_decide(status->number)) return for_the_user(status->number);
    if (move_.action == action::skip) return moved({});
    if (move_.action == action::again)
      if (auto why = no_round(status->number); !why.empty()) return refused(why, open_text());
    if (run_.plan.chain.exit_of(status->number).kind == ExitKind::user) return moved({});
    const Proof proof = prove(run_, status->number, entries_, directory_, tree_);
    if (!proof.holds) return not_shown(status->number, proof);
    note_.evidence = proof.evidence;
    if (proof.found.empty()) return moved({});
    StepNote seen;
    seen.run = run_.number;
    seen.action = session::seen_action;
    seen.step = status->number;
    seen.label = to_string(run_.plan.chain.exit_of(status->number).kind);
    seen.text = kept_text(proof.found);
    note_.evidence.push_back((entries_.empty() ? 0 : entries_.back().sequence) + 1);
    return moved({std::move(seen)});
  }

  Verdict leave_detour() {
    const std::string& skill = run_.detours.front();
    if (!move_.step.empty() && move_.step != skill) return refused("\"" + move_.step + "\" is not open", open_text());
    if (move_.action == action::again) return refused("a step beside the chain has no rounds", open_text());
    note_.action = action::done;
    note_.skill = skill;
    return moved({});
  }

  Verdict not_shown(std::uint32_t step, const Proof& proof) const {
    const ExitKind kind = run_.plan.chain.exit_of(step).kind;
    const bool is_run = kind == ExitKind::red || kind == ExitKind::green;
    return refused("step " + std::to_string(step) + " is not done: " + proof.missing,
                   is_run ? "run it on a line of its own: | tail, || true and ; echo hide how it ended; "
                            "`cascade init --with playbooks` lets Cascade see what runs"
                          : "show it, or leave the step: cascade step skip " + std::to_string(step) + " --note WHY");
  }

  // The reason why another round cannot begin; empty if it can.
  std::string no_round(std::uint32_t step) const {
    const std::vector<std::uint32_t> round = round_of(run_.plan.chain.order, step);
    if (round.empty()) return "step " + std::to_string(step) + " does not repeat";
    for (const std::uint32_t other : round) {
      const StepState state = run_.find(other)->state;
      if (other != step && state != StepState::done && state != StepState::skipped)
        return "the round is not over: step " + std::to_string(other) + " is still to be done";
    }
    return {};
  }

  Verdict back() {
    const StepStatus* status = find_step(move_.step);
    if (status == nullptr) return refused(run_.name() + " has no step \"" + move_.step + "\"", open_text());
    if (status->state == StepState::pending)
      return refused("step " + std::to_string(status->number) + " lies ahead, not behind", open_text());
    note_.step = status->number;
    return moved({});
  }

  Verdict branch() {
    std::string known;
    for (const chain::Branch& branch : run_.plan.chain.branches) {
      const StepStatus* status = run_.find(branch.step);
      if (status == nullptr || status->state != StepState::open) continue;
      known += (known.empty() ? "" : ", ") + std::to_string(branch.step) + " " + branch.label;
      const bool other_step = !move_.step.empty() && find_step(move_.step) != status;
      if (branch.label != move_.label || other_step) continue;
      if (!may_decide(branch.step)) return for_the_user(branch.step);
      note_.step = branch.step;
      note_.label = branch.label;
      return moved({});
    }
    return refused("no open step has a branch \"" + move_.label + "\"",
                   known.empty() ? open_text() + ", which has no branches" : "branches: " + known);
  }

  const std::vector<Entry>& entries_;
  const Run& run_;
  const Move& move_;
  const std::string& directory_;
  const files::Tree& tree_;
  StepNote note_;
};

}  // namespace

Verdict judge(const std::vector<Entry>& entries, const Move& move, const std::string& directory,
              const files::Tree& tree) {
  const std::vector<Run> runs = runs_of(entries);
  const Run* run = meant(runs, move.action);
  if (run == nullptr)
    return refused("no playbook is open in this session", "cascade playbook start NAME, or cascade playbook status");
  if (run->is_active() && move.action == action::resume)
    return refused(run->name() + " is open already", "cascade playbook status");
  return Judgement(entries, *run, move, directory, tree).judge();
}

Verdict begin(const std::vector<Entry>& entries, const Plan& plan, const std::string& directory,
              const files::Tree& tree) {
  if (!plan.faults.is_empty())
    return refused("the chain of " + plan.root + " cannot be followed", "cascade validate says where it is wrong");
  std::uint32_t number = 1;
  for (const Run& run : runs_of(entries)) {
    number = std::max(number, run.number + 1);
    if (run.is_active() && run.plan.root == plan.root)
      return refused(run.name() + " is open already", "cascade playbook status, or cascade playbook abort");
  }
  StepNote note = start_note(plan, number);
  Entry entry;
  entry.event = session::Event::step;
  entry.step = note;
  const std::vector<Run> begun = runs_of({entry});
  note.baseline = baseline_of(plan, begun.front().open(), directory, tree);
  return {{std::move(note)}, {}, {}};
}

std::string kept_text(std::string_view text) {
  constexpr std::size_t most = 200;
  std::string line;
  for (const char c : text)
    if (!letters::is_space(c))
      line += c;
    else if (!line.empty() && line.back() != ' ')
      line += ' ';
  line = unicode::displayable(letters::trim(line));
  if (unicode::count_code_points(line) <= most) return line;
  std::size_t end = 0, count = 0;
  while (end < line.size() && count <= most - 1)
    if ((static_cast<unsigned char>(line[++end]) & 0xC0U) != 0x80U) ++count;
  return line.substr(0, end) + "\u2026";
}

}  // namespace cascade::playbook
