// What the tests of the package share: commands, scratch folders, and one tree that everything was installed into.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "read_text.h"
#include "text_lines.h"

namespace cascade::package {

struct Outcome {
  int status = 0;      // exit code; -1: it did not end by itself
  std::string output;  // standard output and standard error
};

Outcome run(const std::string& command);  // by the shell
bool has(const std::string& program);     // on the path

// An empty folder of this name below the build tree's tests/package/.
std::string scratch(const std::string& name);

// `cmake --install` into an empty prefix, the first time that it is asked for. Everything below uses the result.
const std::string& prefix();

using test::read_text;
void write_text(const std::string& path, std::string_view text);  // makes the folders above it
using test::lines_of;
std::string joined(const std::vector<std::string>& lines);

}  // namespace cascade::package
