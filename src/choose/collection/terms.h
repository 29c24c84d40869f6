// On which terms a library is taken: the findings that its user accepts, and what of it is left out.
#pragma once

#include <cascade/diagnostic.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "collection/fetch.h"
#include "collection/lock.h"

namespace cascade::collection {

// "SEC030:skills/setup/SKILL.md:14", as it is typed and shown; without a line: a finding about the whole file.
std::string word_of(const AcceptedFinding& accepted);
std::optional<AcceptedFinding> read_accepted(std::string_view word);
AcceptedFinding accepting(const Diagnostic& finding);

bool accepts(const AcceptedFinding& accepted, const Diagnostic& finding) noexcept;  // whatever the file is now

// What goes with the file: the folder of the skill that it belongs to, or the file alone. Empty: the whole library is
// that skill.
std::string holder_of(const std::vector<FetchedFile>& files, std::string_view path);

// The paths that a word means: a file or a folder of the library, or the skill, agent or command of that name. None:
// there is nothing; several: it is not clear which.
std::vector<std::string> paths_of(const std::vector<FetchedFile>& files, std::string_view word);

// Erases the files at and below these paths. False: there were none.
bool leave_out(std::vector<FetchedFile>& files, const std::vector<std::string>& paths);

}  // namespace cascade::collection
