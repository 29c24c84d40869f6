// Passwords of ordinary words.
#pragma once

#include <vector>

#include "secrets/secret.h"

namespace cascade::secrets {

// Finds passwords that nothing but the sentence around them tells from other words: "the wifi password is sunflower",
// "passphrase: four plain words", "set the password to Sonnenblume", "sunflower is the password". What is said about a
// password ("is required", "is kept in the vault") stays. Linear in the text.
void find_plain_passwords(std::string_view text, std::vector<Secret>& found);

}  // namespace cascade::secrets
