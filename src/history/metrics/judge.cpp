#include "metrics/judge.h"

#include "metrics/equivalents.h"

#include <algorithm>

namespace cascade::metrics {
namespace {

std::uint64_t distance(std::uint64_t a, std::uint64_t b) { return a < b ? b - a : a - b; }

class Judge {
 public:
  Judge(const std::vector<Repository>& repositories, const std::vector<Figure>& figures, const Question& question)
      : repositories_(repositories), figures_(figures), question_(question) {}

  Judgement judge_figure(const Claim& claim) const {
    Judgement judgement{claim, Verdict::cannot_be_shown, {}, {}, {}, Grade::exact, {}, 0, 0, {}};
    const Figure* figure = find_figure(figures_, claim.figure);
    if (figure == nullptr) {
      judgement.because = "no figure of git shows this";
      return judgement;
    }
    judgement.found = figure->value;
    const Range range = range_of(repositories_, question_);
    const bool is_same_length = !claim.days || range.days() == *claim.days;
    if (is_same_length && reaches(claim, figure->value)) {
      const bool may_be_more = claim.value == 0 && figure->grade == Grade::incomplete;
      judgement.verdict = may_be_more ? Verdict::cannot_be_shown : Verdict::holds;
      judgement.because = std::to_string(figure->value) + " " + std::string(figure->unit) + " in " +
                          std::to_string(range.days()) + " days" +
                          (may_be_more ? ", but the history is incomplete" : "");
      return judgement;
    }
    if (figure->of) {
      judgement.because = "a share is not judged";
      return judgement;
    }
    judge_windows(*find_row(claim.figure), judgement);
    if (claim.figure == "reverts_by_message" && claim.value == 0) add_other_undoing(judgement.because);
    return judgement;
  }

  // A claim that is derived from another one: its arithmetic, and what the other is worth.
  Judgement judge_people(const Claim& claim, const std::vector<Judgement>& others) const {
    Judgement judgement{claim, Verdict::cannot_be_shown, {}, {}, {}, Grade::exact, {}, 0, 0, {}};
    std::vector<std::uint64_t> people;
    Verdict worst = Verdict::holds;
    for (const Divisor& row : divisors()) {
      if (!claim.basis.empty() && row.figure != claim.basis) continue;
      if (claim.divisor && row.a_day != *claim.divisor) continue;
      const Judgement* basis = basis_of(row.figure, others);
      if (basis == nullptr) continue;
      people.push_back(people_for(basis->claim.value, days_of(basis->claim), row.a_day));
      worst = std::max(worst, basis->verdict);
    }
    if (people.empty() && claim.divisor && !claim.basis.empty())
      if (const Judgement* basis = basis_of(claim.basis, others)) {
        people.push_back(people_for(basis->claim.value, days_of(basis->claim), *claim.divisor));
        worst = basis->verdict;
      }
    if (people.empty()) {
      judgement.because = "the table does not say what it is derived from";
      return judgement;
    }
    const auto [least, most] = std::minmax_element(people.begin(), people.end());
    judgement.computed = claim.to ? *most : *least;
    const bool fits = claim.to ? *least == claim.value && *most == *claim.to
                               : std::find(people.begin(), people.end(), claim.value) != people.end();
    const std::string computed = std::to_string(*least) + (*least == *most ? "" : " to " + std::to_string(*most));
    judgement.verdict = fits ? worst : Verdict::wrong;
    judgement.because =
        fits ? "the arithmetic is right (" + computed + "), and what it begins with: " + std::string(to_string(worst))
             : "the arithmetic is wrong: the table's figures give " + computed;
    if (fits) judgement.computed = claim.to.value_or(claim.value);
    return judgement;
  }

 private:
  // "No revert" holds where there is none, every other claim where there is at least as much.
  static bool reaches(const Claim& claim, std::uint64_t value) {
    return claim.value == 0 ? value == 0 : value >= claim.value;
  }

  std::uint64_t days_of(const Claim& claim) const { return claim.days.value_or(question_.window); }

