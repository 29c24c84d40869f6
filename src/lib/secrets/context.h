// What the text around a secret says about it.
#pragma once

#include <string_view>

#include "secrets/secret.h"

namespace cascade::secrets {

// Whether the words around it on its line call it useless ("a fake key for the tests"). It is masked all the same.
bool is_called_fake(std::string_view text, const Secret& secret) noexcept;

// Whether every copy of the program shows it to its users: the key next to "authDomain" in a web app's settings, the
// address to which an app sends its errors.
bool is_public(std::string_view text, const Secret& secret) noexcept;

// Whether the line above it says that it is an example.
bool is_introduced_as_example(std::string_view text, const Secret& secret) noexcept;

}  // namespace cascade::secrets
