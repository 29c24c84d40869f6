#include "history/main_line.h"

namespace cascade::metrics {

std::vector<std::uint32_t> brought_by(const History& history) {
  constexpr std::uint32_t nobody = 0xffffffff;
  std::vector<std::uint32_t> by(history.commits.size(), nobody), main_line, open;
  for (std::size_t at = 0; at < history.commits.size(); ++at)
    if (history.commits[at].id == history.head) main_line.push_back(static_cast<std::uint32_t>(at));
  while (!main_line.empty() && !history.commits[main_line.back()].parents.empty())
    main_line.push_back(history.commits[main_line.back()].parents.front());
  for (auto step = main_line.rbegin(); step != main_line.rend(); ++step) {
    open.push_back(*step);
    while (!open.empty()) {  // what earlier steps have not reached
      const std::uint32_t at = open.back();
      open.pop_back();
      if (by[at] != nobody) continue;
      by[at] = *step;
      const auto& parents = history.commits[at].parents;
      open.insert(open.end(), parents.begin(), parents.end());
    }
  }
  return by;
}

}  // namespace cascade::metrics
