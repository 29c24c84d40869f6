// Renders what was sent and whether it served, for `cascade usage` and `cascade session report`.
#pragma once

#include <cascade/registry.h>
#include <cascade/render.h>

#include <string>
#include <vector>

#include "render/parts.h"
#include "usage/report.h"

namespace cascade::usage {

// What was used after prompts that had brought nothing.
struct Missed {
  std::string name;
  std::uint64_t prompts = 0;
  std::string prompt;  // the latest of them
};

struct Actions {
  std::vector<std::string> silence;  // skills and commands of which nothing shows use
  std::vector<Missed> missed;        // the most frequent first
  std::vector<std::string> never;    // what was neither sent nor offered nor called
};

// What a gap's kind means, in words that follow its number: a row of gaps.tsv.
struct GapRow {
  std::string_view kind, words;
};

constexpr std::uint64_t least_exposures = 20, least_sessions = 3;

// `is_open`: whether it may come unasked.
Actions actions_of(const Report& report, const Registry& registry, const std::function<bool(ManifestId)>& is_open);

}  // namespace cascade::usage

namespace cascade::rendering {

// Formats text and json (cascade.usage/1). As text what to do first, and with `all` the rest and every figure.
Result<std::string> usage_report(const usage::Report& report, const usage::Actions& actions, bool all, Format format,
                                 Paint paint);
// The sections of one session and what became of them. Formats text and json (cascade.session-report/1).
Result<std::string> session_report(const usage::Report& report, std::string_view session, Format format, Paint paint);

}  // namespace cascade::rendering
