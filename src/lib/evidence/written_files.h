// The files that a program of a command line writes, moves or removes, as far as its words tell.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "shell/trace.h"

namespace cascade::evidence {

// How a program that writes treats its words.
enum class Writes : std::uint8_t {
  no,
  each,      // every operand
  whole,     // every operand, with what is below it
  moved,     // all operands, those before the last with what is below them
  first,     // the first operand
  last,      // the last operand, or what goes into that folder
  in_place,  // every operand, if an option says so
  output,    // what options say; without one, the folder in which it runs
};

// A row of written_files.tsv, which says what each column means. Lists have blanks between their words.
struct WritingProgram {
  std::string_view program;
  Writes writes = Writes::each;
  std::string_view letters = {}, names = {};
  std::size_t skipped = 0;
  std::string_view in_place = {}, scripts = {}, outputs = {}, unless = {}, inside = {};
};
std::span<const WritingProgram> writing_programs() noexcept;  // sorted by program

Writes written_by_words(std::string_view program) noexcept;  // what the table says of a program; `no` if nothing

// What the program's own help says of an option whose name tells nothing: whether its value is written. May be empty.
using AsksHelp = std::function<bool(std::string_view option, const shell::Value& value)>;

// Calls `see` for each of these words: redirections first. Values may be unknown or patterns. The folder in which an
// archive or download lands is given as ".". A program that is in no row writes what its options name whose names, or
// the help, say so.
void each_written_file(const shell::Call& call, const std::function<void(const shell::Value& path)>& see,
                       const AsksHelp& asks = {});

// The options, with blanks between them, whose value is written by a program's help: `-w` beside `--write-to` or
// `--output`, or before a description that begins with "Save", "Write ... to" or the like.
std::string written_options(std::string_view help);

}  // namespace cascade::evidence
