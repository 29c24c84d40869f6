// The effects of git's subcommands: reading, writing, or either, depending on their words.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>

#include "git/words.h"

namespace cascade::repository {

enum class Deed : std::uint8_t {
  reads,    // changes only the object store and remote-tracking branches
  writes,   // files, index, branches, settings of the repository
  unknown,  // not git's own subcommand: an alias, or a program called git-<verb>
};

// A row of git_verbs.tsv, which says what each column means. Lists have blanks between their words.
struct GitVerb {
  std::string_view verb;
  Deed deed = Deed::reads;
  std::string_view letters = {}, names = {};
  std::size_t fewer = 0;
  std::string_view reading_options = {}, reading_words = {}, writing_options = {}, writing_words = {};
  std::string_view outputs = {}, lines = {};
};
std::span<const GitVerb> git_verbs() noexcept;  // sorted by verb

Deed deed(const GitWords& git);

// Calls `see` for each file or folder besides the repository that the verb's words say it writes, and for each line
// that it passes to a shell.
void each_output(const GitWords& git, const Words& words, const std::function<void(const Value& path)>& see);
void each_line(const GitWords& git, const Words& words, const std::function<void(const Value& line)>& see);

// Splits the verb's words, taking its options with values into account.
Words words_of(const GitWords& git);

}  // namespace cascade::repository
