// Finds secrets in a text and removes them before anything is stored.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cascade::memory {

struct Redacted {
  std::string text;                // each secret replaced by "[secret removed: KIND]"
  std::vector<std::string> kinds;  // in the order of the text
};

// Recognises secrets marked by their issuers (prefix, alphabet and length), private keys, passwords in addresses,
// values after "password", "token" and similar words, and words that look random: long, of mixed characters, with high
// entropy. Linear in the text.
Redacted without_secrets(std::string_view text);

}  // namespace cascade::memory
