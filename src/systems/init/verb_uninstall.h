// How the running program was installed, which decides how it is removed.
#pragma once

#include <string>

#include "cli/call.h"
#include "files/tree.h"

namespace cascade::cli {

// The commands that remove the program at this path, one on each line, each in words that a shell takes. A line that
// begins with '#' explains the next one. Looks at the tree and runs nothing.
std::string removal_commands(const files::Tree& tree, const std::string& program);

// The command that removes a folder.
std::string removal_of_folder(const std::string& folder);

// What `cascade init --remove --everywhere` does, for other verbs.

// Takes our entries out of all settings that call this program, and says what it did or would do.
Exit remove_hooks(Call& call, bool dry_run);

}  // namespace cascade::cli
