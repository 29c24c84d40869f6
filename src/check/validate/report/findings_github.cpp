// Writes findings as annotations of GitHub's workflow commands. The service shows ten of each severity for a step, so
// each cause comes once before any of them comes again.
#include "validate/report/findings.h"

#include "render/parts.h"
#include "unicode/utf8.h"
#include "validate/report/rule_counts.h"

#include <algorithm>
#include <utility>

namespace cascade::rendering {
namespace {

// The service decodes %25, %0D and %0A everywhere, and %3A and %2C in properties as well.
std::string escaped(std::string_view text, bool property) {
  std::string out;
  for (const char c : unicode::displayable(text)) {
    if (c == '%') {
      out += "%25";
    } else if (c == ':' && property) {
      out += "%3A";
    } else if (c == ',' && property) {
      out += "%2C";
    } else {
      out += c;
    }
  }
  return out;
}

// `others`: how many more findings have the same cause and come later.
std::string annotation(const Diagnostic& finding, std::size_t others) {
  std::string out = finding.severity == Severity::error     ? "::error "
                    : finding.severity == Severity::warning ? "::warning "
                                                            : "::notice ";
  out += "file=" + escaped(finding.at.path, true);
  const auto add = [&](std::string_view key, std::uint32_t number) {
    if (number != 0) out.append(",").append(key).append("=") += std::to_string(number);
  };
  add("line", finding.at.line);
  add("col", finding.at.column);
  add("endLine", finding.at.end_line);
  add("endColumn", finding.at.end_line == finding.at.line ? finding.at.end_column : 0);
  const RuleInfo* rule = find_rule(finding.rule);
  out += ",title=" + escaped(finding.rule + (rule == nullptr ? "" : " " + std::string(rule->slug)), true);
  out += "::" + escaped(finding.message, false);
  if (others != 0) out += " (and at " + count_of(others, "other place") + ")";
  return out + "\n";
}

}  // namespace

std::string findings_github(const std::vector<Diagnostic>& found, const FindingsContext& context) {
  struct Annotation {
    const Diagnostic* finding;
    bool again;          // an earlier one has its cause
    std::size_t others;  // of the first: how many come again
  };
  std::vector<Annotation> all;
  for (std::size_t i = 0; i < found.size(); ++i) all.push_back({&found[i], true, 0});
  for (const Cause& cause : causes_of(found)) {
    all[cause.members.front()].again = false;
    all[cause.members.front()].others = cause.members.size() - 1;
  }
  std::stable_sort(all.begin(), all.end(), [](const Annotation& a, const Annotation& b) {
    return std::make_pair(b.finding->severity, a.again) < std::make_pair(a.finding->severity, b.again);
  });
  std::string out;
  for (const Annotation& one : all) out += annotation(*one.finding, one.others);
  return out + findings_summary(found, context) + "\n";
}

}  // namespace cascade::rendering
