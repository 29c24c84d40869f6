// What was counted to one block of tables.
#pragma once

#include <string>

#include "route/build/kept_postings.h"
#include "route/build/lexicon_table.h"
#include "route/build/notes.h"
#include "route/weights.h"

namespace cascade::route {

// The block that RouterTables::open() takes. `sources`: those that the notes speak of. Deterministic; linear but for
// sorting names. `kept`: the postings, where they are known already.
std::string lay_out(const Registry& registry, const std::vector<ManifestId>& sources, const Notes& notes,
                    const LexiconTable& lexicon, const FieldWeights& fields, KeptPostings* kept = nullptr);

}  // namespace cascade::route
