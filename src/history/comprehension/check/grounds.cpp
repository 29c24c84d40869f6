#include "comprehension/check/grounds.h"

#include <algorithm>
#include <charconv>
#include <iterator>

#include "text/ascii.h"
#include "text/wildcard.h"

namespace cascade::comprehension {
namespace {

constexpr std::uint64_t most_places = 60;  // a text that so many lines hold points at none of them
constexpr std::size_t shortest_signal = 4;

// Where tests lie, in lower case.
constexpr std::string_view test_paths[] = {"test/*",      "tests/*",  "*/test/*",   "*/tests/*",     "spec/*",
                                           "*/spec/*",    "*_test.*", "*test_*",    "*.test.*",      "*.spec.*",
                                           "*_spec.*",    "*tests.*", "*test.java", "*/__tests__/*", "__tests__/*",
                                           "*/testing/*", "e2e/*",    "*/e2e/*",    "*test.cs",      "*test.kt"};

// Parts of a line that writes something for people or programs to see, in lower case.
constexpr std::string_view message_marks[] = {
    "log",    "warn",  "error",  "print",  "fprintf", "cerr",     "stderr", "throw",   "raise",  "panic",   "abort",
    "fatal",  "echo ", "assert", "alert",  "message", "notify",   "trace",  "exit",    "errorf", "fail",    "console.",
    "syslog", "emit",  "report", "reject", "status",  "complain", "bail!",  "expect(", "errno",  "record_", "event"};
constexpr std::string_view metric_marks[] = {"metric",    "counter",    "gauge",  "histogram", "observe",
                                             "statsd",    "prometheus", "_total", ".inc(",     "increment",
                                             "telemetry", "meter",      "span.",  "summary"};

constexpr std::string_view ci_files[] = {"*/workflows/*.yml",
                                         "*/workflows/*.yaml",
                                         "*/actions/*/action.yml",
                                         ".gitlab-ci.yml",
                                         ".gitlab/ci/*",
                                         ".circleci/*",
                                         "azure-pipelines*.yml",
                                         "Jenkinsfile*",
                                         ".travis.yml",
                                         ".ci/*",
                                         "ci/*",
                                         ".buildkite/*",
                                         ".woodpecker*",
                                         ".drone.yml",
                                         ".cirrus.yml",
                                         "bitbucket-pipelines.yml",
                                         "appveyor.yml",
                                         ".teamcity/*",
                                         ".builds/*",
                                         "cloudbuild.yaml",
                                         "Earthfile"};

// What CI starts in turn. The commands of a script count if CI calls the script.
constexpr std::string_view started_files[] = {
    "Makefile",     "makefile", "GNUmakefile", "package.json", "justfile", "Justfile",
    "Taskfile.yml", "tox.ini",  "noxfile.py",  "scripts/*",    "script/*", "tools/*.sh",
    "bin/*.sh",     "*.sh",     "build.sh",    "dev/*",        "Rakefile", "CMakePresets.json"};

// Programs that start what a file of this name says.
struct Starter {
  std::string_view program, file;
};
constexpr Starter starters[] = {
    {"make", "akefile"},     {"npm", "package.json"}, {"pnpm", "package.json"},       {"yarn", "package.json"},
    {"bun", "package.json"}, {"just", "ustfile"},     {"task", "Taskfile.yml"},       {"tox", "tox.ini"},
    {"nox", "noxfile.py"},   {"rake", "Rakefile"},    {"cmake", "CMakePresets.json"}, {"ctest", "CMakePresets.json"}};

// What parts two commands of one line.
constexpr std::string_view command_ends[] = {"&&", "||", ";", "|"};

template <typename Table>
bool has_one(std::string_view lower, const Table& table) {
  return std::any_of(std::begin(table), std::end(table),
                     [&](std::string_view mark) { return lower.find(mark) != std::string_view::npos; });
}

template <typename Table>
bool matches_any(std::string_view text, const Table& table) {
  return std::any_of(std::begin(table), std::end(table),
                     [&](std::string_view pattern) { return letters::matches_wildcard(pattern, text); });
}

bool is_path_byte(char c) {
  return letters::is_word(c) || c == '.' || c == '/' || c == '-' || c == '+' || c == '@' || c == '~' ||
         static_cast<unsigned char>(c) >= 0x80;
}

std::uint32_t take_digits(std::string_view text, std::size_t& at) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), value);
  at = static_cast<std::size_t>(end - text.data());
  return error == std::errc() ? value : 0;
}

// A diff shows so many lines around what has changed, and they may be cited as well.
constexpr std::uint32_t shown_context = 3;

bool overlaps(const Cited& place, std::uint32_t at, std::uint32_t lines) {
  return lines > 0 && place.first < at + lines + shown_context && place.last + shown_context >= at;
}

