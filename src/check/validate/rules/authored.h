// Whether a file belongs to a manifest about making plugins, skills and hooks.
#pragma once

#include "validate/rules/context.h"

namespace cascade::validation {

// Whether its own manifest, or that of its skill, is about that.
bool is_about_authoring(const Context& context, const Document& document);

}  // namespace cascade::validation
