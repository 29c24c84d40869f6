// Renders the router's results, for `cascade eval`.
#pragma once

#include <cascade/registry.h>
#include <cascade/render.h>

#include "eval/confusions.h"
#include "eval/evaluate.h"
#include "render/paint.h"

#include <optional>
#include <string>
#include <vector>

namespace cascade::rendering {

struct EvaluationReport {
  evaluation::Evaluation evaluation;
  std::optional<std::vector<evaluation::Confusion>> confusions;  // set if they were requested
  bool failures = false;                                         // list the prompts that went wrong
};

// Formats text and json (cascade.eval/1).
Result<std::string> evaluation(const Registry& registry, const EvaluationReport& report, Format format, Paint paint);

}  // namespace cascade::rendering
