// Matches a library's manifests with those that the shipped prompts are about.
#pragma once

#include <cascade/registry.h>

#include <string>

#include "route/learned.h"

namespace cascade::route {

// "skill:name", "command:name": the name of a manifest in the shipped prompts, without plugin and folders.
std::string taught_name(const ManifestView& manifest);

// The class taught for a manifest of this kind and name, if the descriptions also agree: they share at least half of
// the words of the longer one. So a manifest of the same name about something else inherits nothing. 0 for none.
std::uint16_t learned_class(const Learned& learned, const ManifestView& manifest);

}  // namespace cascade::route
