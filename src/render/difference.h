// What a change does to rights, routing and tokens: `cascade diff`.
#pragma once

#include <cascade/render.h>

#include "difference/difference.h"
#include "render/paint.h"

#include <string>

namespace cascade::rendering {

struct DifferenceReport {
  std::string since;
  bool failed = false;  // by what the caller takes for a failure
  difference::Difference difference;
};

// Formats text and json (cascade.diff/1).
Result<std::string> difference(const DifferenceReport& report, Format format, Paint paint);

}  // namespace cascade::rendering
