#include "metrics/judge.h"

#include "metrics/figures.h"
#include "text/names.h"

#include <algorithm>
#include <utility>

namespace cascade::metrics {
namespace {

std::string counted_thing(const Claim& claim) {
  std::string text = claim.figure;
  std::replace(text.begin(), text.end(), '_', ' ');
  if (claim.part.starts_with("by ")) return text + " " + claim.part;
  if (!claim.part.empty()) text += ", " + claim.part + " only";
  return text;
}

class Judge {
 public:
  Judge(const ClaimCounter& counter, const std::vector<Figure>& figures, const Question& question)
      : counter_(counter), figures_(figures), question_(question) {}

  Judgement judge_claim(Claim claim) const {
    Judgement judgement;
    if (claim.fault.empty()) bind_subject(claim);
    judgement.claim = claim;
    if (!claim.fault.empty()) return refuse(judgement, claim.fault);
    const bool is_negated = std::exchange(claim.is_negated, false);
    judgement = judge_plain(claim);
    judgement.claim.is_negated = is_negated;
    if (!is_negated || judgement.verdict == Verdict::cannot_be_judged) return judgement;
    judgement.verdict = judgement.verdict == Verdict::wrong ? Verdict::holds : Verdict::wrong;
    return judgement;
  }

  Judgement judge_plain(const Claim& claim) const {
    Judgement judgement;
    judgement.claim = claim;
    const Shown shown = counter_.show(claim, Reading::plain);
    if (!shown.fault.empty()) return refuse(judgement, shown.fault);
    if (claim.out_of_days && !is_about(*claim.out_of_days, counter_.whole().days()))
      return refuse(judgement, "the history has " + std::to_string(counter_.whole().days()) + " days, not " +
                                   std::to_string(*claim.out_of_days));
    judgement.found = shown.value;
    judgement.windows = shown.windows;
    judgement.windows_grade = shown.grade;
    judgement.because = said(claim, shown);
    if (shown.grade == Grade::incomplete) return judge_incomplete(judgement, shown);
    if (shown.holds.value_or(fits(claim.number, shown.value))) {
      judgement.verdict = shown.windows ? Verdict::in_best_window : Verdict::holds;
      if (claim.figure == "reverts" && claim.number.value == 0) add_other_undoing(judgement.because);
      return judgement;
    }
    return judge_misfit(judgement, shown);
  }

  // A claim that is derived from another one: its arithmetic, and what the other is worth.
  Judgement judge_people(const Claim& claim, const std::vector<Judgement>& others) const {
    Judgement judgement;
    judgement.claim = claim;
    if (!claim.fault.empty()) return refuse(judgement, claim.fault);
    const Judgement* basis = nullptr;
    for (const Judgement& other : others)
      if (basis == nullptr && other.claim.figure == claim.basis && other.claim.per.empty() && !other.claim.number.to)
        basis = &other;
    if (basis == nullptr || !claim.divisor)
      return refuse(judgement, "it does not say what it is derived from: as many lines or commits a day");
    const std::uint64_t value = basis->claim.number.value / one;
    const std::uint64_t days =
        basis->claim.period.kind == Period::Kind::window ? basis->claim.period.length.days : question_.window;
    const std::uint64_t most = people_for(value, days, claim.divisor->value / one);
    const std::uint64_t least = claim.divisor->to ? people_for(value, days, *claim.divisor->to / one) : most;
    judgement.computed = most;
    const bool is_right = fits(claim.number, most * one) && (!claim.number.to || claim.number.value == least * one);
    const std::string computed = std::to_string(least) + (least == most ? "" : " to " + std::to_string(most));
    judgement.verdict = is_right ? basis->verdict : Verdict::wrong;
    judgement.because = is_right ? "the arithmetic is right (" + computed +
                                       "), and what it begins with: " + std::string(to_string(basis->verdict))
                                 : "the arithmetic is wrong: the figures above give " + computed;
    return judgement;
  }

 private:
  // A name is the repository's own, or just one author's; of any other nothing is known.
  void bind_subject(Claim& claim) const {
    if (claim.subject.empty()) return;
    const std::vector<std::string> people = counter_.people_named(claim.subject);
    const bool is_repository = counter_.is_repository(claim.subject);
    if (is_repository && people.empty()) {
      if (claim.number.is_share && claim.part.empty() && claim.figure == "commits")
        claim.fault = "it does not say what it is a share of";
      return;
    }
    if (is_repository || people.size() != 1)
      claim.fault = "'" + claim.subject + "' is neither a name of the repository nor of one author";
    else if (!claim.part.empty() || claim.figure == "authors" || claim.figure == "active_days")
      claim.fault = "it is not counted of one author";
    else
      claim.part = "by " + people.front();
  }

  static Judgement refuse(Judgement judgement, std::string why) {
    judgement.verdict = Verdict::cannot_be_judged;
    judgement.because = std::move(why);
    return judgement;
  }

  static bool is_about(std::uint64_t said, std::uint64_t days) {
    return said <= days + days / 50 + 1 && days <= said + days / 50 + 1;
  }

