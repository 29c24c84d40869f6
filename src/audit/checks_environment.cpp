// Whether another machine gets the same tools and libraries.
#include <algorithm>
#include <set>

#include "audit/judges.h"
#include "audit/values.h"
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
        if (text.empty() || text == "python" || text == "php" || text == "flutter" || text == "sdk" ||
            text.compare(0, 4, "ext-") == 0)
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

std::string folded(std::string_view name) {
  std::string text = letters::to_lower(name);
  std::replace(text.begin(), text.end(), '_', '-');
  return text;
}

// Whether CI or a task installs exactly what is locked.
const Place* frozen_in(const Subject& subject, const Package& package) {
  const auto rows = rows_of(subject.rows, package.ecosystem, "frozen");
  const auto does = [&](const std::string& line) {
    return std::any_of(rows.begin(), rows.end(), [&](const EcosystemRow* row) {
      std::size_t at = 0;
      for (const std::string& word : parts_of(row->subject)) {
        at = line.find(word, at);
        if (at == std::string::npos) return false;
        at += word.size();
      }
      return true;
    });
  };
  for (const CiFile& file : subject.ci)
    for (const CiStep& step : file.steps)
      if (!step.is_action && does(step.line)) return &step.place;
  for (const TaskFile& file : subject.commands.task_files())
    for (const Task& task : file.tasks)
      if (std::any_of(task.lines.begin(), task.lines.end(), does)) return &task.place;
  return nullptr;
}

// The digits of a version: ">=3.11,<4" and "v20" -> "3.11", "20".
std::string digits_of(std::string_view text) {
  const std::size_t first = text.find_first_of("0123456789");
  if (first == std::string_view::npos) return {};
  text.remove_prefix(first);
  std::size_t end = 0;
  while (end < text.size() && (letters::is_digit(text[end]) || text[end] == '.')) ++end;
  std::string digits(text.substr(0, end));
  while (!digits.empty() && digits.back() == '.') digits.pop_back();
  return digits;
}

bool is_prefix(const std::string& a, const std::string& b) {
  return a == b || a.compare(0, b.size() + 1, b + ".") == 0 || b.compare(0, a.size() + 1, a + ".") == 0;
}

bool is_least(std::string_view text) { return text.find_first_of("<>^~=") != std::string_view::npos; }

std::vector<int> numbers_of(const std::string& digits) {
  std::vector<int> numbers{0};
  for (const char c : digits) {
    if (c == '.')
      numbers.push_back(0);
    else if (numbers.back() < 100'000)
      numbers.back() = numbers.back() * 10 + (c - '0');
  }
  return numbers;
}

// Whether two statements about one tool can both hold.
bool can_agree(const std::string& a, const std::string& b) {
  const std::string x = digits_of(a), y = digits_of(b);
  if (x.empty() || y.empty() || is_prefix(x, y)) return true;
  if (is_least(a) && !is_least(b)) return numbers_of(y) >= numbers_of(x);
  if (is_least(b) && !is_least(a)) return numbers_of(x) >= numbers_of(y);
  return is_least(a) && is_least(b);
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
    if (text.find(folded(value.text)) != std::string::npos)
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
  for (const Run& run : subject.runs)
    if (run.plan.purpose == "setup" && run.passed()) {
      finding.show_run(run);
      return Level::shown;
    }
  if (const Place* place = frozen_in(subject, package)) {
    finding.show(*place, "installs exactly what is locked");
    return Level::shown;
  }
  finding.at = Place{lock->path, 1};
  finding.lacks = "neither CI nor a task installs exactly what is locked";
  return Level::consistent;
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
    if (named == nullptr && one.is_command && !one.missing && one.judged.find("setup") != nullptr) named = &one;
  if (!declared && !place && named == nullptr) {
    finding.lacks = "no command sets the repository up";
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
  std::vector<Value> said;
  for (const std::string& folder : {package.folder, std::string()})
    for (const EcosystemRow* row : rows_of(subject.rows, package.ecosystem, "version"))
      for (const std::string& name : subject.repository.matching(folder, {std::string(row->subject)}))
        for (Value& value : values_of(subject.repository, below(folder, name), row->value)) {
          const bool names_one =
              !digits_of(value.text).empty() || value.text == "stable" || value.text.compare(0, 4, "lts/") == 0;
          if (names_one) said.push_back(std::move(value));
        }
  const InCi ci = versions_in_ci(subject, package);
  if (said.empty()) {
    finding.lacks = "nothing says which version of the tools is meant";
    if (!package.manifest.empty()) finding.at = Place{package.manifest, 1};
    return Level::absent;
  }
  finding.show(said.front().place, said.front().text);
  for (const Value& other : said)
    if (!can_agree(said.front().text, other.text)) {
      finding.at = other.place;
      finding.lacks =
          other.place.path + " says " + other.text + ", " + said.front().place.path + " says " + said.front().text;
      return Level::present;
    }
  for (const Value& other : ci.values) {
    const bool is_matrix = other.text.find(',') != std::string::npos || other.text.front() == '[';
    if (is_matrix || can_agree(said.front().text, other.text)) continue;
    finding.at = other.place;
    finding.lacks = "CI uses " + other.text + ", " + said.front().place.path + " says " + said.front().text;
    return Level::present;
  }
  const bool compared = said.size() > 1 && said[1].place.path != said[0].place.path;
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
  if (compared) finding.show(said[1].place, "agrees");
  finding.lacks = "CI does not read its version from the file";
  return Level::consistent;
}

}  // namespace cascade::audit::judges
