// What a shell knows at one point of a line.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
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
  std::optional<Value> value;  // nothing: it was unset
  bool exported = false;
};

struct State {
  std::string directory;            // empty: not known
  std::string previous;             // what `cd -` goes to; empty: not known
  std::vector<std::string> stack;   // pushd, the latest last
  std::vector<Variable> variables;  // those that the line set
  std::vector<Value> positional;    // $1 ...
  bool positional_known = false;    // false: the caller's, nobody knows them
  bool exports_all = false;         // set -a
  bool ends_on_failure = false;     // set -e
  bool pipes_fail = false;          // set -o pipefail
  bool started_programs = false;    // so that a folder may be there that was not before
  std::vector<std::pair<std::string, const Command*>> functions;
  std::vector<std::pair<std::string, std::string>> aliases;

  const Variable* find(std::string_view name) const;
  void set(std::string_view name, std::optional<Value> value, bool exported);
};

bool same(const State& a, const State& b);

using States = std::vector<State>;

// Where a command leads: the states after its success and those after its failure. Both empty: the shell ends there.
struct Outcome {
  States success, failure;
};

// Adds those that are not among them; above the most that are followed the directory is given up.
void join(States& into, States&& more);

// Standard output as far as it is known.
struct Output {
  std::string text;
  bool known = true;
};

// Standard input. `text` shrinks as `read` takes lines of it.
struct Input {
  std::optional<std::string> text;
  bool from_program = false;  // not known because a program prints it
};

struct Streams {
  Input* input = nullptr;    // null: the terminal's, or nobody's
  Output* output = nullptr;  // null: nobody asks
};

}  // namespace cascade::shell
