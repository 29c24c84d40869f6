// What an agent reads before it works.

#include "audit/audit.h"
#include "audit/lists.h"
#include "explanations/record.h"
#include "files/paths.h"
#include "text/ascii.h"
#include "text/names.h"

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
    if (std::ranges::find(paths, target) == paths.end()) paths.push_back(std::move(target));
  }
  return paths;
}

// The first command that does it; those that are there come first.
const Named* command_for(const std::vector<Named>& named, std::string_view purpose) {
  for (const Named& one : named)
    if (one.is_command && !one.missing && one.judged.find(purpose) != nullptr) return &one;
  return nullptr;
}

const Named* missing_command(const std::vector<Named>& named) {
  const auto found = std::ranges::find_if(named, [](const Named& one) { return one.is_command && one.missing; });
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

// Whether people know what was merged.
constexpr std::size_t looked_at = 200;  // of the newest commits

struct Share {
  std::size_t all = 0, with = 0;
  std::string example;
};
Share share_of(const Past& past, bool PastCommit::*what) {
  Share share;
  for (const PastCommit& commit : past.commits) {
    if (share.all == looked_at) break;
    if (commit.is_merge || commit.is_bot) continue;
    ++share.all;
    if (!(commit.*what)) continue;
    ++share.with;
    if (share.example.empty()) share.example = commit.id;
  }
  return share;
}

std::string text_of(const Share& share, std::string_view what) {
  return std::to_string(share.with) + " of the newest " + std::to_string(share.all) + " commits " + std::string(what);
}

bool says_any(const std::string& lower, std::span<const std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return lower.find(word) != std::string::npos; });
}

// The first line of a document that asks for a review of changes, or says that they get one.
std::optional<Place> asks_for_review(const Subject& subject) {
  for (const std::string& path : documents_of(subject, "review")) {
    for (letters::Line line : lines_of(subject.repository.text(path))) {
      const std::string lower = letters::to_lower(line);
      const bool about = says_any(lower, lists::review_words), asks = says_any(lower, lists::review_asked);
      const bool tells = says_any(lower, lists::review_told) && says_any(lower, lists::reviewed);
      if (about && (asks || tells) && count_own_words(line) >= 5) return Place{path, line.number};
    }
  }
  return std::nullopt;
}

struct Owned {
  Place place;
  std::string pattern;
  bool fits = false;
};
std::vector<Owned> owners_in(const Subject& subject, const std::string& path) {
  std::vector<Owned> found;
  for (letters::Line line : lines_of(subject.repository.text(path))) {
    line = letters::trim(line.substr(0, line.find(" #")));
    if (line.empty() || line.front() == '#' || line.front() == '[') continue;
    const auto parts = parts_of(line);
    if (parts.size() < 2 || parts[1].find('@') == std::string::npos) continue;
    std::string pattern = parts[0];
    const bool anchored = pattern.front() == '/';
    if (anchored) pattern.erase(0, 1);
    const auto& files = subject.repository.files();
    const bool fits =
        pattern == "*" || std::ranges::any_of(files, [&](const std::string& file) {
          return files::matches_glob(pattern, file) || (!anchored && files::matches_glob("**/" + pattern, file));
        });
    found.push_back({{path, line.number}, parts[0], fits});
  }
  return found;
}

}  // namespace

Level instructions(const Subject& subject, const Package&, Finding& finding) {
  const auto paths = instruction_files(subject);
  if (paths.empty())
    return finding.lacking(Level::absent, "there is no file of instructions for agents that says anything");
  std::vector<Named> all;
  std::size_t words = 0;
  for (const std::string& path : paths) {
    words += count_own_words(subject.repository.text(path));
    for (Named& one : names_in(subject, path)) all.push_back(std::move(one));
  }
  finding.at = Place{paths.front(), 1};
  if (words < least_words) return finding.lacking(Level::absent, paths.front() + " says next to nothing");
  const Named* there = letters::find_first(all, &Named::there, true);
  if (there == nullptr) {
    const Named* missing = letters::find_first(all, &Named::missing, true);
    return finding.lacking(Level::absent, missing == nullptr ? "it names no file and no command of this repository"
                                                             : "nothing that it names is here: " + missing->why);
  }
  finding.show(there->place, "names " + there->text + ", which is here");
  if (const Named* missing = letters::find_first(all, &Named::missing, true))
    return finding.lacking(Level::present, "it names " + missing->text + ": " + missing->why, missing->place);
  const auto count = std::ranges::count_if(all, [](const Named& one) { return one.there; });
  finding.show({paths.front(), 0}, "all " + std::to_string(count) + " files and commands that it names are here");
  if (const Run* run = run_of(subject, all)) return finding.show_run(*run);
  return finding.lacking(Level::consistent, "no command that it names was run and passed");
}

