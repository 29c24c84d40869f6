// Writes the document cascade.show/1.
#pragma once

#include "render/card_facts.h"

#include <string>
#include <vector>

namespace cascade::rendering {

std::string show_json(const Registry& registry, const CardFacts& facts, const std::vector<std::string>& roots);

}  // namespace cascade::rendering
