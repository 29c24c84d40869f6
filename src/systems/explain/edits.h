// What agents wrote into files, as the logs on this machine tell it, compared with a change.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "explain/change.h"

namespace cascade::comprehension {

class AgentEdits {
 public:
  // `path`: from the repository's top. `text`: what was written there, or a patch of it.
  void add(const std::string& path, std::string_view text);

  bool empty() const noexcept { return lines_.empty(); }
  // Whether an agent wrote at least half of the lines that the hunk adds. What only removes lines counts if an agent
  // wrote into the file at all.
  bool wrote(const ChangedFile& file, const Hunk& hunk) const;

 private:
  std::map<std::string, std::set<std::string>> lines_;  // by path; trimmed, without empty ones
};

}  // namespace cascade::comprehension
