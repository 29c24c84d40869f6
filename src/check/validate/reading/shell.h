// Shell text as commands and words: as much of the grammar as needed to see which command feeds which.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::validation {

// How the output of a command is used.
enum class Joint : std::uint8_t { none, pipe, substitution, process };  // none: it ends, or && || ; & follow

// One simple command. `depth`: the number of $( ), ` ` or <( ) around it; `into`: index of the command that takes its
// output, or its own index. Words are without quotes and escapes, variables as written.
struct ShellCommand {
  std::vector<std::string> words;
  Joint joint = Joint::none;
  std::size_t depth = 0, into = 0;

  // The program's name without its folder, after assignments and prefixes such as sudo, env, nohup and time; empty:
  // there is none. `arguments` begins after it.
  std::string_view program() const noexcept;
  std::size_t first_argument() const noexcept;
  std::span<const std::string> arguments() const noexcept { return std::span(words).subspan(first_argument()); }
  bool has(std::initializer_list<std::string_view> some) const;  // one of these among its words
};

// Never fails. Unclosed quotes and brackets end with the text. Linear; keeps at most 4,096 words.
std::vector<ShellCommand> parse_shell(std::string_view text);

bool is_interpreter(std::string_view program) noexcept;  // sh, bash, python3, node, iex ...
bool is_downloader(std::string_view program) noexcept;   // curl, wget, iwr ...

// Base64, also as addresses write it. Decodes up to the first other character.
bool is_base64(char c) noexcept;
std::string decode_base64(std::string_view text);

// Programs written by a bundler: nobody reads their lines, and their string tables may hold any character.

// Whether the file is JavaScript or CSS with a line that nobody wrote by hand. Linear in the text.
bool is_bundled_code(std::string_view path, std::string_view text) noexcept;
// Whether the file is JavaScript or CSS with the marks of a bundler: a source map, regions, names of modules. Anybody
// can write those, so such a file is only trusted with characters that its source wrote as escapes.
bool is_generated_code(std::string_view path, std::string_view text) noexcept;

}  // namespace cascade::validation
