// The ways to find secrets, from the most to the least certain.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

#include "text/ascii.h"

namespace cascade::memory {

struct FoundSecret {
  std::size_t begin = 0, end = 0;
  std::string_view kind;
};

inline bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), letters::is_digit);
}

// Finds secrets by the issuer's marks: a prefix, a mark inside, the form of a token or of a key file.
void find_marked_secrets(std::string_view text, std::vector<FoundSecret>& found);
// Finds secrets by their place: after "password" and similar words, in an address, on a command line.
void find_placed_secrets(std::string_view text, std::vector<FoundSecret>& found);
// Finds secrets that look random.
void find_chance_secrets(std::string_view text, std::vector<FoundSecret>& found);

}  // namespace cascade::memory
