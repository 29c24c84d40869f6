#include "metrics/claimed_figure.h"

#include "text/ascii.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <set>
#include <string_view>
#include <utility>

namespace cascade::metrics {
namespace {

constexpr std::uint64_t hundredths_of_month = 3'044, hundredths_of_day = 100;

// The sums that a figure of a claim is made of; the second one is added, or taken away.
struct Sum {
  std::string_view figure, row, other;
  bool is_difference = false;
};
constexpr Sum sums[] = {
    {"commits", "commits", ""},
    {"merges", "merges", ""},
    {"commits_without_merges", "commits_without_merges", ""},
    {"commits_distinct", "commits_distinct", ""},
    {"reverts", "reverts_by_message", ""},
    {"pull_requests", "pull_requests", ""},
    {"lines_added", "lines_added", ""},
    {"lines_deleted", "lines_deleted", ""},
    {"lines_changed", "lines_added", "lines_deleted"},
    {"lines_net", "lines_added", "lines_deleted", true},
    {"lines_authored", "lines_authored", ""},
    {"lines_reworked", "lines_reworked", ""},
};

const Sum* sum_of(std::string_view figure) {
  for (const Sum& sum : sums)
    if (sum.figure == figure) return &sum;
  return nullptr;
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

bool is_weekend(const Commit& commit) {
  const auto day = day_of(commit.time);
  return day && (*day % 7 == 2 || *day % 7 == 3);  // day 0 was a Thursday
}

bool is_read(const Commit& commit, const Measured& measured, Reading reading) {
  if (measured.is_elsewhere) return false;
  if (reading == Reading::without_merges) return !commit.is_merge();
  return reading != Reading::without_bots || !measured.is_bot;
}

Range range_between(const std::optional<Day>& from, const std::optional<Day>& until, const Range& whole) {
  Range range{from.value_or(whole.first), until.value_or(whole.last), !from, !until};
  range.last = std::max(range.first, range.last);
  return range;
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

}  // namespace

std::string_view to_string(Reading reading) noexcept {
  constexpr std::array<std::string_view, 5> names = {"as they are", "without merges", "by the author's date",
                                                     "by mail address", "without bots"};
  return names[static_cast<std::size_t>(reading)];
}

bool ClaimCounter::is_person(std::string_view name) const {
  for (const Token& word : tokens_of(name)) {
    if (word.text.size() < 2) continue;
    for (const Repository& repository : repositories_)
      for (const Person& person : repository.history.people)
        for (const Token& part : tokens_of(person.name))
          if (part.text == word.text) return true;
  }
  return false;
}

Range ClaimCounter::range_of_period(const Period& period) const {
  const auto days = static_cast<Day>(period.length.days);
  const auto months = static_cast<int>(period.length.months);
  switch (period.kind) {
    case Period::Kind::whole: return metrics::range_of(repositories_, question_);
    case Period::Kind::days: return range_between(period.from, period.until, whole_);
    case Period::Kind::last:
      return {(months > 0 ? months_before(whole_.last, months) + 1 : whole_.last - days + 1), whole_.last, false, true};
    case Period::Kind::first:
      return {whole_.first, (months > 0 ? months_before(whole_.first, -months) - 1 : whole_.first + days - 1), true,
              false};
    case Period::Kind::window: break;
  }
  Range range = period.has_days() ? range_between(period.from, period.until, whole_) : whole_;
  range.first = std::max(range.first, whole_.first);
  range.last = std::max(range.first, std::min(range.last, whole_.last));
  return range;
}

std::string ClaimCounter::top_author(const Range& range, Reading reading) const {
  std::map<std::string, std::uint64_t> commits;
  for (const auto& [history, measures, gaps] : repositories_)
    for (std::size_t at = 0; at < history.commits.size(); ++at)
      if (range.holds_time(time_of(history.commits[at], reading)) &&
          is_read(history.commits[at], measures.commits[at], reading))
        ++commits[history.people[history.commits[at].author].name];
  std::string best;
  for (const auto& [name, count] : commits)
    if (best.empty() || count > commits[best]) best = name;
  return best;
}

std::uint64_t ClaimCounter::count_sums(const Counting& counting, const Range& range, std::string& fault) const {
  const Sum* sum = sum_of(counting.figure);
  if (sum == nullptr) {
    fault = "'" + std::string(counting.figure) + "' is no sum over commits";
    return 0;
  }
  const std::string top = counting.part == "top_author" ? top_author(range, counting.reading) : "";
  std::uint64_t all = 0;
  for (const auto& [history, measures, gaps] : repositories_)
    for (std::size_t at = 0; at < history.commits.size(); ++at) {
      const Commit& commit = history.commits[at];
      const Measured& measured = measures.commits[at];
      if (!range.holds_time(time_of(commit, counting.reading)) || !is_read(commit, measured, counting.reading))
        continue;
      const std::string_view part = counting.part;
      const bool is_part =
          part.empty() || (part == "bots" && measured.is_bot) || (part == "merges" && commit.is_merge()) ||
          (part == "reverts" && measured.reverts_by_message) || (part == "weekends" && is_weekend(commit)) ||
          (part == "top_author" && history.people[commit.author].name == top);
      if (is_part) all += value_of(*sum, commit, measured);
    }
  if (sum->is_difference && all > largest_number) {
    fault = "more lines were deleted than added";
    return 0;
  }
  return all;
}

std::uint64_t ClaimCounter::count_authors(const Counting& counting, const Range& range) const {
  std::set<std::string> names;
  std::set<Day> days;
  for (const auto& [history, measures, gaps] : repositories_)
    for (std::size_t at = 0; at < history.commits.size(); ++at) {
      const Commit& commit = history.commits[at];
      const std::int64_t time = time_of(commit, counting.reading);
      if (!range.holds_time(time) || !is_read(commit, measures.commits[at], counting.reading)) continue;
      if (counting.part == "bots" && !measures.commits[at].is_bot) continue;
      const Person& who = history.people[commit.author];
      names.insert(counting.reading == Reading::by_mail ? letters::to_lower(who.mail) : who.name);
      if (const auto day = day_of(time)) days.insert(*day);
    }
  return counting.figure == "active_days" ? days.size() : names.size();
}

std::uint64_t ClaimCounter::count_tags(const Range& range) const {
  std::uint64_t count = 0;
  std::set<std::pair<std::string_view, std::string_view>> seen;  // a clone has the same tags
  for (const Repository& repository : repositories_) {
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

std::uint64_t ClaimCounter::count(const Counting& counting, const Range& range, std::string& fault) const {
  const bool is_plain_part = counting.part.empty() || (counting.part == "bots" && counting.figure == "authors");
  if (counting.figure == "authors" || counting.figure == "active_days") {
    if (!is_plain_part) fault = "of such a part only commits and lines are counted";
    return count_authors(counting, range);
  }
  if (counting.figure == "tags" || counting.figure == "files") {
    if (!counting.part.empty()) fault = "of such a part only commits and lines are counted";
    if (counting.figure == "tags") return count_tags(range);
    if (!range.to_end) fault = "files are known of the newest commit only";
    std::uint64_t files = 0;
    for (const Repository& repository : repositories_) files += repository.history.tip.size();
    return files;
  }
  return count_sums(counting, range, fault);
}

Daily ClaimCounter::daily(const Counting& counting, const Range& range, std::string& fault) const {
  Daily daily{range.first, std::vector<std::uint64_t>(range.days())};
  const Sum* sum = sum_of(counting.figure);
  if (sum == nullptr || sum->is_difference || counting.part == "top_author") {
    fault = "it is not counted in windows; name the days";
    return daily;
  }
  const auto add = [&](std::int64_t time, std::uint64_t value) {
    const auto day = day_of(time);
    if (day && *day >= range.first && *day <= range.last)
      daily.values[static_cast<std::size_t>(*day - range.first)] += value;
  };
  if (counting.figure == "pull_requests" && question_.forge != nullptr) {
    for (const MergedRequest& request : *question_.forge) add(request.merged, 1);
    return daily;
  }
  for (const auto& [history, measures, gaps] : repositories_)
    for (std::size_t at = 0; at < history.commits.size(); ++at) {
      const Commit& commit = history.commits[at];
      const Measured& measured = measures.commits[at];
      const bool is_part = counting.part.empty() || (counting.part == "bots" && measured.is_bot) ||
                           (counting.part == "merges" && commit.is_merge()) ||
                           (counting.part == "reverts" && measured.reverts_by_message) ||
                           (counting.part == "weekends" && is_weekend(commit));
      if (is_part && is_read(commit, measured, counting.reading))
        add(time_of(commit, counting.reading), value_of(*sum, commit, measured));
    }
  return daily;
}

// Of no revert in a week, the week with the most commits is meant: in others nothing happened, either.
void ClaimCounter::show_windows(const Claim& claim, const Counting& counting, Shown& shown) const {
  const Length& span = claim.period.length;
  shown.length = static_cast<std::uint32_t>(hundredths_of(span) / hundredths_of_day);
  const Daily counts = daily(counting, shown.range, shown.fault);
  if (!shown.fault.empty()) return;
  shown.windows = windows_of(counts, shown.length);
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
  const Windows busy = windows_of(daily({"commits", "", counting.reading}, shown.range, unused), shown.length);
  shown.windows->best = busy.best;
  shown.value = scaled(shown.windows->values[static_cast<std::size_t>(busy.best - shown.range.first)]);
}

void ClaimCounter::show_captured(const Claim& claim, Shown& shown) const {
  const std::uint32_t span = claim.period.prior == 0 ? 90 : claim.period.prior;
  if (claim.period.kind != Period::Kind::window || claim.period.length.days == 0) {
    shown.fault = "it does not say which days are a share of the prior ones";
    return;
  }
  shown.length = claim.period.length.days;
  Millionths best = 0;
  for (const std::string_view figure : {"commits", "lines_added"}) {
    const Windows windows =
        shares_of_span(daily({figure, "", Reading::plain}, whole_, shown.fault), shown.length, span);
    if (windows.n == 0) continue;
    best = windows.maximum * (one / 10);
    shown.windows = windows;
    shown.value = best;
    if (fits(claim.number, best)) break;
  }
  if (!shown.windows) shown.fault = "the history is shorter than " + std::to_string(span) + " days";
}

void ClaimCounter::show_share(const Claim& claim, const Counting& counting, Shown& shown) const {
  const auto percent = [&](std::uint64_t part, std::uint64_t of) {
    if (of == 0) shown.fault = "there is nothing to have a share of";
    shown.value = of == 0 ? 0 : scaled(part) / of * 100 + scaled(part) % of * 100 / of;
  };
  if (counting.figure == "captured") return show_captured(claim, shown);
  if (claim.period.kind == Period::Kind::window) {
    shown.fault = "a share is not judged in the best window; name the days";
  } else if (counting.figure == "rework") {
    percent(count_sums({"lines_reworked", "", counting.reading}, shown.range, shown.fault),
            count_sums({"lines_authored", "", counting.reading}, shown.range, shown.fault));
    shown.grade = Grade::approximate;
  } else if (counting.figure == "reviewed" || counting.figure == "explained") {
    const Figure& figure = *find_figure(assimilation_, counting.figure);
    if (claim.period.kind != Period::Kind::whole) shown.fault = "it is known of the days asked for (--since, --until)";
    percent(figure.value, figure.of.value_or(0));
    shown.grade = figure.grade;
    shown.reason = figure.reasons.empty() ? "" : figure.reasons.front();
  } else if (claim.is_share_of_period) {
    percent(count(counting, shown.range, shown.fault), count(counting, whole_, shown.fault));
  } else {
    percent(count(counting, shown.range, shown.fault),
            count({counting.figure, "", counting.reading}, shown.range, shown.fault));
  }
}

void ClaimCounter::divide(const Claim& claim, Reading reading, Shown& shown) const {
  for (const Per& per : claim.per) {
    std::uint64_t by = 0, times = 1;
    if (!per.figure.empty()) {
      by = claim.period.kind == Period::Kind::window ? 0 : count({per.figure, "", reading}, shown.range, shown.fault);
      if (claim.period.kind == Period::Kind::window)
        shown.fault = "a rate to " + per.figure + " is not counted in windows";
    } else {
      times = hundredths_of(per.span);
      by = (shown.windows ? shown.length : days_within(shown.range, whole_)) * hundredths_of_day;
    }
    if (by == 0) {
      if (shown.fault.empty()) shown.fault = "there is nothing to divide by";
      return;
    }
    shown.value = shown.value / by * times + shown.value % by * times / by;
  }
}

void ClaimCounter::grade(const Claim& claim, Shown& shown) const {
  const std::string_view figure = claim.figure;
  const Sum* sum = sum_of(figure);
  const FigureRow* row = sum == nullptr ? nullptr : find_row(sum->row);
  if (row != nullptr) shown.grade = std::max(shown.grade, grade_of(*row, question_));
  const bool counts_lines =
      (row != nullptr && row->counts == Counts::lines) || figure == "files" || claim.number.is_share;
  const Completeness completeness = completeness_of(repositories_, counts_lines ? Counts::lines : Counts::commits,
                                                    shown.windows ? whole_ : shown.range);
  shown.grade = std::max(shown.grade, completeness.grade);
  if (!completeness.reason.empty()) shown.reason = completeness.reason;
  if (figure != "lines_added" && figure != "lines_deleted" && figure != "lines_changed" && figure != "lines_net")
    return;
  const Figure& lines = *find_figure(figures_, "lines_added");  // git may not be there to find renames
  if (lines.grade > shown.grade && lines.grade == Grade::approximate) {
    shown.grade = lines.grade;
    shown.reason = lines.reasons.empty() ? "" : lines.reasons.front();
  }
}

Shown ClaimCounter::show(const Claim& claim, Reading reading) const {
  Shown shown;
  const Counting counting{claim.figure, claim.part, reading};
  shown.range = range_of_period(claim.period);
  // "962 commits in seven days" where just seven days are asked for.
  const bool is_asked = claim.period.kind == Period::Kind::window && !claim.period.is_peak &&
                        !claim.period.has_days() && (question_.since || question_.until) &&
                        metrics::range_of(repositories_, question_).days() == claim.period.length.days;
  if (is_asked) shown.range = metrics::range_of(repositories_, question_);
  if (claim.number.is_share || claim.figure == "rework" || claim.figure == "captured")
    show_share(claim, counting, shown);
  else if (claim.period.kind == Period::Kind::window && !is_asked)
    show_windows(claim, counting, shown);
  else if (claim.figure == "pull_requests" && question_.forge != nullptr && claim.part.empty())
    for (const MergedRequest& request : *question_.forge)
      shown.value += shown.range.holds_time(request.merged) ? one : 0;
  else
    shown.value = scaled(count(counting, shown.range, shown.fault));
  if (shown.fault.empty()) divide(claim, reading, shown);
  grade(claim, shown);
  return shown;
}

}  // namespace cascade::metrics
