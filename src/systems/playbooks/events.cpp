// Sees in a tool call what may end an open step: a failing or passing test run, a commit, a witness for an effect. Each
// sighting is noted in the ledger with its step, and only if the last one of that step said something else; whether the
// step then may end is decided later (playbook/run.h), because the order of events matters there.
#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "chain/chain.h"
#include "events/judges.h"
#include "events/systems.h"
#include "evidence/claims.h"
#include "evidence/deed.h"
#include "files/tree.h"
#include "hook/event.h"
#include "playbook/run.h"
#include "policy/policy.h"
#include "session/ledger.h"
#include "text/ascii.h"
#include "text/word_set.h"

namespace cascade::systems {
namespace {

using chain::ExitKind;

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  for (text = letters::trim(text); !text.empty(); text = letters::trim(text)) {
    const std::size_t end = std::min(text.find_first_of(" \t"), text.size());
    words.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return words;
}

struct Sighting {
  std::string label, text;
};

// The evidence in a call for one exit. A failed run counts against a step that needs a passing one.
std::optional<Sighting> sighting_of(const chain::Exit& exit, const evidence::Deed& deed) {
  if (exit.kind == ExitKind::commit) {
    if (!evidence::makes_commit(deed)) return std::nullopt;
    return Sighting{"commit", "git commit"};
  }
  if (exit.kind != ExitKind::red && exit.kind != ExitKind::green) return std::nullopt;
  const std::vector<std::string_view> ways = chain::ways_of(exit);
  for (const std::string_view way : ways)
    if (const evidence::Program* red = evidence::find_ended(deed, words_of(way), evidence::End::failed))
      return Sighting{"red", evidence::words_of(*red)};
  if (exit.kind == ExitKind::red) return std::nullopt;
  for (const std::string_view way : ways)
    if (const evidence::Program* green = evidence::find_ended(deed, words_of(way), evidence::End::passed))
      return Sighting{"green", evidence::words_of(*green)};
  return std::nullopt;
}

// Whether the last sighting of the step says the same.
bool is_known(const std::vector<session::Entry>& entries, const playbook::StepStatus& status,
              const session::StepNote& note) {
  for (auto entry = entries.rbegin(); entry != entries.rend() && entry->sequence > status.opened_at; ++entry)
    if (entry->event == session::Event::step && entry->step.action == session::seen_action &&
        entry->step.run == note.run && entry->step.step == note.step)
      return entry->step.label == note.label && entry->step.text == note.text;
  return false;
}

// An effect that reached its required level through a look that happened after the step began.
std::optional<Sighting> witnessed(const chain::Exit& exit, const playbook::StepStatus& status,
                                  const session::Ledger& ledger) {
  std::optional<Sighting> found;
  for (const evidence::Claim& claim : evidence::assess(outside_events(ledger))) {
    const bool late =
        std::ranges::any_of(claim.witnesses, [&](std::uint64_t witness) { return witness > status.opened_at; });
    const std::string kind(to_string(claim.finding.kind)), &target = claim.finding.target;
    const std::vector<std::string_view> ways = chain::ways_of(exit);  // a kind of effect, or a part of its target
    const bool named = std::ranges::any_of(ways, [&](std::string_view way) {
      return letters::lists("push change publish deploy", way) ? way == kind : target.find(way) != std::string::npos;
    });
    if (claim.waived || claim.running || claim.level < claim.required || !late || !named) continue;
    found = Sighting{"witness", kind + " of " + target + ", level " + std::to_string(claim.level)};
  }
  return found;
}

std::vector<session::StepNote> sightings(const playbook::Run& run, const session::Ledger& ledger,
                                         const evidence::Deed& deed) {
  const std::vector<session::Entry>& entries = ledger.entries();
  std::vector<session::StepNote> notes;
  for (const std::uint32_t step : run.open()) {
    const chain::Exit exit = run.plan.chain.exit_of(step);
    const auto seen =
        exit.kind == ExitKind::witness ? witnessed(exit, *run.find(step), ledger) : sighting_of(exit, deed);
    if (!seen) continue;
    session::StepNote note;
    note.run = run.number;
    note.action = session::seen_action;
    note.step = step;
    note.label = seen->label;
    note.text = playbook::kept_text(seen->text);
    if (!is_known(entries, *run.find(step), note)) notes.push_back(std::move(note));
  }
  return notes;
}

// "Step 1 of fix-production-bug may end", for steps that could not end before.
std::string hint(const playbook::Run& run, const std::vector<session::Entry>& before, const session::Ledger& ledger,
                 const std::vector<session::StepNote>& notes) {
  const files::DiskTree tree;
  std::string text;
  for (const session::StepNote& note : notes) {
    if (playbook::prove(run, note.step, before, {}, tree).holds) continue;
    if (!playbook::prove(run, note.step, ledger.entries(), {}, tree).holds) continue;
    const std::string number = std::to_string(note.step);
    text += "[cascade] Step " + number + " of " + run.name() + " may end (" + note.label + ": " + note.text +
            "): cascade step done " + number + " --note RESULT\n";
  }
  return text;
}

// Guards the playbook steps that only the user may end against a model that ends them itself.

bool has(const shell::Call& call, std::string_view word) {
  return std::any_of(call.words.begin() + 1, call.words.end(),
                     [&](const shell::Value& given) { return given.known && given.text == word; });
}

bool leaves_a_step(const shell::Call& call) {
  if (call.program != "cascade" || call.words.size() < 2) return false;
  const bool known = std::ranges::all_of(call.words, [](const shell::Value& word) { return word.known; });
  if (!known) return true;  // $X may be anything
  return has(call, "step") && (has(call, "done") || has(call, "skip") || has(call, "branch"));
}

class UserSteps final : public CallJudge {
 public:
  explicit UserSteps(JudgedCall& call) : call_(call), run_(playbook::active_run(call.ledger.entries())) {}

