// The words of names that a prompt excludes.
#pragma once

#include <cstdint>
#include <vector>

#include "route/answer/prompt.h"
#include "route/tables.h"

namespace cascade::route {

// Words of names after "not", "without" and "instead of": terms, sorted.
std::vector<std::uint32_t> excluded_words(const Tables& tables, const Prompt& prompt);

}  // namespace cascade::route
