// Leases in the output of `cascade lease` and `cascade session show`.
#pragma once

#include <cascade/render.h>

#include <string>
#include <vector>

#include "leases/lease.h"
#include "leases/lease_uses.h"

namespace cascade::rendering {

std::string lease_list_text(const std::vector<lease::Lease>& leases, Format format);
// `answer`: the answer to taking `resource`.
std::string lease_take_text(const std::string& resource, const lease::Answer& answer, Format format);
// Who held what and when, and who waited. `now`: seconds since 1970.
std::vector<LeaseUse> lease_uses(const std::vector<lease::Event>& events, std::int64_t now);

}  // namespace cascade::rendering
