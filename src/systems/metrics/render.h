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

// Values of windows as a chart of bars, `claimed` marked where it lies: in its bar, or beyond all windows.
std::string window_chart(const metrics::Windows& windows, const std::optional<std::uint64_t>& claimed, Paint paint);

// The values of windows in classes of equal width that end in round numbers; at most twelve.
struct WindowClasses {
  std::uint64_t width = 1;
  std::vector<std::uint64_t> counts;  // windows by class; class i begins at i * width
};
WindowClasses classes_of(const metrics::Windows& windows);

std::string halves(std::uint64_t twice);                       // half of it, in decimal: "12", "12.5"
std::string percent_of(std::uint64_t part, std::uint64_t of);  // "50.8 %"; of 0: "-"
std::string duration_text(std::uint64_t seconds);              // "3 days 4 h", "12 min"

}  // namespace cascade::rendering
