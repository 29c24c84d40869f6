// The owners of the facts that may be recalled in a folder: its repository, its user and its team.
#pragma once

#include <string>

#include "files/tree.h"

namespace cascade::recall {

struct Place {
  std::string
      project;       // the normal address of the repository's origin, else the path of its work tree, else the folder
  std::string user;  // git's user.email, in lower case; empty: not set
  std::string team;  // cascade.yaml's `team`; empty: none
};

// Reads the repository's and the user's configuration where git looks for them, without starting a program. `home`:
// HOME; `config`: XDG_CONFIG_HOME or its substitute, may be empty. An unreadable file counts as missing. insteadOf and
// include are not followed.
Place place_of(const std::string& directory, const std::string& home, const std::string& config,
               const files::Tree& tree);

}  // namespace cascade::recall
