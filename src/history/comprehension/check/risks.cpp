#include "comprehension/check/risks.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>
#include <string>
#include <tuple>

#include "text/ascii.h"
#include "text/wildcard.h"

namespace cascade::comprehension {
namespace {

struct RiskRow {
  Risk risk;
  std::string_view name, question;
};
constexpr std::array<RiskRow, 9> risk_rows = {{
    {Risk::removed_error_path, "removed error path",
     "What happens now in the case that the removed lines handled, and who notices?"},
    {Risk::permissions, "permissions", "Who can do what now that they could not do before, or the other way round?"},
    {Risk::locks, "lock", "What does the lock protect here, and what can wait for it, or see half of it?"},
    {Risk::sql, "sql", "Which rows does this touch, with which index, and what if it runs twice or halfway?"},
    {Risk::concurrency, "concurrency", "What runs at the same time as this, and in which order may they end?"},
    {Risk::retries, "retry", "What happens if the first try had its effect, and when does it stop trying?"},
    {Risk::time_outs, "time-out", "What is left half done when the time is over, and why this long?"},
    {Risk::dependencies, "dependency", "What does this bring in, and why that and that version?"},
    {Risk::none, "largest", "What would go wrong first if these lines were wrong?"},
}};

enum class Side : std::uint8_t { removed, added, any };

// Words of which one must occur in a line, as names or as parts of names ("maxRetries" has "retries"). Two words with a
// plus between them must both occur. In lower case.
struct WordRow {
  Risk risk;
  Side side;
  std::string_view words;
};
constexpr WordRow word_rows[] = {
    {Risk::removed_error_path, Side::removed,
     "catch except rescue throw throws raise panic abort assert err error errno fail failed failure invalid reject "
     "rejected ensure finally unwrap expect recover rollback validate validated sanitize escape"},
    {Risk::permissions, Side::any,
     "chmod chown umask setuid setgid sudo permission permissions authorize authorized authorise authorised "
     "authenticate authenticated authentication authorization acl rbac role roles grant revoke admin csrf cors "
     "privilege privileged capability capabilities allowlist denylist login token+verify"},
    {Risk::locks, Side::any,
     "mutex lock locked unlock rwlock semaphore synchronized flock acquire deadlock trylock lockfile rlock wlock"},
    {Risk::sql, Side::any,
     "select+from insert+into update+set delete+from alter+table create+table create+index drop+table drop+index "
     "truncate+table begin+transaction rollback+transaction merge+into migration"},
    {Risk::concurrency, Side::any,
     "thread threads async await goroutine channel chan atomic spawn parallel executor volatile fork worker workers "
     "promise coroutine threadpool waitgroup memory+order"},
    {Risk::retries, Side::any, "retry retries retried retrying backoff attempt attempts reconnect redelivery"},
    {Risk::time_outs, Side::any, "timeout timeouts deadline ttl expires expiry expire keepalive settimeout"},
    {Risk::dependencies, Side::any, "fetchcontent find+package"},
};

// Files that name dependencies, in lower case.
constexpr std::string_view dependency_files[] = {
    "*package.json",  "*requirements*.txt", "*pyproject.toml", "*setup.py",      "*pipfile",       "*go.mod",
    "*cargo.toml",    "*pom.xml",           "*build.gradle*",  "*gemfile",       "*composer.json", "*vcpkg.json",
    "*conanfile.txt", "*conanfile.py",      "*.csproj",        "*mix.exs",       "*pubspec.yaml",  "*dockerfile*",
    "*package.swift", "*environment.yml",   "*deno.json",      "*build.zig.zon",
};

constexpr std::string_view comment_starts[] = {"//", "#", "*", "/*", "--", ";", "<!--", "\"\"\"", "'''"};

using Words = std::set<std::string>;

bool is_comment(std::string_view line) {
  line = letters::trim_left(line);
  return std::any_of(std::begin(comment_starts), std::end(comment_starts), [&](std::string_view start) {
    return line.substr(0, start.size()) == start && line.substr(0, 2) != "#[" && line.substr(0, 4) != "#inc";
  });
}

void add_words(std::string_view line, Words& words) {
  std::string word;
  for (std::size_t at = 0; at <= line.size(); ++at) {
    const char c = at < line.size() ? line[at] : ' ';
    const bool upper = letters::is_upper(c) && at > 0 && letters::is_lower(line[at - 1]);
    if (!letters::is_letter_or_digit(c) || upper) {
      if (!word.empty()) words.insert(word);
      word.clear();
    }
    if (letters::is_letter_or_digit(c)) word += letters::to_lower(c);
  }
}

bool fits(std::string_view entry, const Words& words) {
  for (;;) {
    const std::size_t plus = entry.find('+');
    if (words.find(std::string(entry.substr(0, plus))) == words.end()) return false;
    if (plus == std::string_view::npos) return true;
    entry.remove_prefix(plus + 1);
  }
}

bool fits_one(std::string_view entries, const Words& words) {
  while (!entries.empty()) {
    const std::size_t end = std::min(entries.find(' '), entries.size());
    if (fits(entries.substr(0, end), words)) return true;
    entries.remove_prefix(std::min(end + 1, entries.size()));
  }
  return false;
}

struct HunkWords {
  std::vector<Words> removed, added;  // line by line
};

HunkWords words_of_hunk(const Hunk& hunk) {
  HunkWords all;
  for (const std::string& line : hunk.removed)
    if (!is_comment(line)) add_words(line, all.removed.emplace_back());
  for (const std::string& line : hunk.added)
    if (!is_comment(line)) add_words(line, all.added.emplace_back());
  return all;
}

bool is_in(const std::vector<Words>& lines, const WordRow& row) {
  return std::any_of(lines.begin(), lines.end(), [&](const Words& words) { return fits_one(row.words, words); });
}

// An error path that was only moved or rewritten is not removed: as many lines of that kind were added.
bool row_fits(const WordRow& row, const HunkWords& words) {
  const auto count = [&](const std::vector<Words>& lines) {
    return std::count_if(lines.begin(), lines.end(), [&](const Words& line) { return fits_one(row.words, line); });
  };
  if (row.side == Side::removed) return count(words.removed) > count(words.added);
  return (row.side == Side::any && is_in(words.removed, row)) || is_in(words.added, row);
}

bool names_dependencies(std::string_view path) {
  const std::string lower = letters::to_lower(path);
  return std::any_of(std::begin(dependency_files), std::end(dependency_files),
                     [&](std::string_view pattern) { return letters::matches_wildcard(pattern, lower); });
}

}  // namespace

std::string_view to_string(Risk risk) noexcept { return risk_rows[static_cast<std::size_t>(risk)].name; }
std::string_view question_of(Risk risk) noexcept { return risk_rows[static_cast<std::size_t>(risk)].question; }

Risk risk_of(const Change& change, const Hunk& hunk) {
  const HunkWords words = words_of_hunk(hunk);
  for (const WordRow& row : word_rows)
    if (row_fits(row, words)) return row.risk;
  return names_dependencies(change.path_of(hunk)) ? Risk::dependencies : Risk::none;
}

std::vector<Chosen> choose_questions(const Change& change, const std::vector<std::size_t>& among) {
  std::vector<Chosen> ranked;
  for (const std::size_t at : among) ranked.push_back({at, risk_of(change, change.hunks[at])});
  const auto key = [&](const Chosen& one) {
    const Hunk& hunk = change.hunks[one.hunk];
    return std::tuple(one.risk, ~hunk.lines(), std::string_view(change.path_of(hunk)), std::string_view(hunk.id));
  };
  std::sort(ranked.begin(), ranked.end(), [&](const Chosen& a, const Chosen& b) { return key(a) < key(b); });
  std::vector<Chosen> chosen, rest;
  for (const Chosen& one : ranked) {
    if (one.risk == Risk::none) continue;
    const bool is_first = chosen.empty() || chosen.back().risk != one.risk;
    (is_first ? chosen : rest).push_back(one);
  }
  chosen.insert(chosen.end(), rest.begin(), rest.end());
  if (chosen.empty() && !ranked.empty()) chosen.push_back(ranked.front());
  if (chosen.size() > most_questions) chosen.resize(most_questions);
  return chosen;
}

}  // namespace cascade::comprehension
