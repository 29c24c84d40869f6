// A shell line as the programs that it starts, reduced to what two people would both call the same command.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::usage {

// A row of run_words.tsv. `depth`: words of a subcommand. `takes`: options whose value is the next word.
struct ProgramRow {
  std::string_view name;
  std::uint32_t depth = 0;
  std::string_view takes{};
};

struct Run {
  std::string program;             // without wrappers such as npx or python -m
  std::string subcommand;          // "test", "compose up"; empty: it has none
  std::vector<std::string> words;  // options and other words that are no placeholders, as written
  bool everyday = false;           // programs and subcommands that any work uses: more must agree
};

// At most 100 of a line. A line that cannot be read gives what was understood.
std::vector<Run> runs_of(std::string_view line);

// Whether `done` is what `told` tells to do: the same program and subcommand; where it has none, or where it is an
// everyday one, an option or another word must agree as well.
bool is_same(const Run& told, const Run& done);

// "<name>", "$FILE", "path/to/x": a word that stands for another.
bool is_placeholder(std::string_view word);

}  // namespace cascade::usage
