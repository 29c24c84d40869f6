// The plan of a playbook, and the position of a session in it, computed from its ledger in order. There is no other
// record of it; so the position outlives compaction, `--continue` and a fork, and is the same for all subagents.
#pragma once

#include <cascade/registry.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "chain/chain.h"
#include "files/tree.h"
#include "session/ledger.h"

namespace cascade::playbook {

struct Step {
  std::uint32_t number = 0;
  std::string skill;                   // the name as the playbook writes it
  std::string enter, leave, result;    // from its table: the step's input, when it may end, its output
  std::uint32_t line = 0, column = 0;  // of the skill's name; 0: unknown
};

struct Plan {
  std::string root;  // "skill:fix-production-bug"
  std::vector<Step> steps;
  chain::Chain chain;
  chain::KeyFaults faults;  // faults of the keys; with any of them the plan must not be followed

  const Step* find(std::uint32_t number) const noexcept;  // null if there is none
  // As chain::read_chain reads it.
  std::string order_text() const { return chain::to_string(chain.order); }
};

// The plan of a manifest; nothing if it has no steps.
std::optional<Plan> plan_of(const Registry& registry, ManifestId id);

// The actions in a run's ledger entries. `start` begins the run and holds its plan; `seen` is evidence that may end a
// step; `told` reminded the model of the position; the others move the run.
namespace action {
constexpr std::string_view done = "done", again = "again", skip = "skip", branch = "branch", back = "back",
                           wait = "wait", pause = "pause", resume = "resume", abort = "abort";
}  // namespace action

enum class RunState : std::uint8_t { active, paused, finished, aborted };
enum class StepState : std::uint8_t { pending, open, done, skipped };
std::string_view to_string(RunState state) noexcept;
std::string_view to_string(StepState state) noexcept;

struct StepStatus {
  std::uint32_t number = 0;
  StepState state = StepState::pending;
  std::uint64_t opened_at = 0;          // the entry that opened it last
  std::vector<std::string> baseline;    // of that moment: the evidence that was already there
  std::vector<std::uint64_t> evidence;  // done: the entries that proved it
  std::string result;                   // done: its output; skipped: the reason
  std::uint32_t rounds = 0;             // how often it was done
};

struct Run {
  std::uint32_t number = 0;  // counted from 1 in a session
  Plan plan;                 // as it was when the run began
  RunState state = RunState::active;
  std::vector<StepStatus> steps;       // in the plan's order
  std::vector<std::string> detours;    // skills outside the chain; the first one is open, and the steps wait meanwhile
  std::optional<std::uint32_t> after;  // where the detours lead; nothing: the end
  std::string waits;                   // the reason for waiting; empty: it does not wait

  const StepStatus* find(std::uint32_t step) const noexcept;
  std::vector<std::uint32_t> open() const;  // numbers of the open steps; none during a detour
  bool is_active() const noexcept { return state == RunState::active; }
  std::string name() const;  // the playbook's, without its kind
};

// All runs of a session in the order of their starts. At most one is active, since a new start pauses it.
std::vector<Run> runs_of(const std::vector<session::Entry>& entries);
// The active run; nothing if there is none.
std::optional<Run> active_run(const std::vector<session::Entry>& entries);

// Applies one more entry of the run to it.
void apply(Run& run, const session::Entry& entry);
// The ledger note that begins a run of `plan`.
session::StepNote start_note(const Plan& plan, std::uint32_t number);

// "fix-production-bug: step 2 of 5, root-cause-tracing, ends when said".
std::string position_line(const Run& run);

// The run with one line for each step: the evidence for those that are done, and the exits of the open ones.
std::string drawing(const Run& run, const std::vector<session::Entry>& entries);

// The evidence for a step that is done, "red: pytest -k refund"; "said" if none was needed.
std::string shown_by(const StepStatus& status, const Run& run, const std::vector<session::Entry>& entries);

// One line for each open step: how it ends and by which command. `program`: the command that starts cascade.
std::string how_to_go_on(const Run& run, const std::string& program);

// The steps that end only when a run or an outside effect is seen, as "1, 3 and 4"; empty if there are none.
std::string steps_to_be_seen(const Run& run);

// The system under which the guard records a question about a step.
constexpr std::string_view asked_source = "playbooks";

// Judges the moves of a run, whether they are requested in a shell or in a prompt. The ledger and the folder decide,
// not the words.

enum class Mover : std::uint8_t {
  model,  // in one of the client's shells
  user,   // in a prompt or in a terminal of their own
};

struct Move {
  std::string action{};  // playbook::action
  std::string step{};    // its number or its skill's name; empty: the open one
  std::string label{};   // branch
  std::string text{};    // a result or a reason
  Mover mover = Mover::model;
};

// The verdict on a move. If it is refused, `notes` is empty, and `refusal` and `help` give the reason and the way out.
struct Verdict {
  std::vector<session::StepNote> notes;  // in order; the last one is the move
  std::string refusal, help;
};

// Judges a move against the past. `directory`: where the session works; it is searched for artefacts and commits.
Verdict judge(const std::vector<session::Entry>& entries, const Move& move, const std::string& directory,
              const files::Tree& tree);
// Begins a run and pauses the active one.
Verdict begin(const std::vector<session::Entry>& entries, const Plan& plan, const std::string& directory,
              const files::Tree& tree);

// The form in which the ledger keeps a text: one line without control characters, at most 200 characters.
std::string kept_text(std::string_view text);

// Whether a step's exit holds. `evidence`: the entries that proved it. `found`: evidence in the folder that has no
// entry yet. `missing`: the evidence still needed if it does not hold.
struct Proof {
  bool holds = false;
  std::vector<std::uint64_t> evidence;
  std::string found, missing;
};
// An exit that only a person may confirm (`user`) is not judged here: it never holds.
Proof prove(const Run& run, std::uint32_t step, const std::vector<session::Entry>& entries,
            const std::string& directory, const files::Tree& tree);

// The folder in which the session began; `otherwise` if none was recorded.
std::string session_directory(const std::vector<session::Entry>& entries, const std::string& otherwise);

}  // namespace cascade::playbook
