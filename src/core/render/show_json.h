// Writes the document cascade.show/1.
#pragma once

#include "bundle/linked_files.h"
#include "render/card_facts.h"
#include "render/roots.h"

#include <string>
#include <vector>

namespace cascade::rendering {

std::string show_json(const Registry& registry, const CardFacts& facts, const std::vector<bundle::ListedFile>& files,
                      const Roots& roots);

}  // namespace cascade::rendering
