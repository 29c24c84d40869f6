// What a line starts is read by the shell module. The rows of run_words.tsv say which programs have subcommands of two
// words, which only start another, and which are so common that running them says nothing about what was read before.
#include "usage/runs.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "shell/trace.h"
#include "text/ascii.h"
#include "text/word_list.h"
#include "usage/run_words.h"

namespace cascade::usage {
namespace {

template <std::size_t N>
bool holds(const std::string_view (&list)[N], std::string_view word) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

const ProgramRow* row_of(std::string_view name) {
  const auto at = std::find_if(std::begin(run_words::programs), std::end(run_words::programs),
                               [&](const ProgramRow& row) { return row.name == name; });
  return at == std::end(run_words::programs) ? nullptr : at;
}

bool is_subcommand(std::string_view word) {
  return !word.empty() && letters::is_letter(word[0]) && word.find_first_of("./=*$<\"'") == std::string_view::npos &&
         std::all_of(word.begin(), word.end(),
                     [](char c) { return letters::is_letter_or_digit(c) || c == '-' || c == ':' || c == '_'; });
}

// Drops "npx", "python -m" and the like from the front.
void drop_starters(std::vector<std::string>& words) {
  for (bool dropped = true; dropped && words.size() > 1;) {
    dropped = false;
    const bool two = words.size() > 2 && holds(run_words::starters, words[0] + " " + words[1]);
    if (!two && !holds(run_words::starters, words[0])) continue;
    words.erase(words.begin(), words.begin() + (two ? 2 : 1));
    while (words.size() > 1 && words[0].substr(0, 1) == "-") words.erase(words.begin());
    dropped = true;
  }
}

Run run_of(std::vector<std::string> words) {
  drop_starters(words);
  Run run;
  const std::size_t slash = words[0].rfind('/');
  run.program = slash == std::string::npos ? words[0] : words[0].substr(slash + 1);
  const ProgramRow* row = row_of(run.program);
  std::uint32_t left = row == nullptr ? 0 : row->depth;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (word.substr(0, 1) == "-" && word.size() > 1) {
      run.words.push_back(word.substr(0, word.find('=')));
      if (row != nullptr && letters::lists(row->takes, word)) ++i;
      continue;
    }
    if (left > 0 && is_subcommand(word)) {
      run.subcommand += (run.subcommand.empty() ? "" : " ") + word;
      --left;
      if (left == 0 && holds(run_words::second_words, run.program + " " + run.subcommand)) left = 1;
      continue;
    }
    left = 0;
    if (word.size() > 2 && !is_placeholder(word)) run.words.push_back(word);
  }
  run.everyday = letters::lists(run_words::everyday_programs[0], run.program) ||
                 holds(run_words::everyday_subcommands, run.program + " " + run.subcommand);
  return run;
}

// A line that is read for its words alone: nothing is known of the machine that it would run on.
struct Nowhere final : shell::Surroundings {
  bool is_directory(const std::string&) const override { return true; }
  std::optional<std::string> top_level(const std::string&) const override { return std::nullopt; }
  std::optional<std::string> variable(std::string_view) const override { return std::nullopt; }
};

}  // namespace

bool is_placeholder(std::string_view word) {
  constexpr std::string_view marks = "<>{}$*|", kinds[] = {"path/to", "example", "your-", "...", "YYYY", "NNN", "XXX"};
  if (word.find_first_of(marks) != std::string_view::npos) return true;
  for (const std::string_view kind : kinds)
    if (word.find(kind) != std::string_view::npos) return true;
  // FILE, BRANCH_NAME
  return word.size() > 1 &&
         std::all_of(word.begin(), word.end(), [](char c) { return letters::is_upper(c) || c == '_'; });
}

std::vector<Run> runs_of(std::string_view line) {
  constexpr std::size_t most_runs = 100;
  std::vector<Run> runs;
  const Nowhere nowhere;
  shell::trace(line, "/", nowhere, [&](const shell::Call& call) {
    if (call.kind != shell::Call::Kind::program || call.program.empty() || runs.size() >= most_runs) return;
    std::vector<std::string> words;
    for (const shell::Value& word : call.words) words.push_back(word.known ? word.text : word.text + "$");
    if (words.empty()) return;
    runs.push_back(run_of(std::move(words)));
    for (const shell::Value& file : call.written)
      if (file.known) runs.back().words.push_back(file.text);
  });
  return runs;
}

bool is_same(const Run& told, const Run& done) {
  if (told.program != done.program || told.subcommand != done.subcommand) return false;
  const bool shares = std::any_of(told.words.begin(), told.words.end(), [&](const std::string& word) {
    return std::find(done.words.begin(), done.words.end(), word) != done.words.end();
  });
  if (told.everyday) return shares;
  return !told.subcommand.empty() || shares || told.words.empty();
}

}  // namespace cascade::usage
