// Nodes for linked files: one line that lists a skill's files, and a node for each file that may be packed.
#pragma once

#include <cascade/bundle.h>

#include "bundle/nodes.h"

#include <string>

namespace cascade::bundle {

// Adds the nodes after all others. Files of manifests that are not roots are skipped.
void add_files(const Registry& registry, const BundleRequest& request, const TokenCounter& counter, Items& items);

// Returns the line that lists a skill's files that are not packed; empty: all are packed.
//   linked files of skill:forms: references/fields.md (812 tokens); cascade bundle skill:forms --with FILE
std::string files_line(const Registry& registry, const Items& items, std::uint32_t line,
                       const std::vector<std::uint8_t>& chosen);

}  // namespace cascade::bundle
