// The user's own cascade.yaml and a project's, and what the policy makes of both.
#pragma once

#include <string>

#include "memory_tree.h"
#include "policy/policy.h"
#include "workspace/configuration.h"

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
  // What doctor says of both files, a line each.
  std::string faults() const {
    workspace::SettingPlaces places;
    places.directories = {"/w/app/src"};
    places.users_file = "/home/.config/cascade/cascade.yaml";
    places.home = "/home";
    std::string lines;
    for (const Diagnostic& fault : workspace::setting_faults(tree, places))
      lines += workspace::fault_line(fault) + "\n";
    return lines;
  }
  // That of a project's keys which are not obeyed before they are allowed.
  static std::string waiting(const std::string& keys) {
    return "/w/cascade.yaml: " + keys +
           ": not obeyed before you allow it; read it, then: cascade allow /w/cascade.yaml\n";
  }
};

}  // namespace cascade::test
