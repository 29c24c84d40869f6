// Which sources this program was built from: an index that other sources wrote is not believed.
#pragma once

namespace cascade::workspace {

// 16 hex digits; the same for the same sources (cmake/source_id.cmake).
extern const char* const source_id;

}  // namespace cascade::workspace