// The command in a line of a CI file: "run: npm test", "- script: make", "  npm ci && npm test".
void add_line(std::string_view line, const std::string& path, std::vector<RanCommand>& commands) {
  line = letters::trim(line);
  while (!line.empty() && (line.front() == '-' || line.front() == '@' || line.front() == '\'' || line.front() == '"'))
    line = letters::trim_left(line.substr(1));
  const std::size_t colon = line.find(": ");
  if (colon != std::string_view::npos && line.substr(0, colon).find(' ') == std::string_view::npos)
    line = letters::trim_left(line.substr(colon + 2));
  while (!line.empty()) {
    std::size_t end = line.size(), length = 0;
    for (const std::string_view part : command_ends)
      if (const std::size_t at = line.find(part); at < end) {
        end = at;
        length = part.size();
      }
    RanCommand command;
    command.words = command_words(line.substr(0, end));
    command.is_from_ci = true;
    command.source = path;
    if (!command.words.empty()) commands.push_back(std::move(command));
    line.remove_prefix(std::min(end + length, line.size()));
  }
}

// Whether a line of code has the text within a literal, and the text has several words: somebody is meant to read it.
bool is_sentence_in(std::string_view line, std::string_view text) {
  const std::size_t at = line.find(text);
  if (text.find(' ') == std::string_view::npos || at == std::string_view::npos) return false;
  const std::string_view before = line.substr(0, at);
  return std::any_of(before.begin(), before.end(), [](char c) { return c == '"' || c == '\'' || c == '`'; });
}

bool is_option(std::string_view word) { return word.size() > 1 && word.front() == '-'; }

std::vector<std::string_view> plain_words(const std::vector<std::string>& words) {
  std::vector<std::string_view> plain;
  for (const std::string& word : words)
    if (!is_option(word)) plain.push_back(word);
  return plain;
}

// "./run-tests" and "run-tests", "/usr/bin/make" and "make"
std::string_view program_of(std::string_view word) {
  if (word.substr(0, 2) == "./") word.remove_prefix(2);
  return word;
}

// "tests" and "tests/test_upload.py", "./..." and "./labels": who runs all of a folder runs that.
bool is_within_word(std::string_view ran, std::string_view word) {
  if (ran == word) return true;
  constexpr std::string_view all = "...";
  if (ran.size() >= all.size() && ran.substr(ran.size() - all.size()) == all) ran.remove_suffix(all.size());
  while (!ran.empty() && ran.back() == '/') ran.remove_suffix(1);
  return !ran.empty() && word.size() > ran.size() && word.substr(0, ran.size()) == ran && word[ran.size()] == '/';
}

// Programs that run every test when they are called alone.
constexpr std::string_view run_alone[] = {"pytest", "ctest",   "jest",   "vitest", "mocha", "tox",
                                          "nox",    "phpunit", "rspec",  "prove",  "ava",   "tap",
                                          "nose2",  "bats",    "busted", "karma",  "behave"};

// Whether `ran` is the command, or the command is `ran` with more words, as when one test of all was run. Of a command
// with fewer words the same part was run, at least where it names more than a program that can do anything.
bool proves(const std::vector<std::string>& ran, const std::vector<std::string>& command) {
  const auto a = plain_words(ran), b = plain_words(command);
  if (a.empty() || b.empty() || program_of(a[0]) != program_of(b[0])) return false;
  if (a.size() <= b.size()) return std::equal(a.begin() + 1, a.end(), b.begin() + 1, is_within_word);
  const bool says_enough =
      b.size() > 1 || std::find(std::begin(run_alone), std::end(run_alone), program_of(b[0])) != std::end(run_alone);
  return says_enough && std::equal(b.begin() + 1, b.end(), a.begin() + 1);
}

// Files that a line of CI starts: a script by its path, a Makefile by `make`, package.json by `npm`.
bool is_started(const TreeText& file, const std::vector<RanCommand>& commands) {
  return std::any_of(commands.begin(), commands.end(), [&](const RanCommand& command) {
    for (const std::string& word : command.words)
      if (program_of(word) == file.path) return true;
    return std::any_of(std::begin(starters), std::end(starters), [&](const Starter& row) {
      return command.words.front() == row.program && file.path.size() >= row.file.size() &&
             file.path.compare(file.path.size() - row.file.size(), row.file.size(), row.file) == 0;
    });
  });
}

void add_lines_of(const TreeText& file, std::vector<RanCommand>& commands) {
  std::string_view rest = file.text;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    const std::string_view text = letters::trim(line);
    if (!text.empty() && text.front() != '#') add_line(line, file.path, commands);
  }
}

}  // namespace

std::vector<Cited> places_in(std::string_view text) {
  std::vector<Cited> places;
  for (std::size_t colon = text.find(':'); colon != std::string_view::npos; colon = text.find(':', colon + 1)) {
    std::size_t begin = colon, at = colon + 1;
    while (begin > 0 && is_path_byte(text[begin - 1])) --begin;
    if (begin == colon || at >= text.size() || !letters::is_digit(text[at])) continue;
    Cited place;
    place.path = text.substr(begin, colon - begin);
    if (place.path.find_first_of("./") == std::string::npos || letters::is_digit(place.path.back())) continue;
    place.first = place.last = take_digits(text, at);
    if (at + 1 < text.size() && text[at] == '-' && letters::is_digit(text[at + 1]))
      place.last = take_digits(text, ++at);
    if (place.first > 0 && place.last >= place.first) places.push_back(std::move(place));
  }
  return places;
}

