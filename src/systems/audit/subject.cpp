#include "audit/subject.h"

#include "audit/lists.h"
#include "files/paths.h"
#include "text/ascii.h"
#include "text/names.h"

namespace cascade::audit {
namespace {

// Whether what runs in the folder is about the package: there, or where its tests are.
bool works_on(const Package& package, const std::string& folder) {
  return is_at_or_below(folder, package.folder) || std::ranges::any_of(package.tests, [&](const std::string& test) {
           return test.compare(0, folder.size() + 1, folder + "/") == 0;
         });
}

// Whether the program would do it for this ecosystem, or for any.
bool fits_ecosystem(const Subject& subject, const Package& package, const Started& started, std::string_view purpose) {
  const auto inherent = rows_of(subject.rows, started.ecosystem, "inherent");
  if (!inherent.empty() && inherent.front()->subject == purpose) return package.ecosystem == started.ecosystem;
  bool known = false;
  for (const EcosystemRow* row : all_rows_of(subject.rows, "run")) {
    if (row->subject != purpose || parts_of(row->value).front() != started.tool) continue;
    if (row->ecosystem == package.ecosystem || row->ecosystem == any_ecosystem) return true;
    known = true;
  }
  return !known || package.ecosystem.empty();
}

const Started* doer_in(const Subject& subject, const Package& package, const Judged& judged, std::string_view purpose) {
  const Started* found = nullptr;
  for (const Started& one : judged.started)
    if (one.existence != Existence::missing && one.purposes.count(std::string(purpose)) > 0 &&
        fits_ecosystem(subject, package, one, purpose) && (found == nullptr || one.outweighs(*found)))
      found = &one;
  return found;
}

// "npm run lint", "make lint": how a person starts a task.
std::string call_of(const Subject& subject, const TaskFile& file, const Task& task) {
  for (const EcosystemRow* row : all_rows_of(subject.rows, "runner")) {
    const auto clauses = clauses_of(row->value);
    const auto subjects = parts_of(clauses.front());
    if (!has(subjects, file.subject)) continue;
    const std::string direct = std::string(row->subject) + " " + task.name;
    for (const std::string_view clause : clauses) {
      const auto parts = parts_of(clause);
      if (parts.front() == "direct" && std::find(parts.begin() + 1, parts.end(), task.name) != parts.end())
        return direct;
    }
    for (std::size_t i = 1; i < clauses.size(); ++i) {
      const auto parts = parts_of(clauses[i]);
      if (parts.front() == "after") return std::string(row->subject) + " " + parts[1] + " " + task.name;
      if (parts.front() == "any" || parts.front() == "each") return direct;
    }
  }
  return task.name;
}

// Where a row lists the name for a purpose; the names that people use most come first.
std::size_t rank_of(const Subject& subject, std::string_view purpose, const std::string& name) {
  std::size_t rank = 0;
  for (const EcosystemRow* row : all_rows_of(subject.rows, "task")) {
    if (row->subject != purpose) continue;
    for (const std::string& known : parts_of(row->value)) {
      if (known == name) return rank;
      ++rank;
    }
  }
  return std::string::npos;
}

// What sets up or builds in order to test is a test; a generator's target `install` copies into the system.
bool does_more_than(std::string_view purpose, const Judged& judged) {
  if (purpose != "setup" && purpose != "build") return false;
  for (const std::string_view other : {"test", "lint", "types", "format", "build"})
    if (purpose == "setup" && judged.find(other) != nullptr) return true;
  if (purpose == "setup" &&
      std::ranges::any_of(judged.started, [](const Started& one) { return !one.is_known && one.purposes.empty(); }))
    return true;
  return judged.find("test") != nullptr ||
         std::ranges::any_of(judged.started, [](const Started& one) { return one.words == "task install"; });
}

// The task with the best name; `by_name` false: the first one of another name that starts a tool for it.
std::optional<Declared> task_for(const Subject& subject, const Package& package, std::string_view purpose,
                                 const std::string& folder, bool by_name) {
  std::optional<Declared> best;
  std::size_t best_rank = std::string::npos;
  for (const TaskFile* file : subject.commands.task_files_in(folder)) {
    if (file->is_made) continue;
    for (const Task& task : file->tasks) {
      const std::size_t rank = rank_of(subject, purpose, task.name);
      if (!by_name && task.name.find('/') != std::string::npos) continue;  // a file that is made
      if ((rank != std::string::npos) != by_name || (best && best->counts && rank >= best_rank)) continue;
      const Judged& judged = subject.commands.judge_task(*file, task);
      const Started* doer = doer_in(subject, package, judged, purpose);
      const bool does_more = does_more_than(purpose, judged);
      if (doer == nullptr || (!by_name && does_more) || (best && !doer->counts)) continue;
      best = Declared{call_of(subject, *file, task), folder, task.place, judged, doer->tool, doer->counts};
      best_rank = rank;
    }
  }
  return best;
}

std::optional<Declared> script_for(const Subject& subject, const Package& package, std::string_view purpose,
                                   const std::string& folder) {
  for (const EcosystemRow* row : rows_of(subject.rows, any_ecosystem, "script")) {
    if (row->subject != purpose) continue;
    for (const std::string& name : parts_of(row->value)) {
      const std::string path = folder.empty() ? name : folder + "/" + name;
      if (!subject.repository.has_file(path) || !says_something(subject.repository.text(path))) continue;
      const Judged judged = subject.commands.judge("./" + name, folder);
      if (const Started* doer = doer_in(subject, package, judged, purpose))
        return Declared{"./" + name, folder, {path, 1}, judged, doer->tool, doer->counts};
    }
  }
  return std::nullopt;
}

// Words of a line that hold a place for others.
bool is_filler(std::string_view line) {
  const std::string lower = letters::to_lower(line);
  return std::ranges::any_of(lists::fillers,
                             [&](std::string_view word) { return lower.find(word) != std::string::npos; });
}

std::size_t words_in(std::string_view line) {
  std::size_t words = 0;
  bool inside = false;
  for (const char c : line) {
    const bool is_word = letters::is_word(c) || static_cast<unsigned char>(c) >= 0x80;
    words += is_word && !inside ? 1 : 0;
    inside = is_word;
  }
  return words;
}

bool is_aside(std::string_view folder, const std::vector<std::string>& aside) {
  while (!folder.empty()) {
    if (has(aside, files::file_name(folder))) return true;
    folder = files::parent(folder);
  }
  return false;
}

bool is_below_another(const Package& package, const std::vector<Package>& packages) {
  return std::ranges::any_of(packages, [&](const Package& other) {
    return other.ecosystem == package.ecosystem && other.folder != package.folder &&
           is_at_or_below(package.folder, other.folder);
  });
}

// A solution's folder holds its projects; the folder of a project is no package of its own then, and likewise for
// other manifests that the rows call nested.
void drop_nested(Rows rows, std::vector<Package>& packages) {
  const std::vector<Package> all = packages;
  std::erase_if(packages, [&](const Package& package) {
    const auto nested = subjects_of(rows, package.ecosystem, "nested");
    const bool is_nested = std::ranges::any_of(nested, [&](const std::string& pattern) {
      return files::matches_glob(pattern, files::file_name(package.manifest));
    });
    return is_nested && is_below_another(package, all);
  });
}

// Which package a file belongs to.
class Owners {
 public:
  explicit Owners(std::vector<Package>& packages) {
    for (Package& package : packages) {
      by_folder_[package.folder].push_back(&package);
      by_ecosystem_[package.ecosystem].push_back(&package);
    }
  }

