#include "explain/check.h"

#include <iterator>
#include <tuple>

namespace cascade::comprehension {
namespace {

// Binds the hunks of records to those of the change. Each is taken once: two equal hunks need two lines in records.
class Coverage {
 public:
  explicit Coverage(const Change& change) : change_(change), by_(change.hunks.size(), nobody) {
    for (std::size_t at = 0; at < change.hunks.size(); ++at) by_id_[change.hunks[at].id].push_back(at);
  }

  // A hunk moved to another path with its file: the path that the record names is gone from the change or was renamed.
  bool bind(const BoundHunk& bound, std::size_t record) {
    const auto found = by_id_.find(bound.id);
    if (found == by_id_.end()) return false;
    for (const bool same_path : {true, false})
      for (const std::size_t at : found->second) {
        const ChangedFile& file = change_.files[change_.hunks[at].file];
        const bool fits = file.path == bound.path || file.old_path == bound.path;
        if (by_[at] != nobody || (same_path ? !fits : change_.find(bound.path) != nullptr)) continue;
        by_[at] = record;
        return true;
      }
    return false;
  }

  bool is_bound(std::size_t hunk) const { return by_[hunk] != nobody; }
  std::size_t by(std::size_t hunk) const { return by_[hunk]; }
  std::vector<std::size_t> of(std::size_t record) const {
    std::vector<std::size_t> hunks;
    for (std::size_t at = 0; at < by_.size(); ++at)
      if (by_[at] == record) hunks.push_back(at);
    return hunks;
  }

