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
#include "cascade_git/tree_changes.h"

namespace cascade::git {

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
