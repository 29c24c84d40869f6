// Renders the manifests that a prompt needs, and all that a request brings along.
#pragma once

#include <cascade/registry.h>
#include <cascade/render.h>
#include <cascade/resolve.h>
#include <cascade/route.h>

#include "render/parts.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::rendering {

// Formats text and json (cascade.route/1). `explained`: the whole report. `unsafe`: a line for each that is not safe.
Result<std::string> route(const Registry& registry, std::string_view prompt, const RoutingReport& report,
                          bool explained, Format format, Paint paint, const std::vector<std::string>& unsafe = {},
                          const std::vector<std::string>& closed = {});

// One line of a batch: id, ranked titles, decision, what is said, needs; "latency_us" if the time is given.
std::string route_line(const Registry& registry, std::string_view id, std::string_view prompt, const Routing& routing,
                       std::optional<std::uint64_t> nanoseconds);

// Lines on what was not taken as it was typed, and on the rule that decided in spite of the points; empty: nothing.
std::string repaired_text(const RoutingReport& report);
std::string rule_text(const RoutingReport& report);

// text: a tree. json: cascade.resolve/1. dot and mermaid: every followed link between selected manifests.
Result<std::string> resolution(const Registry& registry, const Request& request, const Resolution& resolution,
                               Format format, Paint paint);

}  // namespace cascade::rendering
