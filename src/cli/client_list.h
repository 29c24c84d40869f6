// What `listing` and `cost` are made of: the client's list for this folder, and what is known of its use.
#pragma once

#include <optional>
#include <string>

#include "cli/call.h"
#include "client/dialect.h"
#include "listing/project_history.h"
#include "render/listing.h"

namespace cascade::cli {

struct ClientList {
  const client::Dialect* client = &client::usual_dialect();
  std::string directory;                 // the client would start here
  listing::ListingRequest request;       // of this folder and model
  listing::ProjectHistory history;       // with what the sessions' ledgers tell
  std::vector<std::string> mcp_servers;  // configured for this folder
};

// misuse: an unknown model, an unknown client, or one whose list is not known. No client named: the usual one.
Result<ClientList> client_list(Call& call, const Workspace& workspace,
                               const std::optional<std::string>& client = std::nullopt);

// What the list's client lists of the registry.
listing::Listing listing_of(const Workspace& workspace, const ClientList& list, const Registry& registry);

// The list itself, and what it costs.
rendering::ListingReport listing_report_of(const Workspace& workspace, const ClientList& list,
                                           listing::Listing listing);

}  // namespace cascade::cli
