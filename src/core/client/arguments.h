// Fills a call's arguments into the text of a command or skill as the client does whose command it is.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::client {

// What becomes of arguments for which a text has no place.
enum class Unplaced : std::uint8_t {
  labelled,  // "ARGUMENTS: one two" at the end
  appended,  // "one two" at the end
  typed      // "/name one two" at the end
};

struct Placeholders {
  // The commands that are filled by these rules: those in these folders, and those whose files end like this.
  Span<std::string_view> folders{};
  std::string_view ending{};
  std::string_view all{};        // the place of all arguments: "{{args}}"; empty: there is none
  bool is_indexed = false;       // `all` with a number behind it is one word: "$ARGUMENTS[1]"
  int first_word = -1;           // the number of the first word: "$1"; -1: there are no such places
  bool has_one_digit = false;    // "$10" is "$1" with a zero behind it
  bool keeps_missing = false;    // a number beyond the last word stays as it is; otherwise it becomes nothing
  bool last_takes_rest = false;  // the place with the highest number takes all words that are left
  bool names_declared = false;   // "$name", for each name in the key `arguments`
  bool names_assigned = false;   // "$NAME", given as NAME=value; it stays where none is given
  bool has_escape = false;       // "\$" is a plain dollar
  bool keeps_double = false;     // "$$" stays
  std::string_view session{};    // the place of the session's id
  std::string_view input{};      // how a place begins that asks the user: "${input:"; it ends with "}"
  std::string_view command{};    // how a shell command begins: "!{"; it ends with "}", and arguments in it are quoted
  Unplaced unplaced = Unplaced::labelled;
};

// Splits words as a shell would: quotes group, nothing is expanded.
std::vector<std::string> split_arguments(std::string_view arguments);

// Quotes a word for a shell, whatever characters it holds; nothing stays nothing.
std::string quoted(std::string_view word);

// One call: "/name arguments". `declared`: the names that the manifest gives its arguments.
struct CallArguments {
  std::string name, arguments;
  std::vector<std::string> declared;
  std::string session_id;
};

// Replaces the places that `rules` describe, in one pass, so that text which comes in is never filled in again. Without
// a value a place becomes nothing, unless the text explains it ("`$ARGUMENTS`: the file"): then its name stays, and a
// note at the end says that nothing was given. Arguments without a place are added at the end. Nothing is run. Linear
// in the text.
std::string fill_arguments(std::string_view text, const Placeholders& rules, const CallArguments& call);

}  // namespace cascade::client
