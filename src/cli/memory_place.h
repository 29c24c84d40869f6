// Where memory is asked from, and its door for verbs, hooks and the MCP server.
#pragma once

#include "cli/environment.h"
#include "memory/memory.h"
#include "recall/index_file.h"
#include "recall/place.h"

namespace cascade::cli {

// The repository, person and team of the folder.
recall::Place memory_place(const Environment& environment, const std::string& directory);

// The recall index; made of the store where it is not there. not_found: there is no store. `waits` as of make_index().
Result<recall::Index> recall_index(const Environment& environment, bool waits);

// Makes the index anew after facts have changed; what cannot be made now is made by whoever needs it.
void refresh_recall(const Environment& environment, memory::Memory& memory);

}  // namespace cascade::cli
