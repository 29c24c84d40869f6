// Subagents of a session, from the call that starts one to what it used. All of it is in the session's ledger: a line
// `call` for each thing that happens to a call, and lines `run` with what the transcript tells of a subagent since the
// last such line about it, one for each model that answered. The sum of a subagent's `run` lines is what its transcript
// says; the last of them has its outcome.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "session/ledger.h"
#include "tiers/choose.h"

namespace cascade::tiers {

// Outcomes of a run. Only `done` is a success; an interrupted one is neither success nor failure.
constexpr std::string_view done = "done", failed = "failed", tool_error = "tool-error", unverified = "unverified",
                           interrupted = "interrupted";

// Whether a subagent did something outside that nobody has verified.
using HasOpenEffect = std::function<bool(const session::Ledger& ledger, const std::string& id)>;

// A call of the tool that starts subagents, before it runs.
struct Issue {
  std::string call, prompt_id;
  std::string caller;  // empty: the main conversation
  std::string agent;   // its name, or its type
  std::string task;    // its prompt
  std::string session_model;
  bool sets = true;  // false: only counted
  Start start;       // `raise` is found out here
};

// Notes the call and says what to set; the same answer however often the same call is asked about. Of several processes
// that ask at once one decides. A call is raised when the same agent failed in this turn, or was given the same task
// and has ended; once a turn.
Result<Choice> issue(const Issue& issue, const policy::Tiers& tiers, const HasOpenEffect& has_open_effect,
                     session::Ledger& ledger, std::int64_t now);

// Notes what became of a call: launched, completed, failed (session/entry.h). Nothing twice.
Result<void> note_call(session::RunNote note, const std::string& prompt_id, session::Ledger& ledger, std::int64_t now);

struct Settling {
  std::int64_t now = 0;
  std::uint32_t patience_ms = 0;  // that it waits for transcripts which the client has not written yet
  bool unlinked = false;          // also subagents of which it is not known which call they belong to
};
// Adds the `run` lines of subagents that have stopped, as far as their transcripts are written. unwritable.
Result<void> settle(const Settling& settling, const HasOpenEffect& has_open_effect, session::Ledger& ledger);

// What is not settled yet, as the transcripts are now; nothing is written.
std::vector<session::Entry> unsettled_runs(const HasOpenEffect& has_open_effect, const session::Ledger& ledger);

// A text without what a repeated task may differ in: capitals, spaces, punctuation.
std::uint64_t task_hash(std::string_view task);
// Of what somebody said last, to be found again in a transcript.
std::uint64_t words_hash(std::string_view text);

}  // namespace cascade::tiers
