// Follows a script from state to state and reports each program it meets (runner.cpp says how).
#pragma once

#include <deque>
#include <functional>
#include <map>
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
  std::vector<std::pair<std::string, std::string>> aliases;  // names and texts, the newest first

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

void join(States& into, States&& more);
void join(Outcome& into, Outcome&& more);

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

// What the status of a list with && and || says about each of its pipelines.
std::vector<Bearing> bearings_within(const Statement& statement, Bearing whole);

// What makes the line fail at one place of it.
struct Deciding {
  bool status = false;     // the status of the list that is read
  bool failure = false;    // set -e ends the shell where the last pipeline of the list fails
  bool exit = false;       // the shell ends with a failure
  bool returned = false;   // the function returns one
  bool collected = false;  // a variable is set, by which the script says at its end how it went
};

// For each pipeline of a list, whether its failure makes the line fail: by itself, or by what runs after `||`.
std::vector<bool> fatal_within(const Statement& statement, const Deciding& deciding);
// Whether the line fails where this branch is taken.
bool is_fatal_branch(const Script& branch, const Deciding& deciding);
// Whether the status of a script is what a variable says: exit $status, [ "$failed" -eq 0 ].
bool ends_by_variable(const Script& script);
// Whether a statement looks at how the one before it ended: $?, PIPESTATUS.
bool reads_status(const Statement& statement);

// Whether a pipeline ends with a program that succeeds only if it got input that it looked for.
bool filters(const Pipeline& pipeline);

// Whether it is `test` or `[` with one of these operators.
bool tests_by(const std::vector<Word>& words, std::initializer_list<std::string_view> operators);

struct Relay;

struct Execution {
  std::vector<Value> words;
  std::vector<Setting> settings;  // variables for this command only
  std::vector<Value> written;
  bool clears_environment = false;
  Streams streams;
};

// The files that a command's redirections write, and what it writes into the last of them, as far as that is followed.
struct Written {
  std::vector<Value> files;
  Output text;
  bool follows = false, appends = false;
};

class Runner {
 public:
  Runner(const Surroundings& surroundings, const std::function<void(const Call&)>& see, Trace& trace)
      : surroundings_(surroundings), see_(see), trace_(trace) {}

  // runner.cpp
  Outcome script(const Script& script, States states, const Streams& streams);
  // Follows a script given as text, in this shell (eval) or in a new one.
  Outcome text(const std::string& text, State state, const Streams& streams, bool own_shell);
  void line(const std::string& text, const State& state);
  Outcome execute(Execution execution, State state);
  void finish(const State& state);  // runs the text of `trap ... EXIT`

  // expand.cpp
  std::vector<Value> expand(const Word& word, State& state);  // split and matched, as arguments
  Value expand_whole(const Word& word, State& state);         // not split, as a value
  std::vector<Value> expand_all(const std::vector<Word>& words, State& state);

 private:
  Outcome statement(const Statement& statement, States states, const Streams& streams);
  Outcome pipeline(const Pipeline& pipeline, States states, const Streams& streams);
  Outcome command(const Command& command, State state, Streams streams);
  Outcome simple(const Command& command, State state, const Streams& streams, std::vector<Value> written);
  Outcome function(const Command& body, const std::vector<Value>& words, State state, const Streams& streams);
  void redirect(const Command& command, State& state, Streams& streams, Input& input, Written& written);
  void keep(const Written& written, const State& state);
  void keep(const Value& file, const std::string& text, bool appends, const State& state);
  void assign(const std::vector<Assignment>& assignments, State& state, bool exported);
  bool expand_alias(Execution& execution, State& state);
  void report(const Execution& execution, const State& state, Call::Kind kind = Call::Kind::program);
  Call call_of(const Execution& execution, const State& state, Call::Kind kind) const;
  // Reports what cannot be followed: nothing is known of its output.
  Outcome unfollowed(const Execution& execution, State state, Call::Kind kind = Call::Kind::program);
  std::optional<std::string> known_file(const Value& file, const State& state) const;
  const std::string* written_program(const std::string& name, const State& state) const;
  bool spend();                      // false: the line is too long to follow
  bool may_grow(std::size_t bytes);  // false: the line makes more text of itself than is followed
  void cut(std::string_view what);   // something is left out, since there is too much of it
  template <typename Follow>
  auto bearing(Bearing bearing, const Follow& follow) {
    std::swap(bearing_, bearing);
    auto outcome = follow();
    bearing_ = bearing;
    return outcome;
  }

  Deciding deciding(const States& states) const;

