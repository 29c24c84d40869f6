// Access tokens, keys and passwords in a text, recognised by their form.
#pragma once

#include "validate/reading/triggers.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::validation {

// `shown`: how many of its characters identify its kind and may be printed.
struct Secret {
  std::size_t begin = 0, end = 0, shown = 0;
  std::string_view what;  // "a GitHub token"
};

// Sorted by place. Without secrets that are called examples, repeat themselves, count up, or have an entropy of less
// than three bits per character.
std::vector<Secret> find_secrets(std::string_view text, const Triggers& triggers);

// Whether the words around it on its line call it useless ("a fake key for the tests"). It is masked all the same.
bool is_called_fake(std::string_view text, const Secret& secret) noexcept;

// Whether every copy of the program shows it to its users: the key next to "authDomain" in a web app's settings, the
// address to which an app sends its errors.
bool is_public(std::string_view text, const Secret& secret) noexcept;

// Whether the line above it says that it is an example.
bool is_introduced_as_example(std::string_view text, const Secret& secret) noexcept;

// Replaces every secret by `*`, except the part that identifies its form; the length stays the same. For any output of
// a line from a user's file.
std::string masked(std::string_view text);

}  // namespace cascade::validation
