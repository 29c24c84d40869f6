// The place from which memory is asked, and the index of what it recalls.
#pragma once

#include "facts/fact.h"
#include "facts/index_file.h"
#include "memory/memory.h"

namespace cascade::memory {

// The repository, person and team of the folder. `home`, `users_file`: the user's folder and own cascade.yaml.
recall::Place place_at(const std::string& directory, const std::string& home, const std::string& users_file);

// The recall index in the state folder, built from the store if it is missing. not_found: there is no store. `waits`:
// see make_index().
Result<recall::Index> recall_index(const std::string& state, bool waits);

// Rebuilds the index after facts have changed. If that fails, whoever needs it next rebuilds it.
void refresh_recall(const std::string& state, Memory& memory);

}  // namespace cascade::memory
