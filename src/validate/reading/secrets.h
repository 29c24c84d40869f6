// Access tokens, keys and passwords in a text, told by their form.
#pragma once

#include "validate/reading/triggers.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::validation {

// `shown`: how many of its characters say what it is and may be printed.
struct Secret {
  std::size_t begin = 0, end = 0, shown = 0;
  std::string_view what;  // "a GitHub token"
};

// By place. Not reported: what says that it is an example, repeats itself, counts up, or has fewer than three bits of
// entropy a character.
std::vector<Secret> find_secrets(std::string_view text, const Triggers& triggers);

// The words around it on its line say that it opens nothing ("a fake key for the tests"). Masked all the same.
bool is_called_fake(std::string_view text, const Secret& secret) noexcept;

// The text with every secret but for what says its form replaced by `*`; as many characters as before. For whatever
// shows a line of a user's file.
std::string masked(std::string_view text);

}  // namespace cascade::validation
