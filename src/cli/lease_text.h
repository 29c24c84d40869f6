// Leases as `cascade lease` and `cascade session show` print them.
#pragma once

#include <cascade/render.h>

#include <string>
#include <vector>

#include "lease/lease.h"

namespace cascade::cli {

std::string lease_list_text(const std::vector<lease::Lease>& leases, Format format);
// `answer` of taking `resource`.
std::string lease_take_text(const std::string& resource, const lease::Answer& answer, Format format);
// Who held what of a session, when, and who waited; empty: nothing was leased.
std::string lease_history_text(const std::vector<lease::Event>& events);

}  // namespace cascade::cli
