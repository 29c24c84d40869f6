// Which files in the place of tests test something: what they check is no literal, and at least one test is not
// skipped.
#pragma once

#include <vector>

#include "audit/subject.h"

namespace cascade::audit {

// The files that hold real tests, with the line where the first one begins.
std::vector<Place> real_tests(const Subject& subject, const Package& package);

}  // namespace cascade::audit
