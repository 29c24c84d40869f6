// Faults at their places: `cascade validate`.
#pragma once

#include <cascade/render.h>
#include <cascade/validate.h>

#include "render/paint.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace cascade::rendering {

// What the findings themselves do not say. `read` gives a file's text for excerpts; its errors cost the excerpt only.
// `suppressed`: how many findings the configuration or a comment dropped.
struct FindingsContext {
  std::string version, profile;
  Checked checked;
  std::uint64_t suppressed = 0;
  std::function<Result<std::string>(const std::string& path)> read;
};

// Sorted findings. text: excerpt with a caret, one help line, a summary. json: cascade.validate/1. github: annotations,
// the most severe first (code hosts show ten of a level).
Result<std::string> findings(const std::vector<Diagnostic>& found, const FindingsContext& context, Format format,
                             Paint paint);

std::string findings_text(const std::vector<Diagnostic>& found, const FindingsContext& context, Paint paint);
std::string findings_json(const std::vector<Diagnostic>& found, const FindingsContext& context);
std::string findings_github(const std::vector<Diagnostic>& found, const FindingsContext& context);

struct SeverityCounts {
  std::uint64_t error = 0, warning = 0, info = 0;
};
SeverityCounts count_severities(const std::vector<Diagnostic>& found);
std::string findings_summary(const std::vector<Diagnostic>& found, const FindingsContext& context);

}  // namespace cascade::rendering