  // The deepest package that holds the file; of the ecosystem, unless that is empty.
  Package* holder_of(std::string_view path, const std::string& ecosystem) const {
    while (!path.empty()) {
      path = files::parent(path);
      const auto here = by_folder_.find(path);
      if (here == by_folder_.end()) continue;
      for (auto one = here->second.rbegin(); one != here->second.rend(); ++one)
        if (ecosystem.empty() || (*one)->ecosystem == ecosystem) return *one;
    }
    return nullptr;
  }

  // Tests in a folder of their own, src/Ledger and tests/Ledger.Tests, belong to the package with the longest name that
  // stands in their path, or to the only one of the ecosystem.
  Package* named_by(const std::string& path, const std::string& ecosystem) const {
    const auto all = by_ecosystem_.find(ecosystem);
    if (all == by_ecosystem_.end()) return nullptr;
    if (all->second.size() == 1) return all->second.front();
    Package* found = nullptr;
    std::size_t length = 0;
    for (Package* package : all->second) {
      const std::string_view name = files::file_name(package->folder);
      const std::size_t at = path.find("/" + std::string(name));
      if (name.size() <= length || at == std::string::npos || letters::is_letter(path[at + 1 + name.size()])) continue;
      found = package;
      length = name.size();
    }
    return found;
  }

