// Everything that a check may look at, and what it says.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "audit/commands.h"
#include "audit/repository.h"
#include "confined/confined.h"
#include "history/history.h"

namespace cascade::audit {

struct CiStep {
  Place place;
  std::string line;  // the command, or "uses:owner/name@version"
  std::string folder;
  Judged judged;
  bool is_enforced = true;  // its failure fails the job
  bool is_action = false;
};

struct CiFile {
  std::string path;
  bool on_requests = false, on_tags = false, on_call = false;  // when it runs; on_call: by hand or by another one
  bool limits_rights = false;                                  // it declares permissions
  std::vector<CiStep> steps;
};

std::vector<CiFile> read_ci(const Repository& repository, Rows rows, const Commands& commands);

// How one run of CI ended.
struct CiOutcome {
  std::string commit, name;
  bool passed = false;
};

// What `gh run list --json headSha,conclusion,workflowName` prints, newest first. Runs without an end are left out.
// malformed: it is something else.
Result<std::vector<CiOutcome>> read_ci_outcomes(std::string_view json, const std::string& path);

// A file of tests in a language that has no package here: a shell script that tests a program in C.
struct OtherTest {
  std::string path, ecosystem;
};

struct Package {
  std::string folder;                // "": the root
  std::string ecosystem;             // "": none is known, as in a repository of shell scripts
  std::string manifest;              // its path; empty: none
  std::vector<std::string> sources;  // paths of its code without its tests
  std::vector<std::string> tests;    // paths of files that hold tests by their names or places
  std::vector<OtherTest> other_tests;

  bool has_tests() const { return !tests.empty() || !other_tests.empty(); }
  std::string name() const { return folder.empty() ? "." : folder; }
};

// Sorted by folder and ecosystem; at least one, of the root. No packages are folders that rows call `aside` (fixtures,
// examples), and those without code of their ecosystem where others have some. Code that rows call `lone` makes the
// root a package without a manifest.
std::vector<Package> find_packages(const Repository& repository, Rows rows);

// What a repository's history says that checks ask about.
struct PastCommit {
  std::string id, subject;
  std::int64_t time = 0;
  bool is_merge = false, is_bot = false, is_reviewed = false, is_explained = false;
  std::vector<std::string> paths;  // that it changed
};

struct Past {
  std::string head;
  std::vector<PastCommit> commits;                     // newest first
  std::vector<metrics::Tag> tags;                      // newest commit first
  std::vector<std::string> tracked;                    // the files of the head, sorted
  bool is_whole = true;                                // false: shallow, partial or damaged
  std::uint64_t standing_lines = 0, active_lines = 0;  // lines of the head, and those whose author was active within
                                                       // 90 days before the newest commit
  std::string active_example;                          // a commit of such an author
};

// The newest 5,000 commits.
Past past_of(const metrics::History& history);

// Whether a subject says that a fault was mended: "Fix ...", "fix(api): ...", "Bugfix".
bool is_fix(std::string_view subject);

// absent: no evidence of it, or what is there is hollow. present: it is there and says something. consistent: what it
// says agrees with the tree. shown: a run or the history shows it.
enum class Level : std::uint8_t { absent, present, consistent, shown };
std::string_view to_string(Level level) noexcept;

// A place, a command that was run, or a commit.
struct Evidence {
  Place place;          // path empty: it is no place
  std::string commit;   // of a fact of the history
  std::string command;  // a command that was run, with its outcome:
  int exit_code = 0;
  std::uint64_t milliseconds = 0;
  std::string tail;  // the end of its output
  std::string text;  // what it shows
};

// `lacks`: what is missing for the next level.
struct Finding {
  std::vector<Evidence> evidence;
  std::string lacks;
  std::optional<Place> at;   // where to mend it; none: nothing is there yet
  bool applies = true;       // false: there is nothing to ask about, such as locks without dependencies
  bool is_at_fault = false;  // something harmful was found, such as a secret

  // Each returns the level of what a run or the history shows.
  Level show(Place place, std::string text) { return add({std::move(place), {}, {}, 0, 0, {}, std::move(text)}); }
  Level show_commit(std::string commit, std::string text) {
    return add({{}, std::move(commit), {}, 0, 0, {}, std::move(text)});
  }
  Level show_run(const Run& run);
  // The level with what the next one wants, and where to mend it if that is not known already.
  Level lacking(Level level, std::string what, std::optional<Place> where = std::nullopt) {
    lacks = std::move(what);
    if (where) at = std::move(where);
    return level;
  }

 private:
  Level add(Evidence one) {
    evidence.push_back(std::move(one));
    return Level::shown;
  }
};

// What the validator says of skills, agents and commands; filled in by the caller.
struct Manifests {
  std::vector<std::string> files;  // relative to the root
  std::size_t errors = 0;
  Place first_error;
  std::string first_message;
};

struct Subject {
  const Repository& repository;
  Rows rows;
  const Commands& commands;
  const std::vector<Package>& packages;
  const std::vector<CiFile>& ci;
  const std::optional<Past>& past;         // none: no history is known
  const std::vector<CiOutcome>& outcomes;  // of CI, newest first, from the user's file
  const std::vector<Run>& runs;            // empty without --run
  const Manifests& manifests;
};

// The text of a document that says something about this repository: without headings, comments, badges, quotes of
// templates and words that only hold a place.
std::size_t count_own_words(std::string_view markdown);

// What a document names, and whether it is there.
struct Named {
  Place place;
  std::string text;
  bool is_command = false;
  Judged judged;       // of a command
  bool there = false;  // all of it is; a command that nothing is known of is neither there nor missing
  bool missing = false;
  std::string why;
};
std::vector<Named> names_in(const Subject& subject, const std::string& path);

// The files of the rows of a fact that are there and say something, in the order of the rows.
std::vector<std::string> documents_of(const Subject& subject, std::string_view fact);

// A command that the package, or else the repository for all packages, declares for a purpose: a task or a script.
struct Declared {
  std::string line;    // as a person would type it
  std::string folder;  // in which
  Place place;
  Judged judged;
  std::string tool;    // that does it
  bool counts = true;  // its failure is the command's
};
// One whose failure counts, if there is one.
std::optional<Declared> declared_for(const Subject& subject, const Package& package, std::string_view purpose);

// The line of the step that does it, with its text: a step may be a script of many lines.
Value line_of_step(const Subject& subject, const CiStep& step, std::string_view purpose);
// The step of CI that does it and whose failure counts, on requests if there is one; null: none.
const CiStep* step_for(const Subject& subject, std::string_view purpose, const Package* package = nullptr);

// Whether a folder is `top` or below it; "": the root.
bool is_at_or_below(std::string_view folder, std::string_view top);

// The run for a purpose that covers the package; null: none was made.
const Run* run_for(const Subject& subject, const Package& package, std::string_view purpose);

}  // namespace cascade::audit
