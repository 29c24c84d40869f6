// Renders the findings of `cascade duplicates`.
#pragma once

#include <cascade/render.h>

#include "duplicates/duplicates.h"
#include "render/paint.h"

#include <cstddef>
#include <string>

namespace cascade::rendering {

// text: a table of at most `limit` rows. json: cascade.duplicates/1, complete.
Result<std::string> duplicates(const Registry& registry, const duplicates::Report& report, std::size_t limit,
                               Format format, Paint paint);

}  // namespace cascade::rendering
