// Layer two: git itself asks, through hooks that the session's environment puts in front of a repository's own.
#pragma once

#include <cascade/result.h>

#include <optional>
#include <string>
#include <vector>

#include "systems/systems.h"

namespace cascade::systems {

// Makes the session's folder of hooks and tells git of it in the environment file of the client. unwritable.
Result<void> set_up_layer_two(const std::string& session_id, const Surroundings& surroundings);

// One hook that git runs. `name` and `arguments` as git gives them, `input` its standard input.
struct GitHook {
  std::string session_id, name;
  std::vector<std::string> arguments;
  std::string input, directory;
};

// Why git is to be refused; nothing: it may go on.
Result<std::optional<std::string>> judge_git_hook(const GitHook& hook, const Surroundings& surroundings);

// The repository's own hook of that name, which runs after ours; empty: there is none.
std::string own_hook(const GitHook& hook, const Surroundings& surroundings);

}  // namespace cascade::systems
