// The packages of a repository: folders with a manifest of some ecosystem, each with the files that are its own.
#pragma once

#include <string>
#include <vector>

#include "audit/repository.h"

namespace cascade::audit {

// A file of tests in a language that has no package here: a shell script that tests a program in C.
struct OtherTest {
  std::string path, ecosystem;
};

struct Package {
  std::string folder;                // "": the root
  std::string ecosystem;             // "": none is known, as in a repository of shell scripts
  std::string manifest;              // its path; empty: none
  std::vector<std::string> sources;  // paths of its code without its tests
  std::vector<std::string> tests;    // paths of files that hold tests by their names or places
  std::vector<OtherTest> other_tests;

  bool has_tests() const { return !tests.empty() || !other_tests.empty(); }
  std::string name() const { return folder.empty() ? "." : folder; }
};

// Sorted by folder and ecosystem; at least one, of the root. No packages are folders that rows call `aside` (fixtures,
// examples), and those without code of their ecosystem where others have some. Code that rows call `lone` makes the
// root a package without a manifest.
std::vector<Package> find_packages(const Repository& repository, Rows rows);

}  // namespace cascade::audit
