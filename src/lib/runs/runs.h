// Follows a session's subagents from the call that starts one to its usage. All of it is in the session's ledger: a
// line `call` for each event of a call, and lines `run` with the usage from a subagent's transcript since the last such
// line, one for each model that answered. A subagent's `run` lines add up to what its transcript says; the last one has
// its outcome.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/models.h"
#include "policy/policy.h"
#include "session/entry.h"
#include "session/ledger.h"

namespace cascade::tiers {

// An agent that is about to start. A text is empty if the value is unset.
struct Start {
  std::string tier;                         // its manifest's cascade-tier
  std::string own_model, own_effort;        // its manifest's `model` and `effort`
  bool is_read = true;                      // the client reads that manifest: its values take effect without us
  std::string asked_model, asked_effort;    // by its caller
  bool nested = false;                      // a subagent calls it and passes on what is not set
  std::optional<client::Family> session{};  // the main conversation's; nothing: unknown
  bool raise = false;                       // one tier up, because it failed on its own tier
};

struct Choice {
  std::string tier;           // the tier that it runs on; empty: none is configured for it
  bool raised = false;        // that tier is not its own
  std::string model, effort;  // to be set; empty: left as it is
};

// The values that the caller or the agent's own file sets are kept. Nothing exceeds the session's model unless the
// configuration allows it; if that model is unknown, only the lightest family is certain not to exceed it.
Choice choose(const Start& start, const policy::Tiers& tiers);

// Outcomes of a run. Only `done` is a success; an interrupted run is neither success nor failure.
constexpr std::string_view done = "done", failed = "failed", tool_error = "tool-error", unverified = "unverified",
                           interrupted = "interrupted";

// Whether a subagent did something outside that no one has verified.
using HasOpenEffect = std::function<bool(const session::Ledger& ledger, const std::string& id)>;

// A call of the tool that starts subagents, before it runs.
struct Issue {
  std::string call, prompt_id;
  std::string caller;  // empty: the main conversation
  std::string agent;   // its name, or its type
  std::string task;    // its prompt
  std::string session_model;
  bool sets = true;  // false: the tier is only counted
  Start start;       // `raise` is determined here
};

// Records the call and returns what to set. Repeated questions about one call get the same answer, and if several
// processes ask at once, one of them decides. A call is raised if the same agent failed in this turn, or was given the
// same task and has ended; at most once a turn.
Result<Choice> issue(const Issue& issue, const policy::Tiers& tiers, const HasOpenEffect& has_open_effect,
                     session::Ledger& ledger, std::int64_t now);

// Records the progress of a call: launched, completed, failed (session/entry.h). Records nothing twice.
Result<void> note_call(session::RunNote note, const std::string& prompt_id, session::Ledger& ledger, std::int64_t now);

struct Settling {
  std::int64_t now = 0;
  std::uint32_t patience_ms = 0;  // how long to wait for transcripts that are not written yet
  bool unlinked = false;          // includes subagents whose call is unknown
};
// Adds the `run` lines of stopped subagents, as far as their transcripts are written. Error: unwritable.
Result<void> settle(const Settling& settling, const HasOpenEffect& has_open_effect, session::Ledger& ledger);

// The lines that settle() would add for the transcripts as they are now; nothing is written.
std::vector<session::Entry> unsettled_runs(const HasOpenEffect& has_open_effect, const session::Ledger& ledger);

std::uint64_t words_hash(std::string_view text);  // a hash of someone's last words, for finding them in a transcript

// Reads the costs of a subagent from its transcript (client 2.1.328: JSON lines, written some 100 ms late, an answer of
// several blocks as several lines with one id and one usage). A call's own result has only the usage of its last
// answer, so the transcript decides. It is untrusted: other programs may have written it.

// The answers of one model.
struct Answers {
  std::string model;
  session::Usage usage, long_usage;  // of all answers; of those to prompts above client::long_prompt_tokens
};

struct Stretch {
  std::vector<Answers> models;          // in the order of their first answers
  std::uint64_t tools = 0;              // calls
  std::uint64_t end = 0;                // the first byte that was not read, at a line's beginning
  bool ends = false;                    // the last answer calls no tool
  bool failed = false;                  // the last answer is an error message by the client
  bool tool_failed = false;             // the last tool call failed
  std::vector<std::string> last_texts;  // the text blocks of the last answer
};

// Reads the whole lines of `text`, which begins at byte `from` of the file. Lines that are not JSON are skipped.
Stretch read_stretch(std::string_view text, std::uint64_t from);

// Reads a file from byte `from` on: all of it, or at most 16 MiB, ending where no answer is split. Errors: not_found,
// unreadable.
Result<Stretch> read_transcript(const std::string& path, std::uint64_t from);

// The subagent that a call started, from the client's notes next to the transcripts; empty if unknown.
std::string subagent_of_call(const std::string& session_transcript, const std::string& call);

// The path of the transcript of a session's subagent.
std::string subagent_transcript(const std::string& session_transcript, const std::string& id);

// The model of the answer that made `call`, or of the last answer if `call` is empty. Reads the end of a session's
// transcript. Empty if it is not there (yet).
std::string model_of_call(const std::string& session_transcript, const std::string& call);

}  // namespace cascade::tiers
