// Counts the findings of each rule in a file, and keeps as many as the limit allows: a generated file would otherwise
// bury all others. The last one that is kept says how many there were.
#include "validate/rules/findings.h"

#include "validate/rules/table.h"

namespace cascade::validation {

Findings::Findings(const Switches& switches, std::uint32_t limit)
    : switches_(switches), limit_(limit), counts_(rule_table().size) {}

Diagnostic& Findings::add(std::string_view rule, Location at, std::string message, std::string help) {
  return add(rule, std::nullopt, std::move(at), std::move(message), std::move(help));
}

Diagnostic& Findings::add(std::string_view rule, std::optional<Severity> situation, Location at, std::string message,
                          std::string help) {
  dropped_ = {};
  const Severity severity = switches_.severity(rule, situation);
  if (severity == Severity::off) return dropped_;
  if (const auto number = rule_number(rule)) {
    Count& count = counts_[*number];
    ++count.found;
    if (limit_ != 0 && count.found > limit_) return dropped_;
    count.last = found_.size();
  }
  Diagnostic found;
  found.severity = severity;
  found.rule = rule;
  found.at = std::move(at);
  found.message = std::move(message);
  found.help = std::move(help);
  found_.push_back(std::move(found));
  return found_.back();
}

std::vector<Diagnostic> Findings::take() {
  for (const Count& count : counts_)
    if (limit_ != 0 && count.found > limit_)
      found_[count.last].message += " (and " + std::to_string(count.found - limit_) + " more in this file)";
  counts_.assign(counts_.size(), {});
  return std::move(found_);
}

}  // namespace cascade::validation
