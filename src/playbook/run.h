// Where a session stands in its playbooks: what its ledger tells, folded in order. Nothing else knows it, so that the
// position outlives compaction, `--continue` and a fork, and is one for all subagents.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "playbook/plan.h"
#include "session/ledger.h"

namespace cascade::playbook {

// What an entry of the ledger tells of a run. `start` begins it and holds its plan; `seen` is something that may end a
// step; `told`: a line reminded of the position; the others move it.
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
  std::uint64_t opened_at = 0;          // the entry by which it was opened last
  std::vector<std::string> baseline;    // of that moment (playbook/evidence.h)
  std::vector<std::uint64_t> evidence;  // done: entries that showed it
  std::string result;                   // done: what it handed on; skipped: why
  std::uint32_t rounds = 0;             // how often it was done
};

struct Run {
  std::uint32_t number = 0;  // from 1 in a session
  Plan plan;                 // as it was when the run began
  RunState state = RunState::active;
  std::vector<StepStatus> steps;       // in the order of the plan's
  std::vector<std::string> detours;    // skills beside the chain, the first one is open; steps wait meanwhile
  std::optional<std::uint32_t> after;  // where the detours lead to; nothing: the end
  std::string waits;                   // for what; empty: it does not wait

  const StepStatus* find(std::uint32_t step) const noexcept;
  std::vector<std::uint32_t> open() const;  // numbers of the open steps; none during a detour
  bool is_active() const noexcept { return state == RunState::active; }
  std::string name() const;  // the playbook's, without its kind
};

// All runs of a session in the order of their starts. One is active at most: another start pauses it.
std::vector<Run> runs_of(const std::vector<session::Entry>& entries);
// The active run; nothing when there is none.
std::optional<Run> active_run(const std::vector<session::Entry>& entries);

// The run after one more entry of it.
void apply(Run& run, const session::Entry& entry);
// The entry's note that begins a run of `plan`.
session::StepNote start_note(const Plan& plan, std::uint32_t number);

}  // namespace cascade::playbook
