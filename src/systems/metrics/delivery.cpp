#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "history/days.h"
#include "metrics/report.h"
#include "syntax/json.h"
#include "syntax/members.h"
#include "text/ascii.h"

namespace cascade::metrics {
namespace {

using syntax::Node;
using syntax::NodeKind;
using syntax::text_of;

constexpr syntax::NodeLimits limits{std::size_t{64} << 20, 16, 4'000'000, 0};

Error malformed(const std::string& path, std::size_t line, std::string message, std::string help) {
  return {ErrorCode::malformed, std::move(message), path + ":" + std::to_string(line), std::move(help)};
}

// "login" of a person, or the text itself. Whoever is gone is null.
std::string login_of(const Node& object, std::string_view key) {
  const Node* person = object.find(key);
  return person != nullptr && person->kind == NodeKind::map ? text_of(*person, "login") : text_of(object, key);
}

bool is_true(const Node& object, std::string_view key) {
  const Node* node = object.find(key);
  return node != nullptr && node->kind == NodeKind::boolean && node->text == "true";
}

void add_reviewer(MergedRequest& request, const std::string& who) {
  if (who.empty() || who == request.author) return;
  if (std::find(request.reviewers.begin(), request.reviewers.end(), who) == request.reviewers.end())
    request.reviewers.push_back(who);
}

MergedRequest request_of(const Node& item, std::int64_t merged) {
  MergedRequest request;
  request.merged = merged;
  if (const Node* number = item.find("number"))
    std::from_chars(number->text.data(), number->text.data() + number->text.size(), request.number);
  request.author = login_of(item, "author");
  if (const Node* commit = item.find("mergeCommit")) request.commit = text_of(*commit, "oid");
  if (const Node* reviews = item.find("reviews"))
    for (const Node& review : reviews->items) add_reviewer(request, login_of(review, "author"));
  return request;
}

}  // namespace

Result<std::vector<MergedRequest>> read_forge(std::string_view text, const std::string& path) {
  const syntax::Parsed parsed = syntax::parse_json(text, limits);
  if (parsed.root.kind != NodeKind::list)
    return malformed(path, parsed.faults.empty() ? 1 : parsed.faults.front().at.line, "not a JSON array of requests",
                     "gh pr list --state merged --json number,mergedAt,author,mergeCommit,reviews writes one");
  std::vector<MergedRequest> requests;
  for (const Node& item : parsed.root.items) {
    const std::string merged = text_of(item, "mergedAt");
    if (merged.empty() && item.find("mergedAt") != nullptr) continue;
    const auto time = time_of(merged);
    if (!time)
      return malformed(path, item.at.line, "a request without the time when it was merged",
                       "the key mergedAt, as \"2026-01-31T12:00:00Z\"");
    requests.push_back(request_of(item, *time));
  }
  return requests;
}

Result<std::vector<Deployment>> read_deployments(std::string_view text, const std::string& path) {
  std::vector<Deployment> deployments;
  for (std::size_t at = 1; !text.empty(); ++at) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (letters::trim(line).empty()) continue;
    const syntax::Parsed parsed = syntax::parse_json(line, limits);
    const auto time = time_of(text_of(parsed.root, "time"));
    if (!time)
      return malformed(path, at, "not a deployment", "as {\"time\":\"2026-01-31T12:00:00Z\",\"commit\":\"1a2b3c4\"}");
    Deployment& one = deployments.emplace_back();
    one.time = *time;
    one.commit = text_of(parsed.root, "commit");
    one.failed = is_true(parsed.root, "failed");
    one.is_rework = is_true(parsed.root, "rework");
    one.recovered = time_of(text_of(parsed.root, "recovered"));
  }
  std::stable_sort(deployments.begin(), deployments.end(),
                   [](const Deployment& a, const Deployment& b) { return a.time < b.time; });
  return deployments;
}

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
