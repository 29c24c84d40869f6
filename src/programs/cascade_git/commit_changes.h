// What one commit changed, against its first parent.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "cascade_git/object_store.h"
#include "cascade_git/open_repository.h"

namespace cascade::git {

// Which files differ between two trees, by the names of their contents.

// One side of a file; `mode` 0: not there.
struct FileSide {
  std::uint32_t mode = 0;
  ObjectId id;

  bool is_there() const { return mode != 0; }
  bool is_module() const { return (mode & 0170000) == 0160000; }
  bool is_link() const { return (mode & 0170000) == 0120000; }
};

struct ChangedPath {
  std::string path;
  FileSide before, after;
};

struct TreeChanges {
  std::vector<ChangedPath> paths;  // in git's order
  std::vector<std::string> lost;   // folders with a tree that cannot be read
  bool is_too_large = false;       // more than `most_files_compared` differ: the others are left out
};

constexpr std::size_t most_files_compared = 500'000;  // of one comparison, with the entries that were looked at for it

// Null ids are empty trees.
TreeChanges compare_trees(ObjectStore& store, const ObjectId& before, const ObjectId& after);

// Every file of a tree.
inline TreeChanges files_of(ObjectStore& store, const ObjectId& tree) { return compare_trees(store, {}, tree); }

// Which lines differ between two contents: the counts that git has (its own algorithm, in libgit2), where they are, and
// a hash of each, from which a commit's moved lines and its patch are known again elsewhere.

// Lines count from 1; where a side has none, its `at` is the line before, as git writes it.
struct Hunk {
  std::uint32_t old_at = 0, old_lines = 0, new_at = 0, new_lines = 0;
};

// A line without its white space. `letters`: how many letters and digits it has.
struct LineMark {
  std::uint64_t hash = 0;
  std::uint32_t letters = 0;
};

struct LineChanges {
  std::uint32_t added = 0, deleted = 0;
  bool same_text = false;  // the contents differ in white space and line ends only
  std::vector<Hunk> hunks;
  std::vector<LineMark> added_lines, deleted_lines;  // in order; a line of hash 0 parts two runs
};

bool is_binary(std::string_view bytes);  // as git decides it without attributes

// Null: not there. Empty if the contents are equal.
LineChanges compare_lines(const Content* before, const Content* after);

// How many of the added lines stood among the deleted ones before: runs of at least three lines with twenty letters and
// digits, each deleted line taken once, longest run first at every line.
class MovedLines {
 public:
  explicit MovedLines(const std::vector<LineMark>& deleted);
  std::uint32_t count(const std::vector<LineMark>& added);

 private:
  struct Found {
    std::size_t at = 0, lines = 0;
  };
  Found longest(const std::vector<LineMark>& added, std::size_t from) const;

  const std::vector<LineMark>& deleted_;
  std::vector<bool> taken_;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> places_;  // hash and place, sorted
};

// A patch with its context of three lines, without white space and line numbers: equal for a commit and its rebased or
// cherry-picked twin. Adds to `text`.
void write_patch(const Content* before, const Content* after, std::string& text);

// All commits that a branch reaches, parents before children, and the places where history breaks off.

struct Signature {
  std::string name, mail;
  std::int64_t time = 0;  // seconds since 1970
};

struct CommitText {
  ObjectId tree;
  std::vector<ObjectId> parents;
  Signature author, committer;
  std::string subject;             // at most 300 bytes
  std::vector<std::string> notes;  // lines of the message that name commits or requests, and people; at most 20 of each
};

// Null: not a commit.
std::optional<CommitText> read_commit(std::string_view bytes);

struct WalkedCommit {
  ObjectId id;
  CommitText text;
  std::vector<std::uint32_t> parents;  // those that are here
  std::vector<ObjectId> missing;       // those that are not
  bool is_cut = false;                 // by the repository's file `shallow`
};

// In an order that depends on the commits alone: parents first, then by the committer's time, then by id. Empty: `head`
// cannot be read. What the repository cuts off (`shallow`) is not followed; grafts and replacements are not applied.
std::vector<WalkedCommit> walk(ObjectStore& store, const ObjectId& head, const ObjectIds& shallow);

enum class Said : std::uint8_t { nothing, no, yes };

struct PathAttributes {
  Said diff = Said::nothing;  // no: git compares the file as binary; yes: as text, whatever it holds
  Said generated = Said::nothing, vendored = Said::nothing;  // linguist-generated, linguist-vendored
};

class Attributes {
 public:
  // `folder`: where the file lies, "" or ending in a slash. A file of a deeper folder wins over this one.
  void add(const std::string& folder, std::string_view text);
  bool empty() const { return rules_.empty(); }
  PathAttributes of(std::string_view path) const;

