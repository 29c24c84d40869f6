// The user's own cascade.yaml and a project's, and what the policy makes of both.
#pragma once

#include <string>

#include "policy/policy.h"

namespace cascade::test {

struct Files {
  files::MemoryTree tree;
  Files(const std::string& users, const std::string& projects) {
    if (!users.empty()) tree.write("/home/.config/cascade/cascade.yaml", users);
    if (!projects.empty()) tree.write("/w/cascade.yaml", projects);
    tree.write("/w/app/src/main.c", "");
  }
  Result<policy::Policy> policy() const {
    return policy::read_policy(tree, "/home/.config/cascade/cascade.yaml", "/w/app/src");
  }
  // "block off git main": how repositories and tools are guarded, whether git asks, branches; or the fault.
  std::string read() const {
    const auto read = policy();
    if (!read) return read.error().path + ": " + read.error().message;
    std::string text = std::string(policy::to_string(read->mode_of("repository"))) + " " +
                       std::string(policy::to_string(read->mode_of("tools"))) + (read->git_hooks ? " git" : "");
    for (const std::string& branch : read->protected_branches) text += " " + branch;
    return text;
  }
};

}  // namespace cascade::test
