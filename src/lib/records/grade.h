// Grades the gates: the systems that judge, by how often they were right.
#pragma once

#include <cstddef>
#include <string>

#include "events/judges.h"

namespace cascade::systems {

// The subject of a judgement: the session's prefix followed by `what`.
std::string subject_of(const std::string& session, const std::string& what);

// Records the verdicts of built-in gates from the one with this number on, sets the mode that each gate has earned, and
// adds to each refusal how reliable its gate has been. A gate without a record keeps its configured mode. Returns the
// number of verdicts.
std::size_t grade(JudgedCall& call, std::size_t first);

}  // namespace cascade::systems
