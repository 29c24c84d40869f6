// What the guard knows of programs and of its own verbs: the rows of this folder's tables, compiled in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "text/word_list.h"

namespace cascade::systems {

// How a server of a known name is told its port (servers.tsv).
struct Server {
  std::string_view program, verb;  // verb: a word that must follow; empty: none need to
  std::string_view options;        // whose value is a port, or ends in ":PORT"
  bool has_operand = false;        // an operand may be one as well
  std::string_view usual = {};     // the port without any word about it, if a taken one makes the server fail
};
std::span<const Server> servers() noexcept;

// An option whose value is the file that is written or the folder that is written into (outputs.tsv).
struct Output {
  std::string_view program, option;
};
std::span<const Output> outputs() noexcept;

// A verb of cascade with the word that makes it loosen something (loosenings.tsv).
struct Loosening {
  std::string_view verb, word;
};
std::span<const Loosening> loosenings() noexcept;

// word_lists.tsv says what each means.
enum class List : std::uint8_t {
  connecting,
  runners,
  processes,
  interpreters,
  code_options,
  bare_interpreters,
  writing,
  starting,
  git_hooks,
  git_variables,
  trash,
};
struct WordList {
  List list = List::connecting;
  std::string_view words;  // separated by blanks
};
std::span<const WordList> word_lists() noexcept;  // one row a list, in the order of List

inline std::string_view words_of(List list) noexcept { return word_lists()[static_cast<std::size_t>(list)].words; }
inline bool is_in(List list, std::string_view word) noexcept { return letters::lists(words_of(list), word); }

// Whether a word of the list is so.
template <typename Is>
bool has_one(List list, const Is& is) {
  bool found = false;
  letters::each_word(words_of(list), [&](std::string_view word) { found = found || is(word); });
  return found;
}

}  // namespace cascade::systems
