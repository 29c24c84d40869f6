// The place from which memory is asked, and access to it for verbs, hooks and the MCP server.
#pragma once

#include "cli/environment.h"
#include "memory/memory.h"
#include "recall/index_file.h"
#include "recall/place.h"

namespace cascade::cli {

// The repository, person and team of the folder.
recall::Place memory_place(const Environment& environment, const std::string& directory);

// The recall index, built from the store if it is missing. not_found: there is no store. `waits`: see make_index().
Result<recall::Index> recall_index(const Environment& environment, bool waits);

// Rebuilds the index after facts have changed. If that fails, whoever needs it next rebuilds it.
void refresh_recall(const Environment& environment, memory::Memory& memory);

}  // namespace cascade::cli
