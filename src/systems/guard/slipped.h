// What layer two did not see: branches that were moved while a command ran, in repositories in which the session may
// not write. They are compared afterwards, so nothing that a command drops on its way hides them.
#pragma once

#include <string>
#include <vector>

#include "events/systems.h"
#include "git/expected.h"
#include "policy/policy.h"

namespace cascade::systems {

// One branch, tag or HEAD.
struct Reference {
  std::string name, value;
};

// Notes where the branches around the session are, before a command runs. `places`: directories that the command names.
// Returns what a command before it, whose end nobody told, has moved; empty if nothing.
std::string note_references(const std::string& session_id, const repository::Expectations& expectations,
                            const std::vector<std::string>& places, const policy::Policy& policy,
                            const Surroundings& surroundings);

// Says what was moved since, and the command that undoes it, and which settings of the guard were changed; empty if
// nothing was, or nothing was noted.
std::string moved_references(const std::string& session_id, const Surroundings& surroundings);

// Adds to a file that all sessions read, and forgets what is old in it.
void note_line(const std::string& path, const std::string& lines);

// Remembers that a git of some session was allowed to write here, so that no other session takes it for its own doing.
void note_allowed_change(const std::string& common_dir, const std::vector<Reference>& changes,
                         const Surroundings& surroundings);

}  // namespace cascade::systems