Level commands(const Subject& subject, const Package&, Finding& finding) {
  std::vector<Named> all;
  for (const auto& paths : {instruction_files(subject), documents_of(subject, "guide")})
    for (const std::string& path : paths)
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
  if (const Named* missing = missing_command(all))
    return finding.lacking(Level::present, "documents name " + missing->text + ": " + missing->why, missing->place);
  if (more == nullptr)
    return finding.lacking(Level::present, "no document says how to set up, build or lint", test->place);
  if (more != test) finding.show(more->place, more->text);
  finding.lacks = "the tests were not run here: cascade audit --run";
  for (const Run& run : subject.runs) {
    if (run.plan.purpose != "test") continue;
    finding.lacks = run.plan.line + " fails";
    if (!run.passed()) continue;
    finding.lacks.clear();
    return finding.show_run(run);
  }
  return Level::consistent;
}

Level manifests(const Subject& subject, const Package&, Finding& finding) {
  std::string first;
  for (const std::string& path : subject.manifests.files)
    if (first.empty() && count_own_words(subject.repository.text(path)) >= least_words) first = path;
  if (first.empty())
    return finding.lacking(Level::absent, subject.manifests.files.empty()
                                              ? "there are no skills, agents or commands"
                                              : subject.manifests.files.front() + " says next to nothing");
  finding.show({first, 1}, std::to_string(subject.manifests.files.size()) + " skills, agents and commands");
  if (subject.manifests.errors > 0)
    return finding.lacking(Level::present, subject.manifests.first_message, subject.manifests.first_error);
  if (const CiStep* step = step_for(subject, "manifests"); step != nullptr)
    return finding.show(step->place, "CI validates them");
  return finding.lacking(Level::consistent, "CI does not validate them", Place{first, 1});
}

Level owners(const Subject& subject, const Package&, Finding& finding) {
  for (const std::string& path : documents_of(subject, "owners")) {
    const auto all = owners_in(subject, path);
    const auto fits = std::ranges::find_if(all, [](const Owned& owned) { return owned.fits; });
    if (fits == all.end())
      return finding.lacking(Level::absent,
                             all.empty() ? path + " names no owner" : path + " names owners of files that are not here",
                             Place{path, 1});
    finding.show(fits->place, "owners of " + fits->pattern);
    for (const Owned& owned : all) {
      if (owned.fits) continue;
      return finding.lacking(Level::present, "no file is " + owned.pattern, owned.place);
    }
    if (subject.past && subject.past->standing_lines > 0 &&
        2 * subject.past->active_lines >= subject.past->standing_lines && subject.past->commits.size() >= 10)
      return finding.show_commit(subject.past->active_example,
                                 std::to_string(100 * subject.past->active_lines / subject.past->standing_lines) +
                                     " % of the lines are by people who were active in the last 90 days");
    return finding.lacking(Level::consistent, "no history shows that those who wrote most of it are still here");
  }
  return finding.lacking(Level::absent, "no file says who owns what");
}

Level reviews(const Subject& subject, const Package&, Finding& finding) {
  const auto asked = asks_for_review(subject);
  const Share share = subject.past ? share_of(*subject.past, &PastCommit::is_reviewed) : Share{};
  if (asked) finding.show(*asked, "says that changes are reviewed");
  if (share.with > 0) finding.show_commit(share.example, text_of(share, "were reviewed or merged by somebody else"));
  if (!asked && share.with == 0)
    return finding.lacking(Level::absent, "no document asks for a review, and no commit shows one");
  if (share.with == 0) return finding.lacking(Level::present, "no commit shows a review by somebody else", asked);
  if (2 * share.with >= share.all && share.all >= 4) return Level::shown;
  finding.lacks = "only " + text_of(share, "were reviewed by somebody else");
  return asked || 4 * share.with >= share.all ? Level::consistent : Level::present;
}

Level explanations(const Subject& subject, const Package&, Finding& finding) {
  std::string first, hollow;  // hollow: what the first record that nobody filled in lacks
  std::optional<Place> at;
  for (const std::string& path : subject.repository.files()) {
    if (!comprehension::is_record_path(path)) continue;
    const auto gap = comprehension::gap_in(comprehension::parse_record(subject.repository.text(path), path));
    if (!gap && first.empty()) first = path;
    if (!gap || at) continue;
    hollow = path + ": " + gap->message;
    at = Place{path, gap->line};
  }
  if (first.empty()) return finding.lacking(Level::absent, at ? hollow : "no change comes with an explanation", at);
  finding.show({first, 1}, "an explanation with four parts");
  const Share share = subject.past ? share_of(*subject.past, &PastCommit::is_explained) : Share{};
  if (at || share.with == 0)
    return finding.lacking(Level::present, at ? hollow : "no commit came with one", at ? *at : Place{first, 1});
  finding.show_commit(share.example, text_of(share, "came with an explanation"));
  finding.lacks = "only " + text_of(share, "came with an explanation");
  return 2 * share.with >= share.all && share.all >= 4 ? Level::shown : Level::consistent;
}

}  // namespace cascade::audit::judges
