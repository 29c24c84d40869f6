// Keeps work trees with changes from being deleted: an agent's uncommitted work exists nowhere else.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "files/tree.h"
#include "hook/event.h"
#include "policy/policy.h"
#include "repository/git_program.h"
#include "repository/words.h"
#include "shell/trace.h"
#include "systems/verdict.h"

namespace cascade::systems {

// Costs nothing unless a call deletes or moves folders. Linked work trees (git worktree add, `isolation: worktree`) are
// found through the repository that the call runs in or deletes from. A repository's main work tree is outside this
// guard's scope.
class KeptTrees {
 public:
  KeptTrees(const policy::Policy& policy, repository::GitProgram& git, const files::Tree& tree)
      : policy_(policy), git_(git), tree_(tree) {}

  // Judges one program of a line: rm -r, find -delete, git worktree remove --force, git clean -ff, mv, ...
  // `git`: the words of a call of git.
  void judge(const shell::Call& call, const repository::GitWords* git, std::vector<Verdict>& verdicts);
  // Judges an MCP tool that deletes or moves the paths that it is given.
  void judge(const hook::EventInput& event, std::vector<Verdict>& verdicts);

 private:
  struct Target {
    std::string path;         // absolute; for a word that is not fully known, the part before the unknown one
    bool is_pattern = false;  // * ? and [ act as wildcards
    bool is_known = true;
    std::string last{};  // if not fully known: the last part of the path, if at least that is known
  };
  bool is_off() const noexcept {
    return policy_.leases == policy::Mode::off && policy_.repository == policy::Mode::off;
  }
  std::vector<Target> targets_of(const shell::Call& call) const;
  std::vector<Target> targets_of_git(const shell::Call& call, const repository::GitWords& git) const;
  Target target(const shell::Value& word, const std::string& directory) const;
  // The linked work trees of the repository around `path`, and those right below `path`, each once.
  std::vector<std::string> trees_at(const std::string& path) const;
  bool takes(const Target& target, const std::string& work_tree) const;
  void judge(const std::vector<Target>& targets, const std::string& directory, std::vector<Verdict>& verdicts);
  void judge(const Target& target, const std::string& work_tree, std::vector<Verdict>& verdicts);

  const policy::Policy& policy_;
  repository::GitProgram& git_;
  const files::Tree& tree_;
};

}  // namespace cascade::systems
