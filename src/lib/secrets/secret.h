// A secret found in a text, and the ways to find some, from the most to the least certain.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

#include "text/ascii.h"

namespace cascade::secrets {

struct Secret {
  std::size_t begin = 0, end = 0;
  std::string_view kind;             // "github"
  std::string_view what{};           // "a GitHub token"; empty: found by its place or by chance alone
  std::size_t shown = 0;             // so many of its first characters say only what it is, and may be printed
  bool is_certain = false;           // nobody writes this to show where a secret goes, or for another purpose
  std::string_view public_beside{};  // where this is near, every copy of a program shows it; empty: nothing tells
};

inline bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), letters::is_digit);
}

// Finds secrets by the issuer's marks (form.h).
void find_marked(std::string_view text, std::vector<Secret>& found);
// Finds the passwords in addresses: scheme://user:PASSWORD@host.
void find_in_addresses(std::string_view text, std::vector<Secret>& found);
// Finds secrets by their place: after "password" and similar words, on a command line.
void find_placed(std::string_view text, std::vector<Secret>& found);
// Finds secrets that look random.
void find_chance(std::string_view text, std::vector<Secret>& found);

}  // namespace cascade::secrets
