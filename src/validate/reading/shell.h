// Shell text as commands and words: as much of the grammar as is needed to see what runs what.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::validation {

// `text`: without quotes and escapes, variables as written. `begin`, `end`: in bytes of the source. `quoted`: any part
// of it was.
struct ShellWord {
  std::string text;
  std::size_t begin = 0, end = 0;
  bool quoted = false;
};

// How the output of a command is used.
enum class Joint : std::uint8_t { none, pipe, substitution, process };  // none: it ends, or && || ; & follow

// One simple command. `depth`: how many $( ), ` ` or <( ) it stands in; `into`: index of the command that takes its
// output, its own index when none does.
struct ShellCommand {
  std::vector<ShellWord> words;
  Joint joint = Joint::none;
  std::size_t depth = 0, into = 0;

  // The program's name without its folder, behind assignments and prefixes such as sudo, env, nohup and time; empty
  // when there is none. `arguments` begins behind it.
  std::string_view program() const noexcept;
  std::size_t first_argument() const noexcept;
};

// Never fails. Quotes and brackets that are not closed end with the text. Linear; at most 4,096 words are kept.
std::vector<ShellCommand> parse_shell(std::string_view text);

bool is_interpreter(std::string_view program) noexcept;  // sh, bash, python3, node, iex ...
bool is_downloader(std::string_view program) noexcept;   // curl, wget, iwr ...

}  // namespace cascade::validation
