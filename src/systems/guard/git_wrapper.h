// The program `git` that layer two puts in front on PATH: it adds the hooks to every call, whatever became of the
// variables that also carry them.
#pragma once

#include <string>

#include "events/systems.h"

namespace cascade::systems {

// The folder of the wrapper and of what is noted about the session's commands.
std::string program_folder(const std::string& session_id, const Surroundings& surroundings);

// The script. `folder` is where it will lie, `hooks` the folder of layer two's hooks.
std::string git_wrapper(const std::string& folder, const std::string& hooks);

}  // namespace cascade::systems
