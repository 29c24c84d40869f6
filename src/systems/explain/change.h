// What a range of commits changes, as cascade-git reads it.
#pragma once

#include <cascade/result.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "policy/explained.h"
#include "text/words.h"

namespace cascade::comprehension {

struct Hunk {
  std::string id, inverse;  // `inverse`: the id of what takes it back
  std::uint32_t old_at = 0, old_lines = 0, new_at = 0, new_lines = 0;
  std::vector<std::string> removed, added;  // at most 300 each, long lines cut
  std::uint32_t file = 0;                   // its place in Change::files

  std::uint32_t lines() const noexcept { return old_lines + new_lines == 0 ? 1 : old_lines + new_lines; }
  std::uint32_t at() const noexcept { return new_lines > 0 ? new_at : old_at; }  // its first line
};

struct ChangedFile {
  std::string path, old_path;
  char status = 'M';  // A, M, D, R, T
  std::uint32_t hunks = 0;
};

struct RangeCommit {
  std::string id, name, mail, message, ai_note;
  std::uint32_t parents = 0;
  std::vector<std::string> files;  // of a merge none
};

struct Change {
  std::string base, head, top;  // ids of commits; `top`: the work tree's folder, or empty
  std::vector<RangeCommit> commits;
  std::vector<ChangedFile> files;
  std::vector<Hunk> hunks;

  const std::string& path_of(const Hunk& hunk) const noexcept { return files[hunk.file].path; }
  std::string place_of(const Hunk& hunk) const { return path_of(hunk) + ':' + std::to_string(hunk.at()); }
  const ChangedFile* find(const std::string& path) const noexcept;
};

struct TreeText {
  std::string path, text;
};

// Asks cascade-git about one repository. Errors: not_found: no such revision; unreadable: no repository, or it cannot
// be read; unsupported: no cascade-git.
class Repository {
 public:
  Repository(std::string git_program, std::string directory)
      : program_(std::move(git_program)), directory_(std::move(directory)) {}

  // The change from where `to` branched off from `from` (empty: from nothing). `to` "-": the work tree.
  Result<Change> change(const std::string& from, const std::string& to) const;
  // The texts of a revision's files that one of the patterns matches (* for any characters).
  Result<std::vector<TreeText>> files(const std::string& revision, const std::vector<std::string>& patterns) const;
  Result<Change> change_of_commit(const std::string& revision) const;  // hunks without texts
  // Writes a revision's files into an empty folder; no program runs for it.
  Result<void> check_out(const std::string& revision, const std::string& folder) const;
  const std::string& directory() const noexcept { return directory_; }

 private:
  std::string program_, directory_;
};

// What agents wrote, as their logs tell it.
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

// Whether one of the patterns fits (* for any characters).
template <typename Patterns>
bool fits_any(std::string_view text, const Patterns& patterns) {
  return std::ranges::any_of(patterns,
                             [&](std::string_view pattern) { return letters::matches_wildcard(pattern, text); });
}

// The words of the commit that say so: a trailer, a line of a known agent, its author. Empty: it says nothing.
std::string said_assistance(const RangeCommit& commit);

// Whether git-ai's note on the commit names a prompt or an agent.
bool has_ai_note(const RangeCommit& commit);

// The commit that this one says it reverts; empty: none.
std::string reverted_by(const RangeCommit& commit);

// What kinds of lines are asked about, in the order of what goes wrong unseen.
enum class Risk : std::uint8_t {
  removed_error_path,
  deletion,
  permissions,
  locks,
  sql,
  concurrency,
  retries,
  time_outs,
  dependencies,
  none,  // no rule knows these lines
};
std::string_view to_string(Risk risk) noexcept;    // "removed error path"
std::string_view question_of(Risk risk) noexcept;  // the same for every hunk of that kind

Risk risk_of(const Change& change, const Hunk& hunk);  // the first row that fits

struct Chosen {
  std::size_t hunk = 0;  // its place in Change::hunks
  Risk risk = Risk::none;
};
constexpr std::size_t most_questions = 3;

// The hunks of `among` that are asked about: of the changed source one of each kind first, then more of the gravest,
// the longer ones first; if no rule knows any, the longest one. Then the same of tests where places are left. Texts are
// asked about where nothing else changed. Depends on the hunks alone, not on their order.
std::vector<Chosen> choose_questions(const Change& change, const std::vector<std::size_t>& among);

// The rows of risks.tsv. Only change.cpp includes the header that the build makes of them.
enum class Side : std::uint8_t { removed, added, any };

struct RiskRow {
  Risk risk;
  std::string_view name, question;
};
struct WordRow {
  Risk risk;
  Side side;
  std::string_view words;  // with blanks between them; two with a plus between them must both stand in the line
};

}  // namespace cascade::comprehension
