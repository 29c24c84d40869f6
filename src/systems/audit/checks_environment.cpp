// Whether another machine gets the same tools and libraries.
#include <algorithm>

#include "audit/command_words.h"
#include "audit/judges.h"
#include "audit/lists.h"
#include "audit/values.h"
#include "audit/version_ranges.h"
#include "files/paths.h"
#include "text/ascii.h"

namespace cascade::audit::judges {
namespace {

std::string below(const std::string& folder, const std::string& name) {
  return folder.empty() ? name : folder + "/" + name;
}

// Names of direct dependencies, without the language itself and what the repository holds.
std::vector<Value> dependencies_of(const Subject& subject, const Package& package) {
  std::vector<Value> found;
  for (const EcosystemRow* row : rows_of(subject.rows, package.ecosystem, "depends"))
    for (const std::string& name : subject.repository.matching(package.folder, {std::string(row->subject)}))
      for (Value& value : values_of(subject.repository, below(package.folder, name), row->value)) {
        const std::string& text = value.text;
        if (text.empty() || has(lists::languages, text) || text.starts_with("ext-") ||
            std::any_of(found.begin(), found.end(), [&](const Value& known) { return known.text == text; }))
          continue;
        found.push_back(std::move(value));
      }
  return found;
}

struct Lock {
  std::string path;
  bool is_list = false;  // of exact versions by hand, which is its own list of dependencies
};
std::optional<Lock> lock_of(const Subject& subject, const Package& package) {
  std::optional<Lock> pinned;
  for (std::string folder = package.folder;; folder = std::string(files::parent(folder))) {
    for (const EcosystemRow* row : rows_of(subject.rows, package.ecosystem, "lock"))
      for (const std::string& name : subject.repository.matching(folder, parts_of(row->subject))) {
        const std::string path = below(folder, name);
        if (row->value == "-") {
          if (letters::trim(subject.repository.text(path)).size() > 2) return Lock{path, false};
          continue;
        }
        const auto all = values_of(subject.repository, path, "lines"),
                   exact = values_of(subject.repository, path, row->value);
        if (!pinned && !exact.empty() && exact.size() >= all.size()) pinned = Lock{path, true};
      }
    if (folder.empty()) return pinned;
  }
}

// Names with dots, dashes and underlines are often the same to those who look for them.
std::string folded(std::string_view name) {
  std::string text = letters::to_lower(name);
  for (char& c : text)
    if (c == '_' || c == '.') c = '-';
  return text;
}

// Whether a folded text has the name whole: left-pad is no left, and left-1-0-0 is.
bool has_name(const std::string& text, const std::string& name) {
  for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    const char behind = end < text.size() ? text[end] : ' ';
    const bool is_version = behind == '-' && end + 1 < text.size() && letters::is_digit(text[end + 1]);
    if ((at == 0 || !letters::is_name(text[at - 1])) && (is_version || !letters::is_name(behind))) return true;
  }
  return false;
}

bool is_at_or_below(const std::string& folder, const std::string& top) {
  return top.empty() || folder == top || folder.compare(0, top.size() + 1, top + "/") == 0;
}

// Whether a word of the line names the folder or something in it, as in --manifest-path web/Cargo.toml.
bool names_folder(const std::string& line, const std::string& folder) {
  for (std::size_t at = line.find(folder); at != std::string::npos && !folder.empty(); at = line.find(folder, at + 1)) {
    const std::size_t end = at + folder.size();
    const std::size_t before = at >= 2 && line.compare(at - 2, 2, "./") == 0 ? at - 2 : at;
    const bool begins = before == 0 || line[before - 1] == ' ' || line[before - 1] == '=';
    if (begins && (end == line.size() || line[end] == ' ' || line[end] == '/')) return true;
  }
  return false;
}

// Finds the commands that install exactly what the lock of a package says. A command finds the lock that is in its
// folder or nearest above it, unless it names another folder.
class FrozenInstall {
 public:
  FrozenInstall(const Subject& subject, const Package& package, std::string_view lock)
      : rows_(rows_of(subject.rows, package.ecosystem, "frozen")),
        package_(package.folder),
        lock_folder_(files::parent(lock)) {}

  bool is_in(const Judged& judged) const {
    return std::any_of(judged.started.begin(), judged.started.end(),
                       [&](const Started& one) { return one.existence != Existence::missing && installs(one); });
  }

 private:
  bool installs(const Started& started) const {
    if (!is_at_or_below(package_, started.folder)) return false;
    const std::size_t above = started.folder.empty() ? 0 : started.folder.size() + 1;
    const bool finds_it = is_at_or_below(started.folder, lock_folder_) ||
                          names_folder(started.line, package_.substr(std::min(above, package_.size())));
    return finds_it && std::any_of(rows_.begin(), rows_.end(),
                                   [&](const EcosystemRow* row) { return says(started.line, row->subject); });
  }

