// libgit2's view of one repository. The only folder that includes libgit2.
#pragma once

#include <string>
#include <string_view>

#include "cascade_git/object_store.h"

namespace cascade::git {

// Keeps libgit2 initialised while it lives. Nothing that comes with a repository is executed: libgit2 supports neither
// hooks nor fsmonitor, and a repository of another user is refused unless the user's own configuration trusts it
// (safe.directory).
struct Library {
  Library();
  ~Library();
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;
};

// One question as a JSON object, one answer as a JSON object, in one line.
//   {"ask":"repository","directory":D,"git_dir":G,"work_tree":W}   G and W as git's options of these names; or empty
//   {"ask":"previous", ...}        the branch that `git checkout -` goes to
//   {"ask":"submodules", ...}      the folders of the submodules
//   {"ask":"author", ..., "email":E}   whether the newest 5,000 commits of HEAD have that address
//   {"ask":"descends", ..., "from":R, "to":R}   whether the second reaches all that the first reaches
//   {"ask":"changes", ..., "revision":R}   files that are otherwise in the work tree than in R; "R...": than where HEAD
//                                  parted from R
//   {"ask":"blob", ..., "id":I, "path":P, "from":N}   a piece of a file's content as a checkout would have it, in hex
// An answer with the key "error" says why there is none: "none" (no repository), "owner", "revision" (no such one),
// "many" (more changes than one answer holds), "broken".
std::string answer(std::string_view question);

// The same, with each line of the answer handed to `write`: {"ask":"facts", ...} (history_facts.h) has several.
void reply(std::string_view question, const WriteLine& write);

}  // namespace cascade::git
