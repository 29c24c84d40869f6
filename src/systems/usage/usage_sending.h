// Hands figures on as OpenTelemetry metrics: to a file, or to a collector through a program that speaks HTTP.
#pragma once

#include <string>
#include <string_view>

#include "cli/call.h"
#include "usage/report.h"

namespace cascade::usage {

enum class Names : std::uint8_t { plain, hashed };

// A line of JSON as the OTLP file exporter writes it, which is also the body of a request to /v1/metrics. Sums are
// deltas over the report's time. hashed: manifests' names and sessions' ids, too, are only hashes.
std::string otlp_metrics(const Report& report, std::string_view version, Names names);

}  // namespace cascade::usage

namespace cascade::cli {

// `to`: a file, to which a line is appended, or an address that begins with http:// or https://. Nothing is sent
// anywhere else. Exits with 3 if that cannot be done.
Exit send_metrics(Call& call, const usage::Report& report, const std::string& to, usage::Names names);

}  // namespace cascade::cli
