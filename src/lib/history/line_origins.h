// Which commit wrote each line of a file's content. Contents are known by number: the same content has the same lines,
// wherever and on whichever branch it stands.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "history/history.h"

namespace cascade::metrics {

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
