#include "metrics/report.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <utility>

#include "text/ascii.h"
#include "text/names.h"

namespace cascade::metrics {
namespace {

constexpr std::uint64_t hundredths_of_month = 3'044, hundredths_of_day = 100;

// How commits are read. A claim that is wrong by the first reading and right by another is not called wrong.
enum class Reading : std::uint8_t { plain, without_merges, by_author_date, by_mail, without_bots };
constexpr letters::Names<Reading::without_bots> reading_names("as they are", "without merges", "by the author's date",
                                                              "by mail address", "without bots");

struct Shown {
  std::string fault;  // why there is no value
  Millionths value = 0;
  Grade grade = Grade::exact;
  std::string reason;              // of the grade
  Range range;                     // the days that were counted
  std::optional<Windows> windows;  // of a time without days: the value is that of the busiest
};

// The sums that a figure of a claim is made of; the second one is added, or taken away.
struct Sum {
  std::string_view row, other;
  bool is_difference = false;
};

std::optional<Sum> sum_of(std::string_view figure) {
  if (figure == "reverts") return Sum{"reverts_by_message", ""};
  if (figure == "lines_changed" || figure == "lines_net")
    return Sum{"lines_added", "lines_deleted", figure == "lines_net"};
  return find_row(figure) == nullptr ? std::nullopt : std::optional(Sum{figure, ""});
}

std::uint64_t value_of(const Sum& sum, const Commit& commit, const Measured& measured) {
  const std::uint64_t value = find_row(sum.row)->of(commit, measured);
  if (sum.other.empty()) return value;
  const std::uint64_t other = find_row(sum.other)->of(commit, measured);
  return sum.is_difference ? value - other : value + other;  // of a difference the sum is right again, modulo 2^64
}

std::int64_t time_of(const Commit& commit, Reading reading) {
  return reading == Reading::by_author_date ? commit.author_time : commit.time;
}

bool is_of_part(std::string_view part, const Commit& commit, const Measured& measured) {
  return part.empty() || (part == "bots" && measured.is_bot) || (part == "merges" && commit.is_merge()) ||
         (part == "reverts" && measured.reverts_by_message);
}

bool is_read(const Commit& commit, const Measured& measured, Reading reading) {
  if (measured.is_elsewhere) return false;
  if (reading == Reading::without_merges) return !commit.is_merge();
  return reading != Reading::without_bots || !measured.is_bot;
}

Day months_before(Day day, int months) {
  const std::chrono::year_month_day parts{std::chrono::sys_days(std::chrono::days(day))};
  std::chrono::year_month_day moved = parts - std::chrono::months(months);
  if (!moved.ok()) moved = moved.year() / moved.month() / std::chrono::last;
  return static_cast<Day>(std::chrono::sys_days(moved).time_since_epoch().count());
}

std::uint64_t hundredths_of(const Length& length) {
  return length.days * hundredths_of_day + length.months * hundredths_of_month;
}

// The days of a range that the history has.
std::uint64_t days_within(const Range& range, const Range& whole) {
  const Day first = std::max(range.first, whole.first), last = std::min(range.last, whole.last);
  return last < first ? 1 : static_cast<std::uint64_t>(last - first) + 1;
}

// The largest sum of a calendar month, or of so many months.
std::uint64_t best_months(const Daily& daily, std::uint32_t months) {
  std::map<int, std::uint64_t> by_month;
  for (std::size_t i = 0; i < daily.values.size(); ++i) {
    const std::chrono::year_month_day parts{
        std::chrono::sys_days(std::chrono::days(daily.first + static_cast<Day>(i)))};
    const int month = static_cast<int>(parts.year()) * 12 + static_cast<int>(static_cast<unsigned>(parts.month())) - 1;
    by_month[month / static_cast<int>(months)] += daily.values[i];
  }
  std::uint64_t best = 0;
  for (const auto& [month, value] : by_month) best = std::max(best, value);
  return best;
}

std::uint64_t scaled(std::uint64_t value) { return std::min(value, largest_number) * one; }

struct Counting {
  std::string_view figure, part, person;
  Reading reading = Reading::plain;
};

// What claims are judged by.
struct Histories {
  const std::vector<Repository>& repositories;
  const std::vector<Figure>&figures, &assimilation;
  const Question& question;
  Range whole;  // all days
};

// The commits that a reading counts, each with what was measured of it.
template <typename Use>
void each_commit(const Histories& all, const Counting& counting, const Use& use) {
  for (const auto& [history, measures, gaps] : all.repositories)
    for (std::size_t at = 0; at < history.commits.size(); ++at) {
      const Person& author = history.people[history.commits[at].author];
      if (is_read(history.commits[at], measures.commits[at], counting.reading) &&
          (counting.person.empty() || author.name == counting.person))
        use(history.commits[at], measures.commits[at], author);
    }
}

Range range_of_period(const Histories& all, const Period& period) {
  switch (period.kind) {
    case Period::Kind::whole: return range_of(all.repositories, all.question);
    case Period::Kind::days:
      return {period.from, std::max(period.from, period.until.value_or(all.whole.last)), false, !period.until};
    case Period::Kind::last: {
      const auto months = static_cast<int>(period.length.months);
      const Day first =
          months > 0 ? months_before(all.whole.last, months) : all.whole.last - static_cast<Day>(period.length.days);
      return {first + 1, all.whole.last, false, true};
    }
    case Period::Kind::window: break;
  }
  return all.whole;
}

std::uint64_t count_sums(const Histories& all, const Counting& counting, const Range& range, std::string& fault) {
  const auto sum = sum_of(counting.figure);
  std::uint64_t total = 0;
  if (!sum) {
    fault = "'" + std::string(counting.figure) + "' is no sum over commits";
    return 0;
  }
  each_commit(all, counting, [&](const Commit& commit, const Measured& measured, const Person&) {
    if (range.holds_time(time_of(commit, counting.reading)) && is_of_part(counting.part, commit, measured))
      total += value_of(*sum, commit, measured);
  });
  if (!sum->is_difference || total <= largest_number) return total;
  fault = "more lines were deleted than added";
  return 0;
}

std::uint64_t count_authors(const Histories& all, const Counting& counting, const Range& range) {
  std::set<std::string> names;
  std::set<Day> days;
  each_commit(all, counting, [&](const Commit& commit, const Measured& measured, const Person& who) {
    const std::int64_t time = time_of(commit, counting.reading);
    if (!range.holds_time(time) || (counting.part == "bots" && !measured.is_bot)) return;
    names.insert(counting.reading == Reading::by_mail ? letters::to_lower(who.mail) : who.name);
    if (const auto day = day_of(time)) days.insert(*day);
  });
  return counting.figure == "active_days" ? days.size() : names.size();
}

std::uint64_t count_tags(const Histories& all, const Range& range) {
  std::uint64_t count = 0;
  std::set<std::pair<std::string_view, std::string_view>> seen;  // a clone has the same tags
  for (const Repository& repository : all.repositories) {
    std::map<std::string_view, std::int64_t> times;
    for (const Commit& commit : repository.history.commits) times[commit.id] = commit.time;
    for (const Tag& tag : repository.history.tags) {
      const auto commit = times.find(tag.commit);
      const std::int64_t time = tag.time != 0 || commit == times.end() ? tag.time : commit->second;
      if (range.holds_time(time) && seen.emplace(tag.name, tag.commit).second) ++count;
    }
  }
  return count;
}

std::uint64_t count(const Histories& all, const Counting& counting, const Range& range, std::string& fault) {
  const bool is_plain_part = counting.part.empty() || (counting.part == "bots" && counting.figure == "authors");
  if (!counting.person.empty() && !sum_of(counting.figure) && counting.figure != "active_days") {
    fault = "of one person only commits, lines and days are counted";
    return 0;
  }
  if (counting.figure == "authors" || counting.figure == "active_days") {
    if (!is_plain_part) fault = "of such a part only commits and lines are counted";
    return count_authors(all, counting, range);
  }
  if (counting.figure == "tags" || counting.figure == "files") {
    if (!counting.part.empty()) fault = "of such a part only commits and lines are counted";
    if (counting.figure == "tags") return count_tags(all, range);
    if (!range.to_end || !range.from_begin) fault = "files are known of the newest commit only";
    std::uint64_t files = 0;
    for (const Repository& repository : all.repositories) files += repository.history.tip.size();
    return files;
  }
  return count_sums(all, counting, range, fault);
}

Daily daily(const Histories& all, const Counting& counting, std::string& fault) {
  Daily daily{all.whole.first, std::vector<std::uint64_t>(all.whole.days())};
  const auto sum = sum_of(counting.figure);
  if (!sum || sum->is_difference) {
    fault = "it is not counted in windows; name the days";
    return daily;
  }
  if (counting.figure == "pull_requests" && all.question.forge != nullptr) {
    for (const MergedRequest& request : *all.question.forge) daily.add(request.merged, 1);
    return daily;
  }
  each_commit(all, counting, [&](const Commit& commit, const Measured& measured, const Person&) {
    if (is_of_part(counting.part, commit, measured))
      daily.add(time_of(commit, counting.reading), value_of(*sum, commit, measured));
  });
  return daily;
}

// Of no revert in a week, the week with the most commits is meant: in others nothing happened, either.
void show_windows(const Histories& all, const Claim& claim, const Counting& counting, Shown& shown) {
  const Length& span = claim.period.length;
  const auto length = static_cast<std::uint32_t>(hundredths_of(span) / hundredths_of_day);
  const Daily counts = daily(all, counting, shown.fault);
  if (!shown.fault.empty()) return;
  shown.windows = windows_of(counts, length);
  if (shown.windows->n == 0) {
    shown.fault = "the history has no such days";
    return;
  }
  shown.value = scaled(shown.windows->maximum);
  if (span.months > 0 && 12 % span.months == 0)
    if (const Millionths calendar = scaled(best_months(counts, span.months)); fits(claim.number, calendar))
      shown.value = calendar;
  if (claim.number.value != 0 || claim.number.to) return;
  std::string unused;
  const Windows busy = windows_of(daily(all, {"commits", "", counting.person, counting.reading}, unused), length);
  shown.windows->best = busy.best;
  shown.value = scaled(shown.windows->values[static_cast<std::size_t>(busy.best - shown.range.first)]);
}

void show_share(const Histories& all, const Claim& claim, const Counting& counting, Shown& shown) {
  const auto percent = [&](std::uint64_t part, std::uint64_t of) {
    if (of == 0) shown.fault = "there is nothing to have a share of";
    shown.value = of == 0 ? 0 : scaled(part) / of * 100 + scaled(part) % of * 100 / of;
  };
  if (claim.period.kind == Period::Kind::window) {
    shown.fault = "a share is not judged in the best window; name the days";
  } else if (counting.figure == "rework") {
    percent(count_sums(all, {"lines_reworked", "", counting.person, counting.reading}, shown.range, shown.fault),
            count_sums(all, {"lines_authored", "", counting.person, counting.reading}, shown.range, shown.fault));
    shown.grade = Grade::approximate;
  } else if (!counting.person.empty() && (!counting.part.empty() || !sum_of(counting.figure))) {
    shown.fault = "it is not counted for one person";
  } else if (counting.figure == "reviewed" || counting.figure == "explained") {
    const Figure& figure = *find_figure(all.assimilation, counting.figure);
    if (claim.period.kind != Period::Kind::whole) shown.fault = "it is known of the days asked for (--since, --until)";
    percent(figure.value, figure.of.value_or(0));
    shown.grade = figure.grade;
    shown.reason = figure.reasons.empty() ? "" : figure.reasons.front();
  } else {
    percent(count(all, counting, shown.range, shown.fault),
            count(all, {counting.figure, "", "", counting.reading}, shown.range, shown.fault));
  }
}

void divide(const Histories& all, const Claim& claim, Reading reading, Shown& shown) {
  const bool is_window = claim.period.kind == Period::Kind::window;
  for (const Per& per : claim.per) {
    if (is_window) shown.fault = "a rate is not judged in the best window; name the days";
    const std::uint64_t times = per.figure.empty() ? hundredths_of(per.span) : 1;
    const std::uint64_t by = per.figure.empty()
                                 ? days_within(shown.range, all.whole) * hundredths_of_day
                                 : count(all, {per.figure, "", claim.person, reading}, shown.range, shown.fault);
    if (by == 0 && shown.fault.empty()) shown.fault = "there is nothing to divide by";
    if (!shown.fault.empty()) return;
    shown.value = shown.value / by * times + shown.value % by * times / by;
  }
}

void grade(const Histories& all, const Claim& claim, Shown& shown) {
  const std::string_view figure = claim.figure;
  const auto sum = sum_of(figure);
  const FigureRow* row = sum ? find_row(sum->row) : nullptr;
  if (row != nullptr) shown.grade = std::max(shown.grade, grade_of(*row, all.question));
  const bool counts_lines =
      (row != nullptr && row->counts == Counts::lines) || figure == "files" || claim.number.is_share;
  const Completeness completeness = completeness_of(all.repositories, counts_lines ? Counts::lines : Counts::commits,
                                                    shown.windows ? all.whole : shown.range);
  shown.grade = std::max(shown.grade, completeness.grade);
  if (!completeness.reason.empty()) shown.reason = completeness.reason;
  if (figure != "lines_added" && figure != "lines_deleted" && figure != "lines_changed" && figure != "lines_net")
    return;
  const Figure& lines = *find_figure(all.figures, "lines_added");  // git may not be there to find renames
  if (lines.grade > shown.grade && lines.grade == Grade::approximate) {
    shown.grade = lines.grade;
    shown.reason = lines.reasons.empty() ? "" : lines.reasons.front();
  }
}

Shown show(const Histories& all, const Claim& claim, Reading reading) {
  Shown shown;
  const auto is_author = [&](const Repository& one) {
    return std::ranges::find(one.history.people, claim.person, &Person::name) != one.history.people.end();
  };
  if (!claim.person.empty() && std::ranges::none_of(all.repositories, is_author)) {
    shown.fault = "'" + claim.person + "' is not understood";
    return shown;
  }
  const Counting counting{claim.figure, claim.part, claim.person, reading};
  shown.range = range_of_period(all, claim.period);
  // "962 commits in seven days" where just seven days are asked for.
  const bool is_window = claim.period.kind == Period::Kind::window;
  const bool is_asked = is_window && !claim.period.is_peak && (all.question.since || all.question.until) &&
                        range_of(all.repositories, all.question).days() == claim.period.length.days;
  if (is_asked) shown.range = range_of(all.repositories, all.question);
  if (claim.number.is_share || claim.figure == "rework" || claim.figure == "reviewed" || claim.figure == "explained")
    show_share(all, claim, counting, shown);
  else if (is_window && !is_asked)
    show_windows(all, claim, counting, shown);
  else if (claim.figure == "pull_requests" && all.question.forge != nullptr && claim.part.empty())
    for (const MergedRequest& request : *all.question.forge)
      shown.value += shown.range.holds_time(request.merged) ? one : 0;
  else
    shown.value = scaled(count(all, counting, shown.range, shown.fault));
  if (shown.fault.empty()) divide(all, claim, reading, shown);
  grade(all, claim, shown);
  return shown;
}

std::string counted_thing(const Claim& claim) {
  std::string text = claim.figure;
  std::ranges::replace(text, '_', ' ');
  if (!claim.person.empty()) text += " by " + claim.person;
  return claim.part.empty() ? text : text + ", " + claim.part + " only";
}

std::string said(const Claim& claim, const Shown& shown) {
  std::string text = decimal_text(shown.value) + (claim.number.is_share ? " % " : " ") + counted_thing(claim);
  for (const Per& per : claim.per) text += (per.figure.empty() ? " in " : " for each of the ") + text_of(per);
  text += claim.period.kind == Period::Kind::whole
              ? " from " + date_of(shown.range.first) + " to " + date_of(shown.range.last)
              : " in " + text_of(claim.period);
  return shown.windows ? text + " (from " + date_of(shown.windows->best) + ")" : text;
}

// The first window that has just this number, if that is no accident.
std::optional<Day> window_with(const Claim& claim, const Shown& shown) {
  const ClaimNumber& number = claim.number;
  const bool is_exact = number.comparison == Comparison::exactly && !number.to && number.step == one;
  if (!shown.windows || !is_exact || number.value < 1'000 * one || claim.period.is_peak) return std::nullopt;
  const auto& values = shown.windows->values;
  const auto at = std::ranges::find(values, number.value / one);
  if (at == values.end()) return std::nullopt;
  return shown.range.first + static_cast<Day>(at - values.begin());
}

Judgement refuse(Judgement judgement, std::string why) {
  judgement.verdict = Verdict::cannot_be_judged;
  judgement.because = std::move(why);
  return judgement;
}

// Wrong is only what no reading makes right, what the grade leaves no room for, and what no window has to the digit.
Judgement judge_misfit(Judgement judgement, const Histories& all, const Shown& shown) {
  const Claim& claim = judgement.claim;
  if (claim.figure == "pull_requests" && shown.grade != Grade::exact && shown.value < claim.number.value)
    return refuse(judgement, judgement.because + " by what messages say; only the forge's export shows all (--forge)");
  if (shown.grade != Grade::exact && may_fit(claim.number, shown.value))
    return refuse(judgement, judgement.because + ", which is approximate");
  for (const Reading reading :
       {Reading::without_merges, Reading::by_author_date, Reading::by_mail, Reading::without_bots})
    if (const Shown other = show(all, claim, reading); other.fault.empty() && fits(claim.number, other.value))
      return refuse(judgement, judgement.because + "; " + std::string(reading_names.of(reading)) + " " +
                                   decimal_text(other.value));
  if (const auto day = window_with(claim, shown))
    return refuse(judgement,
                  judgement.because + "; just that in those from " + date_of(*day) + ", which it does not name");
  judgement.verdict = Verdict::wrong;
  return judgement;
}

Judgement judge_claim(const Claim& claim, const Histories& all) {
  Judgement judgement;
  judgement.claim = claim;
  if (!claim.fault.empty()) {
    judgement = refuse(judgement, claim.fault);
    if (claim.is_prose) judgement.verdict = Verdict::not_judged;
    return judgement;
  }
  const Shown shown = show(all, claim, Reading::plain);
  if (!shown.fault.empty()) return refuse(judgement, shown.fault);
  judgement.found = shown.value;
  judgement.windows = shown.windows;
  judgement.windows_grade = shown.grade;
  judgement.because = said(claim, shown);
  if (shown.grade == Grade::incomplete)
    return refuse(judgement, "at least " + judgement.because + ", but " + shown.reason);
  if (!fits(claim.number, shown.value)) return judge_misfit(judgement, all, shown);
  judgement.verdict = shown.windows ? Verdict::in_best_window : Verdict::holds;
  return judgement;
}

}  // namespace

std::string_view to_string(Verdict verdict) noexcept {
  constexpr letters::Names<Verdict::not_judged> names("holds", "holds in the best window", "cannot be judged", "wrong",
                                                      "not judged");
  return names.of(verdict);
}

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
  const Histories all{repositories, figures, assimilation, question, whole_range(repositories, question)};
  std::vector<Judgement> judged;
  for (const Claim& claim : claims) judged.push_back(judge_claim(claim, all));
  return judged;
}

}  // namespace cascade::metrics
