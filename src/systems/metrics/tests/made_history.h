// A history that a test makes commit by commit, as cascade-git would tell it.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "history/history.h"
#include "metrics/figures.h"

namespace cascade::metrics {

constexpr Day first_of_january = 20'454;  // 2026-01-01

// A change of one file. Contents have numbers; 0: it is not there. Its hunk is one over all its lines.
struct MadeFile {
  std::string path;
  std::uint32_t before = 0, after = 0, added = 0, deleted = 0, moved = 0;
  std::uint16_t flags = 0;
};

class MadeHistory {
 public:
  History history;

  explicit MadeHistory(std::string name = "r") {
    history.name = std::move(name);
    history.people = {{"Ann", "ann@a"}, {"Bea", "bea@b"}, {"fix[bot]", "bot@b"}};
  }

  // On a day of January 2026 (a fraction is a time of it), after the commit before it.
  Commit& commit(double day, const std::vector<MadeFile>& files = {}, std::uint32_t author = 0) {
    Commit made;
    const auto place = static_cast<std::uint32_t>(history.commits.size());
    made.id = history.name + std::to_string(1'000'000 + place);
    made.time = made.author_time =
        static_cast<std::int64_t>((static_cast<double>(first_of_january) + day - 1) * 86'400);
    made.author = made.committer = author;
    if (place > 0) made.parents = {place - 1};
    made.recorded_parents = place > 0 ? 1 : 0;
    made.first_file = static_cast<std::uint32_t>(history.files.size());
    made.files = static_cast<std::uint32_t>(files.size());
    for (const MadeFile& file : files) {
      history.files.push_back(change_of(file));
      made.plain_added += file.added;
      made.plain_deleted += file.deleted;
    }
    history.head = made.id;
    return history.commits.emplace_back(std::move(made));
  }

  std::uint32_t path(const std::string& name) {
    for (std::uint32_t at = 0; at < history.paths.size(); ++at)
      if (history.paths[at] == name) return at;
    history.paths.push_back(name);
    return static_cast<std::uint32_t>(history.paths.size() - 1);
  }

  Repository repository() const { return {history, measure(history), Gaps(history)}; }

 private:
  FileChange change_of(const MadeFile& file) {
    FileChange change;
    change.path = path(file.path);
    change.before = file.before;
    change.after = file.after;
    change.added = file.added;
    change.deleted = file.deleted;
    change.moved = file.moved;
    change.flags = file.flags;
    change.status = file.before == 0 ? 'A' : file.after == 0 ? 'D' : 'M';
    change.first_hunk = static_cast<std::uint32_t>(history.hunks.size());
    if (file.added + file.deleted > 0) {
      change.hunks = 1;
      history.hunks.push_back({file.deleted > 0 ? 1U : 0U, file.deleted, file.added > 0 ? 1U : 0U, file.added});
    }
    return change;
  }
};

inline std::vector<Repository> only(const MadeHistory& history) {
  std::vector<Repository> all;
  all.push_back(history.repository());
  return all;
}

inline Day january(int day) { return first_of_january + day - 1; }

// Ten days with a commit of day-many lines each, by two people in turn; the fifth is a merge.
inline MadeHistory ten_days() {
  MadeHistory history;
  for (std::uint32_t day = 1; day <= 10; ++day) {
    Commit& commit =
        day == 5 ? history.commit(day) : history.commit(day, {{"f" + std::to_string(day), 0, day, day}}, day % 2);
    if (day == 5) commit.recorded_parents = 2;
  }
  return history;
}

inline Question asked(Day today = first_of_january + 365) {
  Question question;
  question.today = today;
  return question;
}

}  // namespace cascade::metrics
