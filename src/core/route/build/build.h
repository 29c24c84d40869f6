// A library's manifests to the router's tables and notes.
#pragma once

#include <cascade/route.h>

#include "route/build/fields.h"
#include "route/build/postings.h"
#include "tables/block.h"

namespace cascade::route {

// Of an earlier build. Without `content` nothing is taken over, now or from the notes of this build.
struct Earlier {
  std::string_view notes;   // 8-byte aligned; anything else than notes counts as none
  std::string_view tables;  // of the same build; the same
  std::function<std::optional<hash::Hash128>(ManifestId)> content;
};

// Reads and counts the sources that are not as noted, or all of them when more than an eighth are not. The resulting
// notes are the same, whatever was noted before. Fails only if `read` does.
struct Counted {
  std::vector<ManifestId> sources;
  NotesData notes;
  std::size_t counted = 0;  // how many were counted anew
  Remains remains;          // of the earlier build; empty: nothing was taken over
};
Result<Counted> count_sources(const Registry& registry, const ReadSource& read, const RouterOptions& options,
                              const Earlier& earlier);

// `freed`, if any, is called now and then, when a large build needs no longer what it has read or made. `store` puts
// the notes away before the tables are made, which need as much memory again.
struct BuiltRouter {
  Router router;
  std::string notes;                     // empty if they were stored
  std::size_t counted = 0, weighed = 0;  // how many sources were counted, and their words weighed, anew
};
Result<BuiltRouter> build_router(const Registry& registry, const ReadFile& read, const RouterOptions& options,
                                 const Earlier& earlier, const std::function<void()>& freed = {},
                                 const tables::StoreBlock& store = {});

}  // namespace cascade::route
