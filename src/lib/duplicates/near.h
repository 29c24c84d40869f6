// Finds sections and manifests that say nearly the same.
#pragma once

#include <cascade/registry.h>

#include "duplicates/duplicates.h"

namespace cascade::duplicates {

// Texts are nearly equal if they share at least this part of their runs of three words, in thousandths.
constexpr std::uint32_t least_alike = 800;
constexpr TokenCount least_tokens = 30;  // in a section: two short ones may be similar by chance

// Adds nearly equal texts to the report of find_duplicates(); equal texts take part once. Errors are those of `read`.
// Linear in the texts except for sorting.
Result<void> find_near_duplicates(const Registry& registry, const ReadSection& read, Report& report);

}  // namespace cascade::duplicates
