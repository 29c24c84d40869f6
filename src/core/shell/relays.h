// Programs that hand words of the line to a shell or terminal: tmux, screen, ssh, at, hyperfine (relay_rows.tsv).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace cascade::shell {

// What a program makes of the words that are left behind its options.
enum class Hands : std::uint8_t {
  nothing,   // only its options hold lines
  words,     // a program with its arguments
  line,      // joined by blanks, a line for a shell
  either,    // one word is a line for a shell, several are a program with its arguments
  first,     // the first word is a line for a shell
  each,      // each word is a line for a shell
  typed,     // text and names of keys, typed into a terminal
  bytes,     // numbers of bytes, typed into a terminal
  again,     // a subcommand of the same program
  assigned,  // behind NAME= stands a line for a shell
  address,   // addresses in which EXEC: or SYSTEM: stands before a line
};

enum class Reach : std::uint8_t {
  here,    // in this process's place: its directory, variables and terminal
  within,  // the same, besides what the program does itself
  beside,  // in another terminal or session of this machine, in the caller's directory
  away,    // the same, in a directory that is not known
  host,    // on a host that the first operand names
};

enum class Feed : std::uint8_t { nothing, script, typed, schedule, dialogue, recipes };

struct Relay {
  std::string_view program;
  // The subcommands that do it: "cli/spawn|split-pane" is `cli spawn` or `cli split-pane`. Empty: any call does.
  std::string_view verbs;
  Hands hands = Hands::words;
  Reach reach = Reach::here;
  std::string_view letters{}, names{};  // options with a value; also those before the subcommand
  std::string_view lines{};             // options whose value is a line for a shell
  std::string_view rest{};              // options behind which everything is the command
  std::string_view folder{};            // options whose value is the directory
  std::size_t operands = 0;             // before the words that are handed on
  Feed feed = Feed::nothing;            // if no words are left
};

struct OtherName {
  std::string_view name, program;
};

// A row of wrapper_rows.tsv: how to read the words before a wrapped command.
struct Wrapper {
  std::string_view name;
  std::string_view letters{}, names{};  // options with a value
  std::string_view verb{};              // the subcommand that starts a program; empty: any call does
  std::size_t operands = 0;
  bool assigns = false;
};

// A row of power_shell_rows.tsv, which says what each column means. Lists have blanks between their words.
struct Cmdlet {
  std::string_view names, positions{}, named{}, line{};
};

}  // namespace cascade::shell
