// What other clients than the usual one list of a library: by the model in each one's dialect.
#pragma once

#include <cascade/registry.h>
#include <cascade/tokens.h>

#include <string>
#include <vector>

#include "client/dialect.h"
#include "listing/client_listing.h"

namespace cascade::listing {

// `roots`: the absolute paths of the registry's roots. Skills of folders that the client does not read are left out;
// those of roots that are no client's folder count as read. REQUIRES: the dialect lists.
Listing dialect_listing(const Registry& registry, const TokenCounter& counter, const client::Dialect& dialect,
                        const std::vector<std::string>& roots, std::uint32_t window);

}  // namespace cascade::listing
