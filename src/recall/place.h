// Whose facts may be spoken where: the repository, the person and the team of a folder.
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

// Reads the repository's configuration and the user's, as git finds them: no program is started. `home`: HOME;
// `config`: XDG_CONFIG_HOME or what stands for it, may be empty. What cannot be read is as if it were not there.
// insteadOf and include are not followed.
Place place_of(const std::string& directory, const std::string& home, const std::string& config,
               const files::Tree& tree);

}  // namespace cascade::recall
