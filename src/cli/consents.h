// What only a person may allow, and where it is kept: the one list behind `cascade allow` and `cascade trust`.
#pragma once

#include <cascade/result.h>

#include "cli/environment.h"
#include "trust/allowed.h"

namespace cascade::cli {

// Whether a client runs this, and with it a model: by the client's variable, or by that of a process above.
bool is_run_by_client(const Environment& environment);
// The error where it is.
Error only_a_person();

// unwritable: there is no place for it; malformed, unreadable: the list.
Result<trust::Allowed> read_consents(const Environment& environment);
Result<void> write_consents(const Environment& environment, const trust::Allowed& allowed);

}  // namespace cascade::cli
