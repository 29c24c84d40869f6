// The user's own prompts with what they then made use of, as prompts with known answers (docs/formats/prompts.md).
#pragma once

#include <string>

#include "usage/report.h"

namespace cascade::usage {

// A line of JSON for each prompt, in the order of time, equal ones once. A prompt that was answered by a load of which
// nothing was used expects silence; so does one after which nothing came.
std::string prompts_file(const Report& report);

}  // namespace cascade::usage
