// The facts of a whole history, as lines of JSON in an order that depends on the history alone.
#pragma once

#include "cascade_git/write_line.h"
#include "syntax/node.h"

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

}  // namespace cascade::git
