#include "usage/learned_values.h"

#include "files/tree.h"
#include "policy/policy.h"
#include "usage/learned.h"

namespace cascade::cli {

Result<Learned> learned_values(const Environment& environment) {
  const files::DiskTree tree;
  if (environment.state.empty() || !tree.stat(usage::learned_path(environment.state))) return Learned{};
  const auto policy = policy::read_policy(tree, environment.users_configuration, tree.real_path(".").value_or("/"));
  if (!policy) return policy.error();
  return policy->learns ? usage::read_learned(tree, environment.state) : Learned{};
}

}  // namespace cascade::cli