 private:
  static constexpr std::size_t nobody = static_cast<std::size_t>(-1);
  const Change& change_;
  std::vector<std::size_t> by_;
  std::map<std::string, std::vector<std::size_t>, std::less<>> by_id_;
};

// Stale hunks are told, with the changed hunk of the same file where there is one that nothing explains.
void add_stale(const Change& change, const Coverage& coverage, const Record& record, const BoundHunk& bound,
               std::vector<Finding>& findings) {
  std::string now;
  for (std::size_t at = 0; at < change.hunks.size() && now.empty(); ++at)
    if (change.path_of(change.hunks[at]) == bound.path && !coverage.is_bound(at))
      now = change.place_of(change.hunks[at]);
  findings.push_back({"EX002", Weight::note, record.path, record.path, bound.line, 1,
                      "the hunk of " + bound.path + " has changed since" +
                          (now.empty() ? ", or is in this range no more" : "; it may be " + now + " now"),
                      "cascade explain new asks for the changed hunk alone"});
}

// An author must not choose what is asked about: what the rules choose is asked, but for as many as became stale.
void add_removed_questions(const Change& change, const std::vector<std::size_t>& live, const Record& record,
                           std::vector<Finding>& findings) {
  std::set<std::string, std::less<>> asked, here;
  for (const std::size_t at : live) here.insert(change.hunks[at].id);
  std::size_t stale = 0;
  for (const Question& question : record.questions) {
    asked.insert(question.hunk);
    if (here.count(question.hunk) == 0) ++stale;
  }
  for (const Chosen& chosen : choose_questions(change, live)) {
    const Hunk& hunk = change.hunks[chosen.hunk];
    if (asked.count(hunk.id) != 0) continue;
    if (stale > 0) {
      --stale;
      continue;
    }
    findings.push_back(
        {"EX012", Weight::refused, record.path, record.path, 1, 1,
         "the record does not ask about " + change.place_of(hunk) + " (" + std::string(to_string(chosen.risk)) + ")",
         "cascade explain new asks about it"});
  }
}

// One finding a file: where the first of its lines is, and how many there are.
void add_uncovered(const Change& change, const Needs& needs, Report& report) {
  std::uint64_t risky = 0;
  for (const std::size_t at : report.uncovered)
    if (needs.is_risky[at]) ++risky;
  const bool enough = report.covered * 100 >= report.needed * least_covered && risky == 0;
  std::map<std::string, std::pair<std::size_t, std::uint64_t>> files;
  for (const std::size_t at : report.uncovered)
    files.try_emplace(change.path_of(change.hunks[at]), at, 0).first->second.second += change.hunks[at].lines();
  for (const auto& [path, found] : files) {
    const Hunk& hunk = change.hunks[found.first];
    report.findings.push_back({"EX001", enough ? Weight::note : Weight::refused, path, "",
                               hunk.new_lines > 0 ? hunk.new_at : std::max<std::uint32_t>(hunk.new_at, 1), 0,
                               std::to_string(found.second) + " changed lines are not explained",
                               "cascade explain new"});
  }
}

void judge_record(const Change& change, const Coverage& coverage, std::size_t at, const Sources& sources,
                  const Settings& settings, const Surroundings& around, Report& report) {
  RecordState& state = report.records[at];
  const std::vector<std::size_t> live = coverage.of(at);
  state.live = live.size();
  state.stale = state.record.hunks.size() - live.size();
  const std::size_t before = report.findings.size();
  for (const RecordFault& fault : state.record.faults)
    report.findings.push_back({"EX003", Weight::refused, state.record.path, state.record.path, fault.line, fault.column,
                               fault.message, fault.help});
  if (!state.record.waived.empty()) {
    report.findings.push_back({"EX013", Weight::note, state.record.path, state.record.path, 1, 1,
                               "waived: " + state.record.waived, "explain it afterwards"});
  } else if (!live.empty()) {
    add_removed_questions(change, live, state.record, report.findings);
    judge_texts(change, live, sources, around, settings.shown, state, report.findings);
    if (settings.reviewed && state.record.reviews.empty())
      report.findings.push_back({"EX014", Weight::refused, state.record.path, state.record.path, 1, 1,
                                 "nobody else has said what this does", "cascade explain check --review"});
  }
  state.refused = std::any_of(report.findings.begin() + static_cast<std::ptrdiff_t>(before), report.findings.end(),
                              [](const Finding& finding) { return finding.weight == Weight::refused; });
}

void count_lines(const Change& change, const Coverage& coverage, const Needs& needs, Report& report) {
  for (std::size_t at = 0; at < change.hunks.size(); ++at) {
    const std::uint64_t lines = change.hunks[at].lines();
    if (needs.of_hunk[at] != Need::record) report.changed += lines;
    if (needs.of_hunk[at] != Need::needed) continue;
    report.needed += lines;
    if (!coverage.is_bound(at)) {
      report.uncovered.push_back(at);
      continue;
    }
    report.covered += lines;
    const RecordState& state = report.records[coverage.by(at)];
    if (!state.record.waived.empty()) report.waived += lines;
    if (state.refused) report.in_refused += lines;
  }
}

constexpr ExplainRule rule_rows[] = {
    {"EX001", "unexplained", "Changed lines that need an explanation are bound by no record."},
    {"EX002", "stale", "A record binds a hunk that has changed since; only that hunk must be explained again."},
    {"EX003", "malformed", "A record does not follow its format."},
    {"EX004", "empty-part", "A part says nothing."},
    {"EX005", "unanswered", "A question about a hunk has no answer."},
    {"EX009", "copied", "A part repeats the commit message, lines of the change, another part or another record."},
    {"EX012", "question-removed", "A hunk that the fixed rules choose is not asked about."},
    {"EX013", "waived", "Lines were let through without an explanation, for a reason that is given."},
    {"EX014", "unreviewed", "No reviewer has said in a sentence of their own what the change does."},
    {"EX015", "not-shown", "Taking a hunk out did not show what its author says, or was not tried."},
};

}  // namespace

Report check_change(const Change& change, const std::vector<TreeText>& records, const Settings& settings,
                    const Surroundings& around) {
  Report report;
  report.base = change.base;
  report.head = change.head;
  const Needs needs = needs_of(change, settings, around.reverted, around.edits);
  report.lines = needs.lines;
  report.renamed = needs.renamed;
  report.assisted = needs.assisted;
  for (const TreeText& file : records) {
    const ChangedFile* changed = change.find(file.path);
    if (changed == nullptr || changed->status == 'D')
      ++report.earlier;
    else
      report.records.emplace_back().record = parse_record(file.text, file.path);
  }
  std::ranges::sort(report.records,
                    [](const RecordState& a, const RecordState& b) { return a.record.path < b.record.path; });
  Coverage coverage(change);
  std::vector<std::vector<const BoundHunk*>> stale(report.records.size());
  for (std::size_t at = 0; at < report.records.size(); ++at)
    for (const BoundHunk& bound : report.records[at].record.hunks)
      if (!coverage.bind(bound, at)) stale[at].push_back(&bound);
  const Sources sources = report.records.empty() ? Sources{} : sources_of(change, records);
  for (std::size_t at = 0; at < report.records.size(); ++at) {
    judge_record(change, coverage, at, sources, settings, around, report);
    for (const BoundHunk* bound : stale[at])
      add_stale(change, coverage, report.records[at].record, *bound, report.findings);
  }
  count_lines(change, coverage, needs, report);
  add_uncovered(change, needs, report);
  std::ranges::sort(report.findings, [](const Finding& a, const Finding& b) {
    return std::tie(a.path, a.line, a.column, a.rule, a.message) <
           std::tie(b.path, b.line, b.column, b.rule, b.message);
  });
  return report;
}

Span<ExplainRule> explain_rules() noexcept { return {rule_rows, std::size(rule_rows)}; }

const ExplainRule& explain_rule(std::string_view id) noexcept {
  for (const ExplainRule& rule : rule_rows)
    if (rule.id == id) return rule;
  return rule_rows[0];
}

bool Report::is_refused() const noexcept {
  return std::ranges::any_of(findings, [](const Finding& finding) { return finding.weight == Weight::refused; });
}

}  // namespace cascade::comprehension
