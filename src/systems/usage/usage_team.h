// A team's figures in the PostgreSQL store that `store:` names: this machine's are added only when asked, and all of
// them are shown.
#pragma once

#include <cascade/render.h>

#include <string>
#include <vector>

#include "cli/call.h"
#include "render/parts.h"
#include "usage/report.h"
#include "usage/team.h"
#include "usage/usage_verb.h"

namespace cascade::cli {

// All end with 3 if `store:` names no server, or if it cannot be reached.
Exit share_figures(Call& call, const usage::Report& report, usage::Names names, bool dry_run);
Exit withdraw_figures(Call& call, bool dry_run);
Exit show_team(Call& call, const usage::Question& question, Format format);

}  // namespace cascade::cli

// A team's figures as text and JSON (cascade.usage-team/1).

namespace cascade::rendering {

struct Weeks {
  std::string first, last;
};

// Formats text and json.
Result<std::string> team_report(const team::Joined& joined, const Weeks& weeks, Format format, Paint paint);
// What would be shared: one row of JSON for each line.
std::string shared_lines(const std::vector<team::Line>& lines);

}  // namespace cascade::rendering