  // Asks the user about `cascade step done`, `skip` and `branch` if they would leave such a step.
  void see(const shell::Call& call, const repository::GitWords*) override {
    if (!run_ || !leaves_a_step(call)) return;
    const std::vector<std::uint32_t> open = run_->open();
    const auto names = [&](std::uint32_t step) {
      return has(call, std::to_string(step)) || has(call, run_->plan.find(step)->skill);
    };
    const bool another = std::ranges::any_of(open, [&](std::uint32_t step) {
      return names(step) && run_->plan.chain.exit_of(step).kind != chain::ExitKind::user;
    });
    if (another) return;
    for (const std::uint32_t step : open) {
      if (run_->plan.chain.exit_of(step).kind != chain::ExitKind::user) continue;
      const playbook::Step& planned = *run_->plan.find(step);
      call_.refuse(playbook::asked_source, policy::Mode::block, repository::Decision::ask,
                   "step " + std::to_string(step) + " (" + planned.skill + ") of " + run_->name() +
                       " ends when you say so" + (planned.leave.empty() ? "" : ": " + planned.leave));
    }
  }

 private:
  JudgedCall& call_;
  std::optional<playbook::Run> run_;  // the open one
};

}  // namespace

// Finds what a call shows of the open playbook, a test run that failed or passed, a commit. Records evidence that lets
// an open step end, or that no longer does. Returns a line for the model if a step may end that could not before;
// otherwise nothing. If no playbook is open, it costs one read of the ledger.
Result<std::string> note_sightings(const HookEvent::Input& input, const evidence::Deed& deed,
                                   const policy::Policy& policy, const Surroundings& surroundings) {
  if (policy.mode_of("playbooks") == policy::Mode::off) return std::string();
  session::Ledger& ledger = input.ledger(surroundings.state_directory);
  const auto open = playbook::active_run(ledger.entries());
  if (!open || sightings(*open, ledger, deed).empty()) return std::string();
  std::optional<playbook::Run> run;
  std::vector<session::Entry> before;
  std::vector<session::StepNote> notes;
  auto kept = ledger.extend([&](const session::Ledger& now) {
    std::vector<session::Entry> added;
    run = playbook::active_run(now.entries());
    if (!run) return added;
    before = now.entries();
    notes = sightings(*run, now, deed);
    for (const session::StepNote& note : notes) {
      session::Entry& entry = added.emplace_back();
      entry.event = session::Event::step;
      entry.recipient = input.event.agent_id;
      entry.step = note;
      entry.written_at = surroundings.now;
    }
    return added;
  });
  if (!kept) return kept.error();
  return run ? hint(*run, before, ledger, notes) : std::string();
}

Judge user_steps(JudgedCall& call) { return std::make_unique<UserSteps>(call); }

}  // namespace cascade::systems