bool is_path_of(std::string_view named, std::string_view whole) {
  if (named.substr(0, 2) == "./") named.remove_prefix(2);
  if (named.size() > whole.size() || whole.substr(whole.size() - named.size()) != named) return false;
  return named.size() == whole.size() || whole[whole.size() - named.size() - 1] == '/';
}

// The lengths that the record gives are believed only where the hunk has them.
bool is_in_diff(const Cited& place, const Change& change, const Record& record) {
  for (const Hunk& hunk : change.hunks) {
    const ChangedFile& file = change.files[hunk.file];
    const bool named = is_path_of(place.path, file.path) || is_path_of(place.path, file.old_path);
    if (named && (overlaps(place, hunk.new_at, hunk.new_lines) || overlaps(place, hunk.old_at, hunk.old_lines)))
      return true;
    for (const BoundHunk& bound : record.hunks) {
      if (bound.id != hunk.id || !is_path_of(place.path, bound.path)) continue;
      if ((bound.new_lines == hunk.new_lines && overlaps(place, bound.new_at, bound.new_lines)) ||
          (bound.old_lines == hunk.old_lines && overlaps(place, bound.old_at, bound.old_lines)))
        return true;
    }
  }
  return false;
}

bool may_be_signal(std::string_view text) { return text.size() >= shortest_signal && text.size() <= 200; }

Signal kind_of_signal(const Sought& sought) {
  if (sought.count == 0) return Signal::absent;
  if (sought.count > most_places) return Signal::too_common;
  Signal best = Signal::other;
  for (const std::string& place : sought.places) {
    const std::string lower = letters::to_lower(place);
    const std::size_t first = lower.find(':'), second = lower.find(':', first + 1);
    if (second == std::string::npos) continue;
    const std::string_view path = std::string_view(lower).substr(0, first);
    const std::string_view line = std::string_view(lower).substr(second + 1);
    if (matches_any(path, test_paths)) return Signal::test;
    if (has_one(line, metric_marks)) best = Signal::metric;
    if (best == Signal::other && (has_one(line, message_marks) || is_sentence_in(line, letters::to_lower(sought.text))))
      best = Signal::message;
  }
  return best;
}

std::vector<std::string> command_words(std::string_view line) {
  line = letters::trim(line);
  while (!line.empty() && (line.front() == '$' || line.front() == '>') && line.size() > 1 && line[1] == ' ')
    line = letters::trim_left(line.substr(1));
  std::vector<std::string> words;
  while (!line.empty()) {
    std::size_t end = 0;
    while (end < line.size() && !letters::is_space(line[end])) ++end;
    std::string word(line.substr(0, end));
    line = letters::trim_left(line.substr(end));
    word.erase(std::remove_if(word.begin(), word.end(), [](char c) { return c == '"' || c == '\'' || c == ','; }),
               word.end());
    const bool is_setting = words.empty() && word.find('=') != std::string::npos && word.front() != '-';
    const bool is_prefix = words.empty() && (word == "sudo" || word == "env" || word == "time" || word == "exec" ||
                                             word == "nice" || word == "then" || word == "if" || word == "!");
    if (word.empty() || is_setting || is_prefix) continue;
    if (word.front() == '>' || word.front() == '<' || word == "2>&1" || word == "\\") continue;
    words.push_back(std::move(word));
  }
  return words;
}

std::vector<std::string> ci_patterns() {
  std::vector<std::string> patterns;
  for (const std::string_view pattern : ci_files) patterns.emplace_back(pattern);
  for (const std::string_view pattern : started_files) patterns.emplace_back(pattern);
  return patterns;
}

std::vector<RanCommand> ci_commands(const std::vector<TreeText>& files) {
  std::vector<RanCommand> commands;
  std::vector<bool> taken(files.size());
  for (std::size_t i = 0; i < files.size(); ++i)
    if (matches_any(files[i].path, ci_files)) {
      add_lines_of(files[i], commands);
      taken[i] = true;
    }
  for (int depth = 0; depth < 3; ++depth)
    for (std::size_t i = 0; i < files.size(); ++i)
      if (!taken[i] && is_started(files[i], commands)) {
        add_lines_of(files[i], commands);
        taken[i] = true;
      }
  return commands;
}

const RanCommand* find_run(const std::vector<std::string>& command, const std::vector<RanCommand>& ran) {
  const RanCommand* failed = nullptr;
  for (const RanCommand& one : ran) {
    if (!proves(one.words, command)) continue;
    if (one.exit_code == 0) return &one;
    failed = &one;
  }
  return failed;
}

}  // namespace cascade::comprehension
