// What `listing` and `cost` are made of: the client's list for this folder, and what is known of its use.
#pragma once

#include <string>

#include "cli/call.h"
#include "listing/project_history.h"
#include "render/listing.h"

namespace cascade::cli {

struct ClientList {
  std::string directory;                 // the client would start here
  listing::ListingRequest request;       // of this folder and model
  listing::ProjectHistory history;       // with what the sessions' ledgers tell
  std::vector<std::string> mcp_servers;  // configured for this folder
};

// misuse: an unknown model.
Result<ClientList> client_list(Call& call, const Workspace& workspace);

// The list itself, and what it costs.
rendering::ListingReport listing_report_of(const Workspace& workspace, const ClientList& list,
                                           listing::Listing listing);

}  // namespace cascade::cli
