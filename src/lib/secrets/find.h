// Finds secrets: access tokens, keys and passwords.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
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

// Finds secrets by the issuer's marks (forms.tsv).
void find_marked(std::string_view text, std::vector<Secret>& found);
// Finds the passwords in addresses: scheme://user:PASSWORD@host.
void find_in_addresses(std::string_view text, std::vector<Secret>& found);
// Finds secrets by their place: after "password" and similar words, on a command line.
void find_placed(std::string_view text, std::vector<Secret>& found);
// Finds secrets that look random.
void find_chance(std::string_view text, std::vector<Secret>& found);

// For reports: only what is certain, by its issuer's mark or as the password of an address; sorted by place. Linear.
std::vector<Secret> find_certain(std::string_view text);

// For what is stored or leaves the machine: everything that may be a secret, sorted by place; some may overlap. Besides
// marks and addresses also values after "password", "token" and similar words, and words that look random: long, of
// mixed characters, with high entropy. Linear in the text.
std::vector<Secret> find_all(std::string_view text);

// Replaces every certain secret by `*`, except what only says what it is. The length stays the same. For any output of
// a line from a user's file.
std::string masked(std::string_view text);

struct Redacted {
  std::string text;                // each secret replaced by "[secret removed: KIND]"
  std::vector<std::string> kinds;  // in the order of the text
};

// Removes whatever find_all finds; or only what find_certain does.
Redacted redacted(std::string_view text);
Redacted redacted_certain(std::string_view text);

// Whether the words around it on its line call it useless ("a fake key for the tests"). It is masked all the same.
bool is_called_fake(std::string_view text, const Secret& secret) noexcept;

// Whether every copy of the program shows it to its users: the key next to "authDomain" in a web app's settings, the
// address to which an app sends its errors.
bool is_public(std::string_view text, const Secret& secret) noexcept;

// Whether the line above it says that it is an example.
bool is_introduced_as_example(std::string_view text, const Secret& secret) noexcept;

}  // namespace cascade::secrets
