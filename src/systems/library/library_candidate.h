// A library of somebody else's that is fetched and laid out beside the libraries, judged, and not taken yet.
#pragma once

#include "cli/call.h"
#include "library/fetch.h"
#include "library/shelf.h"

#include <string>
#include <vector>

namespace cascade::cli {

// What the user asks for, as typed.
struct LibraryOptions {
  std::vector<std::string> words;  // the action, and what it is done to
  std::string ref, name;
  std::vector<std::string> without, accept;
  bool skip_refused = false;
  bool team = false;    // into the project's lock as well
  bool locked = false;  // of `restore`: nobody is asked, since who wrote the lock answered
  bool yes = false;
};

struct Candidate {
  collection::Fetched fetched;  // without what is left out
  std::string folder;
  std::vector<std::string> without;                   // paths, sorted
  std::vector<collection::AcceptedFinding> accepted;  // each is a finding in a file of this hash
  std::vector<std::string> changed;                   // accepted in an earlier state of its file; the findings count
  std::vector<Diagnostic> refused;                    // errors that nobody accepted
  std::vector<std::string> warnings;                  // that count, as "skills/x/SKILL.md:9: what it is"
  std::string findings, accepted_findings;            // for people; all that counts, and what was accepted
};

// Fetches what the library is at its ref, leaves out what it or the options leave out, and judges the rest as
// `validate --profile install` does. `library`: as it is taken, or will be. misuse: the options name what is not there.
Result<Candidate> bring(Call& call, collection::Shelf& shelf, const collection::Library& library,
                        const LibraryOptions& options);

std::string short_commit(const std::string& commit);  // "3f2a91c04d77"

// For people: a title with lines below it, empty without lines; the last line of what is taken, since a script that
// answers with --yes has nobody who reads the rest; what is left out and why, and what the findings are.
std::string lines_of(const std::string& title, const std::vector<std::string>& lines);
std::string warnings_of(const Candidate& candidate);
std::string terms_of(const Candidate& candidate);

// What an update would change, for people: the lines of each file, every description, rights and tokens. `folder`: of
// the library as it is now; `by_hand`: how its files differ from the lock.
Result<std::string> change_of(Call& call, const std::string& folder, const collection::Library& library,
                              const Candidate& candidate, const collection::Changes& by_hand);

// The row of the lock for it.
collection::Library locked(collection::Library library, const Candidate& candidate);

// Tells why it is not taken, and the commands that take it nevertheless.
Exit refuse(Call& call, const Candidate& candidate, const std::string& address, const std::string& name,
            const LibraryOptions& options);

}  // namespace cascade::cli
