// What was learned about the use of sections, where the user has switched it on.
#pragma once

#include <cascade/bundle.h>

#include "cli/environment.h"

namespace cascade::cli {

// Nothing: nothing was learned, or `learn: on` does not stand in the user's own cascade.yaml. Where there is no file of
// what was learned, this costs one look for it. Errors: those of policy::read_policy and usage::read_learned.
Result<Learned> learned_values(const Environment& environment);

}  // namespace cascade::cli
