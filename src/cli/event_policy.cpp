#include "cli/event_policy.h"

#include "files/tree.h"

namespace cascade::cli {

const Result<policy::Policy>& EventPolicy::get() {
  const std::string& where =
      environment_.project_directory.empty() ? event_.working_directory : environment_.project_directory;
  if (!policy_) policy_ = policy::read_policy(files::DiskTree(), environment_.users_configuration, where);
  return *policy_;
}

}  // namespace cascade::cli
