#include "metrics/claims.h"

#include "text/ascii.h"

#include <algorithm>

namespace cascade::metrics {
namespace {

// Words of a claim and the figure that they mean; the first row that fits decides, so what is derived comes first.
struct WordRow {
  std::string_view word, figure;
};
constexpr WordRow words[] = {
    {"developer", "people"},
    {"engineer", "people"},
    {"programmer", "people"},
    {"people", "people"},
    {"equivalent", "people"},
    {"fte", "people"},
    {"revert", "reverts_by_message"},
    {"rollback", "reverts_by_message"},
    {"rolled back", "reverts_by_message"},
    {"pull request", "pull_requests"},
    {"merge request", "pull_requests"},
    {"merged pr", "pull_requests"},
    {"prs", "pull_requests"},
    {"pr merged", "pull_requests"},
    {"merge commit", "merges"},
    {"rework", "lines_reworked"},
    {"authored", "lines_authored"},
    {"deleted", "lines_deleted"},
    {"removed", "lines_deleted"},
    {"line", "lines_added"},
    {"loc", "lines_added"},
    {"commit", "commits"},
    {"merge", "merges"},
};

struct NumberWord {
  std::string_view word;
  std::uint64_t value;
};
constexpr NumberWord number_words[] = {{"no", 0},      {"none", 0},   {"zero", 0}, {"never", 0}, {"one", 1},
                                       {"two", 2},     {"three", 3},  {"four", 4}, {"five", 5},  {"six", 6},
                                       {"seven", 7},   {"eight", 8},  {"nine", 9}, {"ten", 10},  {"fourteen", 14},
                                       {"thirty", 30}, {"ninety", 90}};

// A number of a line, with the text up to the next number behind it.
struct Number {
  std::uint64_t value = 0;
  std::string_view before, after;
  bool is_word = false;
};

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

std::string_view take_digits(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() &&
         (letters::is_digit(text[end]) || ((text[end] == ',' || text[end] == '\'' || text[end] == '_') &&
                                           end + 1 < text.size() && letters::is_digit(text[end + 1]))))
    ++end;
  return text.substr(0, end);
}

// Reads "173,833", "174k", "1.2m" at the front; the length is what was read.
std::pair<std::uint64_t, std::size_t> number_at(std::string_view text) {
  constexpr std::uint64_t largest = 1'000'000'000'000'000;
  const std::string_view digits = take_digits(text);
  std::uint64_t value = 0, fraction = 0, scale = 1;
  for (const char c : digits)
    if (letters::is_digit(c)) value = std::min(value * 10 + static_cast<std::uint64_t>(c - '0'), largest);
  std::size_t length = digits.size();
  if (length + 1 < text.size() && text[length] == '.' && letters::is_digit(text[length + 1]))
    for (++length; length < text.size() && letters::is_digit(text[length]); ++length)
      if (scale < 1'000) {
        fraction = fraction * 10 + static_cast<std::uint64_t>(text[length] - '0');
        scale *= 10;
      }
  const char unit = length < text.size() ? text[length] : ' ';
  const bool ends = length + 1 >= text.size() || !letters::is_word(text[length + 1]);
  const std::uint64_t factor = !ends ? 1 : unit == 'k' ? 1'000 : unit == 'm' ? 1'000'000 : 1;
  return {value * factor + fraction * factor / scale, length + (factor > 1 ? 1 : 0)};
}

std::vector<Number> numbers_of(std::string_view line) {
  std::vector<Number> found;
  std::vector<std::pair<std::size_t, std::size_t>> places;
  for (std::size_t at = 0; at < line.size();) {
    if (at > 0 && letters::is_word(line[at - 1])) {
      ++at;
      continue;
    }
    if (letters::is_digit(line[at])) {
      const auto [value, length] = number_at(line.substr(at));
      found.push_back({value, {}, {}, false});
      places.emplace_back(at, at + length);
      at += length;
      continue;
    }
    const auto end = std::find_if_not(line.begin() + static_cast<std::ptrdiff_t>(at), line.end(), letters::is_letter);
    const std::string_view word = line.substr(at, static_cast<std::size_t>(end - line.begin()) - at);
    for (const NumberWord& known : number_words)
      if (known.word == word) {
        found.push_back({known.value, {}, {}, true});
        places.emplace_back(at, at + word.size());
      }
    at += std::max<std::size_t>(word.size(), 1);
  }
  for (std::size_t i = 0; i < found.size(); ++i) {
    const std::size_t from = i == 0 ? 0 : places[i - 1].second;
    const std::size_t to = i + 1 < found.size() ? places[i + 1].first : line.size();
    found[i].before = line.substr(from, places[i].first - from);
    found[i].after = line.substr(places[i].second, to - places[i].second);
  }
  return found;
}

// "7 days", "7-day": the unit follows at once.
std::optional<std::uint64_t> days_of(const Number& number) {
  std::string_view after = letters::trim_left(number.after);
  if (after.starts_with("-")) after.remove_prefix(1);
  if (after.starts_with("day")) return number.value;
  if (after.starts_with("week")) return number.value * 7;
  return std::nullopt;
}

// "80 lines a day", "80 loc/day", "5 commits per day", "÷ 80", "/ 80".
bool is_divisor(const Number& number) {
  std::string_view after = letters::trim_left(number.after), before = letters::trim(number.before);
  for (const std::string_view unit : {"lines", "line", "loc", "commits", "commit"})
    if (after.starts_with(unit)) {
      after.remove_prefix(unit.size());
      after = letters::trim_left(after);
      for (const std::string_view a_day : {"/day", "/ day", "a day", "per day", "daily", "/d"})
        if (after.starts_with(a_day)) return true;
      return false;
    }
  return after.starts_with("/day") || after.starts_with("per day") || after.starts_with("a day") ||
         (!before.empty() && (before.back() == '/' || (before.size() >= 2 && before.substr(before.size() - 2) == "÷")));
}

std::string figure_of(std::string_view text) {
  for (const WordRow& row : words)
    if (contains(text, row.word)) return std::string(row.figure);
  return {};
}

// What a number of people is derived from, by the words of its row.
std::string basis_of(std::string_view text) {
  if (contains(text, "commit")) return "commits";
  return contains(text, "line") || contains(text, "loc") ? "lines_added" : "";
}

// The marks of tables and lists are not part of a claim.
std::string plain(std::string_view line) {
  std::string text(letters::trim(line));
  for (char& c : text)
    if (c == '|' || c == '*' || c == '`') c = ' ';
  std::string_view rest = letters::trim(text);
  while (!rest.empty() && (rest.front() == '-' || rest.front() == '+' || rest.front() == '>'))
    rest = letters::trim_left(rest.substr(1));
  std::string out;
  for (const char c : rest)
    if (!letters::is_space(c) || (!out.empty() && out.back() != ' ')) out.push_back(letters::is_space(c) ? ' ' : c);
  return std::string(letters::trim(out));
}

bool is_span(std::string_view between) {
  const std::string_view word = letters::trim(between);
  return word == "to" || word == "-" || word == "–" || word == "and" || word == "..";
}

// "at 5 to 10 commits a day" names several divisors: none is the claim's own, all are tried.
void read_numbers(std::string_view line, Claim& claim, bool& has_value) {
  const std::size_t result = line.find('=');
  bool in_span = false;
  const std::vector<Number> numbers = numbers_of(line);
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const Number& number = numbers[i];
    const bool is_result =
        result != std::string_view::npos && number.before.data() + number.before.size() > line.data() + result;
    if (const auto days = days_of(number); days && !is_result) {
      claim.days = days;
    } else if (!is_result && i + 1 < numbers.size() && is_span(number.after) && is_divisor(numbers[i + 1])) {
      ++i;
    } else if (is_divisor(number) && !is_result) {
      claim.divisor = number.value;
    } else if (result != std::string_view::npos && !is_result) {
      continue;  // what the result is computed from
    } else if (!has_value) {
      claim.value = number.value;
      has_value = true;
      in_span = is_span(number.after);
    } else if (in_span && !claim.to) {
      claim.to = number.value;
    }
  }
  if (!claim.days && (contains(line, "a week") || contains(line, "one week"))) claim.days = 7;
}

}  // namespace

std::vector<Claim> read_claims(std::string_view text) {
  std::vector<Claim> claims;
  std::optional<std::uint64_t> days;  // of the title or the heading row above
  for (std::uint32_t at = 1; !text.empty(); ++at) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    const bool is_title = !letters::trim(line).empty() && letters::trim(line).front() == '#';
    Claim claim;
    claim.line = at;
    claim.text = plain(line);
    const std::string lower = letters::to_lower(claim.text);
    bool has_value = false;
    read_numbers(lower, claim, has_value);
    if (!has_value || is_title) {
      if (claim.days) days = claim.days;
      continue;
    }
    if (!claim.days) claim.days = days;
    claim.figure = figure_of(lower);
    if (claim.figure == "people") claim.basis = basis_of(lower);
    claims.push_back(std::move(claim));
  }
  return claims;
}

}  // namespace cascade::metrics
