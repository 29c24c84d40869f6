// Renders the effects of a change on rights, routing and tokens, for `cascade diff`.
#pragma once

#include <cascade/render.h>

#include "difference/difference.h"
#include "render/parts.h"

#include <string>

namespace cascade::rendering {

struct DifferenceReport {
  // the revision compared with, as the caller named it
  std::string since;
  bool failed = false;  // by the caller's criteria
  difference::Difference difference;
};

// "may use Bash(git *)", "runs the hook PreToolUse Bash: look.sh".
std::string deed_of(const difference::Right& right);

// Formats text and json (cascade.diff/1).
Result<std::string> difference(const DifferenceReport& report, Format format, Paint paint);

}  // namespace cascade::rendering
