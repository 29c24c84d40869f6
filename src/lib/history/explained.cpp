#include "history/explained.h"

#include "explanations/record.h"
#include "history/main_line.h"

namespace cascade::metrics {
namespace {

bool has_record(const History& history, const Commit& commit) {
  for (std::uint32_t i = 0; i < commit.files; ++i) {
    const FileChange& file = history.files[commit.first_file + i];
    if (file.status != 'D' && comprehension::is_record_path(history.paths[file.path])) return true;
  }
  return false;
}

}  // namespace

std::vector<bool> explained_commits(const History& history) {
  const std::vector<std::uint32_t> by = brought_by(history);
  std::vector<bool> with_record(history.commits.size()), explained(history.commits.size());
  for (std::size_t at = 0; at < by.size(); ++at)
    if (by[at] < by.size() && has_record(history, history.commits[at])) with_record[by[at]] = true;
  for (std::size_t at = 0; at < by.size(); ++at) explained[at] = by[at] < by.size() && with_record[by[at]];
  return explained;
}

}  // namespace cascade::metrics
