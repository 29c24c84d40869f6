// Lists a library as clients other than Claude Code do, by the model of each one's dialect.
#pragma once

#include <cascade/registry.h>
#include <cascade/tokens.h>

#include <functional>
#include <string>
#include <vector>

#include "client/dialect.h"
#include "listed/client_listing.h"
#include "listed/standing.h"

namespace cascade::listing {

struct DialectRequest {
  const client::Dialect* client = nullptr;                         // a client that lists manifests
  std::vector<std::string> roots;                                  // absolute paths of the registry's roots
  std::uint32_t window = 0;                                        // of the model's context, in tokens; 0: unknown
  std::function<Result<std::string>(std::string_view path)> read;  // a manifest's text
  const Switches* switches = nullptr;  // of this client; what it hides is not listed. Null: none are known
  bool shipped = false;                // counts the library shipped with Cascade as if the client loaded it
};

// Leaves out skills in folders that the client does not read. Roots that are no client's folder count as read, the
// library shipped with Cascade by default does not. Reads each skill's file, because clients interpret front matter
// differently.
Listing dialect_listing(const Registry& registry, const TokenCounter& counter, const DialectRequest& request);

}  // namespace cascade::listing
