// Detects a damaged store and saves its readable rows.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string>

namespace cascade::store {

// Reads every page. malformed: it is damaged; not_found: there is no store; other errors as Store::open().
Result<void> check(const std::string& folder);

struct Repaired {
  std::string damaged;     // the old file, kept next to the store
  std::string exported;    // its rows as lines of JSON: {"table": ..., "row": {...}}
  std::uint64_t rows = 0;  // the number that could be read; the new store holds them
};
// Sets a damaged store aside, writes its readable rows as lines of JSON, and creates a new store from them. REQUIRES:
// check() returned malformed. unwritable.
Result<Repaired> repair(const std::string& folder);

}  // namespace cascade::store
