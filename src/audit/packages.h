// The packages of a repository: folders with a manifest of some ecosystem, each with the files that are its own.
#pragma once

#include <string>
#include <vector>

#include "audit/repository.h"

namespace cascade::audit {

struct Package {
  std::string folder;                // "": the root
  std::string ecosystem;             // "": none is known, as in a repository of shell scripts
  std::string manifest;              // its path; empty: none
  std::vector<std::string> sources;  // paths of its code without its tests
  std::vector<std::string> tests;    // paths of files that hold tests by their names or places

  std::string name() const { return folder.empty() ? "." : folder; }
};

// Sorted by folder and ecosystem; at least one, of the root. Folders that rows call `aside` (fixtures, examples) are no
// packages unless they are all there is.
std::vector<Package> find_packages(const Repository& repository, Rows rows);

}  // namespace cascade::audit