  static const Judgement* basis_of(std::string_view figure, const std::vector<Judgement>& others) {
    for (const Judgement& other : others)
      if (other.claim.figure == figure) return &other;
    return nullptr;
  }

  // Who undoes something need not say so.
  void add_other_undoing(std::string& because) const {
    for (const auto& [name, what] :
         {std::pair("reverts_by_patch", " undo an earlier patch"), {"restores", " restore earlier contents"}})
      if (const std::uint64_t count = find_figure(figures_, name)->value; count > 0)
        because += "; of all days, " + std::to_string(count) + (count == 1 ? " commit" : " commits") + what;
  }

  void judge_windows(const FigureRow& row, Judgement& judgement) const {
    const Claim& claim = judgement.claim;
    const auto length = static_cast<std::uint32_t>(std::min<std::uint64_t>(days_of(claim), 1'000'000));
    const Range whole = whole_range(repositories_, question_);
    const Windows windows = windows_of(daily_of(repositories_, row, whole, question_), length);
    const Windows busy = windows_of(daily_of(repositories_, figure_rows().front(), whole, question_), length);
    bool held = false, always = true;
    for (std::size_t i = 0; i < windows.values.size(); ++i) {
      const std::uint64_t value = windows.values[i];
      if (claim.value == 0 && busy.values[i] == 0) continue;  // nothing can be reverted where nothing happens
      held = held || reaches(claim, value);
      always = always && reaches(claim, value);
      if (judgement.nearest && distance(*judgement.nearest, claim.value) <= distance(value, claim.value)) continue;
      judgement.nearest = value;
      judgement.nearest_begin = whole.first + static_cast<Day>(i);
      judgement.nearest_commits = busy.values[i];
    }
    judgement.windows = windows;
    const Completeness completeness = completeness_of(repositories_, row.counts, whole);
    judgement.windows_grade = std::max(grade_of(row, question_), completeness.grade);
    const bool incomplete = completeness.grade == Grade::incomplete;
    const std::string span = std::to_string(length) + " days";
    if (held && !(incomplete && claim.value == 0)) {
      judgement.verdict = always ? Verdict::holds : Verdict::in_best_window;
      judgement.because = std::to_string(windows.maximum) + " " + std::string(row.unit) + " in the busiest " + span;
      if (always)
        judgement.because = "in each " + span;
      else if (claim.value == 0)
        judgement.because = "there are " + span + " with commits and none of these";
    } else if (incomplete) {
      judgement.because = "at least " + std::to_string(windows.maximum) + " in " + span + ": " + completeness.reason;
    } else if (grade_of(row, question_) != Grade::exact) {
      judgement.because = std::to_string(windows.maximum) + " at most in " + span +
                          " by what messages say; only the forge's export shows all (--forge)";
    } else {
      judgement.verdict = Verdict::wrong;
      judgement.because = "the busiest " + span + " have " + std::to_string(windows.maximum);
      if (claim.value == 0) judgement.because = "each " + span + " with commits have at least one";
    }
  }

  const std::vector<Repository>& repositories_;
  const std::vector<Figure>& figures_;
  const Question& question_;
};

}  // namespace

std::string_view to_string(Verdict verdict) noexcept {
  switch (verdict) {
    case Verdict::holds: return "holds";
    case Verdict::in_best_window: return "holds in the best window";
    case Verdict::cannot_be_shown: return "cannot be shown";
    case Verdict::wrong: return "wrong";
  }
  return "";
}

std::vector<Judgement> judge(const std::vector<Claim>& claims, const std::vector<Repository>& repositories,
                             const std::vector<Figure>& figures, const Question& question) {
  const Judge judge(repositories, figures, question);
  std::vector<Judgement> shown, all;
  for (const Claim& claim : claims)
    if (claim.figure != "people") shown.push_back(judge.judge_figure(claim));
  for (const Claim& claim : claims) {
    if (claim.figure == "people") {
      all.push_back(judge.judge_people(claim, shown));
      continue;
    }
    for (const Judgement& one : shown)
      if (one.claim.line == claim.line) all.push_back(one);
  }
  return all;
}

}  // namespace cascade::metrics
