// Lays out the counts as one block of tables.
#pragma once

#include <cascade/registry.h>

#include <functional>
#include <string>

#include "route/build/notes.h"
#include "route/build/postings.h"
#include "route/learned.h"
#include "route/records.h"
#include "route/weights.h"

namespace cascade::route {

// The block that RouterTables::open() reads. `sources`: the sources of the notes. Deterministic; linear except for
// sorting names. `kept`: the postings, if they are already known.
std::string lay_out(const Registry& registry, const std::vector<ManifestId>& sources, const Notes& notes,
                    const LexiconTable& lexicon, const FieldWeights& fields, KeptPostings* kept = nullptr,
                    const std::function<void()>& between = {});

// Matches a library's manifests with those that the shipped prompts are about.

// "skill:name", "command:name": the name of a manifest in the shipped prompts, without plugin and folders.
std::string taught_name(const ManifestView& manifest);

// The class taught for a manifest of this kind and name, if the descriptions also agree: they share at least half of
// the words of the longer one. So a manifest of the same name about something else inherits nothing. 0 for none.
std::uint16_t learned_class(const Learned& learned, const ManifestView& manifest);

}  // namespace cascade::route
