// Reads the choice of an earlier cascade.bundle/1 document.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string_view>
#include <vector>

namespace cascade::rendering {

// The content hashes of its pieces, for BundleRequest::previous. malformed: it is not such a document.
Result<std::vector<std::uint64_t>> previous_pieces(std::string_view json);

}  // namespace cascade::rendering