 private:
  using Names = std::set<std::string_view>;
  struct Rule {
    std::string folder, pattern;
    std::vector<std::string> words;  // "diff", "-diff", "diff=x", "!diff"; macros are resolved when they are asked for
  };
  // As git does it: from the last word to the first, and what is decided stays so. A macro is thus gone into once at
  // most for a path, however macros name each other.
  void decide(const std::vector<std::string>& words, PathAttributes& found, Names& decided) const;

  std::vector<Rule> rules_;                                                                        // later ones win
  std::map<std::string, std::vector<std::string>, std::less<>> macros_ = {{"binary", {"-diff"}}};  // "[attr]name …"
};

struct ChangedFile {
  std::string path;
  FileSide before, after;
  std::uint32_t added = 0, deleted = 0, moved = 0;  // `moved`: of the added lines
  std::vector<Hunk> hunks;                          // empty for what is not compared by lines
  // `is_pointer`: of git LFS. `same_text`: only white space and line ends differ.
  bool is_binary = false, is_lost = false, says_generated = false, is_pointer = false;
  bool same_text = false;
  PathAttributes attributes;
};

struct LostObject {
  std::string what, id, path;  // "commit", "tree" or "blob"; `id` may be unknown
};

struct CommitChanges {
  std::vector<ChangedFile> files;  // none of a merge
  std::vector<LostObject> lost;
  std::uint64_t patch = 0, inverse = 0;  // of the changed lines without context; 0: no file changed
  bool is_too_large = false;             // too many files changed, in this commit or in all: nothing was read
};

class ChangeReader {
 public:
  ChangeReader(ObjectStore& store, const std::vector<WalkedCommit>& commits, const Attributes& attributes)
      : store_(store), commits_(commits), attributes_(attributes) {}

  CommitChanges changes_of(const WalkedCommit& commit);
  // The patch with its context, as a hash; 0: something of it is lost.
  std::uint64_t patch_id(const WalkedCommit& commit);

 private:
  struct Contents {
    ContentPointer before, after;
  };
  TreeChanges compare(const WalkedCommit& commit);
  ContentPointer content_of(const FileSide& side);
  Contents contents_of(const ChangedFile& file, CommitChanges& changes);

  ObjectStore& store_;
  const std::vector<WalkedCommit>& commits_;
  const Attributes& attributes_;
  std::size_t files_ = 0;      // of all commits so far
  bool is_too_large_ = false;  // what follows is not read any more
};

// The renames that git finds by itself. How similar two files must be is git's own affair, and changes what its log
// counts as added and deleted; so the git program is asked, about commits that add and delete files.

// A commit in which there may be renames.
struct RenameCandidate {
  std::uint32_t commit = 0;  // its place
  ObjectId id;
  std::uint64_t added = 0, deleted = 0;                       // lines of all files
  std::unordered_map<std::string, std::uint64_t> came, went;  // lines of files that were added, and of those deleted
};

bool may_rename(const CommitChanges& changes);
RenameCandidate candidate_of(std::uint32_t place, const ObjectId& id, const CommitChanges& changes);

struct RenamedLines {
  std::uint32_t commit = 0;
  std::uint64_t added = 0, deleted = 0;  // of the commit, as `git log --numstat` counts them
};

struct Renames {
  std::vector<RenamedLines> commits;  // those in which something was renamed
  std::uint64_t unknown = 0;          // candidates that git was not there to tell about
};

Renames find_renames(const RepositoryState& state, const std::vector<RenameCandidate>& candidates);

}  // namespace cascade::git