  // All words in this order, anything between them: pip3 is pip, --locked=true is --locked, tool@latest is no test.
  static bool says(const std::string& line, std::string_view words) {
    const auto wanted = parts_of(words);
    std::size_t next = 0;
    for (const std::string& word : parts_of(line)) {
      if (next == wanted.size()) break;
      const std::string_view name = next == 0 ? files::file_name(word) : std::string_view(word);
      const std::string& want = wanted[next];
      const bool is_short = want.size() == 2 && want.front() == '-';
      if (name.starts_with(want) && (is_short || name.size() == want.size() || !letters::is_letter(name[want.size()])))
        ++next;
    }
    return next == wanted.size();
  }

  std::vector<const EcosystemRow*> rows_;
  std::string package_, lock_folder_;
};

// What a file of the package says about the version of one of its tools.
struct Said : Value {
  std::string tool;     // empty: that of the language
  std::string meaning;  // ">=1.15" where the file says the least one that will do
};

std::vector<Said> versions_said(const Subject& subject, const Package& package) {
  std::vector<Said> said;
  for (const std::string& folder : {package.folder, std::string()})
    for (const EcosystemRow* row : rows_of(subject.rows, package.ecosystem, "version"))
      for (const std::string& name : subject.repository.matching(folder, {std::string(row->subject)})) {
        const auto clauses = clauses_of(row->value);
        const auto least = parts_of(clauses.size() > 1 ? clauses[1] : "");
        for (Value& value : values_of(subject.repository, below(folder, name), clauses.front())) {
          const bool names_one =
              !digits_of(value.text).empty() || value.text == "stable" || value.text.compare(0, 4, "lts/") == 0;
          std::string meaning = (least.empty() ? "" : ">=") + value.text;
          if (names_one)
            said.push_back({std::move(value), least.size() > 1 ? least[1] : std::string(), std::move(meaning)});
        }
      }
  return said;
}

struct InCi {
  std::vector<Value> values;
  std::optional<Place> reads_file;
};
InCi versions_in_ci(const Subject& subject, const Package& package) {
  InCi found;
  const auto keys = subjects_of(subject.rows, package.ecosystem, "setting");
  for (const CiFile& file : subject.ci) {
    std::uint32_t number = 0;
    for (std::string_view line : lines_of(subject.repository.text(file.path))) {
      ++number;
      line = letters::trim(line);
      if (line.compare(0, 2, "- ") == 0) line = letters::trim(line.substr(2));
      for (const std::string& key : keys) {
        if (line.compare(0, key.size() + 6, key + "-file:") == 0 && !found.reads_file)
          found.reads_file = Place{file.path, number};
        if (line.compare(0, key.size() + 1, key + ":") != 0) continue;
        const std::string value(letters::trim(line.substr(key.size() + 1)));
        if (!value.empty() && value.find("${{") == std::string::npos)
          found.values.push_back({value, {file.path, number}});
      }
    }
  }
  return found;
}

// A task that installs what is locked shows nothing until somebody has run it.
Level shown_from_lock(const Subject& subject, const Package& package, const Lock& lock, Finding& finding) {
  if (const Run* run = run_for(subject, package, "setup"); run != nullptr && run->passed()) {
    finding.show_run(*run);
    return Level::shown;
  }
  const FrozenInstall frozen(subject, package, lock.path);
  for (const CiFile& file : subject.ci)
    for (const CiStep& step : file.steps)
      if (!step.is_action && frozen.is_in(step.judged)) {
        finding.show(step.place, "installs exactly what is locked");
        return Level::shown;
      }
  finding.at = Place{lock.path, 1};
  finding.lacks = "CI does not install exactly what is locked, and no set-up was run here: cascade audit --run";
  for (const TaskFile* file : subject.commands.task_files_from(package.folder))
    for (const Task& task : file->tasks)
      if (frozen.is_in(subject.commands.judge_task(*file, task))) {
        finding.show(task.place, "a task that installs exactly what is locked");
        return Level::consistent;
      }
  return Level::consistent;
}

}  // namespace

