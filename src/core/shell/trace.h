// Finds the programs a command line would start: with which words, in which directory, with which variables. Nothing
// runs; whatever only running could tell is unknown.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::shell {

// A word, as far as it is known.
struct Value {
  std::string text{};  // known: all of it; else the characters before the unknown part
  bool known = true;
  bool is_list = false;     // unknown: may be any number of words, or none
  bool is_output = false;   // unknown: the output of a program
  bool is_item = false;     // unknown: one of the items that find finds or xargs gets; `text` may be their folder
  bool is_pattern = false;  // unquoted * ? or [: the text is matched against file names
  std::string sketch{};     // unknown: the text with "${_}" for the unknown parts
  std::string as_typed{};   // unknown: the same with the variables' names, for people; empty: no variable is in it
  std::string printed{};    // of <(...): the output of the program in it, if known; empty: it is not
};

bool is_option(const Value& value);        // it begins with '-', even if the rest is unknown
bool is_known_option(const Value& value);  // and nothing of it is unknown

// Reads a line of PowerShell as the line for bash that does the same. Never fails. Linear in the text.
std::string from_power_shell(std::string_view text);

std::string script_text(const Value& value);       // the text that a shell would read, with ${_} for unknown parts
std::string single_quoted(std::string_view text);  // as one word, however a shell reads it

// A variable that the line exports, sets for one command, or unsets (no value).
struct Setting {
  std::string name;
  std::optional<Value> value;
};

// The meaning of the whole line's exit status for one program.
struct Bearing {
  bool success = false;  // status 0: it ended with 0
  bool failure = false;  // another status: it failed, or another program with this mark did
  bool passed = false;   // status 0: its output passed a filter such as grep, so it printed something
  bool fatal = false;    // wherever it runs and fails, the line fails: set -e, pipefail, && and || as bash has them
};

enum class Session : std::uint8_t {
  own,
  other,       // another terminal or session of this machine: tmux, at, systemd-run, ssh localhost
  other_host,  // another machine, or it is not known which one
};

struct Call {
  enum class Kind : std::uint8_t {
    program,  // words[0] is started
    text,     // a shell reads unknown text (eval "$X", sh -c "$X"): words are empty
    output,   // the same, and the text is the output of a program (curl ... | sh)
    printer,  // echo or printf to the line's own output; only if Surroundings ask for it
  };
  Kind kind = Kind::program;
  std::string program;       // the file name of words[0]; empty: unknown
  std::vector<Value> words;  // the program first, without wrappers such as sudo and env
  // Where it runs, absolute; empty: unknown. `cd` is applied as the shell does it, without resolving links.
  std::string directory;
  std::vector<Setting> environment;  // the variables that the line changes
  bool clears_environment = false;   // env -i
  std::vector<Value> written;        // files its redirections write
  std::optional<std::string> input;  // its standard input, if the line itself gives it
  bool reads = false;                // its standard input is a file, another program, or text from the line
  Bearing bearing;                   // all false if something else decides: `x | tail`, `x || true`, `x; echo`, `x &`
  std::size_t pipeline = 0;          // the programs of one pipeline share a number; 0: it is in none
  Session session = Session::own;
  bool typed = false;  // it was typed into a terminal; it may also be an answer to a question there
  // Before it stands what can fail and then keeps it from running: `cd x &&`, or any command under set -e. Where the
  // line failed, that may have been it.
  bool may_be_kept = false;
};

// By itself nothing is known of the machine: each `cd` succeeds.
struct Surroundings {
  virtual ~Surroundings() = default;
  virtual bool is_directory(const std::string&) const { return true; }
  // The root of the work tree that holds a directory, as git rev-parse --show-toplevel prints it.
  virtual std::optional<std::string> top_level(const std::string&) const { return std::nullopt; }
  // Whether the caller wants to see what the line itself prints.
  virtual bool sees_printers() const { return false; }
  // Whether the caller wants to see what the line lets run in other terminals and sessions, and on other hosts.
  virtual bool follows_elsewhere() const { return false; }
  // Whether what the line writes into files is kept, to be followed where the line runs it; else contents() says all.
  virtual bool keeps_written() const { return follows_elsewhere(); }
  // Whether the line starts with this variable in its environment, with any value; assigning to it then exports it.
  virtual bool exports(std::string_view) const { return false; }
  // Whether `cd` may enter a folder that is not there yet: something made it before the line began.
  virtual bool enters_unknown() const { return false; }
  virtual bool ends_on_failure() const { return false; }
  // A variable of the environment that the line starts with, if it can be relied on: HOME, TMPDIR, USER.
  virtual std::optional<std::string> variable(std::string_view) const { return std::nullopt; }
  // What the caller knows that a program prints, and of a file with this absolute path.
  virtual std::optional<std::string> printed(const Call&) const { return std::nullopt; }
  virtual std::optional<std::string> contents(const std::string&) const { return std::nullopt; }
};

struct Trace {
  bool complete = true;                 // false: part of it could not be read or followed
  bool is_cut = false;                  // a limit of ours left part of it out, which a shell would run all the same
  std::string fault;                    // why not
  std::optional<std::size_t> fault_at;  // where the text itself, and none within it, cannot be read
};

// Calls `see` for each program, in the order of the text. Both branches of a condition are followed if its result is
// unknown. A loop runs over the words that are known, at most 16 times. `directory` is absolute.
Trace trace(std::string_view command, const std::string& directory, const Surroundings& surroundings,
            const std::function<void(const Call&)>& see);

}  // namespace cascade::shell
