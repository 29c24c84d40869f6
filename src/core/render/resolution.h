// Renders everything that a request brings along, for `cascade resolve`.
#pragma once

#include <cascade/render.h>
#include <cascade/resolve.h>

#include <string>

#include "render/parts.h"

namespace cascade::rendering {

// text: a tree from the roots. json: cascade.resolve/1. dot and mermaid: every followed link between selected
// manifests.
Result<std::string> resolution(const Registry& registry, const Request& request, const Resolution& resolution,
                               Format format, Paint paint);

// Each is in a file of its own.
std::string resolution_text(const Registry& registry, const Resolution& resolution, Paint paint);
std::string resolution_json(const Registry& registry, const Request& request, const Resolution& resolution);
std::string resolution_dot(const Registry& registry, const Request& request, const Resolution& resolution);
std::string resolution_mermaid(const Registry& registry, const Request& request, const Resolution& resolution);

}  // namespace cascade::rendering
