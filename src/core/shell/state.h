// A shell's knowledge at one point of a line.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shell/script.h"
#include "shell/trace.h"

namespace cascade::shell {

struct Variable {
  std::string name;
  std::optional<Value> value;  // none: the variable was unset
  bool exported = false;
};

struct State {
  std::string directory;            // empty: unknown
  std::string previous;             // where `cd -` goes; empty: unknown
  std::vector<std::string> stack;   // pushd, the latest last
  std::vector<Variable> variables;  // those the line set
  std::vector<Value> positional;    // $1 ...
  bool positional_known = false;    // false: they are the caller's and unknown
  bool exports_all = false;         // set -a
  bool ends_on_failure = false;     // set -e
  bool pipes_fail = false;          // set -o pipefail
  bool started_programs = false;    // so a folder may exist that did not before
  std::vector<std::pair<std::string, const Command*>> functions;
  std::vector<std::pair<std::string, std::string>> aliases;

  const Variable* find(std::string_view name) const;
  void set(std::string_view name, std::optional<Value> value, bool exported);
};

bool same(const State& a, const State& b);

// Where `written` leads from a directory; empty where either is unknown or empty.
std::string reached(const std::string& directory, const std::string& written);

using States = std::vector<State>;

// Where a command leads: the states after success and those after failure. Both empty: the shell ends there.
struct Outcome {
  States success, failure;
};

// Adds the states that are new. Beyond the most that are followed, one state with an unknown directory covers the
// rest.
void join(States& into, States&& more);

States all_of(Outcome&& outcome);  // after success and after failure

// Standard output, as far as it is known.
struct Output {
  std::string text;
  bool known = true;
  std::vector<std::string> folders{};  // unknown: names of what is below these, ending in a slash
  bool of_line = false;                // unknown, and made of what the line itself holds: base64 -d of a text in it
};

// Standard input. `text` shrinks as `read` takes lines from it.
struct Input {
  std::optional<std::string> text;
  bool from_program = false;           // unknown because it comes from a program
  std::vector<std::string> folders{};  // as those of Output
  bool of_line = false;                // as that of Output
};

struct Streams {
  Input* input = nullptr;    // null: the terminal's, or unknown
  Output* output = nullptr;  // null: not needed
};

}  // namespace cascade::shell
