#include "policy/policies.h"

#include "policy/readable_policy.h"

namespace cascade::policy {

const Result<Policy>& Policies::at(const std::string& directory) {
  const auto known = known_.find(directory);
  if (known != known_.end()) return known->second;
  return known_.emplace(directory, readable_policy(tree_, users_file_, directory)).first->second;
}

}  // namespace cascade::policy
