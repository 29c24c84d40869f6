// What other clients than the usual one list of a library: by the model in each one's dialect.
#pragma once

#include <cascade/registry.h>
#include <cascade/tokens.h>

#include <functional>
#include <string>
#include <vector>

#include "client/dialect.h"
#include "listing/client_listing.h"

namespace cascade::listing {

struct DialectRequest {
  const client::Dialect* client = nullptr;                         // one that lists
  std::vector<std::string> roots;                                  // absolute paths of the registry's roots
  std::uint32_t window = 0;                                        // of the model, in tokens; 0: unknown
  std::function<Result<std::string>(std::string_view path)> read;  // a manifest's text
};

// Skills of folders that the client does not read are left out; those of roots that are no client's folder count as
// read, and those that come with Cascade do not. Each skill's file is read, for what clients make of its front matter.
Listing dialect_listing(const Registry& registry, const TokenCounter& counter, const DialectRequest& request);

}  // namespace cascade::listing
