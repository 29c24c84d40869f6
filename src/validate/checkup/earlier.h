// What was there at a commit: the files that were otherwise then, and which findings are older than what changed since.
#pragma once

#include <cascade/workspace.h>

#include "repository/git_program.h"
#include "validate/checkup/checkup.h"

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace cascade {

struct EarlierFiles {
  std::vector<FileInstead> files;
  std::map<std::string, std::string> renamed;  // absolute paths: that of now, that of then
};

// Of the repositories that the folders lie in. Errors: as GitProgram::changes() has them.
Result<EarlierFiles> earlier_files(repository::GitProgram& git, const std::vector<std::string>& folders,
                                   const std::string& revision);

}  // namespace cascade
