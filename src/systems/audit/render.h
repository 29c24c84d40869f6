// Renders what the audit of a repository found, for `cascade audit`.
#pragma once

#include <cascade/render.h>

#include <string>

#include "audit/audit.h"
#include "render/parts.h"

namespace cascade::rendering {

// An earlier audit of the same repository.
struct EarlierScore {
  std::string head, day;  // "2026-01-31", in UTC
  std::uint32_t score = 0;
  bool with_runs = false;
};

// Formats text, json (cascade.audit/1) and sarif. `earlier`: the oldest first; shown if there is any.
Result<std::string> audit_report(const audit::Report& report, const std::vector<EarlierScore>& earlier,
                                 const std::string& version, Format format, Paint paint);

std::string audit_text(const audit::Report& report, const std::vector<EarlierScore>& earlier, Paint paint);
std::string audit_json(const audit::Report& report, const std::vector<EarlierScore>& earlier);
std::string audit_sarif(const audit::Report& report, const std::string& version);

// One check: what it asks, what each level takes, what it found and how to mend it.
std::string audit_check_text(const audit::Report& report, const audit::Check& check, Paint paint);

// What --run would run, a line each.
std::string audit_plan_text(const std::vector<audit::PlannedRun>& plan);

std::string in_points(std::uint32_t thousandths);  // 437 -> "43.7"

}  // namespace cascade::rendering
