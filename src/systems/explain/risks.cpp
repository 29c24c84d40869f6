// A line is marked by its words, as names or as parts of names. Only words that some row knows are kept, because most
// lines of a large change have none.
#include "explain/change.h"

#include <iterator>
#include <tuple>

#include "explain/lists.h"
#include "explain/risk_facts.h"
#include "text/ascii.h"
#include "text/word_set.h"

namespace cascade::comprehension {
namespace {

constexpr std::string_view comment_starts[] = {"//", "#", "*", "/*", "--", ";", "<!--", "\"\"\"", "'''"};

using Words = std::set<std::string_view>;

bool is_comment(std::string_view line) {
  line = letters::trim_left(line);
  return std::ranges::any_of(comment_starts, [&](std::string_view start) {
    return line.substr(0, start.size()) == start && line.substr(0, 2) != "#[" && line.substr(0, 4) != "#inc";
  });
}

constexpr std::string_view before_plus(std::string_view entry) { return entry.substr(0, entry.find('+')); }
constexpr std::string_view behind_plus(std::string_view entry) {
  const std::size_t plus = entry.find('+');
  return plus == std::string_view::npos ? std::string_view() : entry.substr(plus + 1);
}

// Calls `take` for each word of each row.
template <typename Take>
constexpr void each_known_word(const Take& take) {
  for (const WordRow& row : risk_facts::words)
    letters::each_word(row.words, [&](std::string_view entry) {
      take(before_plus(entry));
      if (!behind_plus(entry).empty()) take(behind_plus(entry));
    });
}

// The words of all rows, in order.
constexpr std::size_t known_count = [] {
  std::size_t count = 0;
  each_known_word([&](std::string_view) { ++count; });
  return count;
}();
constexpr std::array<std::string_view, known_count> known_words = [] {
  std::array<std::string_view, known_count> words{};
  std::size_t at = 0;
  each_known_word([&](std::string_view word) { words[at++] = word; });
  std::ranges::sort(words);
  return words;
}();

void add_words(std::string_view line, Words& words) {
  std::string word;
  for (std::size_t at = 0; at <= line.size(); ++at) {
    const char c = at < line.size() ? line[at] : ' ';
    const bool upper = letters::is_upper(c) && at > 0 && letters::is_lower(line[at - 1]);
    if ((!letters::is_letter_or_digit(c) || upper) && !word.empty()) {
      const auto found = std::lower_bound(known_words.begin(), known_words.end(), word);
      if (found != known_words.end() && *found == word) words.insert(*found);
      word.clear();
    }
    if (letters::is_letter_or_digit(c)) word += letters::to_lower(c);
  }
}

bool fits_one(const WordRow& row, const Words& words) {
  bool fits = false;
  letters::each_word(row.words, [&](std::string_view entry) {
    const std::string_view second = behind_plus(entry);
    fits |= words.count(before_plus(entry)) > 0 && (second.empty() || words.count(second) > 0);
  });
  return fits;
}

std::vector<Words> marked_lines(const std::vector<std::string>& lines) {
  std::vector<Words> all;
  for (const std::string& line : lines) {
    Words words;
    if (!is_comment(line)) add_words(line, words);
    if (!words.empty()) all.push_back(std::move(words));
  }
  return all;
}

// An error path that was only moved or rewritten is not removed: as many lines of that kind were added.
bool row_fits(const WordRow& row, const std::vector<Words>& removed, const std::vector<Words>& added) {
  const auto count = [&](const std::vector<Words>& lines) {
    return std::ranges::count_if(lines, [&](const Words& line) { return fits_one(row, line); });
  };
  if (row.side == Side::removed) return count(removed) > count(added);
  return (row.side == Side::any && count(removed) > 0) || count(added) > 0;
}

const RiskRow& row_of(Risk risk) {
  return *std::find_if(std::begin(risk_facts::risks), std::end(risk_facts::risks) - 1,
                       [&](const RiskRow& row) { return row.risk == risk; });
}

enum class Place : std::uint8_t { source, data, test, prose };

Place place_of(const Change& change, const Hunk& hunk) {
  const std::string path = letters::to_lower(change.path_of(hunk));
  if (fits_any(path, lists::prose) || is_document(path)) return Place::prose;
  if (fits_any(path, lists::tests)) return Place::test;
  return fits_any(path, lists::data) ? Place::data : Place::source;
}

// Of one place: the first of each kind, then the others; if no rule knows any, the longest where `or_longest`.
void choose_among(const std::vector<Chosen>& ranked, bool or_longest, std::vector<Chosen>& chosen) {
  std::vector<Chosen> rest;
  const std::size_t before = chosen.size();
  for (const Chosen& one : ranked) {
    if (one.risk == Risk::none) continue;
    const bool is_first = chosen.size() == before || chosen.back().risk != one.risk;
    (is_first ? chosen : rest).push_back(one);
  }
  chosen.insert(chosen.end(), rest.begin(), rest.end());
  if (chosen.size() == before && or_longest && !ranked.empty()) chosen.push_back(ranked.front());
}

}  // namespace

std::string_view to_string(Risk risk) noexcept { return row_of(risk).name; }
std::string_view question_of(Risk risk) noexcept { return row_of(risk).question; }

Risk risk_of(const Change& change, const Hunk& hunk) {
  const std::vector<Words> removed = marked_lines(hunk.removed), added = marked_lines(hunk.added);
  if (!removed.empty() || !added.empty())
    for (const WordRow& row : risk_facts::words)
      if (row_fits(row, removed, added)) return row.risk;
  return fits_any(letters::to_lower(change.path_of(hunk)), lists::dependency_files) ? Risk::dependencies : Risk::none;
}

std::vector<Chosen> choose_questions(const Change& change, const std::vector<std::size_t>& among) {
  std::array<std::vector<Chosen>, 4> places;
  for (const std::size_t at : among) {
    const Place place = place_of(change, change.hunks[at]);
    const Risk risk = place == Place::prose ? Risk::none : risk_of(change, change.hunks[at]);
    places[static_cast<std::size_t>(place)].push_back({at, risk});
  }
  const auto key = [&](const Chosen& one) {
    const Hunk& hunk = change.hunks[one.hunk];
    return std::tuple(one.risk, ~hunk.lines(), std::string_view(change.path_of(hunk)), std::string_view(hunk.id));
  };
  std::vector<Chosen> chosen;
  for (std::vector<Chosen>& ranked : places) {
    std::ranges::sort(ranked, [&](const Chosen& a, const Chosen& b) { return key(a) < key(b); });
    choose_among(ranked, chosen.empty(), chosen);
  }
  if (chosen.size() > most_questions) chosen.resize(most_questions);
  return chosen;
}

}  // namespace cascade::comprehension
