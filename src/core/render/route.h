// Renders the manifests that a prompt needs, for `cascade route`.
#pragma once

#include <cascade/registry.h>
#include <cascade/render.h>
#include <cascade/route.h>

#include "render/parts.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cascade::rendering {

// Formats text and json (cascade.route/1). `explained`: shows the whole report, not just its routing.
Result<std::string> route(const Registry& registry, std::string_view prompt, const RoutingReport& report,
                          bool explained, Format format, Paint paint);

// One line of a batch: {"id", "ranked": titles, each once, "abstain", "decision", "loaded", "offered", "left_out",
// "needs"}, and "latency_us" if the time is given.
std::string route_line(const Registry& registry, std::string_view id, std::string_view prompt, const Routing& routing,
                       std::optional<std::uint64_t> nanoseconds);

}  // namespace cascade::rendering
