// Which skills the client should list by their name alone, so that those that a project uses keep their descriptions.
#pragma once

#include "listing/client_listing.h"
#include "listing/project_history.h"

#include <string>
#include <vector>

namespace cascade::listing {

struct TunePlan {
  std::vector<std::string> name_only;  // in the order of the list; empty: nothing to gain
  Listing before, after;
};

// Descriptions go to what was used most, then to the project's own skills, the user's, and the client's own, as many as
// the client's limit holds. A skill that any settings file says something of stays as it is, and so do plugins', which
// the client lets nobody switch but an administrator.
TunePlan plan_tuning(const Registry& registry, const TokenCounter& counter, const ListingRequest& request,
                     const Uses& uses);

}  // namespace cascade::listing
