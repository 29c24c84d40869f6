// Leases in the output of `cascade lease` and `cascade session show`.
#pragma once

#include <cascade/render.h>

#include <cstdint>
#include <string>
#include <vector>

#include "leases/lease.h"
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

std::string lease_list_text(const std::vector<lease::Lease>& leases, Format format);
// `answer`: the answer to taking `resource`.
std::string lease_take_text(const std::string& resource, const lease::Answer& answer, Format format);
// Who held what and when, and who waited. `now`: seconds since 1970.
std::vector<LeaseUse> lease_uses(const std::vector<lease::Event>& events, std::int64_t now);

}  // namespace cascade::rendering
