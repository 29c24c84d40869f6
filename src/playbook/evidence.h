// What lets a step end: what the ledger saw since the step began, and what the folder holds that it did not hold then.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "files/tree.h"
#include "playbook/run.h"

namespace cascade::playbook {

// Of steps that are about to open: what is there already and so shows nothing. A line each: "log PATH SIZE" of git's
// log of HEAD, "file PATH HASH" of files that an artefact's pattern matches. `directory`: where the session works.
std::vector<std::string> baseline_of(const Plan& plan, const std::vector<std::uint32_t>& steps,
                                     const std::string& directory, const files::Tree& tree);

// Whether a step's exit holds. `evidence`: the entries that showed it. `found`: what the folder shows, which no entry
// tells of yet. `missing`: what is still to be seen, when it does not hold.
struct Proof {
  bool holds = false;
  std::vector<std::uint64_t> evidence;
  std::string found, missing;
};
// What only a person may say (exit `user`) is not judged here: it never holds.
Proof prove(const Run& run, std::uint32_t step, const std::vector<session::Entry>& entries,
            const std::string& directory, const files::Tree& tree);

// The folder that the session began in; `otherwise` where nobody noted it.
std::string session_directory(const std::vector<session::Entry>& entries, const std::string& otherwise);

}  // namespace cascade::playbook
