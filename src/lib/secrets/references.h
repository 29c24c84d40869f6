// Tells where a secret is kept from the secret itself.
#pragma once

#include <string_view>

namespace cascade::secrets {

// Whether the value, as far as it goes without white space, only says where a secret is to be found: "$GITHUB_TOKEN",
// "${{ secrets.X }}", "os.environ[...]", "op://vault/item", "/run/secrets/x", or what stands for a value: "<token>".
bool is_secret_reference(std::string_view value) noexcept;

}  // namespace cascade::secrets
