// The shipped library as text, for its tests. Paths are relative to the repository.
#pragma once

#include <string>
#include <vector>

#include "text_lines.h"

namespace cascade::library {

struct Manifest {
  std::string path, name, layer, domain;  // name: the skill's folder, else the file without .md
  std::vector<std::string> references;    // cascade-skills, -agents and -commands, in this order
};

std::vector<Manifest> manifests();  // sorted by path

std::string read_text(const std::string& path);  // empty where there is no such file
using test::lines_of;

// What a shell command prints on standard output and its exit status, run at the repository's root; -1 when killed.
struct Answer {
  std::string out;
  int exit = 0;
};
Answer answer_of(const std::string& command);

std::string listed(const std::vector<std::string>& faults);  // one a line, nothing for none

}  // namespace cascade::library
