// What a range of commits changes, for explanations: its commits, its hunks, and files of a tree.
#pragma once

#include "cascade_git/write_line.h"
#include "syntax/node.h"

namespace cascade::git {

// Answers {"ask":"range","directory":D,"from":A,"to":B} with several lines. A empty: the empty tree; otherwise the
// difference is that from where B branched off from A. B "-": the work tree with what is not committed.
//   {"error":E,"message":M}                  instead of all others
//   {"range":[BASE,HEAD],"top":DIRECTORY}    ids of commits; BASE may be empty; DIRECTORY: the work tree, or empty
//   {"commit":[ID,PARENTS,NAME,MAIL,MESSAGE,AI_NOTE],"files":["PATH",...]}   from B backwards; a merge has no files
//   {"file":[PATH,OLD_PATH,STATUS,FLAGS]}    STATUS: A, M, D, R, T; FLAGS: - or letters: b binary, m mode, t no text
//   {"hunk":[ID,INVERSE,OLD_AT,OLD_LINES,NEW_AT,NEW_LINES],"old":["LINE",...],"new":[...]}   of the file before
//   {"end":N}                                N lines came before; without it the answer is torn
// Numbers are strings. Lines have no end and at most 400 bytes, at most 300 of them on each side.
void write_range(const syntax::Node& question, const WriteLine& write);

// Answers {"ask":"tree","directory":D,"revision":R,"patterns":["*.yml",...]} with {"file":[PATH,TEXT]} for each file
// that one pattern matches (* for any characters, slashes as well), at most 1 MiB of it, and {"end":N}. R "-": the work
// tree's folder is read by whoever asks, so it is HEAD.
void write_tree(const syntax::Node& question, const WriteLine& write);

// Answers {"ask":"search","directory":D,"revision":R,"texts":["..."],"without":["PREFIX",...]} with, for each text,
// {"text":[TEXT,COUNT],"places":["PATH:LINE:CONTENT",...]}, at most 20 places of lines that hold it, and {"end":N}.
void write_search(const syntax::Node& question, const WriteLine& write);

// Answers {"ask":"hunks_of","directory":D,"revision":R} with {"hunk":[...]} as above, without texts: what one commit
// changed, and {"end":N}.
void write_hunks_of(const syntax::Node& question, const WriteLine& write);

// Answers {"ask":"export","directory":D,"revision":R,"into":FOLDER} with {"end":"0"} when the files of a commit are
// in the folder, which is empty before: no more than the files, so without .git.
void write_export(const syntax::Node& question, const WriteLine& write);

}  // namespace cascade::git
