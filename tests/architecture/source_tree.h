// The repository as text, for the tests of its shape. Paths are relative to its root, with '/'.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text_lines.h"

namespace cascade::architecture {

struct SourceFile {
  std::string path, text;
};

// `angled`: written <target>, else "target".
struct Include {
  std::string file;
  std::uint32_t line = 0;
  std::string target;
  bool angled = false;
};

std::string read_text(const std::string& path);  // empty where there is no such file
bool exists(const std::string& path);

// Names of the entries of a folder, sorted; none where there is no such folder.
std::vector<std::string> entries(const std::string& folder);

// Every .h and .cpp below the folder, sorted by path.
std::vector<SourceFile> sources_below(const std::string& folder);

std::vector<Include> includes_of(const SourceFile& file);

using test::lines_of;
std::vector<std::string> words_of(std::string_view text);  // split at blanks

// What git tracks, or could track next; every file but those in build/ where git or its repository is missing.
std::vector<std::string> tracked_files();

// Standard output of a command of the shell; empty when it cannot be run or fails.
std::string output_of(const std::string& command);

// What the build's commands compile something of src into, as paths below the build's folder.
std::vector<std::string> objects_of_src(const std::string& build);

// Faults as lines for a message: one a line, nothing for none.
std::string listed(const std::vector<std::string>& faults);

}  // namespace cascade::architecture
