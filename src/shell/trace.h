// Which programs a command line would start: with which words, in which directory, with which variables. Nothing runs;
// what only running would tell is unknown.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::shell {

// A word as far as it is known.
struct Value {
  std::string text{};  // known: all of it; else the characters before what is not
  bool known = true;
  bool is_list = false;     // not known: may stand for any number of words, none included
  bool is_output = false;   // not known: it is what a program prints
  bool is_item = false;     // not known: one of what find finds or xargs is given
  bool is_pattern = false;  // unquoted * ? or [: the text is matched against file names
  std::string sketch{};     // not known: the text with "${_}" for what is not
};

bool is_option(const Value& value);        // it begins with '-', whatever is not known of the rest
bool is_known_option(const Value& value);  // and nothing is unknown

// A variable that the line exports, sets for one command, or takes away (no value).
struct Setting {
  std::string name;
  std::optional<Value> value;
};

// What the exit status of the whole line says of one program.
struct Bearing {
  bool success = false;  // status 0: it ended with 0
  bool failure = false;  // another status: it failed, or another program with this mark did
  bool passed = false;   // status 0: what it printed passed a filter such as grep, so it printed something
};

struct Call {
  enum class Kind : std::uint8_t {
    program,  // words[0] is started
    text,     // a shell reads text that is not known (eval "$X", sh -c "$X"): words are empty
    output,   // the same, and the text is what a program prints (curl ... | sh)
    printer,  // echo or printf, to where the line itself prints; only where Surroundings ask for it
  };
  Kind kind = Kind::program;
  std::string program;       // the file name of words[0]; empty when that is not known
  std::vector<Value> words;  // the program first, wrappers such as sudo and env taken off
  // Where it runs, absolute. Empty: not known. `cd` is applied as the shell does it, without looking at links.
  std::string directory;
  std::vector<Setting> environment;  // as far as the line changes it
  bool clears_environment = false;   // env -i
  std::vector<Value> written;        // files that its redirections write
  std::optional<std::string> input;  // its standard input, where the line itself says it
  bool reads = false;                // its standard input is a file, another program, or text of the line
  Bearing bearing;                   // none where something else decides: `x | tail`, `x || true`, `x; echo`, `x &`
  std::size_t pipeline = 0;          // programs of one pipeline have one number; 0: it stands alone
};

// What the line finds around itself.
struct Surroundings {
  virtual ~Surroundings() = default;
  virtual bool is_directory(const std::string& path) const = 0;
  // The root of the work tree that a directory lies in, as git rev-parse --show-toplevel prints it.
  virtual std::optional<std::string> top_level(const std::string& directory) const = 0;
  // Whether what the line itself prints is of interest.
  virtual bool sees_printers() const { return false; }
  // Whether the line starts with this variable in its environment, whatever its value: what is assigned is exported
  // then.
  virtual bool exports(std::string_view) const { return false; }
  // The environment that the line starts with, as far as it can be relied on: HOME, TMPDIR, USER.
  virtual std::optional<std::string> variable(std::string_view name) const = 0;
};

struct Trace {
  bool complete = true;  // false: not all of it could be read or followed
  std::string fault;     // why not
};

// Calls `see` for each program in the order of the text; both ways of a condition are gone, where what it depends on is
// not known. Loops run over the words that are known, 16 times at most. `directory` is absolute.
Trace trace(std::string_view command, const std::string& directory, const Surroundings& surroundings,
            const std::function<void(const Call&)>& see);

}  // namespace cascade::shell