 private:
  std::map<std::string, std::vector<Package*>, std::less<>> by_folder_, by_ecosystem_;
};

void share_files(const Repository& repository, Rows rows, std::vector<Package>& packages) {
  const Owners owners(packages);
  std::set<std::string> ecosystems;
  for (const EcosystemRow& row : rows)
    if (row.ecosystem != any_ecosystem) ecosystems.emplace(row.ecosystem);
  for (const std::string& ecosystem : ecosystems) {
    const auto sources = subjects_of(rows, ecosystem, "source"), tests = subjects_of(rows, ecosystem, "test");
    for (const std::string& path : repository.matching("", sources, true)) {
      Package* owner = owners.holder_of(path, ecosystem);
      const bool is_beside = owner == nullptr;
      const bool is_test =
          Repository::fits(is_beside || owner->folder.empty() ? path : path.substr(owner->folder.size() + 1), tests);
      if (is_beside && is_test) owner = owners.named_by(path, ecosystem);
      if (owner != nullptr) {
        (is_test ? owner->tests : owner->sources).push_back(path);
        const bool both = std::ranges::find(tests, sources.front()) != tests.end();
        if (both && is_test && !is_beside) owner->sources.push_back(path);  // code and tests in one file, as in Rust
      } else if (Package* const other = owners.holder_of(path, ""); other != nullptr && is_beside) {
        const std::string below = other->folder.empty() ? path : path.substr(other->folder.size() + 1);
        if (Repository::fits(below, tests)) other->other_tests.push_back({path, ecosystem});
      }
    }
  }
}

// Code beside its manifest, and of no fixture, example or test.
bool has_code(const Repository& repository, Rows rows, const Package& package, const std::vector<std::string>& aside) {
  const auto manifests = subjects_of(rows, package.ecosystem, "manifest");
  const auto code = repository.matching(package.folder, subjects_of(rows, package.ecosystem, "source"), true);
  return std::ranges::any_of(code, [&](const std::string& path) {
    return !is_aside(files::parent(path), aside) && std::ranges::find(manifests, path) == manifests.end();
  });
}

// A root without a manifest whose files are code all the same. Where other folders are packages, one of the files that
// the row asks for must be in the root.
std::optional<Package> lone_package(const Repository& repository, Rows rows, bool is_first) {
  for (const EcosystemRow* row : all_rows_of(rows, "lone")) {
    const auto asked = repository.matching("", parts_of(row->value));
    if ((asked.empty() && !is_first) || repository.matching("", parts_of(row->subject)).empty()) continue;
    return Package{"", std::string(row->ecosystem), asked.empty() ? "" : asked.front(), {}, {}, {}};
  }
  return std::nullopt;
}

constexpr std::size_t most_commits = 5'000;
constexpr std::int64_t active_seconds = 90 * metrics::day_seconds;

PastCommit commit_of(const metrics::History& history, const metrics::Measures& measures, std::size_t at) {
  const metrics::Commit& commit = history.commits[at];
  const metrics::Measured& measured = measures.commits[at];
  PastCommit past{commit.id,       commit.subject,       commit.time,           commit.is_merge(),
                  measured.is_bot, measured.is_reviewed, measured.is_explained, {}};
  for (std::uint32_t i = 0; i < commit.files; ++i)
    past.paths.push_back(history.paths[history.files[commit.first_file + i].path]);
  return past;
}

void count_active(const metrics::History& history, const metrics::Measures& measures, Past& past) {
  std::int64_t newest = 0;
  for (const metrics::Commit& commit : history.commits) newest = std::max(newest, commit.time);
  std::set<std::uint32_t> active;
  for (const metrics::Commit& commit : history.commits)
    if (commit.time >= newest - active_seconds) active.insert(commit.author);
  for (std::size_t at = 0; at < history.commits.size() && at < measures.standing.size(); ++at) {
    const std::uint64_t lines = measures.standing[at];
    past.standing_lines += lines;
    if (lines == 0 || active.count(history.commits[at].author) == 0) continue;
    past.active_lines += lines;
    past.active_example = history.commits[at].id;
  }
}

}  // namespace

constexpr letters::Names<Level::shown> level_names("absent", "present", "consistent", "shown");
std::string_view to_string(Level level) noexcept { return level_names.of(level); }

Level Finding::show_run(const Run& run) {
  for (const Attempt& attempt : run.attempts)
    evidence.push_back({{run.plan.path, run.plan.at},
                        {},
                        run.plan.line,
                        attempt.exit_code,
                        attempt.milliseconds,
                        attempt.tail,
                        attempt.stopped == Stopped::no ? "" : "stopped: " + std::string(to_string(attempt.stopped))});
  return Level::shown;
}

std::size_t count_own_words(std::string_view markdown) {
  std::size_t words = 0;
  bool in_comment = false;
  const auto lines = lines_of(markdown);
  const auto is_fence = [](std::string_view line) { return letters::trim(line) == "---"; };
  auto from = lines.begin();
  if (!lines.empty() && is_fence(lines.front()))  // front matter, unless nothing ends it
    if (const auto end = std::find_if(from + 1, lines.end(), is_fence); end != lines.end()) from = end + 1;
  for (; from != lines.end(); ++from) {
    std::string_view line = letters::trim(*from);
    if (in_comment) {
      const std::size_t end = line.find("-->");
      if (end == std::string_view::npos) continue;
      line = letters::trim(line.substr(end + 3));
      in_comment = false;
    }
    if (const std::size_t begin = line.find("<!--"); begin != std::string_view::npos) {
      const std::size_t end = line.find("-->", begin);
      in_comment = end == std::string_view::npos;
      line = begin > 0 ? line.substr(0, begin) : in_comment ? "" : letters::trim(line.substr(end + 3));
    }
    if (line.empty() || line.front() == '#' || line.compare(0, 2, "![") == 0 || line.compare(0, 3, "[![") == 0 ||
        line.compare(0, 3, "```") == 0 || is_filler(line))
      continue;
    words += words_in(line);
  }
  return words;
}

std::vector<std::string> documents_of(const Subject& subject, std::string_view fact) {
  std::vector<std::string> found;
  for (const std::string& pattern : subjects_of(subject.rows, any_ecosystem, fact))
    for (std::string& path : subject.repository.matching("", {pattern}))
      if (says_something(subject.repository.text(path)) && std::ranges::find(found, path) == found.end())
        found.push_back(std::move(path));
  return found;
}

std::optional<Declared> declared_for(const Subject& subject, const Package& package, std::string_view purpose) {
  std::vector<std::string> folders{package.folder};
  if (!package.folder.empty()) folders.emplace_back();
  std::optional<Declared> best;
  const auto settles = [&](std::optional<Declared> one) {
    if (one && (!best || one->counts)) best = std::move(one);
    return best && best->counts;
  };
  for (const std::string& folder : folders)
    if (settles(task_for(subject, package, purpose, folder, true)) ||
        settles(script_for(subject, package, purpose, folder)) ||
        settles(task_for(subject, package, purpose, folder, false)))
      break;
  return best;
}

Value line_of_step(const Subject& subject, const CiStep& step, std::string_view purpose) {
  const auto lines = lines_of(letters::trim(step.line));
  std::string_view text = lines.front();
  for (const std::string_view line : lines)
    if (lines.size() > 1 && subject.commands.judge(line, step.folder).find(purpose) != nullptr) {
      text = letters::trim(line);
      break;
    }
  Value found{std::string(text), step.place};
  const auto all = lines_of(subject.repository.text(step.place.path));
  const std::size_t first = std::max<std::size_t>(step.place.line, 1) - 1;
  if (first >= all.size() || all[first].find(text) != std::string_view::npos) return found;
  for (std::size_t i = first + 1; i < std::min(all.size(), first + 1 + 2 * lines.size()); ++i)
    if (letters::trim(all[i]) == text) {
      found.place.line = static_cast<std::uint32_t>(i) + 1;
      break;
    }
  return found;
}

const CiStep* step_for(const Subject& subject, std::string_view purpose, const Package* package) {
  const CiStep* found = nullptr;
  bool found_on_requests = false;
  for (const CiFile& file : subject.ci)
    for (const CiStep& step : file.steps) {
      const Started* doer =
          package == nullptr ? step.judged.find(purpose) : doer_in(subject, *package, step.judged, purpose);
      if (doer == nullptr || (package != nullptr && !step.folder.empty() && !works_on(*package, step.folder))) continue;
      const bool counts = step.is_enforced && doer->counts;
      if (!counts || (found != nullptr && (found_on_requests || !file.on_requests))) continue;
      found = &step;
      found_on_requests = file.on_requests;
    }
  return found;
}

bool is_at_or_below(std::string_view folder, std::string_view top) {
  return top.empty() || (folder.starts_with(top) && (folder.size() == top.size() || folder[top.size()] == '/'));
}

const Run* run_for(const Subject& subject, const Package& package, std::string_view purpose) {
  const Run* found = nullptr;
  for (const Run& run : subject.runs) {
    if (run.plan.purpose != purpose) continue;
    const auto& covered = run.plan.packages;
    if (std::ranges::find(covered, package.folder) != covered.end()) found = &run;
  }
  return found;
}

std::vector<Package> find_packages(const Repository& repository, Rows rows) {
  std::vector<Package> packages;
  const auto aside = subjects_of(rows, any_ecosystem, "aside");
  for (const EcosystemRow* row : all_rows_of(rows, "manifest")) {
    for (const std::string& path : repository.matching("", {std::string(row->subject)}, true)) {
      const std::string folder(files::parent(path));
      if (is_aside(folder, aside)) continue;
      const bool known = std::ranges::any_of(packages, [&](const Package& package) {
        return package.folder == folder && package.ecosystem == row->ecosystem;
      });
      if (!known) packages.push_back({folder, std::string(row->ecosystem), path, {}, {}, {}});
    }
  }
  drop_nested(rows, packages);
  std::vector<Package> with_code;
  for (const Package& package : packages)
    if (has_code(repository, rows, package, aside)) with_code.push_back(package);
  const bool has_root = std::ranges::any_of(with_code, [](const Package& package) { return package.folder.empty(); });
  if (!has_root)
    if (auto lone = lone_package(repository, rows, with_code.empty())) with_code.push_back(*std::move(lone));
  if (!with_code.empty()) packages = std::move(with_code);
  drop_nested(rows, packages);
  if (packages.empty()) packages.push_back({"", "", "", {}, {}, {}});
  std::ranges::sort(packages, [](const Package& a, const Package& b) {
    return std::pair(a.folder, a.ecosystem) < std::pair(b.folder, b.ecosystem);
  });
  share_files(repository, rows, packages);
  return packages;
}

Past past_of(const metrics::History& history) {
  Past past;
  past.head = history.head;
  past.is_whole = history.lost.empty() && history.cut == 0 && !history.is_partial && !history.misses_tip;
  const metrics::Measures measures = metrics::measure(history);
  for (std::size_t at = history.commits.size(); at-- > 0 && past.commits.size() < most_commits;)
    past.commits.push_back(commit_of(history, measures, at));
  past.tags = history.tags;
  std::map<std::string_view, std::size_t> ages;
  for (std::size_t at = 0; at < past.commits.size(); ++at) ages.emplace(past.commits[at].id, at);
  const auto age_of = [&](const metrics::Tag& tag) {
    const auto known = ages.find(tag.commit);
    return known == ages.end() ? past.commits.size() : known->second;
  };
  std::ranges::stable_sort(past.tags,
                           [&](const metrics::Tag& a, const metrics::Tag& b) { return age_of(a) < age_of(b); });
  for (const auto& [path, blob] : history.tip) past.tracked.push_back(history.paths[path]);
  std::ranges::sort(past.tracked);
  count_active(history, measures, past);
  return past;
}

bool is_fix(std::string_view subject) {
  const std::string lower = letters::to_lower(subject);
  for (const std::string_view word : lists::fixes) {
    if (lower.compare(0, word.size(), word) != 0) continue;
    const std::string_view rest = std::string_view(lower).substr(word.size());
    const std::string_view ending = rest.substr(0, rest.find_first_not_of("abcdefghijklmnopqrstuvwxyz"));
    const std::size_t typo = std::min(rest.find("typo"), rest.size());
    if (ending.empty() || ending == "s" || ending == "es" || ending == "ed")
      return typo == rest.size() || rest.substr(typo).starts_with("typogr");
  }
  return false;
}

}  // namespace cascade::audit
