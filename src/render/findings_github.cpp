// Writes findings as annotations of GitHub's workflow commands.
#include "render/findings.h"

#include "unicode/utf8.h"

#include <algorithm>

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

std::string annotation(const Diagnostic& finding) {
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
  return out + "::" + escaped(finding.message, false) + "\n";
}

}  // namespace

std::string findings_github(const std::vector<Diagnostic>& found, const FindingsContext& context) {
  std::vector<const Diagnostic*> order;
  for (const Diagnostic& finding : found) order.push_back(&finding);
  std::stable_sort(order.begin(), order.end(),
                   [](const Diagnostic* a, const Diagnostic* b) { return a->severity > b->severity; });
  std::string out;
  for (const Diagnostic* finding : order) out += annotation(*finding);
  return out + findings_summary(found, context) + "\n";
}

}  // namespace cascade::rendering
