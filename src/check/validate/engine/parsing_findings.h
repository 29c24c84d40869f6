// The findings that parsing, binding and the walk over the tree left behind.
#pragma once

#include "validate/rules/context.h"
#include "validate/rules/switches.h"

#include <vector>

namespace cascade::validation {

// With the profile's severities; without those of ignored files, of documents, of rules that are off or over their
// limit in a file, and of references to things outside the tree.
std::vector<Diagnostic> parsing_findings(const Context& context, const Switches& switches);

}  // namespace cascade::validation
