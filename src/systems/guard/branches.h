// Finds the branches that a git command moves, creates or deletes, here and at a remote.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "git/facts.h"
#include "git/words.h"

namespace cascade::repository {

struct BranchChanges {
  std::vector<std::string> moved;      // short names; only those that are known
  std::optional<std::string> current;  // the branch checked out afterwards; empty: none, or unknown
};

// `current` is the branch checked out before; `previous` returns the target of `checkout -`; `is_path` whether a word
// is a file below the command's directory.
struct BranchContext {
  const Facts& facts;
  std::string current;
  std::function<std::string()> previous;
  std::function<bool(const std::string&)> is_path;
  const std::optional<std::string>& input;  // standard input, if known
};

BranchChanges branch_changes(const GitWords& git, const Words& words, const BranchContext& context);

// For a fetch: the local branches that its refspecs write; empty if it writes only remote-tracking branches.
std::vector<std::string> fetched_into(const Words& words);

// The remote of a push and the branches written there.
struct Push {
  Value remote;                       // its name or address; empty text: the default one
  std::vector<std::string> branches;  // short names of the branches written or deleted at the remote, if known
  bool pushes_submodules = false;
};

Push pushed(const GitWords& git, const Words& words, const Facts& facts, const std::string& current);

}  // namespace cascade::repository
