// Renders faults at their places, for `cascade validate`.
#pragma once

#include <cascade/render.h>
#include <cascade/validate.h>
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

// Renders the rules themselves, for `validate --explain` and `--list-rules`.
// One rule: when it fires, why, a bad and a good example, how to silence it.
std::string rule_text(const RuleInfo& rule);

// All rules by id. text: one line for each. json: cascade.rules/1. markdown: docs/rules.md.
Result<std::string> rule_list(Format format);

}  // namespace cascade::rendering
