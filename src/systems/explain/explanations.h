// Renders explanations of changes, for `cascade explain`. (Explanation in this namespace's other files is a link map.)
#pragma once

#include <cascade/render.h>

#include "explain/check.h"
#include "render/parts.h"

#include <string>
#include <string_view>
#include <vector>

namespace cascade::rendering {

// How hard a check presses, and why.
struct ExplainForce {
  std::string mode;    // in force: shadow, warn, block
  bool fails = false;  // the check's answer is no
};

// Formats text, json (cascade.explain-check/1), sarif, github.
Result<std::string> explain_report(const comprehension::Report& report, const ExplainForce& force,
                                   std::string_view version, Format format, Paint paint);
// Formats text and json (cascade.explain-list/1).
Result<std::string> explain_list(const std::vector<comprehension::Record>& records, Format format, Paint paint);

// The findings as the other writers of findings take them.
std::vector<Diagnostic> diagnostics_of(const comprehension::Report& report);

}  // namespace cascade::rendering
