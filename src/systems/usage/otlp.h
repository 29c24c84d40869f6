// Figures as OpenTelemetry metrics (OTLP/JSON, one request): names, counts and hashes; no prompt, path or text.
#pragma once

#include <string>
#include <string_view>

#include "usage/report.h"

namespace cascade::usage {

enum class Names : std::uint8_t { plain, hashed };

// A line of JSON as the OTLP file exporter writes it, which is also the body of a request to /v1/metrics. Sums are
// deltas over the report's time. hashed: manifests' names and sessions' ids, too, are only hashes.
std::string otlp_metrics(const Report& report, std::string_view version, Names names);

}  // namespace cascade::usage
