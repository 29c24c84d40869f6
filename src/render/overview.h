// What there is: `cascade index`.
#pragma once

#include <cascade/render.h>
#include <cascade/workspace.h>

#include "render/paint.h"

#include <string>
#include <string_view>
#include <vector>

namespace cascade::rendering {

// `problems`: of the manifests, the configuration and the walk. `vocabulary`: the counter's.
struct Overview {
  std::vector<Root> roots;
  RefreshReport report;
  std::vector<Diagnostic> problems;
  std::string vocabulary;
  bool exact = true;
};

// Formats text and json (cascade.index/1).
Result<std::string> overview(const Registry& registry, const Overview& overview, Format format, Paint paint);

}  // namespace cascade::rendering
