// Finds the places that a user's prompt names.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cascade::repository {

struct NamedWord {
  std::string text;
  bool is_place = false;  // written as a path or address, in quotes, or next to "repository", "project" and so on
};

// Returns the words of a prompt that may name a place, each once, in order. A word that is not a place may still be a
// remote's name. Words in a refusal ("do not touch ../lib", "leave acme/lib alone") and in blocks of code are left
// out.
std::vector<NamedWord> named_words(std::string_view prompt);

}  // namespace cascade::repository
