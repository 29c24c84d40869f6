// The history of one branch as `cascade-git` tells it (src/programs/cascade_git/history_facts.h): what happened,
// without a judgement.
#pragma once

#include <cascade/result.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace cascade::metrics {

struct Hunk {
  std::uint32_t old_at = 0, old_lines = 0, new_at = 0, new_lines = 0;
};

enum Flag : std::uint16_t {
  binary = 1,
  pointer = 2,  // of git LFS
  module = 4,
  link = 8,
  lost = 16,            // a content that could not be read
  says_generated = 32,  // in its first lines
  same_text = 64,       // only white space differs
  attribute_generated = 128,
  attribute_not_generated = 256,
  attribute_vendored = 512,
  attribute_not_vendored = 1024,
};

struct FileChange {
  std::uint32_t path = 0, before = 0, after = 0;    // contents by number; 0: not there
  std::uint32_t added = 0, deleted = 0, moved = 0;  // `moved`: of the added lines
  std::uint32_t first_hunk = 0, hunks = 0;
  char status = 'M';
  std::uint16_t flags = 0;
};

struct Commit {
  std::string id, subject;
  std::vector<std::string> notes;          // lines of the message that name people, commits, requests
  std::vector<std::uint32_t> parents;      // that are here, by place
  std::int64_t time = 0, author_time = 0;  // seconds since 1970; `time` is the committer's
  std::uint32_t author = 0, committer = 0, recorded_parents = 0;
  std::uint32_t first_file = 0, files = 0;
  std::uint64_t patch = 0, inverse = 0;              // of the changed lines; 0: none, or something is lost
  std::uint64_t whole_patch = 0;                     // with its context; 0: no other commit has the same changed lines
  std::uint64_t plain_added = 0, plain_deleted = 0;  // as git log --numstat counts them: without renamed files
  bool misses_parent = false, misses_content = false;

  bool is_merge() const { return recorded_parents > 1; }
};

struct Person {
  std::string name, mail;
};

struct Tag {
  std::string name, commit;
  std::int64_t time = 0;  // 0: the commit's
};

// What could not be read. `commit`: the place of the commit that needed it.
struct Lost {
  std::string what, id, path;
  std::uint32_t commit = 0;
};

struct History {
  std::string name;  // as the user called the repository
  std::string branch, head, format;
  std::vector<Commit> commits;  // parents first
  std::vector<FileChange> files;
  std::vector<Hunk> hunks;
  std::vector<std::string> paths;
  std::vector<Person> people;
  std::vector<Tag> tags;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> tip;  // path and content of each file of the head
  std::vector<Lost> lost;
  std::uint32_t cut = 0, grafts = 0, replaced = 0;
  std::uint32_t renames_unknown = 0;            // commits that may hold renames, which git was not there to find
  bool is_partial = false, misses_tip = false;  // `misses_tip`: not all files of the head are known
};

// Takes the lines one after the other.
class HistoryReader {
 public:
  // malformed: no such line. not_found, unsupported, unreadable: cascade-git says why there is no history.
  Result<void> take(std::string_view line);
  bool at_end() const { return ended_; }
  History finish() { return std::move(history_); }

 private:
  History history_;
  bool ended_ = false;
  std::uint64_t lines_ = 0;
};

// Asks the program `cascade-git` for the history of `branch` (empty: HEAD) in `directory`. A stream that ends early is
// an error: half a history must not pass for a whole one.
Result<History> read_history(const std::string& git_program, const std::string& directory, const std::string& branch);

using Day = std::int32_t;  // in UTC, since 1970-01-01

std::optional<Day> day_of_date(std::string_view date);  // null: not a date of the years 1970 to 9999, "2026-01-31"
std::string date_of(Day day);

// Seconds since 1970 of "2026-01-31T12:00:00Z", or of a date alone. Null: neither.
std::optional<std::int64_t> time_of(std::string_view text);

// The day of a time; null: on the first day of 1970, which is what a commit without a date has, before it or after
// 9999: no clock that is right says so.
std::optional<Day> day_of(std::int64_t time);

bool says_revert(const Commit& commit);  // `Revert "…"`, `revert: …`, "This reverts commit …"

// The number of the pull or merge request that a commit merges: "Merge pull request #7 from …", "… (#7)", "Merged in x
// (pull request #7)", "See merge request group/project!7". 0: it names none.
std::uint32_t request_of(const Commit& commit);

// Those who reviewed it, without its author: "Reviewed-by: Name <mail>", "Approved-by", "Acked-by". Their mail
// addresses in small letters, or their names where no address stands.
std::vector<std::string> reviewers_of(const Commit& commit, const Person& author);

// Who made added lines: people (`authored`), or a program, another project, a tool that locks versions ...
enum class Made : std::uint8_t {
  authored,
  generated,
  vendored,
  locked,
  pointers,
  submodules,
  copied,
  reformatted,
  moved
};
constexpr std::size_t made_kinds = 9;

// A row of origins.tsv: the name of a folder, or the pattern of a file's name.
struct OriginRow {
  std::string_view name;
  Made made;
};
std::string_view to_string(Made made) noexcept;

// What .gitattributes denies of a file: `-linguist-generated`, `-linguist-vendored`.
struct Denied {
  bool generated = false;  // a lock file is generated
  bool vendored = false;
};

// What the path alone says: authored, generated, vendored or locked; nothing that is denied.
Made made_by_path(std::string_view path, Denied denied = {});
// What path, attributes and content say; attributes win over the path. `by_path`: what the path says without them.
Made made_of(const FileChange& file, std::string_view path, Made by_path);

bool is_bot(const Person& person);                    // a program that commits: "name[bot]", dependabot, renovate …
bool speaks_of_formatting(std::string_view subject);  // a message that speaks of a formatter or of formatting

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

struct Measures {
  std::vector<Measured> commits;        // by place
  std::vector<std::uint64_t> standing;  // the authored lines of the head's files that each commit wrote, by place
};

Measures measure(const History& history);

// Marks what `later` has that `earlier` has, too: the commit, or the same changed lines by the same author at the same
// time.
void mark_elsewhere(const History& earlier, const Measures& in_earlier, const History& later, Measures& in_later);

// Records are files `.cascade/explanations/<id>.md`, reviewed with the change that they explain. A commit is explained
// if it, or another commit of the merge that brought it in, adds or changes one. By place.
std::vector<bool> explained_commits(const History& history);

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
  const std::vector<OriginRun>* of(std::uint32_t content) const;  // null: never seen

 private:
  std::unordered_map<std::uint32_t, std::vector<OriginRun>> contents_;
};

}  // namespace cascade::metrics
