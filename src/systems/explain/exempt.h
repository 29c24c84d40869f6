// Which changed lines need an explanation, and which are trivial by rule.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "explain/change.h"
#include "policy/explained.h"

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

enum class Need : std::uint8_t {
  needed,
  not_required,   // nothing that the team chose applies
  record,         // explanations themselves
  documentation,  // texts for people
  generated,      // generated, vendored and lock files
  white_space,    // only white space differs
  comments,       // only lines of comments
  reverted,       // takes back exactly what a commit did that the message names
  by_pattern,     // `exempt` in cascade.yaml
  small,          // what is left has few lines, none of them of a kind that is asked about
};
constexpr std::size_t need_count = 10;
std::string_view to_string(Need need) noexcept;

struct Needs {
  std::vector<Need> of_hunk;                      // by place in Change::hunks
  std::vector<bool> is_risky;                     // the path is named in `risky`
  std::array<std::uint64_t, need_count> lines{};  // changed lines of each
  std::uint64_t renamed = 0;                      // files that only have another name
  std::string assisted;                           // what the first commit says that says it; empty: none does
};

// `reverted`: the ids of hunks that take back what named commits did, sorted. `edits`: asked if settings.edited.
Needs needs_of(const Change& change, const Settings& settings, const std::vector<std::string>& reverted,
               const AgentEdits& edits = {});

bool is_document(std::string_view path);  // a text for people, by its path in lower case

// Which commits say that a program helped to write them.

// The words of the commit that say so: a trailer, a line of a known agent, its author. Empty: it says nothing.
std::string said_assistance(const RangeCommit& commit);

// Whether git-ai's note on the commit names a prompt or an agent.
bool has_ai_note(const RangeCommit& commit);

// The commit that this one says it reverts; empty: none.
std::string reverted_by(const RangeCommit& commit);

}  // namespace cascade::comprehension
