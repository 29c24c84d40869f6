// Runs one program from a skill's folder, with exactly the bytes that were allowed.
#pragma once

#include <cascade/manifest.h>
#include <cascade/result.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/judges.h"
#include "events/systems.h"
#include "files/folder.h"
#include "files/run_program.h"
#include "hook/event.h"
#include "manifest/skill_hooks.h"
#include "policy/allowed.h"
#include "policy/policy.h"
#include "session/ledger.h"

namespace cascade::trust {

struct SkillFolder {
  Symbol symbol;
  std::string manifest;  // its file's name
  std::string path;      // the folder; absolute, links resolved
  std::vector<files::WholeFile> files{};
  // SHA-256 of the skill's name and of the path, the permissions and the bytes of everything in the folder.
  std::string hash;

  const files::WholeFile* find(std::string_view file) const;  // below the folder; null if there is none
  std::string manifest_path() const;
};

// unsupported: the manifest is not a skill with a folder of its own, or the folder contains something that cannot be
// vouched for (files::read_whole_folder). Also not_found, unreadable.
Result<SkillFolder> read_skill_folder(const Symbol& symbol, const std::string& manifest_path);

// The hooks that the manifest in the folder declares, regardless of any index.
manifest::SkillHooks hooks_of(const SkillFolder& folder);

// Checks that the program can be run. The error says why not, with a next step: it is missing, not executable, or needs
// an interpreter in a folder that anyone may write to.
Result<void> check_program(const SkillFolder& folder, const std::string& program);

// Whether a person allowed what a manifest would run, exactly as it is now.
struct Consent {
  Allowed::Hooks state = Allowed::Hooks::none;
  std::string hash{};            // of a skill's folder; empty for a command
  std::optional<Error> refused;  // it cannot be allowed at all: the folder holds a link, or the skill has none
};

// A skill is allowed by its whole folder, a command by its file; neither by a folder around it. `path`: of the
// manifest, absolute, links resolved. Reads the folder or the file.
Consent consent_to(const Symbol& symbol, const std::string& path, const Allowed& allowed);

// "asleep", "changed", "allowed".
std::string_view to_string(Allowed::Hooks state) noexcept;

// The list at `path`. unreadable: it belongs to another user, who grants nothing; the other errors of Allowed::read.
Result<Allowed> read_own_list(const std::string& path);

constexpr std::uint32_t most_milliseconds = 2'000;
constexpr std::size_t most_answer_bytes = std::size_t{64} << 10;

struct HookCall {
  const SkillFolder& folder;
  const std::vector<std::string>& words;  // the program's path below the folder, and its arguments
  std::string_view event;                 // its standard input: the client's JSON
  std::string directory;                  // its working directory
  std::string project, home;              // passed to the program; empty: not passed
  std::uint32_t milliseconds = most_milliseconds;
  std::string sandbox{files::sandbox_program};  // empty: no confinement is tried
};

struct HookRun {
  files::ProgramRun program;
  bool confined = false;
};

// Executes the program from a copy in memory of the bytes that were read with the folder, whatever is on disk by now.
// No shell is involved, and none of this process's environment or open files reaches the program. If bubblewrap and
// user namespaces are available, it is confined: it sees every file read-only, the skill's folder as it was read, an
// empty /tmp and /run, no network and no other process, and cannot create a socket that connects (files::denied_calls).
// Errors: unsupported and not_found from check_program(); unreadable if it could not be started.
Result<HookRun> run_hook(const HookCall& call);

// A program's answer to an event, read as the client would (2.1.328).
struct HookAnswer {
  enum class Outcome { silent, said, ask, deny, late, failed };
  Outcome outcome = Outcome::silent;
  std::string context{};  // for the model
  std::string notice{};   // for the user
  std::string reason{};   // ask, deny: the reason; late, failed: the cause
};
std::string_view to_string(HookAnswer::Outcome outcome) noexcept;

// Standard output is a JSON object in the client's form, or text for the model. Status 2 refuses, with standard error
// as the reason. A program can refuse but never grant: "allow" and a changed input are ignored. Any other status, a
// signal and more than 64 KiB of output are failures, and their output is ignored.
HookAnswer read_hook_answer(const files::ProgramRun& run);

}  // namespace cascade::trust

// The hooks of skills: while a manifest is active for an event's conversation or subagent, its declared hooks speak or
// run.

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
