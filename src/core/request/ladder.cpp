// Makes bundles of several sizes, each a part of the next larger one. One of them is chosen freely: from it the smaller
// ones are chosen within the one above, and the larger ones around the one below. Mostly the largest is chosen so. That
// can leave a smaller one with a poor choice: of two long sections in the largest, neither may fit the smallest, where
// a third would. In that case others are tried, the smallest first, which costs the larger ones less, since they have
// room for both.
#include "request/task.h"

#include <algorithm>
#include <utility>

namespace cascade::request {
namespace {

std::vector<std::uint64_t> shown_in(const Bundle& bundle) {
  std::vector<std::uint64_t> hashes;
  for (const Piece& piece : bundle.pieces)
    if (piece.content_hash != 0) hashes.push_back(piece.content_hash);
  return hashes;
}

// A bundle within a larger one, or around a smaller one, at any cost; nullptr: no such bundle.
Result<Bundle> rung_of(const Workspace& workspace, const Limits& limits, Task& task, const Bundle* larger,
                       const Bundle* smaller) {
  if (auto set = set_budget(workspace, limits, task); !set) return set.error();
  task.bundle.within = larger != nullptr ? shown_in(*larger) : std::vector<std::uint64_t>();
  task.bundle.containing = smaller != nullptr ? shown_in(*smaller) : std::vector<std::uint64_t>();
  task.bundle.most_lost_ppm = 1'000'000;
  return assemble_task(workspace, task);
}

// The bundles in the order of the limits, the largest first, of which the one at `free` is chosen freely.
Result<std::vector<Bundle>> nested_rungs(const Workspace& workspace, const std::vector<Limits>& limits, Task& task,
                                         std::size_t free) {
  std::vector<Bundle> rungs(limits.size());
  const auto given = [&](std::size_t rung) { return rungs[rung].status == PackingStatus::ok ? &rungs[rung] : nullptr; };
  const Bundle* last = nullptr;
  for (std::size_t rung = free; rung < rungs.size(); ++rung) {
    auto bundle = rung_of(workspace, limits[rung], task, last, nullptr);
    if (!bundle) return bundle.error();
    rungs[rung] = *std::move(bundle);
    if (given(rung) != nullptr) last = given(rung);
  }
  last = given(free);
  for (std::size_t rung = free; rung-- > 0;) {
    auto bundle = rung_of(workspace, limits[rung], task, nullptr, last);
    if (!bundle) return bundle.error();
    rungs[rung] = *std::move(bundle);
    if (given(rung) != nullptr) last = given(rung);
    // The smaller of two nested bundles carries the flag.
    rungs[rung + 1].nested = given(rung + 1) != nullptr && rungs[rung].nested;
  }
  rungs.front().nested = false;
  return rungs;
}

std::uint32_t worst_gap_ppm(const std::vector<Bundle>& rungs) {
  std::uint32_t worst = 0;
  for (const Bundle& bundle : rungs)
    if (bundle.status == PackingStatus::ok) worst = std::max(worst, bundle.certificate.gap_ppm);
  return worst;
}

bool all_nested(const std::vector<Bundle>& rungs) {
  for (std::size_t i = 1; i < rungs.size(); ++i)
    if (rungs[i].status == PackingStatus::ok && !rungs[i].nested) return false;
  return true;
}

}  // namespace

Result<std::vector<Bundle>> assemble_ladder(const Workspace& workspace, const std::vector<Limits>& limits, Task& task) {
  constexpr std::uint32_t little_ppm = 10'000;
  auto best = nested_rungs(workspace, limits, task, 0);
  for (std::size_t free = limits.size(); best && free-- > 1 && worst_gap_ppm(*best) > little_ppm;) {
    auto rungs = nested_rungs(workspace, limits, task, free);
    if (!rungs) return rungs;
    if (all_nested(*rungs) && worst_gap_ppm(*rungs) < worst_gap_ppm(*best)) best = std::move(rungs);
  }
  return best;
}

}  // namespace cascade::request
