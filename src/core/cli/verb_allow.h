// Permissions that only a person may give, and their file: the one list behind `cascade allow` and `cascade trust`.
#pragma once

#include <cascade/result.h>

#include "cli/environment.h"
#include "policy/allowed.h"

#include <optional>

namespace cascade::cli {

// Whether a client, and so a model, runs this program: the client's variable is set here or in a parent process.
bool is_run_by_client(const Environment& environment);
// The error if it is.
Error only_a_person();

// Why a word typed in this terminal does not show that a person typed it; nothing: no reason is known. Inside tmux,
// screen and the like, and behind `ssh localhost`, any program of the user's can start commands and type answers, the
// client's shell too.
std::optional<Error> typed_by_anybody();

// unwritable: there is no place for the list; malformed, unreadable: the list itself.
Result<trust::Allowed> read_consents(const Environment& environment);
Result<void> write_consents(const Environment& environment, const trust::Allowed& allowed);

}  // namespace cascade::cli
