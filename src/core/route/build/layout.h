// Lays out the counts as one block of tables.
#pragma once

#include <functional>
#include <string>

#include "route/build/kept_postings.h"
#include "route/build/notes.h"
#include "route/lexicon_table.h"
#include "route/weights.h"

namespace cascade::route {

// The block that RouterTables::open() reads. `sources`: the sources of the notes. Deterministic; linear except for
// sorting names. `kept`: the postings, if they are already known.
std::string lay_out(const Registry& registry, const std::vector<ManifestId>& sources, const Notes& notes,
                    const LexiconTable& lexicon, const FieldWeights& fields, KeptPostings* kept = nullptr,
                    const std::function<void()>& between = {});

}  // namespace cascade::route
