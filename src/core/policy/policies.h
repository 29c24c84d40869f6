// What can be read of the configuration at several places, for whoever asks more than once and judges nothing.
#pragma once

#include <cascade/result.h>

#include <map>
#include <string>
#include <utility>

#include "files/reading_tree.h"
#include "policy/policy.h"

namespace cascade::policy {

// Reads each place's configuration when first asked for, and only once.
class Policies {
 public:
  // `users_file`: see read_policy(). `read`: for a caller that reads these files as well; empty: from the disk.
  explicit Policies(std::string users_file, files::ReadText read = {})
      : users_file_(std::move(users_file)), tree_(std::move(read)) {}
  // Never an error (policy::readable_policy). The result lives as long as this object.
  const Result<Policy>& at(const std::string& directory);

 private:
  std::string users_file_;
  files::ReadingTree tree_;
  std::map<std::string, Result<Policy>> known_;
};

}  // namespace cascade::policy
