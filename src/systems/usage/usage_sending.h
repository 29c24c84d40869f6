// Hands figures on as OpenTelemetry metrics: to a file, or to a collector through a program that speaks HTTP.
#pragma once

#include <string>

#include "cli/call.h"
#include "usage/otlp.h"

namespace cascade::cli {

// `to`: a file, to which a line is appended, or an address that begins with http:// or https://. Nothing is sent
// anywhere else. Exits with 3 if that cannot be done.
Exit send_metrics(Call& call, const usage::Report& report, const std::string& to, usage::Names names);

}  // namespace cascade::cli
