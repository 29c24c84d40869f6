// Which branches a git command moves, makes anew or deletes, here and at a remote.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "repository/facts.h"
#include "repository/words.h"

namespace cascade::repository {

struct BranchChanges {
  std::vector<std::string> moved;      // short names; only those that can be told
  std::optional<std::string> current;  // the branch that is checked out then; empty: none, or not known
};

// `current` is the branch that is checked out before; `previous` tells what `checkout -` goes to; `is_path` whether a
// word is a file below the directory of the command.
struct BranchContext {
  const Facts& facts;
  std::string current;
  std::function<std::string()> previous;
  std::function<bool(const std::string&)> is_path;
  const std::optional<std::string>& input;  // standard input, where it is known
};

BranchChanges branch_changes(const GitWords& git, const Words& words, const BranchContext& context);

// Of a fetch: the local branches that its refspecs write; empty where it writes remote-tracking branches only.
std::vector<std::string> fetched_into(const Words& words);

// Where a push goes and what it writes there.
struct Push {
  Value remote;                       // its name or address; empty text: the default one
  std::vector<std::string> branches;  // short names of the branches written or deleted at the remote, where known
  bool pushes_submodules = false;
};

Push pushed(const GitWords& git, const Words& words, const Facts& facts, const std::string& current);

}  // namespace cascade::repository
