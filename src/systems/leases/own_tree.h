// Gives the second of two subagents on the same files a work tree of its own.
#pragma once

#include <cascade/result.h>

#include <string>
#include <string_view>
#include <vector>

#include "events/systems.h"
#include "files/tree.h"

namespace cascade::systems {

// The files that a text names, with links resolved, each once, sorted. A word counts if it is a file below `directory`
// or could be a new one in an existing folder ("src/new.cpp"). Folders do not count, since many tasks name the same
// folder and share no file.
std::vector<std::string> named_files(std::string_view text, const std::string& directory, const files::Tree& tree);

// For an event before the agent tool (PreToolUse): the files that its prompt names and that another agent, still at
// work in the same work tree, was given. Empty: the agent may work in this tree and is recorded as working on the files
// that it names. Also empty if leases do not block, outside a repository, for an agent that cannot write (its tools
// include none of Edit, Write and NotebookEdit), and for one that gets a work tree anyway.
Result<std::vector<std::string>> contested_files(const hook::EventInput& event, const policy::Policy& policy,
                                                 const Surroundings& surroundings);

}  // namespace cascade::systems
