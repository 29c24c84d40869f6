// Groups findings for a summary: counts by rule, the most severe and most frequent first; and causes, which are
// findings with the same rule and message. Causes are in the order of that table, then of their first places.
#include "validate/report/rule_counts.h"

#include "render/text_table.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace cascade::rendering {

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

std::string rule_counts_text(const std::vector<Diagnostic>& found, Paint paint) {
  TextTable table;
  table.columns({"FINDINGS", "FILES"}, Align::right);
  table.columns({"SEVERITY", "RULE", "WHAT"});
  for (const RuleCount& count : count_rules(found)) {
    const RuleInfo* rule = find_rule(count.rule);
    table.row({std::to_string(count.findings), std::to_string(count.files), std::string(to_string(count.severity)),
               count.rule, rule == nullptr ? std::string() : std::string(rule->slug)});
  }
  return table.take(paint);
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

}  // namespace cascade::rendering
