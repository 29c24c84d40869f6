// The rows of the tables of acts, compiled in.
#pragma once

#include <span>
#include <string_view>

#include "validate/acts/act.h"

namespace cascade::validation {

// A part of a path. `reads`: reading it is already the act, else writing is.
struct PlaceRow {
  std::string_view part;
  Deed deed = Deed::starts;
  bool reads = false;
  std::string_view topics, home, what;
};
std::span<const PlaceRow> place_rows() noexcept;

// A program that a shell starts. `words`: all must be there, "~x" nowhere, "x*" a word that begins so, "a|b" one of
// these.
struct ProgramRow {
  std::string_view program, words;
  Deed deed = Deed::runs;
  std::string_view topics, what;
};
std::span<const ProgramRow> program_rows() noexcept;

// Whether the tables know a program, or a call, by this name; `name` may be any part of a dotted one.
bool is_program_of_acts(std::string_view name) noexcept;
bool is_name_of_acts(std::string_view name) noexcept;

// A call in a program: the end of its dotted name. `argument`: what one of its arguments must hold; empty: nothing.
struct CallRow {
  std::string_view name, argument;
  Deed deed = Deed::runs;
  std::string_view what;
};
std::span<const CallRow> call_rows() noexcept;

// The row for the first part of a path that is in the text; null: none.
const PlaceRow* place_in(std::string_view text, bool written) noexcept;

}  // namespace cascade::validation
