// Permissions that only a person may give, and their file: the one list behind `cascade allow` and `cascade trust`.
#pragma once

#include <cascade/result.h>

#include "cli/environment.h"
#include "trust/allowed.h"

namespace cascade::cli {

// Whether a client, and so a model, runs this program: the client's variable is set here or in a parent process.
bool is_run_by_client(const Environment& environment);
// The error if it is.
Error only_a_person();

// unwritable: there is no place for the list; malformed, unreadable: the list itself.
Result<trust::Allowed> read_consents(const Environment& environment);
Result<void> write_consents(const Environment& environment, const trust::Allowed& allowed);

}  // namespace cascade::cli
