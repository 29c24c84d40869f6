#include "policy/policies.h"

namespace cascade::policy {

const Result<Policy>& Policies::at(const std::string& directory) {
  const auto known = known_.find(directory);
  if (known != known_.end()) return known->second;
  return known_.emplace(directory, read_policy(tree_, users_file_, directory)).first->second;
}

}  // namespace cascade::policy
