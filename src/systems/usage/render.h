// Renders what was sent and whether it served, for `cascade usage` and `cascade session report`.
#pragma once

#include <cascade/render.h>
#include <cascade/route.h>

#include <string>
#include <vector>

#include "render/parts.h"
#include "usage/report.h"

namespace cascade::usage {

// What the router said about one real prompt for a manifest that never came.
struct Refusal {
  std::string prompt;
  std::size_t place = 0;  // in the ranking, from 1
  std::string first;      // the manifest that came first
  Decision decision = Decision::silence;
  std::int32_t points = 0, needed = 0;  // its own, without those before it; what an offer needs
};
struct NeverFired {
  std::string name;
  std::vector<Refusal> near;  // the prompts that came nearest, at most three; empty: it is in no ranking
};

// Two manifests that answer the same prompts nearly equally well.
struct Overlap {
  std::string a, b;
  std::uint64_t prompts = 0;
  std::string second;  // which of them came second for `prompt`, the latest of these prompts
  std::string prompt;
};

// What was used after prompts that had brought nothing.
struct Missed {
  std::string name;
  std::uint64_t prompts = 0;
  std::string prompt;  // the latest of them
};

struct Actions {
  std::vector<std::string> silence;      // skills and commands of which nothing shows use
  std::vector<Missed> missed;            // the most frequent first
  std::vector<NeverFired> never;         // those with the nearest prompts first
  std::vector<std::string> never_fired;  // all of them
  std::vector<Overlap> overlaps;         // the most frequent first, at most ten
  std::uint64_t overlapping = 0;         // all of them
};

// What a gap's kind means, in words that follow its number: a row of gaps.tsv.
struct GapRow {
  std::string_view kind, words;
};

constexpr std::uint64_t least_exposures = 20, least_sessions = 3;

// `query`: what the hooks ask the router with, without a prompt. `is_open`: whether it may come unasked.
Actions actions_of(const Report& report, const Registry& registry, const Router& router, const Query& query,
                   const std::function<bool(ManifestId)>& is_open);

}  // namespace cascade::usage

namespace cascade::rendering {

// Formats text and json (cascade.usage/1). As text what to do first, and with `all` the rest and every figure.
Result<std::string> usage_report(const usage::Report& report, const usage::Actions& actions, bool all, Format format,
                                 Paint paint);
// The sections of one session and what became of them. Formats text and json (cascade.session-report/1).
Result<std::string> session_report(const usage::Report& report, std::string_view session, Format format, Paint paint);

}  // namespace cascade::rendering
