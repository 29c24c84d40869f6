#include "metrics/render.h"

#include "render/parts.h"

namespace cascade::rendering {

std::string halves(std::uint64_t twice) { return grouped(twice / 2) + (twice % 2 == 0 ? "" : ".5"); }

std::string percent_of(std::uint64_t part, std::uint64_t of) {
  if (of == 0) return "-";
  const std::uint64_t tenths = metrics::per_mille(part, of);
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " %";
}

std::string duration_text(std::uint64_t seconds) {
  const std::uint64_t minutes = seconds / 60, hours = minutes / 60, days = hours / 24;
  if (days > 0) return count_of(days, "day") + (hours % 24 == 0 ? "" : " " + std::to_string(hours % 24) + " h");
  if (hours > 0)
    return std::to_string(hours) + " h" + (minutes % 60 == 0 ? "" : " " + std::to_string(minutes % 60) + " min");
  return std::to_string(minutes) + " min";
}

Result<std::string> metrics_report(const metrics::Report& report, Format format, Paint paint) {
  if (format == Format::json) return metrics_json(report);
  if (format == Format::text) return metrics_text(report, paint);
  return no_format("figures", format);
}

}  // namespace cascade::rendering
