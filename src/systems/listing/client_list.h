// The data for `listing` and `cost`: the client's list for this folder, and what is known about its use.
#pragma once

#include <optional>
#include <string>

#include "cli/call.h"
#include "client/dialect.h"
#include "listed/project_history.h"
#include "listing/text.h"

namespace cascade::cli {

struct ClientList {
  const client::Dialect* client = &client::usual_dialect();
  std::string directory;                 // the folder in which the client would start
  listing::ListingRequest request;       // for this folder and model
  listing::Switches switches;            // of this client
  listing::ProjectHistory history;       // includes the sessions' ledgers
  std::vector<std::string> mcp_servers;  // configured for this folder
};

// misuse: an unknown model or client, or a client whose list is unknown. Without a name: Claude Code.
Result<ClientList> client_list(Call& call, const Workspace& workspace,
                               const std::optional<std::string>& client = std::nullopt);

// The manifests of the registry that the client lists.
listing::Listing listing_of(const Workspace& workspace, const ClientList& list, const Registry& registry);

// The list itself and its cost.
rendering::ListingReport listing_report_of(const Workspace& workspace, const ClientList& list,
                                           listing::Listing listing);

}  // namespace cascade::cli
