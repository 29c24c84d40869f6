// The paths by which a code host knows files: from the top of the repository.
#pragma once

#include <cascade/diagnostic.h>

#include <map>
#include <string>
#include <vector>

#include "files/tree.h"
#include "validate/checkup/checkup.h"

namespace cascade::cli {

// Findings and the checkup's own paths, in one place because a renderer asks back for the texts. Paths outside of any
// repository stay as they are. The checkup must outlive it.
class RepositoryPaths {
 public:
  RepositoryPaths(const files::Tree& tree, const Checkup& checkup) : tree_(tree), checkup_(checkup) {}

  std::vector<Diagnostic> of(std::vector<Diagnostic> found);
  Result<std::string> read(const std::string& path) const;  // by a path that of() gave

 private:
  void move(std::string& path);

  const files::Tree& tree_;
  const Checkup& checkup_;
  std::map<std::string, std::string> given_, moved_;  // by the path given, and by the one that became of it
};

}  // namespace cascade::cli
