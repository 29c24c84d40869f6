// Which manifests are those that the shipped prompts are about.
#pragma once

#include <cascade/registry.h>

#include <string>

#include "route/learned.h"

namespace cascade::route {

// "skill:name", "command:name": how prompts call a manifest. A command's folders are not part of it.
std::string taught_name(const ManifestView& manifest);

// The class that was taught about a manifest of this kind and name, if its description also says so: at least half of
// the words of the one description stand in the other. A manifest that somebody wrote under the same name, about
// something else, inherits nothing. 0: none.
std::uint16_t learned_class(const Learned& learned, const ManifestView& manifest);

}  // namespace cascade::route
