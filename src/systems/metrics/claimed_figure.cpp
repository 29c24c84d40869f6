#include "metrics/judge.h"

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

bool is_of_part(std::string_view part, const Commit& commit, const Measured& measured, const History& history) {
  return part.empty() || (part == "bots" && measured.is_bot) || (part == "merges" && commit.is_merge()) ||
         (part == "reverts" && measured.reverts_by_message) || (part == "weekends" && is_weekend(commit)) ||
         (part.starts_with("by ") && history.people[commit.author].name == part.substr(3));
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

Day day_of_month(int months) {
  const std::chrono::year_month_day day{std::chrono::year(months / 12), std::chrono::month(months % 12 + 1u),
                                        std::chrono::day(1)};
  return static_cast<Day>(std::chrono::sys_days(day).time_since_epoch().count());
}

bool is_letter_or_digit(char c) { return letters::is_letter(c) || letters::is_digit(c); }

std::string letters_only(std::string_view text) {
  std::string out;
  for (const char c : letters::to_lower(text))
    if (is_letter_or_digit(c) || static_cast<unsigned char>(c) >= 0x80) out.push_back(c);
  return out;
}

// The spans of the calendar that a range lies in: years, months, weeks from Monday on, days.
std::vector<Range> calendar(const Range& range, const Length& each) {
  std::vector<Range> spans;
  for (Day first = range.first; first <= range.last;) {
    Day next = first + 1;
    const std::chrono::year_month_day parts{std::chrono::sys_days(std::chrono::days(first))};
    if (each.months > 0) {
      const int month =
          static_cast<int>(parts.year()) * 12 + static_cast<int>(static_cast<unsigned>(parts.month())) - 1;
      const int begin = month - month % static_cast<int>(each.months), end = begin + static_cast<int>(each.months);
      first = day_of_month(begin);
      next = day_of_month(end);
    } else if (each.days == 7) {
      first -= (first % 7 + 3) % 7;  // day 0 was a Thursday
      next = first + 7;
    }
    spans.push_back({first, next - 1, false, false});
    first = next;
  }
  return spans;
}

std::uint64_t scaled(std::uint64_t value) { return std::min(value, largest_number) * one; }

}  // namespace

std::string_view to_string(Reading reading) noexcept {
  constexpr std::array<std::string_view, 5> names = {"as they are", "without merges", "by the author's date",
                                                     "by mail address", "without bots"};
  return names[static_cast<std::size_t>(reading)];
}

std::vector<std::string> ClaimCounter::people_named(std::string_view name) const {
  const std::vector<Token> words = tokens_of(name);
  std::set<std::string> found;
  for (const Repository& repository : repositories_)
    for (const Person& person : repository.history.people) {
      const std::vector<Token> parts = tokens_of(person.name);
      const bool has_all = std::all_of(words.begin(), words.end(), [&](const Token& word) {
        return std::any_of(parts.begin(), parts.end(), [&](const Token& part) { return part.text == word.text; });
      });
      if (has_all && parts.size() == words.size()) return {person.name};
      if (has_all) found.insert(person.name);
    }
  return {found.begin(), found.end()};
}

bool ClaimCounter::is_repository(std::string_view name) const {
  static constexpr std::string_view nouns[] = {"the", "project", "repository", "repo", "codebase", "team", "itself"};
  std::string wanted;
  for (const Token& word : tokens_of(name))
    if (std::find(std::begin(nouns), std::end(nouns), word.text) == std::end(nouns)) wanted += letters_only(word.text);
  for (const std::string& own : question_.names)
    for (std::size_t from = 0; from < own.size(); ++from)
      if ((from == 0 || !is_letter_or_digit(own[from - 1])) &&
          letters_only(std::string_view(own).substr(from)) == wanted)
        return !wanted.empty();
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
  const std::string part =
      counting.part == "top_author" ? "by " + top_author(range, counting.reading) : std::string(counting.part);
  std::uint64_t all = 0;
  for (const auto& [history, measures, gaps] : repositories_)
    for (std::size_t at = 0; at < history.commits.size(); ++at) {
      const Commit& commit = history.commits[at];
      const Measured& measured = measures.commits[at];
      if (!range.holds_time(time_of(commit, counting.reading)) || !is_read(commit, measured, counting.reading))
        continue;
      if (is_of_part(part, commit, measured, history)) all += value_of(*sum, commit, measured);
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
    if (!range.to_end || !range.from_begin) fault = "files are known of the newest commit only";
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
      if (is_of_part(counting.part, commit, measured, history) && is_read(commit, measured, counting.reading))
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

// One value for each span; of sums in one walk over the commits.
std::optional<std::vector<std::uint64_t>> ClaimCounter::values_of(const std::vector<Range>& spans,
                                                                  const Counting& counting, std::string& fault) const {
  constexpr std::size_t most_walks = 1'000;
  std::vector<std::uint64_t> values;
  const bool is_sum = sum_of(counting.figure) != nullptr;
  Daily days;
  if (is_sum) days = daily(counting, {spans.front().first, spans.back().last, false, false}, fault);
  if (!is_sum && spans.size() > most_walks)
    fault = "there are too many such spans; of them only commits and lines are judged";
  for (const Range& span : spans) {
    if (!fault.empty()) return std::nullopt;
    values.push_back(is_sum ? days.sum(span.first, span.last) : count(counting, span, fault));
  }
  return values;
}

// The first and the last span may not be whole in the history. What depends on them is not judged.
void ClaimCounter::show_quantified(const Claim& claim, const Counting& counting, Shown& shown) const {
  Range range = shown.range;
  range.first = std::max(range.first, whole_.first);
  range.last = std::max(range.first, std::min(range.last, whole_.last));
  const std::vector<Range> spans = calendar(range, claim.each);
  if (claim.each.months == 0 && claim.each.days != 1 && claim.each.days != 7) shown.fault = "no such spans are judged";
  const auto values = shown.fault.empty() ? values_of(spans, counting, shown.fault) : std::nullopt;
  if (!values) return;
  std::vector<std::uint64_t> all = *values, whole;
  for (std::size_t i = 0; i < spans.size(); ++i)
    if (spans[i].first >= range.first && spans[i].last <= range.last) whole.push_back(all[i]);
  const auto is_so = [&](std::vector<std::uint64_t> of) {
    std::sort(of.begin(), of.end());
    if (claim.quantifier == "median") {
      shown.value = (scaled(of[(of.size() - 1) / 2]) + scaled(of[of.size() / 2])) / 2;
      return fits(claim.number, shown.value);
    }
    const bool wants = claim.quantifier == "every";  // the first that is not as it is said decides
    const auto decides = std::find_if(
        of.begin(), of.end(), [&](const std::uint64_t value) { return fits(claim.number, scaled(value)) != wants; });
    const bool is_lower =
        claim.number.comparison == Comparison::at_least || claim.number.comparison == Comparison::above;
    const std::uint64_t end = is_lower == wants ? of.front() : of.back();
    shown.value = scaled(decides == of.end() ? end : *decides);
    return (decides == of.end()) != (claim.quantifier == "some");
  };
  if (whole.empty()) {
    shown.fault = "the history has no such span whole";
    return;
  }
  const bool of_all = is_so(all);
  shown.holds = is_so(whole);
  if (of_all != *shown.holds)
    shown.fault = "it depends on the first or the last " + text_of(claim.each) + ", which is not whole";
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
  if (!claim.quantifier.empty())
    show_quantified(claim, counting, shown);
  else if (claim.number.is_share || claim.figure == "rework" || claim.figure == "captured")
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
