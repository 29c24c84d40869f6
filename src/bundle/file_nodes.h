// Linked files as nodes: one line that lists those of a skill, and a node for each that may be packed.
#pragma once

#include <cascade/bundle.h>

#include "bundle/nodes.h"

#include <string>

namespace cascade::bundle {

// Behind all other nodes. Files of manifests that are no roots are passed over.
void add_files(const Registry& registry, const BundleRequest& request, const TokenCounter& counter, Items& items);

// The line that lists the files of a skill that are not packed; empty when all are.
//   linked files of skill:forms: references/fields.md (812 tokens); cascade bundle skill:forms --with FILE
std::string files_line(const Registry& registry, const Items& items, std::uint32_t line,
                       const std::vector<std::uint8_t>& chosen);

}  // namespace cascade::bundle
