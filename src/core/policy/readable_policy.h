// What of the systems' settings can be read, for who judges nothing.
#pragma once

#include <string>

#include "files/tree.h"
#include "policy/policy.h"

namespace cascade::policy {

// As read_policy(), but a key that cannot be read is left out. Without a `store` that can be read nothing is kept, and
// without `tiers` no agent's model is chosen.
Policy readable_policy(const files::Tree& tree, const std::string& users_file, const std::string& project);

}  // namespace cascade::policy
