// The state at a commit: the files that differed then, and which findings are older than the changes since.
#pragma once

#include <cascade/workspace.h>

#include "git/git_program.h"

#include <map>
#include <string>
#include <vector>

namespace cascade {

struct EarlierFiles {
  std::vector<FileInstead> files;
  std::map<std::string, std::string> renamed;  // absolute paths: now, then
};

// For the repositories that contain the folders. Errors: those of GitProgram::changes().
Result<EarlierFiles> earlier_files(repository::GitProgram& git, const std::vector<std::string>& folders,
                                   const std::string& revision);

// Whether all of these also exist as files on the disk and are as executable: then they neither add nor remove paths.
bool keeps_paths(const std::vector<FileInstead>& instead);

}  // namespace cascade
