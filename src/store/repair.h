// A store that is damaged: found, and what is readable of it saved.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string>

namespace cascade::store {

// Reads every page. malformed: it is damaged; not_found: there is no store; else as of Store::open().
Result<void> check(const std::string& folder);

struct Repaired {
  std::string damaged;     // the file as it was, beside the store
  std::string exported;    // its rows as lines of JSON: {"table": ..., "row": {...}}
  std::uint64_t rows = 0;  // that could be read; the new store holds them
};
// Sets a damaged store aside, writes what is readable of it as lines of JSON, and makes a new store of that. REQUIRES:
// check() said malformed. unwritable.
Result<Repaired> repair(const std::string& folder);

}  // namespace cascade::store
