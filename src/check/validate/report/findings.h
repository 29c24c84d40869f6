// Renders faults at their places, for `cascade validate`.
#pragma once

#include <cascade/render.h>

#include <string>
#include <vector>

#include "render/findings.h"
#include "render/parts.h"
#include "validate/checkup/checkup.h"

namespace cascade::rendering {

// Everything except the program's version and the extent, which the caller sets. Refers to the checkup.
FindingsContext context_of(const Checkup& checkup);

// Takes sorted findings. text: an excerpt with a caret, one help line, a summary. json: cascade.validate/1.
Result<std::string> findings(const std::vector<Diagnostic>& found, const FindingsContext& context, Format format,
                             Paint paint);

std::string findings_text(const std::vector<Diagnostic>& found, const FindingsContext& context, Paint paint);
std::string findings_json(const std::vector<Diagnostic>& found, const FindingsContext& context);

}  // namespace cascade::rendering
