// Which places a user's prompt names.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cascade::repository {

struct NamedWord {
  std::string text;
  bool is_place =
      false;  // written as a path or an address, in quotes, or beside "repository", "project" and their like
};

// Words of a prompt that may name a place, each once, in their order. Words that are no place may still be a remote's
// name. What a sentence rules out ("do not touch ../lib", "leave acme/lib alone") is not among them, nor is code of
// several lines.
std::vector<NamedWord> named_words(std::string_view prompt);

}  // namespace cascade::repository
