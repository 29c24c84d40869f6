#include "store/state_store.h"

#include "cli/data_files.h"
#include "files/tree.h"
#include "policy/policy.h"

namespace cascade::cli {

store::Options store_at(const Environment& environment, const std::string& address, bool creates, bool checkpoints) {
  store::Options options;
  options.folder = environment.state;
  options.creates = creates;
  options.checkpoints = checkpoints;
  options.server = address;
  if (!address.empty()) options.program = postgres_program();
  return options;
}

Result<store::Options> configured_store(const Environment& environment, bool creates, bool checkpoints) {
  const files::DiskTree tree;
  const auto policy = policy::read_policy(tree, environment.users_configuration, tree.real_path(".").value_or("/"));
  if (!policy) return policy.error();
  const auto address = policy::store_of(*policy);
  if (!address) return address.error();
  return store_at(environment, *address, creates, checkpoints);
}

}  // namespace cascade::cli
