// What `cascade init --remove --everywhere` does, for other verbs.
#pragma once

#include "cli/call.h"

namespace cascade::cli {

// Takes our entries out of all settings that call this program, and says what it did or would do.
Exit remove_hooks(Call& call, bool dry_run);

}  // namespace cascade::cli
