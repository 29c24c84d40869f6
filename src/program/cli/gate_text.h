// Gates and their records as text and JSON.
#pragma once

#include <cascade/render.h>

#include <cstdint>
#include <string>
#include <vector>

#include "cli/gate_views.h"

namespace cascade::cli {

std::string gate_list_text(const std::vector<GateView>& gates, Format format, std::int64_t now);
// One gate's record, with a drawing.
std::string gate_text(const GateView& gate, Format format, std::int64_t now);

}  // namespace cascade::cli
