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

// A move and everything that decides about it.
struct Asked {
  const std::vector<Entry>& entries;
  const Run& run;
  const Move& move;
  const std::string& directory;
  const files::Tree& tree;
};

StepNote note_of(const Asked& asked) {
  StepNote note;
  note.run = asked.run.number;
  note.action = asked.move.action;
  note.text = kept_text(asked.move.text);
  return note;
}

// Accepts the move: its note, after the notes that must come before it.
Verdict moved(const Asked& asked, StepNote note, std::vector<StepNote> before = {}) {
  const std::uint64_t last = asked.entries.empty() ? 0 : asked.entries.back().sequence;
  note.baseline = baseline_after(asked.run, note, last + 1 + before.size(), asked.directory, asked.tree);
  before.push_back(std::move(note));
  return {std::move(before), {}, {}};
}

// The step of that number or with that skill.
const StepStatus* find_step(const Asked& asked, const std::string& name) {
  for (const StepStatus& status : asked.run.steps)
    if (std::to_string(status.number) == name || asked.run.plan.find(status.number)->skill == name) return &status;
  return nullptr;
}

std::string open_text(const Asked& asked) {
  if (!asked.run.detours.empty()) return "open is " + asked.run.detours.front() + ", beside the chain";
  std::string text;
  for (const std::uint32_t step : asked.run.open())
    text += (text.empty() ? "" : ", ") + std::to_string(step) + " (" + asked.run.plan.find(step)->skill + ")";
  return "open is " + text;
}

// The open step that the move means; null if there is none, with the reason in `verdict`.
const StepStatus* open_step(const Asked& asked, Verdict& verdict) {
  const std::vector<std::uint32_t> open = asked.run.open();
  if (asked.move.step.empty() && open.size() == 1) return asked.run.find(open.front());
  if (asked.move.step.empty()) {
    verdict = refused("several steps are open: say which", open_text(asked));
    return nullptr;
  }
  const StepStatus* status = find_step(asked, asked.move.step);
  if (status != nullptr && status->state == StepState::open) return status;
  verdict = status == nullptr ? refused(asked.run.name() + " has no step \"" + asked.move.step + "\"", open_text(asked))
                              : refused("step " + std::to_string(status->number) + " is not open", open_text(asked));
  return nullptr;
}

bool may_decide(const Asked& asked, std::uint32_t step) {
  if (asked.run.plan.chain.exit_of(step).kind != ExitKind::user) return true;
  return asked.move.mover == Mover::user || was_asked(asked.entries, asked.run);
}
Verdict for_the_user(std::uint32_t step) {
  return refused("step " + std::to_string(step) + " ends when the user says so, and this is not the user",
                 "ask them to type `playbook: done " + std::to_string(step) + "`");
}

Verdict leave_detour(const Asked& asked) {
  StepNote note = note_of(asked);
  const std::string& skill = asked.run.detours.front();
  if (!asked.move.step.empty() && asked.move.step != skill)
    return refused("\"" + asked.move.step + "\" is not open", open_text(asked));
  if (asked.move.action == action::again) return refused("a step outside the chain has no rounds", open_text(asked));
  note.action = action::done;
  note.skill = skill;
  return moved(asked, std::move(note));
}

Verdict not_shown(const Asked& asked, std::uint32_t step, const Proof& proof) {
  const ExitKind kind = asked.run.plan.chain.exit_of(step).kind;
  const bool is_run = kind == ExitKind::red || kind == ExitKind::green;
  return refused("step " + std::to_string(step) + " is not done: " + proof.missing,
                 is_run ? "run it on a line of its own: | tail, || true and ; echo hide how it ended; "
                          "`cascade init --with playbooks` lets Cascade see what runs"
                        : "show it, or leave the step: cascade step skip " + std::to_string(step) + " --note WHY");
}

