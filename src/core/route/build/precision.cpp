// Routes each prompt and sorts the first answers by points, best first. For each caution it then lowers the threshold
// load by load and keeps the lowest one above which enough answers were right. Loads of equal points are judged
// together, because a threshold cannot divide them.
#include "route/build/precision.h"

#include <algorithm>
#include <cstring>

#include "route/build/binding.h"
#include "route/tables.h"
#include "route/weights.h"

namespace cascade::route {
namespace {

constexpr std::size_t least_loads = 30;     // fewer show nothing
constexpr std::int32_t least_points = 120;  // a file that somebody wrote to that end cannot make everything load

// The manifest that one prompt would have loaded, and whether it was right.
struct Load {
  std::int32_t points = 0;
  std::uint32_t lead = 0;
  bool right = false;
};

std::vector<Load> loads_of(const Registry& registry, const Router& router, const std::vector<KnownPrompt>& prompts) {
  std::vector<Load> loads;
  for (const KnownPrompt& prompt : prompts) {
    Query query;
    query.text = prompt.text;
    query.limit = 1;
    const RoutingReport whole = router.explain(query);
    // Of several needs the one that speaks loudest: it would be loaded first.
    const auto loudest =
        std::max_element(whole.needs.begin(), whole.needs.end(),
                         [](const RoutingReport& a, const RoutingReport& b) { return a.points < b.points; });
    const RoutingReport& report = loudest == whole.needs.end() ? whole : *loudest;
    if (report.routing.ranked.empty() || !report.called.empty()) continue;
    const std::string first = taught_name(registry[report.routing.ranked[0].id]);
    loads.push_back({report.points, report.lead, first == prompt.answer});
  }
  std::sort(loads.begin(), loads.end(), [](const Load& a, const Load& b) { return a.points > b.points; });
  return loads;
}

}  // namespace

std::array<std::int32_t, 3> precise_from(const Registry& registry, const Router& router,
                                         const std::vector<KnownPrompt>& prompts) {
  const std::vector<Load> loads = loads_of(registry, router, prompts);
  std::array<std::int32_t, 3> from{not_shown, not_shown, not_shown};
  for (std::size_t caution = 0; caution < from.size(); ++caution) {
    std::size_t count = 0, wrong = 0;
    const auto leads = [&](const Load& load) { return load.lead >= untaught_lead[caution]; };
    if (static_cast<std::size_t>(std::count_if(loads.begin(), loads.end(), leads)) < least_loads) continue;
    from[caution] = never_loaded;
    for (std::size_t i = 0; i < loads.size(); ++i) {
      if (leads(loads[i])) {
        ++count;
        wrong += loads[i].right ? 0 : 1;
      }
      const bool last_of_its_points = i + 1 == loads.size() || loads[i + 1].points != loads[i].points;
      if (last_of_its_points && count >= least_loads && wrong * 100 <= count * (100 - wanted_precision[caution]))
        from[caution] = std::max(loads[i].points, least_points);
    }
  }
  return from;
}

void put_load_from(std::string& block, const std::array<std::int32_t, 3>& points) {
  Tables tables;
  if (!tables.open(block) || tables.counts.size == 0) return;
  const char* const at = reinterpret_cast<const char*>(&tables.counts[0].load_from);
  std::memcpy(block.data() + (at - block.data()), points.data(), sizeof(points));
}

}  // namespace cascade::route
