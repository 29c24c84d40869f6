// The number of triggers that each owner declares, and how far they are believed where owners compete.
#pragma once

#include <cascade/registry.h>

#include <vector>

#include "route/tables.h"

namespace cascade::route {

// Sets `owner` and `believed` of all entries. An owner is a plugin of a root, or the rest of a root.
void set_owners(const Registry& registry, std::vector<EntryRecord>& entries, const std::vector<PhraseRecord>& phrases);

// Sets `origin` of all entries. REQUIRES: `learned` is set.
void set_origins(const Registry& registry, std::vector<EntryRecord>& entries);

}  // namespace cascade::route
