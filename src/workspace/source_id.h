// Identifies the sources of this program: an index written by other sources is not used.
#pragma once

namespace cascade::workspace {

// 16 hex digits; the same for the same sources (cmake/source_id.cmake).
extern const char* const source_id;

}  // namespace cascade::workspace
