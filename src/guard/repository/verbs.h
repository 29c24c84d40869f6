// The effects of git's subcommands: reading, writing, or either, depending on their words.
#pragma once

#include <string_view>

#include "repository/words.h"

namespace cascade::repository {

enum class Deed : std::uint8_t {
  reads,    // changes only the object store and remote-tracking branches
  writes,   // files, index, branches, settings of the repository
  unknown,  // not git's own subcommand: an alias, or a program called git-<verb>
};

Deed deed(const GitWords& git);

// Splits the verb's words, taking its options with values into account.
Words words_of(const GitWords& git);

}  // namespace cascade::repository
