#include "audit/past.h"

#include <algorithm>
#include <map>
#include <set>

#include "audit/lists.h"
#include "history/measured.h"
#include "text/ascii.h"

namespace cascade::audit {
namespace {

constexpr std::size_t most_commits = 5'000;
constexpr std::int64_t active_seconds = 90 * metrics::day_seconds;

PastCommit commit_of(const metrics::History& history, const metrics::Measures& measures, std::size_t at) {
  const metrics::Commit& commit = history.commits[at];
  const metrics::Measured& measured = measures.commits[at];
  PastCommit past{commit.id,       commit.subject,       commit.time,           commit.is_merge(),
                  measured.is_bot, measured.is_reviewed, measured.is_explained, {}};
  for (std::uint32_t i = 0; i < commit.files; ++i)
    past.paths.push_back(history.paths[history.files[commit.first_file + i].path]);
  return past;
}

void count_active(const metrics::History& history, const metrics::Measures& measures, Past& past) {
  std::int64_t newest = 0;
  for (const metrics::Commit& commit : history.commits) newest = std::max(newest, commit.time);
  std::set<std::uint32_t> active;
  for (const metrics::Commit& commit : history.commits)
    if (commit.time >= newest - active_seconds) active.insert(commit.author);
  for (std::size_t at = 0; at < history.commits.size() && at < measures.standing.by_commit.size(); ++at) {
    const std::uint64_t lines = measures.standing.by_commit[at];
    past.standing_lines += lines;
    if (lines == 0 || active.count(history.commits[at].author) == 0) continue;
    past.active_lines += lines;
    past.active_example = history.commits[at].id;
  }
}

bool tells_of_typo(std::string_view text) {  // "typo", "typos", and no "typography"
  for (std::size_t at = text.find("typo"); at != std::string_view::npos; at = text.find("typo", at + 1)) {
    const std::string_view behind = text.substr(at + 4);
    if (behind.empty() || !letters::is_letter(behind.front()) || behind.front() == 's') return true;
  }
  return false;
}

}  // namespace

Past past_of(const metrics::History& history) {
  Past past;
  past.head = history.head;
  past.is_whole = history.lost.empty() && history.cut == 0 && !history.is_partial && !history.misses_tip;
  const metrics::Measures measures = metrics::measure(history);
  for (std::size_t at = history.commits.size(); at-- > 0 && past.commits.size() < most_commits;)
    past.commits.push_back(commit_of(history, measures, at));
  for (const metrics::Tag& tag : history.tags) past.tags.push_back({tag.name, tag.commit});
  std::map<std::string_view, std::size_t> ages;
  for (std::size_t at = 0; at < past.commits.size(); ++at) ages.emplace(past.commits[at].id, at);
  const auto age_of = [&](const PastTag& tag) {
    const auto known = ages.find(tag.commit);
    return known == ages.end() ? past.commits.size() : known->second;
  };
  std::stable_sort(past.tags.begin(), past.tags.end(),
                   [&](const PastTag& a, const PastTag& b) { return age_of(a) < age_of(b); });
  for (const auto& [path, blob] : history.tip) past.tracked.push_back(history.paths[path]);
  std::sort(past.tracked.begin(), past.tracked.end());
  count_active(history, measures, past);
  return past;
}

bool is_fix(std::string_view subject) {
  const std::string lower = letters::to_lower(subject);
  for (const std::string_view word : lists::fixes) {
    if (lower.compare(0, word.size(), word) != 0) continue;
    const std::string_view rest = std::string_view(lower).substr(word.size());
    const std::string_view ending = rest.substr(0, rest.find_first_not_of("abcdefghijklmnopqrstuvwxyz"));
    if (ending.empty() || ending == "s" || ending == "es" || ending == "ed") return !tells_of_typo(rest);
  }
  return false;
}

}  // namespace cascade::audit
