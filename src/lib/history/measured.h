// What each commit of a history counts for, and which lines of it are still there.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "history/history.h"
#include "history/origin_kinds.h"

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

}  // namespace cascade::metrics
