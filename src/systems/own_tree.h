// Two subagents on the same files: the second gets a work tree of its own.
#pragma once

#include <cascade/result.h>

#include <string>
#include <string_view>
#include <vector>

#include "files/tree.h"
#include "systems/systems.h"

namespace cascade::systems {

// The files that a text names, links resolved: words that are a file below `directory`, or would be one in a folder
// that is there ("src/new.cpp"). Each once, sorted. Folders are not files: many tasks name the same one and share
// nothing.
std::vector<std::string> named_files(std::string_view text, const std::string& directory, const files::Tree& tree);

// Of an event before the agent tool (PreToolUse): the files that its prompt names and that another agent of the same
// work tree, which is still at work, was given; none: it may work in this tree, and is noted as working on what it
// names. None as well where leases do not block, outside of a repository, for an agent that cannot write (its tools
// hold neither Edit nor Write nor NotebookEdit), and for one that gets a work tree anyway.
Result<std::vector<std::string>> contested_files(std::string_view event_json, const Surroundings& surroundings);

}  // namespace cascade::systems
