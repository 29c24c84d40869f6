// Finds secrets: access tokens, keys and passwords.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "secrets/secret.h"

namespace cascade::secrets {

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

// Removes whatever find_all finds.
Redacted redacted(std::string_view text);

}  // namespace cascade::secrets
