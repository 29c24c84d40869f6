#include "metrics/outside_facts.h"

#include "history/days.h"
#include "syntax/json.h"
#include "syntax/members.h"
#include "text/ascii.h"

#include <algorithm>
#include <charconv>

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

}  // namespace cascade::metrics
