// The output of `cascade recall`.
#pragma once

#include <cascade/render.h>

#include <cstdint>
#include <string>
#include <vector>

#include "recall/search.h"

namespace cascade::rendering {

struct FoundTurn {
  past::Passage passage;
  past::Told told;
};

// What was searched, and what of it could not be read.
struct SearchedPast {
  std::string question;
  std::uint64_t conversations = 0, turns = 0, torn = 0, foreign = 0;
  std::vector<std::string> gone;  // why a passage that was found is not shown
};

std::string past_found_text(const std::vector<FoundTurn>& found, const SearchedPast& searched, Format format);
// A turn with its neighbours, in the order of the conversation; `asked` is the one that was asked for.
std::string past_turns_text(const std::vector<past::Told>& turns, std::uint32_t asked, Format format);

}  // namespace cascade::rendering
