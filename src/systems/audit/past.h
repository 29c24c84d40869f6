// What a repository's history says that checks ask about.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "history/history.h"

namespace cascade::audit {

struct PastCommit {
  std::string id, subject;
  std::int64_t time = 0;
  bool is_merge = false, is_bot = false, is_reviewed = false, is_explained = false;
  std::vector<std::string> paths;  // that it changed
};

struct PastTag {
  std::string name, commit;
};

struct Past {
  std::string head;
  std::vector<PastCommit> commits;                     // newest first
  std::vector<PastTag> tags;                           // newest commit first
  std::vector<std::string> tracked;                    // the files of the head, sorted
  bool is_whole = true;                                // false: shallow, partial or damaged
  std::uint64_t standing_lines = 0, active_lines = 0;  // lines of the head, and those whose author was active within
                                                       // 90 days before the newest commit
  std::string active_example;                          // a commit of such an author
};

// The newest 5,000 commits.
Past past_of(const metrics::History& history);

// Whether a subject says that a fault was mended: "Fix ...", "fix(api): ...", "Bugfix".
bool is_fix(std::string_view subject);

}  // namespace cascade::audit
