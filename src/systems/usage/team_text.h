// A team's figures as text and JSON (cascade.usage-team/1).
#pragma once

#include <cascade/render.h>

#include "render/paint.h"
#include "usage/team.h"

#include <string>
#include <vector>

namespace cascade::rendering {

struct Weeks {
  std::string first, last;
};

// Formats text and json.
Result<std::string> team_report(const team::Joined& joined, const Weeks& weeks, Format format, Paint paint);
// What would be shared: one row of JSON for each line.
std::string shared_lines(const std::vector<team::Line>& lines);

}  // namespace cascade::rendering
