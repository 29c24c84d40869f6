// Renders faults at their places, for `cascade validate`.
#pragma once

#include <cascade/render.h>
#include <cascade/validate.h>

#include "render/paint.h"
#include "validate/checkup/checkup.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace cascade::rendering {

// Facts that the findings lack. `read` returns a file's text for excerpts; if it fails, only the excerpt is missing.
// `suppressed`: how many findings the configuration or a comment dropped.
// `extent`: how much a text shows of many findings. causes: a table of the rules, then each cause once. each: all
// findings, one by one. counts: only the table.
enum class Extent : std::uint8_t { causes, each, counts };

// A rule that is not in the validator's catalogue.
struct OtherRule {
  std::string_view id, slug, condition;
};

struct FindingsContext {
  std::string version, profile;
  Checked checked;
  std::uint64_t suppressed = 0;
  std::uint64_t baselined = 0;           // known from a baseline, and in no other number
  std::optional<std::uint64_t> earlier;  // findings from before the change, counted nowhere else; nothing: all count
  Extent extent = Extent::causes;
  std::vector<OtherRule> more_rules = {};
  std::vector<std::string> elsewhere = {};  // manifests that were not checked and are broken
  std::function<Result<std::string>(const std::string& path)> read;
};

// Everything except the program's version and the extent, which the caller sets. Refers to the checkup.
FindingsContext context_of(const Checkup& checkup);

// Takes sorted findings. text: an excerpt with a caret, one help line, a summary. json: cascade.validate/1. github:
// annotations, the most severe first, because code hosts show only ten of each level. sarif: SARIF 2.1.0, for code
// hosts that store findings.
Result<std::string> findings(const std::vector<Diagnostic>& found, const FindingsContext& context, Format format,
                             Paint paint);

std::string findings_text(const std::vector<Diagnostic>& found, const FindingsContext& context, Paint paint);
std::string findings_json(const std::vector<Diagnostic>& found, const FindingsContext& context);
std::string findings_sarif(const std::vector<Diagnostic>& found, const FindingsContext& context);
std::string findings_github(const std::vector<Diagnostic>& found, const FindingsContext& context);

// Findings by severity; those that are off are in none.
struct SeverityCounts {
  std::uint64_t error = 0, warning = 0, info = 0;
};
SeverityCounts count_severities(const std::vector<Diagnostic>& found);
// "2 errors, 1 warning in 3 skills, ...", one line without its end.
std::string findings_summary(const std::vector<Diagnostic>& found, const FindingsContext& context);

}  // namespace cascade::rendering
