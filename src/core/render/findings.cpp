// Groups findings for a summary: counts by rule, the most severe and most frequent first; and causes, which are
// findings with the same rule and message. Causes are in the order of that table, then of their first places. As
// annotations of GitHub's workflow commands, each cause comes once before any of them comes again, since the service
// shows ten of each severity for a step.
#include "render/findings.h"

#include "render/parts.h"
#include "text/suggestion.h"
#include "unicode/utf8.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
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
std::string annotation(const Diagnostic& finding, std::size_t others, const Catalogue& catalogue) {
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
  const RuleInfo* rule = catalogue.rule(finding.rule);
  out += ",title=" + escaped(finding.rule + (rule == nullptr ? "" : " " + std::string(rule->slug)), true);
  out += "::" + escaped(finding.message, false);
  if (others != 0) out += " (and at " + count_of(others, "other place") + ")";
  return out + "\n";
}

// "1 broken outside of this folder: skill:rota (`cascade doctor` says where); here "
std::string elsewhere_text(std::vector<std::string> broken) {
  constexpr std::size_t most = 3;
  if (broken.empty()) return {};
  const std::string count = std::to_string(broken.size());
  if (broken.size() > most) {
    broken[most] = std::to_string(broken.size() - most) + " more";
    broken.resize(most + 1);
  }
  return count + " broken outside of this folder: " + listed(broken) + " (`cascade doctor` says where); here ";
}

}  // namespace

std::vector<RuleCount> count_rules(const std::vector<Diagnostic>& found) {
  std::map<std::string, RuleCount> by_rule;
  std::map<std::string, std::set<std::string>> files;
  for (const Diagnostic& finding : found) {
    RuleCount& count = by_rule[finding.rule];
    count.rule = finding.rule;
    count.severity = std::max(count.severity, finding.severity);
    ++count.findings;
    files[finding.rule].insert(finding.at.path);
  }
  std::vector<RuleCount> counts;
  for (auto& [rule, count] : by_rule) {
    count.files = files[rule].size();
    counts.push_back(std::move(count));
  }
  std::stable_sort(counts.begin(), counts.end(), [](const RuleCount& a, const RuleCount& b) {
    return std::tie(b.severity, b.findings) < std::tie(a.severity, a.findings);
  });
  return counts;
}

std::vector<Cause> causes_of(const std::vector<Diagnostic>& found) {
  std::map<std::string, std::size_t> order;
  for (const RuleCount& count : count_rules(found)) order.emplace(count.rule, order.size());
  std::map<std::pair<std::string_view, std::string_view>, Cause> by_message;
  for (std::size_t i = 0; i < found.size(); ++i) by_message[{found[i].rule, found[i].message}].members.push_back(i);
  std::vector<Cause> causes;
  causes.reserve(by_message.size());
  for (auto& [message, cause] : by_message) causes.push_back(std::move(cause));
  std::sort(causes.begin(), causes.end(), [&](const Cause& a, const Cause& b) {
    const std::size_t first_a = a.members.front(), first_b = b.members.front();
    return std::make_pair(order[found[first_a].rule], first_a) < std::make_pair(order[found[first_b].rule], first_b);
  });
  return causes;
}

SeverityCounts count_severities(const std::vector<Diagnostic>& found) {
  SeverityCounts counts;
  for (const Diagnostic& finding : found) {
    if (finding.severity == Severity::error) ++counts.error;
    if (finding.severity == Severity::warning) ++counts.warning;
    if (finding.severity == Severity::info) ++counts.info;
  }
  return counts;
}

std::string findings_summary(const std::vector<Diagnostic>& found, const FindingsContext& context) {
  const SeverityCounts counts = count_severities(found);
  std::string text = elsewhere_text(context.elsewhere);
  const std::size_t begin = text.size();
  const auto add = [&](std::uint64_t count, std::string_view noun) {
    if (count != 0) text += (text.size() == begin ? "" : ", ") + count_of(count, noun);
  };
  add(counts.error, "error");
  add(counts.warning, "warning");
  if (counts.info != 0) text += (text.size() == begin ? "" : ", ") + std::to_string(counts.info) + " info";
  if (text.size() == begin) text += context.earlier ? "no new findings" : "no findings";
  if (context.baselined != 0) text += " (" + std::to_string(context.baselined) + " in the baseline)";
  if (context.earlier.value_or(0) != 0) text += " (" + std::to_string(*context.earlier) + " older)";
  if (context.suppressed != 0) text += " (" + std::to_string(context.suppressed) + " suppressed)";
  const Checked& checked = context.checked;
  text += " in " + count_of(checked.skills, "skill") + ", " + count_of(checked.agents, "agent") + ", " +
          count_of(checked.commands, "command");
  if (checked.documents != 0) text += " (" + count_of(checked.documents, "document") + " among them)";
  if (checked.hooks != 0) text += ", " + count_of(checked.hooks, "hook file");
  if (checked.plugins != 0) text += ", " + count_of(checked.plugins, "plugin file");
  return text;
}

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
  for (const Annotation& one : all) out += annotation(*one.finding, one.others, context.catalogue);
  return out + findings_summary(found, context) + "\n";
}

}  // namespace cascade::rendering
