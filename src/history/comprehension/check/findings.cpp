#include "comprehension/check/findings.h"

#include <algorithm>
#include <iterator>

namespace cascade::comprehension {

namespace {

constexpr ExplainRule rule_rows[] = {
    {"EX001", "unexplained", "Changed lines that need an explanation are bound by no record.", Ground::fact},
    {"EX002", "stale", "A record binds a hunk that has changed since; only that hunk must be explained again.",
     Ground::fact},
    {"EX003", "malformed", "A record does not follow its format.", Ground::fact},
    {"EX004", "empty-part", "A part says nothing, or nothing that could not be said of any change.", Ground::judged},
    {"EX005", "unanswered", "A question about a hunk has no answer.", Ground::fact},
    {"EX006", "ungrounded-answer", "An answer cites no line of the diff, or names nothing of the lines asked about.",
     Ground::judged},
    {"EX007", "failure-without-signal",
     "A way in which it fails names no test, text or metric that exists and would show it.", Ground::judged},
    {"EX008", "unverified", "No command is named of which evidence or CI knows that it ended with status 0.",
     Ground::judged},
    {"EX009", "copied", "A part repeats the commit message, comments of the change or an earlier record.",
     Ground::judged},
    {"EX010", "repeated", "Two parts of a record say the same words.", Ground::judged},
    {"EX011", "cites-nothing-there", "A place is cited that is neither in the diff nor in the tree.", Ground::judged},
    {"EX012", "question-removed", "A hunk that the fixed rules choose is not asked about.", Ground::fact},
    {"EX013", "waived", "Lines were let through without an explanation, for a reason that is given.", Ground::fact},
    {"EX014", "unreviewed", "No reviewer has said in a sentence of their own what the change does.", Ground::fact},
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

bool Report::is_refused_by_fact() const noexcept {
  return std::any_of(findings.begin(), findings.end(), [](const Finding& finding) {
    return finding.weight == Weight::refused && explain_rule(finding.rule).ground == Ground::fact;
  });
}

}  // namespace cascade::comprehension
