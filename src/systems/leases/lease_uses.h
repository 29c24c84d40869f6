// Shows who held a resource that only one caller can use, when, and who waited for it: as a document and as a drawing.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "syntax/json.h"

namespace cascade::rendering {

struct LeaseUse {
  std::string resource, session, agent;  // agent empty: the main conversation
  std::int64_t asked_at = 0;             // seconds since 1970
  std::int64_t waited_ms = 0, held_ms = 0;
  std::uint64_t token = 0;  // 0: refused
  std::string end;          // "released", "lost", "broken", "gone", "refused"; empty: it is still held
};

// A block for each resource and a line for each use, all on one time scale: "░" waited, "█" held. `session`: the
// viewer's own session; others are named. Empty if there are no uses.
std::string lease_uses_text(const std::vector<LeaseUse>& uses, const std::string& session);
void write_lease_uses(syntax::JsonWriter& json, const std::vector<LeaseUse>& uses);  // an array

}  // namespace cascade::rendering
