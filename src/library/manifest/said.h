// Words that somebody says, where they alone look like an order.
#pragma once

#include "manifest/body_text.h"

#include <cstddef>

namespace cascade::manifest {

// In quotation marks or a code span together with its verb ("Not found. Run /x first."): a message to somebody, or a
// request that somebody may make. A field's value may be quoted as a whole, and so are the nodes of a graph. `begin` is
// where the name begins, in bytes of the body. Reads at most one sentence window of the line and of three above it.
bool is_said(const BodyText& body, const TextLine& line, std::size_t begin);

}  // namespace cascade::manifest
