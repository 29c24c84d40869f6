// Chooses the skills that the client should list by name alone, so that those that a project uses keep their
// descriptions.
#pragma once

#include "listed/client_listing.h"
#include "listed/project_history.h"

#include <string>
#include <vector>

namespace cascade::listing {

struct TunePlan {
  std::vector<std::string> name_only;  // in the order of the list; empty: nothing to gain
  Listing before, after;
};

// As many descriptions as the client's limit holds go to the most used skills, then to the project's own, the user's,
// and the client's own. Skills that any settings file mentions stay as they are. So do plugins' skills, which the
// client lets only an administrator switch.
TunePlan plan_tuning(const Registry& registry, const TokenCounter& counter, const ListingRequest& request,
                     const Uses& uses);

}  // namespace cascade::listing
