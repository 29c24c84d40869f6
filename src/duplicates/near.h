// Sections and manifests that say nearly the same.
#pragma once

#include <cascade/registry.h>

#include "duplicates/duplicates.h"

namespace cascade::duplicates {

// Texts are nearly equal when they have at least this share of their runs of three words in common, in thousandths.
constexpr std::uint32_t least_alike = 800;
constexpr TokenCount least_tokens = 30;  // of a section: two short ones are alike by chance

// Adds what is nearly equal to the report of find_duplicates(); of equal texts one takes part. Errors are those of
// `read`. Linear in the texts but for sorting.
Result<void> find_near_duplicates(const Registry& registry, const ReadSection& read, Report& report);

}  // namespace cascade::duplicates
