#include "explain/findings.h"

#include <algorithm>
#include <iterator>

namespace cascade::comprehension {

namespace {

constexpr ExplainRule rule_rows[] = {
    {"EX001", "unexplained", "Changed lines that need an explanation are bound by no record."},
    {"EX002", "stale", "A record binds a hunk that has changed since; only that hunk must be explained again."},
    {"EX003", "malformed", "A record does not follow its format."},
    {"EX004", "empty-part", "A part or an answer says nothing, or names nothing of the change."},
    {"EX005", "unanswered", "A question about a hunk has no answer."},
    {"EX007", "failure-without-signal", "No text that would show a failure is named that a run or the tree has."},
    {"EX008", "unverified", "No command is named of which evidence, CI or a run knows that it ended with status 0."},
    {"EX009", "copied", "A part repeats the commit message, comments of the change, another part or another record."},
    {"EX012", "question-removed", "A hunk that the fixed rules choose is not asked about."},
    {"EX013", "waived", "Lines were let through without an explanation, for a reason that is given."},
    {"EX014", "unreviewed", "No reviewer has said in a sentence of their own what the change does."},
    {"EX015", "not-shown", "Taking a hunk out did not show what its author says, or was not tried."},
};

}  // namespace

Span<ExplainRule> explain_rules() noexcept { return {rule_rows, std::size(rule_rows)}; }

const ExplainRule& explain_rule(std::string_view id) noexcept {
  for (const ExplainRule& rule : rule_rows)
    if (rule.id == id) return rule;
  return rule_rows[0];
}

bool Report::is_refused() const noexcept {
  return std::any_of(findings.begin(), findings.end(),
                     [](const Finding& finding) { return finding.weight == Weight::refused; });
}

unsigned RecordState::overlap() const noexcept {
  unsigned most = 0;
  for (const PassageMeasure& passage : passages) most = std::max(most, passage.overlap);
  return most;
}

}  // namespace cascade::comprehension