// The reason why another round cannot begin; empty if it can.
std::string no_round(const Asked& asked, std::uint32_t step) {
  const std::vector<std::uint32_t> round = round_of(asked.run.plan.chain.order, step);
  if (round.empty()) return "step " + std::to_string(step) + " does not repeat";
  for (const std::uint32_t other : round) {
    const StepState state = asked.run.find(other)->state;
    if (other != step && state != StepState::done && state != StepState::skipped)
      return "the round is not over: step " + std::to_string(other) + " is still to be done";
  }
  return {};
}

// Handles done, again and skip.
Verdict leave(const Asked& asked) {
  if (!asked.run.detours.empty()) return leave_detour(asked);
  StepNote note = note_of(asked);
  Verdict verdict;
  const StepStatus* status = open_step(asked, verdict);
  if (status == nullptr) return verdict;
  note.step = status->number;
  if (!may_decide(asked, status->number)) return for_the_user(status->number);
  if (asked.move.action == action::skip) return moved(asked, std::move(note));
  if (asked.move.action == action::again)
    if (auto why = no_round(asked, status->number); !why.empty()) return refused(why, open_text(asked));
  if (asked.run.plan.chain.exit_of(status->number).kind == ExitKind::user) return moved(asked, std::move(note));
  const Proof proof = prove(asked.run, status->number, asked.entries, asked.directory, asked.tree);
  if (!proof.holds) return not_shown(asked, status->number, proof);
  note.evidence = proof.evidence;
  if (proof.found.empty()) return moved(asked, std::move(note));
  StepNote seen;
  seen.run = asked.run.number;
  seen.action = session::seen_action;
  seen.step = status->number;
  seen.label = to_string(asked.run.plan.chain.exit_of(status->number).kind);
  seen.text = kept_text(proof.found);
  note.evidence.push_back((asked.entries.empty() ? 0 : asked.entries.back().sequence) + 1);
  return moved(asked, std::move(note), {std::move(seen)});
}

Verdict back(const Asked& asked) {
  StepNote note = note_of(asked);
  const StepStatus* status = find_step(asked, asked.move.step);
  if (status == nullptr)
    return refused(asked.run.name() + " has no step \"" + asked.move.step + "\"", open_text(asked));
  if (status->state == StepState::pending)
    return refused("step " + std::to_string(status->number) + " lies ahead, not behind", open_text(asked));
  note.step = status->number;
  return moved(asked, std::move(note));
}

Verdict branch(const Asked& asked) {
  StepNote note = note_of(asked);
  std::string known;
  for (const chain::Branch& branch : asked.run.plan.chain.branches) {
    const StepStatus* status = asked.run.find(branch.step);
    if (status == nullptr || status->state != StepState::open) continue;
    known += (known.empty() ? "" : ", ") + std::to_string(branch.step) + " " + branch.label;
    const bool other_step = !asked.move.step.empty() && find_step(asked, asked.move.step) != status;
    if (branch.label != asked.move.label || other_step) continue;
    if (!may_decide(asked, branch.step)) return for_the_user(branch.step);
    note.step = branch.step;
    note.label = branch.label;
    return moved(asked, std::move(note));
  }
  return refused("no open step has a branch \"" + asked.move.label + "\"",
                 known.empty() ? open_text(asked) + ", which has no branches" : "branches: " + known);
}

Verdict judge(const Asked& asked) {
  const std::string_view what = asked.move.action;
  if (what == action::pause || what == action::abort || what == action::resume || what == action::wait)
    return moved(asked, note_of(asked));
  if (what == action::back) return back(asked);
  if (what == action::branch) return branch(asked);
  return leave(asked);
}

}  // namespace

Verdict judge(const std::vector<Entry>& entries, const Move& move, const std::string& directory,
              const files::Tree& tree) {
  const std::vector<Run> runs = runs_of(entries);
  const Run* run = meant(runs, move.action);
  if (run == nullptr)
    return refused("no playbook is open in this session", "cascade playbook start NAME, or cascade playbook status");
  if (run->is_active() && move.action == action::resume)
    return refused(run->name() + " is open already", "cascade playbook status");
  return judge({entries, *run, move, directory, tree});
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
