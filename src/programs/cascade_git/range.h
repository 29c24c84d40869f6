// What a range of commits changes, for explanations: its commits, its hunks, and files of a tree.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cascade_git/object_store.h"
#include "syntax/json.h"
#include "syntax/node.h"

struct git_diff;
struct git_repository;
struct git_tree;

namespace cascade::git {

// Answers {"ask":"range","directory":D,"from":A,"to":B} with several lines. A empty: the empty tree; otherwise the
// difference is that from where B branched off from A. B "-": the work tree with what is not committed.
//   {"error":E,"message":M}                  instead of all others
//   {"range":[BASE,HEAD],"top":DIRECTORY}    ids of commits; BASE may be empty; DIRECTORY: the work tree, or empty
//   {"commit":[ID,PARENTS,NAME,MAIL,MESSAGE,AI_NOTE],"files":["PATH",...]}   from B backwards; a merge has no files
//   {"file":[PATH,OLD_PATH,STATUS]}          STATUS: A, M, D, R, T
//   {"hunk":[ID,INVERSE,OLD_AT,OLD_LINES,NEW_AT,NEW_LINES],"old":["LINE",...],"new":[...]}   of the file before
//   {"end":N}                                N lines came before; without it the answer is torn
// Numbers are strings. Lines have no end and at most 400 bytes, at most 300 of them on each side.
void write_range(const syntax::Node& question, const WriteLine& write);

// Answers {"ask":"tree","directory":D,"revision":R,"patterns":["*.yml",...]} with {"file":[PATH,TEXT]} for each file
// that one pattern matches (* for any characters, slashes as well), at most 1 MiB of it, and {"end":N}. R "-": the work
// tree's folder is read by whoever asks, so it is HEAD.
void write_tree(const syntax::Node& question, const WriteLine& write);

// Answers {"ask":"hunks_of","directory":D,"revision":R} with {"hunk":[...]} as above, without texts: what one commit
// changed, and {"end":N}.
void write_hunks_of(const syntax::Node& question, const WriteLine& write);

// Answers {"ask":"export","directory":D,"revision":R,"into":FOLDER} with {"end":"0"} when the files of a commit are
// in the folder, which is empty before: no more than the files, so without .git.
void write_export(const syntax::Node& question, const WriteLine& write);

// Hunks as records of explanations bind them: without context and line numbers, so that a hunk is the same hunk after a
// squash, a rebase, a cherry-pick or an amended message.

// One hunk, or a part of a long one. Lines count from 1; a side without lines has the line before it, as git writes it.
struct HunkPiece {
  std::uint32_t old_at = 0, new_at = 0;
  std::vector<std::string_view> removed, added;  // each with its line end, if it has one
  std::uint64_t id = 0, inverse = 0;             // `inverse`: the id of what takes it back
};

// Adds the pieces of one hunk. Where lines are only added or only removed, git may show the same change at several
// places (the block may begin one line later if the line behind it equals its first); all of them have one id. Longer
// blocks are cut where a paragraph begins, by what stands there and not by how many lines came before, so that a line
// more in one part leaves the others as they are.
void add_pieces(const HunkPiece& hunk, std::vector<HunkPiece>& pieces);

// The id of a change that has no lines: a mode, a binary file.
std::uint64_t id_of_fact(std::string_view what, std::string_view before, std::string_view after);

// Writes "work_tree" and "files" into an open object. A file that the revision does not have has no "id"; a renamed
// one says "from" where. Files that git ignores count as equal.
void write_changes(syntax::JsonWriter& json, git_repository* repository, const std::string& work_tree,
                   const std::string& revision);

// Writes "size" and, as "hex", at most 1 MiB from the byte `from` on.
void write_blob(syntax::JsonWriter& json, git_repository* repository, const std::string& id, const std::string& path,
                const std::string& from);

void free_difference(git_diff* diff);
using DiffPointer = Held<git_diff, free_difference>;

// The differences between a commit and the work tree, like git_diff_tree_to_workdir_with_index(), but cheaper.
// Includes new files that are not ignored; leaves out submodules. `tree` may be null: everything is new. `more`:
// additional flags of libgit2 (git_diff_option_t). Null: libgit2 failed.
DiffPointer difference_to_work_tree(git_repository* repository, git_tree* tree, std::uint32_t more = 0);

// Whether two trees are worth comparing: a tree of 2 KB whose folders are each ten times the same folder, ten deep, is
// ten thousand million files.
// Null: an empty tree. True: they differ in more files than `most_files_compared` (commit_changes.h). Complexity:
// linear in the entries that differ, bounded by it.
bool is_too_large(git_repository* repository, const git_tree* before, const git_tree* after);

}  // namespace cascade::git
