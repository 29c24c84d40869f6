// Effects and witnesses as text and JSON.
#pragma once

#include <cascade/render.h>

#include <string>
#include <vector>

#include "evidence/claims.h"

namespace cascade::rendering {

std::string effects_text(const std::vector<evidence::Claim>& claims, const std::vector<evidence::Event>& events,
                         Format format);

}  // namespace cascade::rendering
