// Findings of the validator, and of verbs that judge by rules of their own, as code hosts read them and counted.
#pragma once

#include <cascade/diagnostic.h>
#include <cascade/validate.h>

#include "render/parts.h"
#include "syntax/lines.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::rendering {

// causes: a table of the rules, then each cause once. each: all findings, one by one. counts: only the table.
enum class Extent : std::uint8_t { causes, each, counts };

// A rule that is not in the validator's catalogue.
struct OtherRule {
  std::string_view id, slug, condition;
};

// The validator's rules, as far as findings have any; null: of nobody.
struct Catalogue {
  const RuleInfo* (*find)(std::string_view id) noexcept = nullptr;
  std::optional<Profile> (*profile)(std::string_view name) noexcept = nullptr;

  const RuleInfo* rule(std::string_view id) const noexcept { return find == nullptr ? nullptr : find(id); }
};

// Facts that the findings lack. `read` returns a file's text for excerpts; if it fails, only the excerpt is missing.
// `suppressed`: how many findings the configuration or a comment dropped.
struct FindingsContext {
  std::string version, profile;
  Checked checked;
  std::uint64_t suppressed = 0;
  std::uint64_t baselined = 0;           // known from a baseline, and in no other number
  std::optional<std::uint64_t> earlier;  // findings from before the change, counted nowhere else; nothing: all count
  Extent extent = Extent::causes;
  Catalogue catalogue;
  std::vector<OtherRule> more_rules = {};
  std::vector<std::string> elsewhere = {};  // manifests that were not checked and are broken
  std::function<Result<std::string>(const std::string& path)> read;
};

// Of sorted findings. github: annotations, the most severe first, because code hosts show only ten of each level.
// sarif: SARIF 2.1.0, for code hosts that store findings.
std::string findings_sarif(const std::vector<Diagnostic>& found, const FindingsContext& context);
std::string findings_github(const std::vector<Diagnostic>& found, const FindingsContext& context);

// Findings by severity; those that are off are in none.
struct SeverityCounts {
  std::uint64_t error = 0, warning = 0, info = 0;
};
SeverityCounts count_severities(const std::vector<Diagnostic>& found);
// "2 errors, 1 warning in 3 skills, ...", one line without its end.
std::string findings_summary(const std::vector<Diagnostic>& found, const FindingsContext& context);

struct RuleCount {
  std::string rule;
  Severity severity = Severity::info;
  std::size_t findings = 0, files = 0;
};

// The most severe first, then the most frequent, then by id.
std::vector<RuleCount> count_rules(const std::vector<Diagnostic>& found);

// Findings of one rule with the same message share a cause. `members` are indices into the findings, ascending.
struct Cause {
  std::vector<std::size_t> members;
};

// In the order of count_rules(), within a rule by their first finding.
std::vector<Cause> causes_of(const std::vector<Diagnostic>& found);

//    |
//  2 | name: csv-cleaner
//    |       ^^^^^^^^^^^
//
// Hidden characters appear as <U+202E>, a tab as one blank; long lines are cut around the caret. Empty if the text has
// no such line. Linear in the line.
std::string excerpt(const syntax::LineIndex& lines, const Location& at, Paint paint);

}  // namespace cascade::rendering
