// Renders what a library contains, and what `cascade doctor` found.
#pragma once

#include <cascade/registry.h>
#include <cascade/render.h>
#include <cascade/workspace.h>

#include "render/findings.h"
#include "render/parts.h"

#include <cstdint>
#include <string>
#include <vector>

namespace cascade::rendering {

struct OverviewRoot {
  Scope scope = Scope::project;
  std::string path;
  bool is_added = false;
};

// `problems`: of all rules if `judged`; otherwise of reading.
struct Overview {
  std::vector<OverviewRoot> roots;
  RefreshReport report;
  SeverityCounts problems;
  bool judged = false;
  std::string vocabulary;
  bool exact = true;
};

// Not judged. The problems are counted without composing them.
Overview overview_of(const Workspace& workspace);

// Formats text and json (cascade.index/1).
Result<std::string> overview(const Registry& registry, const Overview& overview, Format format, Paint paint);

enum class CheckState : std::uint8_t { good, warning, bad };
std::string_view to_string(CheckState state) noexcept;

// `help` is the next step; empty if there is nothing to do.
struct Check {
  std::string name;
  CheckState state = CheckState::good;
  std::string detail, help;
};

Result<std::string> doctor(const std::vector<Check>& checks, Format format, Paint paint);  // text, json

}  // namespace cascade::rendering
