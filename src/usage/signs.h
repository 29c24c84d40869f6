// What would show that somebody followed a section: the names, commands, paths and wordings in its text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "usage/runs.h"

namespace cascade::usage {

// Five words in a row, by their hash, and where they begin among the section's words.
struct Phrase {
  std::uint64_t hash = 0;
  std::uint32_t at = 0;
};
constexpr std::size_t phrase_length = 5;

struct Signs {
  std::vector<std::string> names;  // of agents, skills and commands that it calls; set by the caller
  std::vector<std::string> tools;  // MCP tools and tools that not every conversation uses
  std::vector<Run> runs;           // of its code
  std::vector<std::string> paths;  // normalised; a folder ends with '/'
  std::vector<std::string> words;  // all of its words, lower case
  std::vector<Phrase> phrases;     // by hash
};

Signs signs_of(std::string_view section);

// The words of a text in lower case.
std::vector<std::string> words_of(std::string_view text);
// Appends the phrases of a text, in its order, without those that anybody might say: three of the five words must be
// longer than three letters and no function words. Makes no copy of a word: logs have millions of them.
void add_phrases(std::string_view text, std::vector<Phrase>& phrases);

// Whether a path that was touched is one of those that a section names.
bool names_path(const std::vector<std::string>& told, std::string_view touched);

}  // namespace cascade::usage
