// Renders what was sent and whether it served, for `cascade usage` and `cascade session report`.
#pragma once

#include <cascade/render.h>

#include "render/paint.h"
#include "usage/actions.h"
#include "usage/report.h"

#include <string>

namespace cascade::rendering {

// Formats text and json (cascade.usage/1).
Result<std::string> usage_report(const usage::Report& report, const usage::Actions& actions, Format format,
                                 Paint paint);
// The sections of one session and what became of them. Formats text and json (cascade.session-report/1).
Result<std::string> session_report(const usage::Report& report, std::string_view session, Format format, Paint paint);

std::string usage_text(const usage::Report& report, const usage::Actions& actions, Paint paint);
std::string session_report_text(const usage::Report& report, Paint paint);

// "-3.4 %" of millionths.
std::string signed_percent(std::int64_t millionths);

}  // namespace cascade::rendering
