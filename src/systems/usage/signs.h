// What would show that somebody followed a section: the names, commands, paths and wordings in its text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "usage/phrases.h"
#include "usage/runs.h"

namespace cascade::usage {

struct Signs {
  bool is_title = false;                 // there is nothing to follow
  std::vector<std::string> names;        // of agents, skills and commands that it calls; set by the caller
  std::vector<std::string> tools;        // MCP tools and tools that not every conversation uses
  std::vector<Run> runs;                 // of its code
  std::vector<std::string> paths;        // normalised; a folder ends with '/'
  std::vector<std::string> words;        // all of its words, lower case
  std::vector<Phrase> phrases;           // by hash
  std::vector<std::string> identifiers;  // sorted
};

Signs signs_of(std::string_view section);

// Appends what of them is looked for in a conversation while it is read.
void add_wanted(const Signs& signs, std::vector<std::uint64_t>& hashes);

// The words of a text in lower case.
std::vector<std::string> words_of(std::string_view text);

// Whether a path that was touched is one of those that a section names.
bool names_path(const std::vector<std::string>& told, std::string_view touched);

}  // namespace cascade::usage