  std::string said(const Claim& claim, const Shown& shown) const {
    std::string text = decimal_text(shown.value) + (claim.number.is_share ? " % " : " ") + counted_thing(claim);
    for (const Per& per : claim.per) text += (per.figure.empty() ? " in " : " for each of the ") + text_of(per);
    if (claim.quantifier == "median")
      text += " in the median " + text_of(claim.each);
    else if (!claim.quantifier.empty())
      text += " in the " + text_of(claim.each) + " that decides";
    if (claim.is_share_of_period)
      text += " of the whole history are of " + text_of(claim.period);
    else if (claim.period.kind == Period::Kind::whole)
      text += " from " + date_of(shown.range.first) + " to " + date_of(shown.range.last);
    else
      text += " in " + text_of(claim.period);
    if (shown.windows) text += " (from " + date_of(shown.windows->best) + ")";
    return text;
  }

  Judgement judge_incomplete(Judgement judgement, const Shown& shown) const {
    if (shown.holds) return refuse(judgement, shown.reason);
    const ClaimNumber& number = judgement.claim.number;
    const bool is_count = judgement.claim.per.empty() && !number.is_share;
    const bool is_least = number.comparison == Comparison::at_least || number.comparison == Comparison::above;
    judgement.because = "at least " + judgement.because + ", but " + shown.reason;
    if (is_count && is_least && fits(number, shown.value))
      judgement.verdict = shown.windows ? Verdict::in_best_window : Verdict::holds;
    else if (is_count && !is_least && !fits(number, shown.value) && shown.value > number.to.value_or(number.value))
      judgement.verdict = Verdict::wrong;
    return judgement;
  }

  // Wrong is only what no reading makes right, what the grade leaves no room for, and what no window has to the digit.
  Judgement judge_misfit(Judgement judgement, const Shown& shown) const {
    const Claim& claim = judgement.claim;
    if (claim.figure == "pull_requests" && shown.grade != Grade::exact && shown.value < claim.number.value)
      return refuse(judgement,
                    judgement.because + " by what messages say; only the forge's export shows all (--forge)");
    if (shown.grade != Grade::exact && may_fit(claim.number, shown.value))
      return refuse(judgement, judgement.because + ", which is approximate");
    for (const Reading reading :
         {Reading::without_merges, Reading::by_author_date, Reading::by_mail, Reading::without_bots})
      if (const Shown other = counter_.show(claim, reading);
          other.fault.empty() && other.holds.value_or(fits(claim.number, other.value)))
        return refuse(judgement,
                      judgement.because + "; " + std::string(to_string(reading)) + " " + decimal_text(other.value));
    if (const auto day = window_with(claim, shown))
      return refuse(judgement,
                    judgement.because + "; just that in those from " + date_of(*day) + ", which it does not name");
    judgement.verdict = Verdict::wrong;
    return judgement;
  }

  // The first window that has just this number, if that is no accident.
  static std::optional<Day> window_with(const Claim& claim, const Shown& shown) {
    const ClaimNumber& number = claim.number;
    const bool is_exact = number.comparison == Comparison::exactly && !number.to && number.step == one;
    if (!shown.windows || !is_exact || number.value < 1'000 * one || claim.period.is_peak || !claim.per.empty())
      return std::nullopt;
    const auto& values = shown.windows->values;
    const auto at = std::find(values.begin(), values.end(), number.value / one);
    if (at == values.end()) return std::nullopt;
    return shown.range.first + static_cast<Day>(at - values.begin());
  }

  // Who undoes something need not say so.
  void add_other_undoing(std::string& because) const {
    for (const auto& [name, what] :
         {std::pair("reverts_by_patch", " undo an earlier patch"), {"restores", " restore earlier contents"}})
      if (const std::uint64_t count = find_figure(figures_, name)->value; count > 0)
        because += "; of all days, " + std::to_string(count) + (count == 1 ? " commit" : " commits") + what;
  }

  const ClaimCounter& counter_;
  const std::vector<Figure>& figures_;
  const Question& question_;
};

}  // namespace

constexpr letters::Names<Verdict::wrong> verdict_names("holds", "holds in the best window", "cannot be judged",
                                                       "wrong");
std::string_view to_string(Verdict verdict) noexcept { return verdict_names.of(verdict); }

std::string decimal_text(Millionths value) {
  const Millionths thousandths = value / 1'000 + (value % 1'000 >= 500 ? 1 : 0);
  std::string digits = std::to_string(thousandths / 1'000);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  if (thousandths % 1'000 == 0) return digits;
  std::string places = std::to_string(1'000 + thousandths % 1'000).substr(1);
  while (places.back() == '0') places.pop_back();
  return digits + "." + places;
}

std::vector<Judgement> judge(const std::vector<Claim>& claims, const std::vector<Repository>& repositories,
                             const std::vector<Figure>& figures, const std::vector<Figure>& assimilation,
                             const Question& question) {
  const ClaimCounter counter(repositories, figures, assimilation, question);
  const Judge judge(counter, figures, question);
  std::vector<Judgement> judged;
  for (const Claim& claim : claims)
    judged.push_back(claim.figure == "people" ? Judgement{claim, {}, {}, {}, {}, {}, {}} : judge.judge_claim(claim));
  for (Judgement& one : judged)
    if (one.claim.figure == "people") one = judge.judge_people(Claim(one.claim), judged);
  return judged;
}

}  // namespace cascade::metrics
