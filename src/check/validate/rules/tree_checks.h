// Every check of the whole tree.
#pragma once

#include "validate/rules/facts.h"

namespace cascade::validation {

Span<TreeCheck> tree_checks() noexcept;

void check_duplicate_names(const Context&, const std::vector<ManifestFacts>&, Findings&);         // ID005
void check_collisions(const Context&, const std::vector<ManifestFacts>&, Findings&);              // ID006
void check_cycles(const Context&, const std::vector<ManifestFacts>&, Findings&);                  // RF004
void check_reachability(const Context&, const std::vector<ManifestFacts>&, Findings&);            // RF005 RF006 RF007
void check_slash_names(const Context&, const std::vector<ManifestFacts>&, Findings&);             // RF008
void check_budgets(const Context&, const std::vector<ManifestFacts>&, Findings&);                 // BD002 BD005
void check_duplicate_descriptions(const Context&, const std::vector<ManifestFacts>&, Findings&);  // DQ003
void check_boilerplate(const Context&, const std::vector<ManifestFacts>&, Findings&);             // CT004

}  // namespace cascade::validation
