// Renders what the audit of a repository found, for `cascade audit`.
#pragma once

#include <cascade/render.h>

#include <string>

#include "audit/audit.h"
#include "render/parts.h"

namespace cascade::rendering {

// Formats text, json (cascade.audit/1) and sarif.
Result<std::string> audit_report(const audit::Report& report, const std::string& version, Format format, Paint paint);

// One check: what it asks, what each level takes, what it found and how to mend it.
std::string audit_check_text(const audit::Report& report, const audit::Check& check, Paint paint);

// What --run would run, a line each.
std::string audit_plan_text(const std::vector<audit::PlannedRun>& plan);

}  // namespace cascade::rendering
