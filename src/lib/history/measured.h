// What each commit of a history counts for, and which lines of it are still there.
#pragma once

#include <array>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "history/history.h"

namespace cascade::metrics {

constexpr std::int64_t day_seconds = 86'400;
constexpr std::int64_t rework_seconds = 21 * day_seconds;

struct Measured {
  std::uint64_t added = 0, deleted = 0;             // as git log --numstat --no-renames counts them
  std::array<std::uint64_t, made_kinds> made = {};  // the added lines by who made them; [0]: authored
  std::uint64_t binaries = 0;                       // files without lines
  std::uint64_t reworked = 0;                       // authored lines that were changed again within 21 days
  std::uint64_t restored = 0;                       // files that got an earlier content back
  std::uint32_t request = 0;  // number of the pull request that its message is the first to name; 0: none
  bool is_twin = false;       // the same patch as an earlier commit's of this repository
  bool is_elsewhere = false;  // the commit or its patch is in a repository named before this one
  bool is_bot = false, is_empty = false, formats = false;  // `formats`: its message speaks of a formatter
  bool reverts_by_message = false, reverts_by_patch = false;
  bool is_reviewed = false;   // somebody else than the author reviewed or merged it, says the history
  bool is_explained = false;  // it came with an explanation (explained.h)

  std::uint64_t authored() const { return made[0]; }
};

// The lines of the head's files by the commit that wrote them.
struct Standing {
  std::vector<std::uint64_t> by_commit;  // by place
  std::uint64_t unknown = 0;             // generated, vendored and other lines, and those of merges
};

struct Measures {
  std::vector<Measured> commits;  // by place
  Standing standing;
};

Measures measure(const History& history);

// Marks what `later` has that `earlier` has, too: the commit, or the same changed lines by the same author at the same
// time.
void mark_elsewhere(const History& earlier, const Measures& in_earlier, const History& later, Measures& in_later);

// Which commits came with an explanation (comprehension/record.h).

// Records are files `.cascade/explanations/<id>.md`, reviewed with the change that they explain. A commit is explained
// if it, or another commit of the merge that brought it in, adds or changes one. By place.
std::vector<bool> explained_commits(const History& history);

// The line of first parents from the head back, and what each of its commits brought in.

// For each commit the one of the main line with which it arrived: the merge, or itself. By place. O(n).
std::vector<std::uint32_t> brought_by(const History& history);

// Which commit wrote each line of a file's content. Contents are known by number: the same content has the same lines,
// wherever and on whichever branch it stands.
constexpr std::uint32_t no_origin = 0xffffffff;  // nobody's: the line is not authored, or its origin is not known

// Consecutive lines of one origin.
struct OriginRun {
  std::uint32_t commit = no_origin, lines = 0;
};

class LineOrigins {
 public:
  // Notes the lines of the new content: those that stay keep their origin, new ones have `origin`. Returns the runs of
  // the lines that went away.
  std::vector<OriginRun> change(const History& history, const FileChange& file, std::uint32_t origin);
  // Null: never seen.
  const std::vector<OriginRun>* of(std::uint32_t content) const;

 private:
  std::unordered_map<std::uint32_t, std::vector<OriginRun>> contents_;
};

}  // namespace cascade::metrics
