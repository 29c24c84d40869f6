// Layer two of the repository guard: git itself asks, through hooks that the session's environment puts before the
// repository's own.
#pragma once

#include <cascade/result.h>

#include <optional>
#include <string>
#include <vector>

#include "cli/call.h"
#include "events/systems.h"
#include "files/tree.h"
#include "git/expected.h"
#include "policy/policy.h"

namespace cascade::systems {

// Creates the session's folder of hooks and points git to it in the client's environment file. `began`: the work tree
// in which the session began. Error: unwritable.
Result<void> set_up_layer_two(const std::string& session_id, const std::string& began,
                              const Surroundings& surroundings);

// Writes the hooks and the wrapper again if something (a hook manager that asks nobody) has changed them. Returns what
// it was; empty: they are as they should be, or there are none.
std::string mend_layer_two(const std::string& session_id, const Surroundings& surroundings);

// One hook that git runs: `name` and `arguments` as git passes them, and `input` from its standard input.
struct GitHook {
  std::string session_id, name;
  std::vector<std::string> arguments;
  std::string input, directory;
};

// The folder of the wrapper, a program `git` that comes first on PATH, and of what is noted about the session.
std::string program_folder(const std::string& session_id, const Surroundings& surroundings);

// Its folders for temporary files, with links resolved.
std::vector<std::string> temporary_folders(const Surroundings& surroundings, const files::Tree& tree);

// The wrapper's script, which adds the hooks to every call. `folder` is where it will lie, `hooks` that of the hooks.
std::string git_wrapper(const std::string& folder, const std::string& hooks);

// The session's mark of what began: "began", the session, in which stands its work tree; "command", its command that
// runs, in which stands the client's process.
std::string mark_of(const char* what, const std::string& session_id, const Surroundings& surroundings);

// Before a command of the session runs, and after it. Of several at a time the first one counts, until one ends.
void note_command(const std::string& session_id, const Surroundings& surroundings);
void note_end(const std::string& session_id, const Surroundings& surroundings);

// Notes for all sessions which one made a repository.
void note_maker(const std::string& common_dir, const std::string& session_id, const Surroundings& surroundings);
constexpr std::string_view made_name = "made";
// The same, where the wrapper has run `git init` or `git clone` in a folder without a repository.
void note_made_repository(const GitHook& hook, const Surroundings& surroundings);

// A repository or work tree that the session is making, or has made with the command at hand; nothing: somebody else.
std::optional<repository::Expected> made_now(const repository::Facts& facts,
                                             const repository::Expectations& expectations,
                                             const std::string& session_id, const Surroundings& surroundings);

// The verb of the git that was called, by the wrapper; empty: it was not asked.
std::string_view verb_of(const Surroundings& surroundings);

// What layer two did not see is compared afterwards, so nothing that a command drops on its way hides it (slipped.cpp).

// One branch, tag or HEAD.
struct Reference {
  std::string name, value;
};

// Notes where the branches around the session are, before a command runs. `places`: directories that the command names.
// Returns what a command before it, whose end nobody told, has moved; empty if nothing.
std::string note_references(const std::string& session_id, const repository::Expectations& expectations,
                            const std::vector<std::string>& places, const policy::Policy& policy,
                            const Surroundings& surroundings);

// Says what was moved since, and the command that undoes it, and which settings of the guard were changed; empty if
// nothing was, or nothing was noted.
std::string moved_references(const std::string& session_id, const Surroundings& surroundings);

// Adds to a file that all sessions read, and forgets what is old in it.
void note_line(const std::string& path, const std::string& lines);

// Remembers that a git of some session was allowed to write here, so that no other session takes it for its own doing.
void note_allowed_change(const std::string& common_dir, const std::vector<Reference>& changes,
                         const Surroundings& surroundings);

}  // namespace cascade::systems

namespace cascade::cli {

// cascade guard git-hook STATE CONFIGURATION TEMPORARY SESSION NAME ARGUMENT...: called by the scripts that layer two
// gives to git. The first three are the values from the session's start, since a line may have changed the environment.
Exit run_git_hook(Call& call, const std::vector<std::string>& words);

}  // namespace cascade::cli
