// Splits a page of docs/cli/ into its parts: the options with their values, for completions; the text, for man pages.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cascade::documents {

// "- `--kind KIND,...` (or `--kinds`): only `skill`, `agent`" gives two options, both with this argument, values and
// text.
struct Option {
  std::string name;                 // "--kind", "-q"
  std::string argument;             // "KIND,...", "FILE"; empty: a flag
  std::vector<std::string> values;  // the possible arguments, if the page lists them
  std::string text;                 // up to the first semicolon or full stop, without marks
  bool list = false;                // takes several, comma-separated

  bool takes_folder() const { return argument == "DIR"; }
  bool takes_file() const { return argument == "FILE" || argument == "PATH"; }
};

struct Verb {
  std::string name, help, page;
  std::vector<Option> options;       // its own, without those of every verb
  std::vector<std::string> actions;  // its first word, if that is one of a few
  bool repeats = false;              // the further words are of these, too
  std::string names;                 // whose names are offered after it: "manifests", "sessions"; empty: files
};

struct Program {
  std::string version, page;
  std::vector<Verb> verbs;      // those that are shown
  std::vector<Option> options;  // of every verb
};

// Built from the program's table of verbs and the pages that are compiled into it.
Program describe(std::string_view version);

// "[text](target)" and "`text`" become "text".
std::string without_marks(std::string_view text);

// The completions that a shell offers after "cascade": verbs, options and their values. One file for each shell.
std::string bash_completion(const Program& program);
std::string zsh_completion(const Program& program);
std::string fish_completion(const Program& program);

// A page of docs/cli/ as a manual page (man(7) macros).
std::string man_page(const Program& program);                    // cascade(1): with the list of verbs
std::string man_page(const Program& program, const Verb& verb);  // cascade-<verb>(1)

}  // namespace cascade::documents