  // bearing.cpp
  Outcome compound(const Command& command, State state, const Streams& streams);
  Outcome condition(const Command& command, State state, const Streams& streams);
  Outcome tested(const Command& command, std::size_t i, States states, const Streams& streams);
  Outcome loop(const Command& command, State state, const Streams& streams, Bearing of_condition);
  Outcome iteration(const Command& command, State state, const Streams& streams);

  // builtins.cpp: true if the shell itself runs this command
  bool builtin(std::string_view name, Execution& execution, State& state, Outcome& outcome);
  bool control_builtin(std::string_view name, Execution& execution, State& state, Outcome& outcome);
  bool variable_builtin(std::string_view name, Execution& execution, State& state, Outcome& outcome);
  bool text_builtin(std::string_view name, Execution& execution, State& state, Outcome& outcome);
  Outcome evaluate(Execution& execution, State state);
  Outcome change_directory(const Execution& execution, State state);
  Outcome push_directory(const Execution& execution, State state);
  Outcome enter(State state, const std::optional<std::string>& directory);
  Outcome read_line(const Execution& execution, State state);
  Outcome test(const Execution& execution, State state);
  void declare(std::string_view name, const Execution& execution, State& state);
  void set_options(const Execution& execution, State& state);
  void note_end(const Execution& execution);

  bool prints(std::string_view name, const Execution& execution, const State& state);

  // wrappers.cpp: programs that start another program
  bool wrapper(std::string_view name, Execution& execution, State& state, Outcome& outcome);
  bool options_wrapper(std::string_view name, Execution& execution, State& state, Outcome& outcome);
  bool text_wrapper(std::string_view name, Execution& execution, State& state, Outcome& outcome);
  Outcome shell(Execution execution, State state);
  Outcome power_shell(Execution execution, State state);
  Outcome shell_input(const Execution& execution, State state);
  Outcome unknown_text(Execution execution, State state, bool from_program);
  Outcome environment(Execution execution, State state, std::size_t first);
  Outcome arguments_from_input(Execution execution, State state);
  Outcome find(Execution execution, State state);

  // relays.cpp: programs that hand words on to other terminals, or to shells of their own
  bool relay(std::string_view name, Execution& execution, State& state, Outcome& outcome);
  Outcome hand_on(Execution execution, State state, const std::vector<std::string>& lines, std::vector<Value> words);
  void start_elsewhere(const Relay& row, std::vector<Value> words, const std::string& directory, Session session);
  void elsewhere(const std::string& line, const std::string& directory, Session session, bool typed);

  // expand.cpp
  void expand_part(const Part& part, State& state, bool splits, std::vector<Value>& done, Value& current, bool& any);
  std::vector<Value> parameter(const Part& part, State& state);
  Value operated(const Part& part, std::optional<Value> value, State& state);
  std::optional<Value> variable(std::string_view name, const State& state) const;
  std::string separators(const State& state) const;
  Value substituted(const Part& part, State& state);

  const Surroundings& surroundings_;
  const std::function<void(const Call&)>& see_;
  Trace& trace_;
  std::map<std::string, std::string> written_;  // what the line wrote into files, by their absolute paths
  std::deque<Reading> readings_;                // of nested texts; functions point into them
  std::vector<States*> loops_;                  // where `break` leads
  std::vector<std::string> traps_;
  std::vector<std::pair<const Command*, State>> called_;  // functions that are being followed
  Bearing bearing_{true, true, false, true};              // of the command being followed
  Bearing of_substitution_;                               // of the $(...) in the words being expanded
  std::size_t pipeline_ = 0, pipelines_ = 0;
  // What a failure leads to (bearing.cpp). `ignores_`: set -e has no effect here, as in a condition.
  bool shell_decides_ = true, function_decides_ = false, collects_ = false, ignores_ = false;
  bool branches_ = false;                                // what is followed is the condition of an `if`
  bool left_failing_ = false, left_succeeding_ = false;  // an `exit` may have ended the shell before
  bool may_be_kept_ = false;  // what ran before in this list, or under set -e, can have failed
  Session session_ = Session::own;
  bool typed_ = false;
  int depth_ = 0;
  int steps_ = 0;
  std::size_t bytes_ = 0, most_bytes_ = 0;  // of texts that were read or made
};

// How many words an option takes, by the letters and names of those with a value: "-nu5" or "-dmS name".
std::size_t option_words(std::string_view short_ones, std::string_view names, const std::string& option);

Value unknown(std::string prefix = {}, std::string sketch = "${_}");
Outcome succeed(State state);
Outcome fail(State state);
Outcome either(State state);  // for a command whose status is unknown: the line goes on both ways from this state
Outcome ran(State state);     // the same, and it may have made folders

constexpr int most_shells = 24;  // shells, functions and aliases nested in each other

}  // namespace cascade::shell
