// What a prompt needs: `cascade route`.
#pragma once

#include <cascade/registry.h>
#include <cascade/render.h>
#include <cascade/route.h>

#include "render/paint.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cascade::rendering {

// Formats text and json (cascade.route/1). `explained`: the whole report counts, not its routing alone.
Result<std::string> route(const Registry& registry, std::string_view prompt, const RoutingReport& report,
                          bool explained, Format format, Paint paint);

// One line of a batch: {"id", "ranked": titles, each once, "abstain", "decision", "loaded", "offered"}, with
// "latency_us" where the time is given.
std::string route_line(const Registry& registry, std::string_view id, const Routing& routing,
                       std::optional<std::uint64_t> nanoseconds);

}  // namespace cascade::rendering