Level locks(const Subject& subject, const Package& package, Finding& finding) {
  const auto dependencies = dependencies_of(subject, package);
  if (dependencies.empty()) {
    finding.applies = false;
    finding.lacks = "it depends on nothing";
    return Level::absent;
  }
  const auto lock = lock_of(subject, package);
  if (!lock) {
    finding.at = dependencies.front().place;
    finding.lacks = std::to_string(dependencies.size()) + (dependencies.size() == 1 ? " dependency" : " dependencies") +
                    " and no lock file";
    return Level::absent;
  }
  const std::string text = folded(subject.repository.text(lock->path));
  const Value* missing = nullptr;
  std::size_t there = 0;
  for (const Value& value : dependencies) {
    if (has_name(text, folded(value.text)))
      ++there;
    else if (missing == nullptr)
      missing = &value;
  }
  if (there == 0) {
    finding.at = Place{lock->path, 1};
    finding.lacks = lock->path + " locks none of the dependencies";
    return Level::absent;
  }
  finding.show({lock->path, 1}, "locks " + std::to_string(there) + " of " + std::to_string(dependencies.size()) +
                                    " direct dependencies");
  if (missing != nullptr) {
    finding.at = missing->place;
    finding.lacks = lock->path + " does not have " + missing->text;
    return Level::present;
  }
  return shown_from_lock(subject, package, *lock, finding);
}

Level setup(const Subject& subject, const Package&, Finding& finding) {
  std::optional<Declared> declared;
  for (const Package& package : subject.packages)
    if (!declared) declared = declared_for(subject, package, "setup");
  std::optional<Place> place;
  for (const EcosystemRow* row : rows_of(subject.rows, any_ecosystem, "place"))
    for (const std::string& condition : parts_of(row->value))
      if (!place && row->subject == "setup") place = declared_by(subject.repository, "", condition);
  const Named* named = nullptr;
  std::vector<Named> all;
  for (const std::string_view fact : {"instructions", "guide"})
    for (const std::string& path : documents_of(subject, fact))
      for (Named& one : names_in(subject, path)) all.push_back(std::move(one));
  for (const Named& one : all)
    if (named == nullptr && one.is_command && !one.missing && one.judged.find("setup") != nullptr &&
        (one.judged.find("test") == nullptr || one.text.find("&&") != std::string::npos))
      named = &one;
  if (!declared && !place && named == nullptr) {
    finding.lacks = "no document and no script says how to set the repository up";
    return Level::absent;
  }
  if (declared) finding.show(declared->place, declared->line);
  if (!declared && place) finding.show(*place, "describes the environment");
  if (named != nullptr) finding.show(named->place, named->text);
  if (declared && declared->judged.missing() != nullptr) {
    finding.at = declared->place;
    finding.lacks = declared->judged.missing()->why;
    return Level::present;
  }
  if (named == nullptr) {
    finding.at = declared ? declared->place : *place;
    finding.lacks = "no document names it";
    return Level::present;
  }
  for (const Run& run : subject.runs)
    if (run.plan.purpose == "setup") {
      finding.show_run(run);
      if (run.passed()) return Level::shown;
      finding.lacks = run.plan.line + " fails";
      return Level::present;
    }
  finding.lacks = "it was not run here: cascade audit --run";
  return Level::consistent;
}

Level tool_versions(const Subject& subject, const Package& package, Finding& finding) {
  const std::vector<Said> said = versions_said(subject, package);
  const InCi ci = versions_in_ci(subject, package);
  if (said.empty()) {
    finding.lacks = "nothing says which version of the tools is meant";
    if (!package.manifest.empty()) finding.at = Place{package.manifest, 1};
    return Level::absent;
  }
  finding.show(said.front().place, said.front().text);
  for (const Said& other : said)
    if (other.tool == said.front().tool && !can_agree(said.front().meaning, other.meaning)) {
      finding.at = other.place;
      finding.lacks =
          other.place.path + " says " + other.text + ", " + said.front().place.path + " says " + said.front().text;
      return Level::present;
    }
  // CI may run several versions, in a list or in several files: one of them has to be the one that is meant.
  const auto agrees = [&](const Value& other) {
    const bool is_matrix = other.text.find(',') != std::string::npos || other.text.front() == '[';
    return is_matrix || can_agree(said.front().meaning, other.text);
  };
  if (!ci.values.empty() && std::none_of(ci.values.begin(), ci.values.end(), agrees)) {
    const Value& other = ci.values.front();
    finding.at = other.place;
    finding.lacks = "CI uses " + other.text + ", " + said.front().place.path + " says " + said.front().text;
    return Level::present;
  }
  const auto second = std::find_if(said.begin(), said.end(), [&](const Said& other) {
    return other.place.path != said.front().place.path && other.tool == said.front().tool;
  });
  const bool compared = second != said.end();
  if (ci.values.empty() && !ci.reads_file && !compared) {
    finding.at = said.front().place;
    finding.lacks = "CI does not say which version it uses";
    return Level::present;
  }
  if (!ci.values.empty()) finding.show(ci.values.front().place, "CI agrees");
  if (ci.reads_file) {
    finding.show(*ci.reads_file, "CI reads the file");
    return Level::shown;
  }
  if (compared) finding.show(second->place, "agrees");
  finding.lacks = "CI does not read its version from the file";
  return Level::consistent;
}

}  // namespace cascade::audit::judges
