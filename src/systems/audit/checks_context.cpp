// What an agent reads before it works.
#include <algorithm>

#include "audit/judges.h"
#include "files/paths.h"
#include "text/ascii.h"

namespace cascade::audit::judges {
namespace {

constexpr std::size_t least_words = 25;

// A file may only point to another: "@AGENTS.md".
std::string pointed_to(const Subject& subject, const std::string& path) {
  const std::string_view text = letters::trim(subject.repository.text(path));
  if (text.size() > 200 || text.empty()) return path;
  std::string_view line = text.substr(0, text.find('\n'));
  const std::size_t at = line.find('@');
  if (at == std::string_view::npos) return path;
  line = line.substr(at + 1);
  const std::string target = path_in(files::parent(path), line.substr(0, line.find_first_of(" \t`),")));
  return subject.repository.has_file(target) ? target : path;
}

std::vector<std::string> instruction_files(const Subject& subject) {
  std::vector<std::string> paths;
  for (const std::string& path : documents_of(subject, "instructions")) {
    std::string target = pointed_to(subject, path);
    if (std::find(paths.begin(), paths.end(), target) == paths.end()) paths.push_back(std::move(target));
  }
  return paths;
}

const Named* first_where(const std::vector<Named>& named, bool Named::*what) {
  const auto found = std::find_if(named.begin(), named.end(), [&](const Named& one) { return one.*what; });
  return found == named.end() ? nullptr : &*found;
}

// The first command that does it; those that are there come first.
const Named* command_for(const std::vector<Named>& named, std::string_view purpose) {
  for (const Named& one : named)
    if (one.is_command && !one.missing && one.judged.find(purpose) != nullptr) return &one;
  return nullptr;
}

const Named* missing_command(const std::vector<Named>& named) {
  const auto found =
      std::find_if(named.begin(), named.end(), [](const Named& one) { return one.is_command && one.missing; });
  return found == named.end() ? nullptr : &*found;
}

// A run of exactly what a document names passed.
const Run* run_of(const Subject& subject, const std::vector<Named>& named) {
  for (const Run& run : subject.runs)
    for (const Named& one : named)
      if (run.passed() && one.is_command && (one.text == run.plan.line || one.judged.find(run.plan.purpose) != nullptr))
        return &run;
  return nullptr;
}

}  // namespace

Level instructions(const Subject& subject, const Package&, Finding& finding) {
  const auto paths = instruction_files(subject);
  if (paths.empty()) {
    finding.lacks = "there is no file of instructions for agents that says anything";
    return Level::absent;
  }
  std::vector<Named> all;
  std::size_t words = 0;
  for (const std::string& path : paths) {
    words += count_own_words(subject.repository.text(path));
    for (Named& one : names_in(subject, path)) all.push_back(std::move(one));
  }
  finding.at = Place{paths.front(), 1};
  if (words < least_words) {
    finding.lacks = paths.front() + " says next to nothing";
    return Level::absent;
  }
  const Named* there = first_where(all, &Named::there);
  if (there == nullptr) {
    const Named* missing = first_where(all, &Named::missing);
    finding.lacks = missing == nullptr ? "it names no file and no command of this repository"
                                       : "nothing that it names is here: " + missing->why;
    return Level::absent;
  }
  finding.show(there->place, "names " + there->text + ", which is here");
  if (const Named* missing = first_where(all, &Named::missing)) {
    finding.at = missing->place;
    finding.lacks = "it names " + missing->text + ": " + missing->why;
    return Level::present;
  }
  const auto count = std::count_if(all.begin(), all.end(), [](const Named& one) { return one.there; });
  finding.show({paths.front(), 0}, "all " + std::to_string(count) + " files and commands that it names are here");
  if (const Run* run = run_of(subject, all)) {
    finding.show_run(*run);
    return Level::shown;
  }
  finding.lacks = "no command that it names was run and passed";
  return Level::consistent;
}

Level commands(const Subject& subject, const Package&, Finding& finding) {
  std::vector<Named> all;
  for (const std::string& path : instruction_files(subject))
    for (Named& one : names_in(subject, path)) all.push_back(std::move(one));
  for (const std::string& path : documents_of(subject, "guide"))
    for (Named& one : names_in(subject, path)) all.push_back(std::move(one));
  const Named* test = command_for(all, "test");
  if (test == nullptr) {
    const Named* missing = missing_command(all);
    finding.lacks = missing == nullptr
                        ? "no document says how to run the tests"
                        : "no document says how to run the tests; it names " + missing->text + ": " + missing->why;
    if (missing != nullptr) finding.at = missing->place;
    return Level::absent;
  }
  finding.show(test->place, test->text);
  const Named* more = nullptr;
  for (const std::string_view purpose : {"setup", "build", "lint"})
    if (more == nullptr) more = command_for(all, purpose);
  if (const Named* missing = missing_command(all)) {
    finding.at = missing->place;
    finding.lacks = "documents name " + missing->text + ": " + missing->why;
    return Level::present;
  }
  if (more == nullptr) {
    finding.at = test->place;
    finding.lacks = "no document says how to set up, build or lint";
    return Level::present;
  }
  if (more != test) finding.show(more->place, more->text);
  finding.lacks = "the tests were not run here: cascade audit --run";
  for (const Run& run : subject.runs) {
    if (run.plan.purpose != "test") continue;
    finding.lacks = run.plan.line + " fails";
    if (!run.passed()) continue;
    finding.lacks.clear();
    finding.show_run(run);
    return Level::shown;
  }
  return Level::consistent;
}

Level manifests(const Subject& subject, const Package&, Finding& finding) {
  std::string first;
  for (const std::string& path : subject.manifests.files)
    if (first.empty() && count_own_words(subject.repository.text(path)) >= least_words) first = path;
  if (first.empty()) {
    finding.lacks = subject.manifests.files.empty() ? "there are no skills, agents or commands"
                                                    : subject.manifests.files.front() + " says next to nothing";
    return Level::absent;
  }
  finding.show({first, 1}, std::to_string(subject.manifests.files.size()) + " skills, agents and commands");
  if (subject.manifests.errors > 0) {
    finding.at = subject.manifests.first_error;
    finding.lacks = subject.manifests.first_message;
    return Level::present;
  }
  if (const CiStep* step = step_for(subject, "manifests"); step != nullptr) {
    finding.show(step->place, "CI validates them");
    return Level::shown;
  }
  finding.at = Place{first, 1};
  finding.lacks = "CI does not validate them";
  return Level::consistent;
}

}  // namespace cascade::audit::judges
