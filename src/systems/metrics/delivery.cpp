#include "metrics/delivery.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace cascade::metrics {
namespace {

// The places of commits by id, for whole ids and for shortened ones.
class Places {
 public:
  explicit Places(const History& history) {
    for (std::uint32_t at = 0; at < history.commits.size(); ++at) places_.emplace(history.commits[at].id, at);
  }

  // Null: none, or several.
  std::optional<std::uint32_t> find(const std::string& id) const {
    if (id.size() < 7) return std::nullopt;
    const auto found = places_.lower_bound(id);
    if (found == places_.end() || found->first.compare(0, id.size(), id) != 0) return std::nullopt;
    const auto next = std::next(found);
    if (next != places_.end() && next->first.compare(0, id.size(), id) == 0) return std::nullopt;
    return found->second;
  }

 private:
  std::map<std::string, std::uint32_t> places_;
};

// `seen`: the tags of repositories that were named before, which a clone has as well.
std::vector<Deployment> deployments_of_tags(const History& history, const Places& places,
                                            std::set<std::pair<std::string, std::string>>& seen) {
  std::vector<Deployment> found;
  for (const Tag& tag : history.tags) {
    const auto place = places.find(tag.commit);
    if (!place || !seen.emplace(tag.name, history.commits[*place].id).second) continue;
    Deployment& one = found.emplace_back();
    one.time = tag.time != 0 ? tag.time : history.commits[*place].time;
    one.commit = tag.commit;
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Deployment& a, const Deployment& b) { return a.time < b.time; });
  return found;
}

// Adds the time that each commit waited for its first deployment, but for those that count elsewhere.
void add_leads(const Repository& repository, const Places& places, const std::vector<Deployment>& deployments,
               const Range& range, std::vector<std::uint64_t>& leads) {
  const History& history = repository.history;
  std::vector<bool> deployed(history.commits.size());
  for (const Deployment& one : deployments) {
    std::vector<std::uint32_t> open;
    if (const auto place = places.find(one.commit)) open.push_back(*place);
    while (!open.empty()) {
      const std::uint32_t at = open.back();
      open.pop_back();
      if (deployed[at]) continue;
      deployed[at] = true;
      const Commit& commit = history.commits[at];
      open.insert(open.end(), commit.parents.begin(), commit.parents.end());
      if (!commit.is_merge() && !repository.measures.commits[at].is_elsewhere && range.holds_time(one.time))
        leads.push_back(static_cast<std::uint64_t>(std::max<std::int64_t>(one.time - commit.time, 0)));
    }
  }
}

}  // namespace

Spread spread_of(std::vector<std::uint64_t> values) {
  if (values.empty()) return {};
  std::sort(values.begin(), values.end());
  return {values.size(), values.front(), values[(values.size() - 1) / 2] + values[values.size() / 2], values.back()};
}

Delivery delivery_of(const std::vector<Repository>& repositories, const std::vector<Deployment>* file,
                     const Question& question) {
  const Range range = range_of(repositories, question), whole = whole_range(repositories, question);
  Delivery delivery;
  delivery.from_tags = file == nullptr;
  delivery.days = range.days();
  const Completeness completeness = completeness_of(repositories, Counts::commits, range);
  delivery.grade = std::max(file == nullptr ? Grade::approximate : Grade::exact, completeness.grade);
  std::vector<Deployment> all;
  std::vector<std::uint64_t> leads, recoveries;
  std::vector<bool> known(file == nullptr ? 0 : file->size());
  std::set<std::pair<std::string, std::string>> seen;
  for (const Repository& repository : repositories) {
    const Places places(repository.history);
    const std::vector<Deployment> own = file != nullptr ? *file : deployments_of_tags(repository.history, places, seen);
    add_leads(repository, places, own, range, leads);
    if (file == nullptr)
      all.insert(all.end(), own.begin(), own.end());
    else
      for (std::size_t i = 0; i < own.size(); ++i) known[i] = known[i] || places.find(own[i].commit).has_value();
  }
  if (file != nullptr) all = *file;
  delivery.unknown_commits = static_cast<std::uint64_t>(std::count(known.begin(), known.end(), false));
  Daily daily{whole.first, std::vector<std::uint64_t>(whole.days())};
  for (const Deployment& one : all) {
    if (const auto day = day_of(one.time); day && *day >= whole.first && *day <= whole.last)
      ++daily.values[static_cast<std::size_t>(*day - whole.first)];
    if (!range.holds_time(one.time)) continue;
    ++delivery.deployments;
    delivery.failed += one.failed ? 1 : 0;
    delivery.rework += one.is_rework ? 1 : 0;
    if (one.failed && one.recovered && *one.recovered >= one.time)
      recoveries.push_back(static_cast<std::uint64_t>(*one.recovered - one.time));
  }
  delivery.windows = windows_of(daily, question.window);
  delivery.lead = spread_of(std::move(leads));
  delivery.recovery = spread_of(std::move(recoveries));
  return delivery;
}

}  // namespace cascade::metrics
