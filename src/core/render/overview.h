// Renders what a library contains, for `cascade index`.
#pragma once

#include <cascade/registry.h>
#include <cascade/render.h>

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

// `roots`: in the order of reading. `parsed`, `reused`, `removed`: files since the index was written. `rebuilt_because`
// is empty if the index was good. `problems`: the findings of all rules if `judged`; otherwise only those of reading
// the manifests, the configuration and the folders.
struct Overview {
  std::vector<OverviewRoot> roots;
  std::uint64_t parsed = 0, reused = 0, removed = 0;
  std::string rebuilt_because;
  SeverityCounts problems;
  bool judged = false;
  std::string vocabulary;
  bool exact = true;
};

// Counts by severity: the registry's problems, without composing them, and `others`.
SeverityCounts count_problems(const Registry& registry, const std::vector<Diagnostic>& others);

// Formats text and json (cascade.index/1).
Result<std::string> overview(const Registry& registry, const Overview& overview, Format format, Paint paint);

}  // namespace cascade::rendering
