#include "audit/subject.h"

#include <algorithm>

#include "audit/lists.h"
#include "audit/values.h"
#include "text/ascii.h"
#include "text/names.h"

namespace cascade::audit {
namespace {

bool is_within_package(const Package& package, std::string_view folder) {
  return package.folder.empty() || folder == package.folder ||
         folder.compare(0, package.folder.size() + 1, package.folder + "/") == 0;
}

// Whether what runs in the folder is about the package: there, or where its tests are.
bool works_on(const Package& package, const std::string& folder) {
  return is_within_package(package, folder) ||
         std::any_of(package.tests.begin(), package.tests.end(),
                     [&](const std::string& test) { return test.compare(0, folder.size() + 1, folder + "/") == 0; });
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
    if (std::find(subjects.begin(), subjects.end(), file.subject) == subjects.end()) continue;
    for (const std::string_view clause : clauses) {
      const auto parts = parts_of(clause);
      if (parts.front() == "direct" && std::find(parts.begin() + 1, parts.end(), task.name) != parts.end())
        return std::string(row->subject) + " " + task.name;
    }
    for (std::size_t i = 1; i < clauses.size(); ++i) {
      const auto parts = parts_of(clauses[i]);
      if (parts.front() == "after") return std::string(row->subject) + " " + parts[1] + " " + task.name;
      if (parts.front() == "any" || parts.front() == "each") return std::string(row->subject) + " " + task.name;
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
  if (purpose == "setup" && std::any_of(judged.started.begin(), judged.started.end(),
                                        [](const Started& one) { return !one.is_known && one.purposes.empty(); }))
    return true;
  return judged.find("test") != nullptr || std::any_of(judged.started.begin(), judged.started.end(),
                                                       [](const Started& one) { return one.words == "task install"; });
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
      const bool counts = doer->counts;
      std::string tool = doer->tool;
      best = Declared{call_of(subject, *file, task), folder, task.place, judged, std::move(tool), counts};
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
      Judged judged = subject.commands.judge("./" + name, folder);
      const Started* doer = doer_in(subject, package, judged, purpose);
      if (doer == nullptr) continue;
      const bool counts = doer->counts;
      std::string tool = doer->tool;
      return Declared{"./" + name, folder, {path, 1}, std::move(judged), std::move(tool), counts};
    }
  }
  return std::nullopt;
}

// Words of a line that hold a place for others.
bool is_filler(std::string_view line) {
  const std::string lower = letters::to_lower(line);
  for (const std::string_view word : lists::fillers)
    if (lower.find(word) != std::string::npos) return true;
  return false;
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

}  // namespace

constexpr letters::Names<Level::shown> level_names("absent", "present", "consistent", "shown");
std::string_view to_string(Level level) noexcept { return level_names.of(level); }

void Finding::show_run(const Run& run) {
  for (const Attempt& attempt : run.attempts)
    evidence.push_back({{run.plan.path, run.plan.at},
                        {},
                        run.plan.line,
                        attempt.exit_code,
                        attempt.milliseconds,
                        attempt.tail,
                        attempt.stopped == Stopped::no ? "" : "stopped: " + std::string(to_string(attempt.stopped))});
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
      if (says_something(subject.repository.text(path)) && std::find(found.begin(), found.end(), path) == found.end())
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

StepLine line_of_step(const Subject& subject, const CiStep& step, std::string_view purpose) {
  const auto lines = lines_of(letters::trim(step.line));
  std::string_view text = lines.front();
  for (const std::string_view line : lines)
    if (lines.size() > 1 && subject.commands.judge(line, step.folder).find(purpose) != nullptr) {
      text = letters::trim(line);
      break;
    }
  StepLine found{step.place, std::string(text)};
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

const Run* run_for(const Subject& subject, const Package& package, std::string_view purpose) {
  const Run* found = nullptr;
  for (const Run& run : subject.runs) {
    if (run.plan.purpose != purpose) continue;
    const auto& covered = run.plan.packages;
    if (std::find(covered.begin(), covered.end(), package.folder) != covered.end()) found = &run;
  }
  return found;
}

}  // namespace cascade::audit
