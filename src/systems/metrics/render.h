// Renders figures of git histories, for `cascade metrics`.
#pragma once

#include <cascade/render.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "metrics/report.h"
#include "render/parts.h"

namespace cascade::rendering {

// Formats text and json (cascade.metrics/1).
Result<std::string> metrics_report(const metrics::Report& report, Format format, Paint paint);

std::string metrics_json(const metrics::Report& report);
std::string metrics_text(const metrics::Report& report, Paint paint);

std::string halves(std::uint64_t twice);                       // half of it, in decimal: "12", "12.5"
std::string percent_of(std::uint64_t part, std::uint64_t of);  // "50.8 %"; of 0: "-"

}  // namespace cascade::rendering
