// Secrets found in a text and taken out before anything is stored.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cascade::memory {

struct Redacted {
  std::string text;                // each secret replaced by "[secret removed: KIND]"
  std::vector<std::string> kinds;  // in the order of the text
};

// What issuers mark as secret (by prefix, alphabet and length), private keys, passwords in addresses, values behind
// "password", "token" and the like, and words that look like chance: long, of mixed characters, with much entropy.
// Linear in the text but for a constant.
Redacted without_secrets(std::string_view text);

}  // namespace cascade::memory
