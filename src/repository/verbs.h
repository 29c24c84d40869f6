// What git's subcommands do: read, write, or something that their words decide.
#pragma once

#include <string_view>

#include "repository/words.h"

namespace cascade::repository {

enum class Deed : std::uint8_t {
  reads,    // nothing changes but the object store and remote-tracking branches
  writes,   // files, index, branches, settings of the repository
  unknown,  // no subcommand of git's own: an alias, or a program called git-<verb>
};

Deed deed(const GitWords& git);

// The verb's words, its options with values taken into account.
Words words_of(const GitWords& git);

}  // namespace cascade::repository
