// Identifies the sources of this program: what other sources wrote into a cache is not used.
#pragma once

namespace cascade::workspace {

// 16 hex digits each; the same for the same sources (cmake/source_id.cmake).
extern const char* const source_id;   // of those that decide what an index holds
extern const char* const program_id;  // of all of them

}  // namespace cascade::workspace
