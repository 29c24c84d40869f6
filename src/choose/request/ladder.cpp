// Makes bundles of several sizes, each a part of the next larger one. They are chosen from the largest down. That can
// leave a smaller one with a poor choice: of two long sections in the largest, neither may fit the smallest, where a
// third would. In that case they are chosen from the smallest up, which costs the larger ones less, since they have
// room for both.
#include "request/task.h"

#include <algorithm>
#include <utility>

namespace cascade::request {
namespace {

// Which rung is chosen freely. Every other rung contains it, or is contained in it, at any cost.
enum class Rungs : std::uint8_t { from_largest, from_smallest };

std::vector<std::uint64_t> shown_in(const Bundle& bundle) {
  std::vector<std::uint64_t> hashes;
  for (const Piece& piece : bundle.pieces)
    if (piece.content_hash != 0) hashes.push_back(piece.content_hash);
  return hashes;
}

// The bundles in the order of the limits, the largest first.
Result<std::vector<Bundle>> nested_rungs(const Workspace& workspace, const std::vector<Limits>& limits, Task& task,
                                         Rungs order) {
  const bool down = order == Rungs::from_largest;
  std::vector<Bundle> rungs(limits.size());
  const Bundle* last = nullptr;
  task.bundle.most_lost_ppm = 1'000'000;
  for (std::size_t i = 0; i < limits.size(); ++i) {
    const std::size_t rung = down ? i : limits.size() - 1 - i;
    if (auto set = set_budget(workspace, limits[rung], task); !set) return set.error();
    task.bundle.within = down && last != nullptr ? shown_in(*last) : std::vector<std::uint64_t>();
    task.bundle.containing = !down && last != nullptr ? shown_in(*last) : std::vector<std::uint64_t>();
    auto bundle = assemble_task(workspace, task);
    if (!bundle) return bundle.error();
    rungs[rung] = *std::move(bundle);
    if (rungs[rung].status == PackingStatus::ok) last = &rungs[rung];
  }
  if (!down) {  // the smaller of two nested bundles carries the flag
    for (std::size_t i = rungs.size() - 1; i > 0; --i)
      rungs[i].nested = rungs[i].status == PackingStatus::ok && rungs[i - 1].nested;
    rungs.front().nested = false;
  }
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
  constexpr std::uint32_t little_ppm = 50'000;
  auto downwards = nested_rungs(workspace, limits, task, Rungs::from_largest);
  if (!downwards || worst_gap_ppm(*downwards) <= little_ppm) return downwards;
  auto upwards = nested_rungs(workspace, limits, task, Rungs::from_smallest);
  if (!upwards) return upwards;
  return all_nested(*upwards) && worst_gap_ppm(*upwards) < worst_gap_ppm(*downwards) ? upwards : downwards;
}

}  // namespace cascade::request
