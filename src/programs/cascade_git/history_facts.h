// The facts of a whole history, as lines of JSON in an order that depends on the history alone.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <vector>

#include "cascade_git/commit_changes.h"
#include "cascade_git/object_store.h"
#include "cascade_git/open_repository.h"
#include "syntax/json.h"
#include "syntax/node.h"

struct git_repository;

namespace cascade::git {

// Answers {"ask":"facts","directory":D,"branch":B} (B empty: HEAD) with several lines:
//   {"error":E,"message":M}                  instead of all others
//   {"repository":[git_dir, branch, head, format],"commits":N,"cut":N,"grafts":N,"replaced":N,"partial":B}
//   {"tags":["NAME","COMMIT","TIME",…]}      TIME 0: the tag has none
//   {"paths":["PATH",…]}                     numbered on, before the first line that uses them
//   {"commit":[ID,"PARENTS","TIME AUTHOR_TIME AUTHOR COMMITTER RECORDED_PARENTS","PATCH INVERSE",SUBJECT,NOTE,…]}
//   {"files":["PATH STATUS OLD NEW ADDED DELETED MOVED FLAGS HUNKS",…]}   of the commit before
//   {"lost":["WHAT","ID","PATH",…]}          of the commit before; what could not be read
//   {"people":["NAME","MAIL"]}               AUTHOR and COMMITTER, numbered in this order, as .mailmap renames them
//   {"tip":["PATH BLOB",…]}                  the files of the head
//   {"tip_lost":["WHAT","ID","PATH",…]}      folders of the head that cannot be read
//   {"patches":["COMMIT PATCH",…]}           of commits whose changed lines another commit has, too
//   {"renamed":["COMMIT ADDED DELETED",…]}   commits in which git finds renames, with the lines that it then counts
//   {"renames_unknown":["N"]}                there is no git to ask about so many commits that may hold renames
//   {"end":N}                                N lines came before; without it the answer is torn
// PATH, OLD, NEW and COMMIT are numbers; a blob's is given by its first place, 0 is none. STATUS: A, M, D, T. FLAGS: -
// or letters: b binary, l of git LFS, s a submodule, y a symbolic link, x lost, n says that it is generated, w only
// white space differs, g G v V generated or vendored by .gitattributes, or not (small). HUNKS:
// OLD_AT,OLD_LINES,NEW_AT,NEW_LINES;…
void write_facts(const syntax::Node& question, const WriteLine& write);

// Writes the facts of commits as lines (history_facts.h), and numbers paths, contents and people as they come.
class FactLines {
 public:
  explicit FactLines(const WriteLine& write) : write_(write) {}

  void repository(const RepositoryState& state, std::size_t commits);
  void tags(const std::vector<Tag>& tags) {
    for (const Tag& tag : tags) list("tags", {tag.name, tag.commit.hex(), std::to_string(tag.time)});
  }
  void commit(const WalkedCommit& commit, std::uint32_t author, std::uint32_t committer, const CommitChanges& changes);
  void people(const std::vector<std::string>& names_and_mails);
  void lost(std::string_view key, const std::vector<LostObject>& objects);
  void tip(const TreeChanges& files);
  void patches(const std::vector<std::pair<std::uint32_t, std::uint64_t>>& patches);
  void renames(const Renames& renames);
  void end() { write_("{\"end\":" + std::to_string(lines_) + "}"); }

 private:
  void list(std::string_view key, const std::vector<std::string>& items);  // in lines of limited length
  std::uint32_t path(const std::string& path);                             // notes it for the next `paths`
  std::uint32_t blob(const FileSide& side);
  std::string text_of(const ChangedFile& file);
  void line(const std::string& text);

  const WriteLine& write_;
  std::size_t lines_ = 0;
  std::unordered_map<std::string, std::uint32_t> paths_;
  std::unordered_map<ObjectId, std::uint32_t, ObjectIdHash> blobs_;
  std::vector<std::string> new_paths_;
};

// Makes pieces of work on several threads and takes them in their order: `make(thread, piece)` is called by some thread
// for each piece below `pieces`, `take(piece, result)` by this one, in order. No more than `threads` + 1 pieces are
// worked on or wait, so that what waits stays small. Neither function may throw.
template <typename Result, typename Make, typename Take>
void make_in_order(std::size_t threads, std::size_t pieces, Make make, Take take) {
  const std::size_t lead = threads + 1;
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<std::optional<Result>> ready(pieces);
  std::size_t next = 0, taken = 0;
  const auto work = [&](std::size_t thread) {
    while (true) {
      std::unique_lock lock(mutex);
      changed.wait(lock, [&] { return next >= pieces || next < taken + lead; });
      if (next >= pieces) return;
      const std::size_t piece = next++;
      lock.unlock();
      Result made = make(thread, piece);
      lock.lock();
      ready[piece] = std::move(made);
      changed.notify_all();
    }
  };
  std::vector<std::thread> running;
  for (std::size_t thread = 0; thread < threads; ++thread) running.emplace_back(work, thread);
  for (std::size_t piece = 0; piece < pieces; ++piece) {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return ready[piece].has_value(); });
    Result result = *std::move(ready[piece]);
    ready[piece].reset();
    taken = piece + 1;
    changed.notify_all();
    lock.unlock();
    take(piece, std::move(result));
  }
  for (std::thread& thread : running) thread.join();
}

// Writes "head" (empty: no commit yet) and "state": a hash of the paths and contents that differ from it. Two equal
// states of the same head hold the same files.
void write_state(syntax::JsonWriter& json, git_repository* repository, const std::string& work_tree);

// Writes "commits" from HEAD back to `since`, exclusive (empty: up to 5,000), oldest first: "id", "parents", "time",
// "tree", "subject", "names" (lines of the message that name commits) and, with `states`, the "state" that its
// parent's work tree had just before the commit.
void write_history(syntax::JsonWriter& json, git_repository* repository, const std::string& since, bool states);

}  // namespace cascade::git
