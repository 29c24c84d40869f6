#include "explain/verified.h"

#include <algorithm>
#include <iterator>

#include "explain/lists.h"
#include "text/ascii.h"
#include "text/word_set.h"
#include "text/words.h"

namespace cascade::comprehension {
namespace {

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
bool matches_any(std::string_view text, const Table& table) {
  return std::any_of(std::begin(table), std::end(table),
                     [&](std::string_view pattern) { return letters::matches_wildcard(pattern, text); });
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

// Whether `ran` is the command, or the command is `ran` with more words, as when one test of all was run. Of a command
// with fewer words the same part was run, at least where it names more than a program that can do anything.
bool proves(const std::vector<std::string>& ran, const std::vector<std::string>& command) {
  const auto a = plain_words(ran), b = plain_words(command);
  if (a.empty() || b.empty() || program_of(a[0]) != program_of(b[0])) return false;
  if (a.size() <= b.size()) return std::equal(a.begin() + 1, a.end(), b.begin() + 1, is_within_word);
  const bool says_enough = b.size() > 1 || letters::is_one_of(program_of(b[0]), lists::run_alone);
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
    const bool is_prefix = words.empty() && letters::is_one_of(word, lists::command_prefixes);
    if (word.empty() || is_setting || is_prefix) continue;
    if (word.front() == '>' || word.front() == '<' || word == "2>&1" || word == "\\") continue;
    words.push_back(std::move(word));
  }
  return words;
}

std::vector<std::string> ci_patterns() {
  std::vector<std::string> patterns;
  for (const std::string_view pattern : lists::ci_files) patterns.emplace_back(pattern);
  for (const std::string_view pattern : lists::started_files) patterns.emplace_back(pattern);
  return patterns;
}

std::vector<RanCommand> ci_commands(const std::vector<TreeText>& files) {
  std::vector<RanCommand> commands;
  std::vector<bool> taken(files.size());
  for (std::size_t i = 0; i < files.size(); ++i)
    if (matches_any(files[i].path, lists::ci_files)) {
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
