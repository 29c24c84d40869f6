// The findings of a walk over the roots besides manifests, in the form kept in the index.
#pragma once

#include <cascade/diagnostic.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::workspace {

// `others`: plugin.json, hooks.json ... with the labels of their roots.
struct WalkReport {
  std::vector<Diagnostic> problems;
  std::vector<std::string> others;
};

std::string write_walk_report(const WalkReport& report);
// Nothing if the bytes are not such a report. Problems are sorted. `bytes` are aligned to 8.
std::optional<WalkReport> read_walk_report(std::string_view bytes);

}  // namespace cascade::workspace
