// A registry whose tables lie elsewhere than in memory.
#pragma once

#include <cascade/registry.h>

#include <cstdint>
#include <vector>

#include "registry/part.h"
#include "tables/block.h"

namespace cascade::registry {

// As RegistryTables::build(). `store`: where the tables go; if it is empty or fails, they are in memory.
Registry build_registry(std::vector<Part> parts, std::vector<std::uint32_t>* ids, const tables::StoreBlock& store);

}  // namespace cascade::registry
