// The hooks of skills: while a manifest is active for an event's conversation or subagent, its declared hooks speak or
// run.
#pragma once

#include <cascade/manifest.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "events/judges.h"
#include "events/systems.h"
#include "hook/event.h"
#include "policy/policy.h"
#include "session/ledger.h"
#include "trust/run_hook.h"

namespace cascade::systems {

// A manifest that declares hooks, or that a name calls.
struct Hooked {
  Symbol symbol;
  std::string path;        // of the manifest's file; absolute
  std::string declared{};  // the value of its hooks key
};

// The surroundings in which hooks run.
struct HookPlace {
  std::string state_directory;  // for the log; empty: no log
  std::string allowed_file;     // trust::Allowed
  std::string project, home;
  std::int64_t now = 0;                         // seconds since 1970
  std::uint32_t milliseconds = 3'000;           // for all hooks of one event; each gets at most two seconds
  std::string sandbox{files::sandbox_program};  // empty: nothing is confined
};

// What the hooks say: words for the model and for the user, cleaned, and verdicts on a tool call.
struct HookWords {
  client::Answer answer;
  std::vector<Verdict> verdicts;
};

// Runs the hooks in `hooked` that match this event, and records in the ledger what ran. `event_json`: the original
// event, for the programs' standard input. No hook runs twice for one Stop, and none runs without consent.
HookWords run_skill_hooks(const std::vector<Hooked>& hooked, const hook::EventInput& event, std::string_view event_json,
                          policy::Mode mode, session::Ledger& ledger, const HookPlace& place);

// The shell commands in the texts of skills and commands, which the client runs when it loads them: each waits for the
// consent that a skill's own programs wait for.

// Adds a verdict unless every manifest in `called` whose text holds shell commands was allowed as it is now: a skill
// with a folder of its own by `cascade trust allow`, which is for the whole folder, any other by its file. If there is
// none, the command comes from a file that nobody could allow, and is refused, too. What was decided is logged.
void judge_skill_line(const hook::EventInput& event, policy::Mode mode, const std::vector<Hooked>& called,
                      const HookPlace& place, std::vector<Verdict>& verdicts);

}  // namespace cascade::systems
