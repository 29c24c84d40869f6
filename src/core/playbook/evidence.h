// The evidence that lets a step end: ledger entries since it began, and new content of the folder.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "files/tree.h"
#include "playbook/run.h"

namespace cascade::playbook {

// The evidence that is already there when these steps open and so proves nothing. One line each: "log PATH SIZE" for
// git's log of HEAD, "file PATH HASH" for files that match an artefact's pattern. `directory`: where the session works.
std::vector<std::string> baseline_of(const Plan& plan, const std::vector<std::uint32_t>& steps,
                                     const std::string& directory, const files::Tree& tree);

// Whether a step's exit holds. `evidence`: the entries that proved it. `found`: evidence in the folder that has no
// entry yet. `missing`: the evidence still needed if it does not hold.
struct Proof {
  bool holds = false;
  std::vector<std::uint64_t> evidence;
  std::string found, missing;
};
// An exit that only a person may confirm (`user`) is not judged here: it never holds.
Proof prove(const Run& run, std::uint32_t step, const std::vector<session::Entry>& entries,
            const std::string& directory, const files::Tree& tree);

// The folder in which the session began; `otherwise` if none was recorded.
std::string session_directory(const std::vector<session::Entry>& entries, const std::string& otherwise);

}  // namespace cascade::playbook
