#include "metrics/inflation.h"

#include "text/ascii.h"

#include <algorithm>
#include <map>

namespace cascade::metrics {
namespace {

constexpr std::size_t most = 5;

std::string extension_of(std::string_view path) {
  path.remove_prefix(path.rfind('/') + 1);
  const std::size_t dot = path.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? "" : letters::to_lower(path.substr(dot + 1));
}

void add(Part& part, bool condition, const Measured& measured) {
  part.commits += condition ? 1 : 0;
  part.added += condition ? measured.added : 0;
}

bool changes_white_space_only(const Measured& measured) {
  const std::uint64_t reformatted = measured.made[static_cast<std::size_t>(Made::reformatted)];
  return reformatted > 0 && reformatted == measured.added;
}

// Clocks count wherever they are wrong, not only within the range.
void check_clock(const History& history, const Commit& commit, Day today, Inflation& found) {
  const auto day = day_of(commit.time);
  if (!day)
    ++found.impossible;
  else if (*day > today)
    ++found.future;
  for (const std::uint32_t parent : commit.parents)
    if (commit.time < history.commits[parent].time - day_seconds) {
      ++found.backwards;
      return;
    }
}

void keep_largest(Inflation& found) {
  std::stable_sort(found.largest.begin(), found.largest.end(),
                   [](const LargeCommit& a, const LargeCommit& b) { return a.added > b.added; });
  if (found.largest.size() > most) found.largest.resize(most);
}

}  // namespace

Inflation inflation_of(const std::vector<Repository>& repositories, const Question& question) {
  const Range range = range_of(repositories, question);
  Inflation found;
  found.grade = completeness_of(repositories, Counts::lines, range).grade;
  std::map<std::string, std::uint64_t> extensions;
  for (const auto& [history, measures, gaps] : repositories) {
    for (std::size_t at = 0; at < history.commits.size(); ++at) {
      const Commit& commit = history.commits[at];
      const Measured& measured = measures.commits[at];
      if (!measured.is_elsewhere) check_clock(history, commit, question.today, found);
      if (!range.holds_time(commit.time)) continue;
      add(found.elsewhere, measured.is_elsewhere, measured);
      if (measured.is_elsewhere) continue;
      found.added += commit.plain_added;
      found.binaries += measured.binaries;
      for (std::size_t kind = 0; kind < made_kinds; ++kind) found.made[kind] += measured.made[kind];
      add(found.bots, measured.is_bot, measured);
      add(found.twins, measured.is_twin, measured);
      add(found.empty, measured.is_empty, measured);
      add(found.formats, measured.formats || changes_white_space_only(measured), measured);
      for (std::uint32_t i = 0; i < commit.files; ++i) {
        const FileChange& file = history.files[commit.first_file + i];
        if (file.added > 0) extensions[extension_of(history.paths[file.path])] += file.added;
      }
      if (commit.plain_added == 0) continue;
      const auto day = day_of(commit.time);
      found.largest.push_back({history.name, commit.id, commit.subject, day ? date_of(*day) : "", commit.plain_added});
      if (found.largest.size() >= 1'000) keep_largest(found);
    }
  }
  keep_largest(found);
  for (const auto& [name, added] : extensions) found.extensions.push_back({name, added});
  std::stable_sort(found.extensions.begin(), found.extensions.end(),
                   [](const Extension& a, const Extension& b) { return a.added > b.added; });
  if (found.extensions.size() > most) found.extensions.resize(most);
  return found;
}

}  // namespace cascade::metrics
