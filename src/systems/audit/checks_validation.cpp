// Linters, types, formatters.

#include "audit/audit.h"
#include "audit/lists.h"
#include "files/paths.h"
#include "text/ascii.h"

namespace cascade::audit::judges {
namespace {

struct Tool {
  std::string name;
  std::optional<Place> configured;
  std::optional<Place> off;  // its own file switches it off
};

// Whether a manifest or list of requirements names the tool. Values of JSON are read by key: a script that starts the
// tool does not declare it.
bool is_depended_upon(const Subject& subject, const Package& package, const std::string& name) {
  for (const std::string& folder : {package.folder, std::string()}) {
    for (const EcosystemRow* row : rows_of(subject.rows, package.ecosystem, "depends"))
      for (const std::string& found : subject.repository.matching(folder, {std::string(row->subject)})) {
        const std::string path = folder.empty() ? found : folder + "/" + found;
        for (const Value& value : values_of(subject.repository, path, row->value))
          if (value.text == name) return true;
      }
    for (const std::string& found : subject.repository.matching(
             folder, std::vector<std::string>(std::begin(lists::tool_files), std::end(lists::tool_files)))) {
      const std::string& text = subject.repository.text(folder.empty() ? found : folder + "/" + found);
      for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + 1)) {
        const bool begins = at == 0 || !letters::is_name(text[at - 1]);
        const bool ends = at + name.size() >= text.size() || !letters::is_name(text[at + name.size()]);
        const std::size_t line_begin = text.rfind('\n', at) + 1;
        if (begins && ends && letters::trim(std::string_view(text).substr(line_begin)).front() != '#') return true;
      }
    }
  }
  return false;
}

// The first of several conditions that holds in the package or in the root.
std::optional<Place> declared_by_one(const Subject& subject, const Package& package, std::string_view conditions) {
  for (const std::string& condition : parts_of(conditions))
    for (const std::string& folder : {package.folder, std::string()})
      if (auto place = declared_by(subject.repository, folder, condition)) return place;
  return std::nullopt;
}

// Rows say how the file of a tool switches it off, and what saves it.
std::optional<Place> switched_off(const Subject& subject, const Package& package, std::string_view purpose,
                                  std::string_view name) {
  for (const EcosystemRow* row : rows_of(subject.rows, package.ecosystem, "off")) {
    const auto clauses = clauses_of(row->value);
    if (row->subject != purpose || clauses.front() != name || clauses.size() < 2) continue;
    auto place = declared_by_one(subject, package, clauses[1]);
    if (place && (clauses.size() < 3 || !declared_by_one(subject, package, clauses[2]))) return place;
  }
  return std::nullopt;
}

std::vector<Tool> tools_of(const Subject& subject, const Package& package, std::string_view purpose) {
  std::vector<Tool> tools;
  for (const EcosystemRow* row : rows_of(subject.rows, package.ecosystem, "tool")) {
    if (row->subject != purpose) continue;
    const auto clauses = clauses_of(row->value);
    Tool tool{std::string(clauses.front()), std::nullopt, switched_off(subject, package, purpose, clauses.front())};
    if (clauses.size() > 1 && !tool.off) tool.configured = declared_by_one(subject, package, clauses[1]);
    tools.push_back(std::move(tool));
  }
  return tools;
}

// Whether a row of the ecosystem names the tool that a command starts; its own words count: "@biomejs/biome" is biome.
const Tool* tool_named(const std::vector<Tool>& tools, std::string_view program) {
  for (const Tool& tool : tools)
    if (tool.name == program || files::file_name(tool.name) == program ||
        (program == "tsc" && tool.name == "typescript") ||
        tool.name.compare(0, program.size() + 1, std::string(program) + " ") == 0)
      return &tool;
  return nullptr;
}

// Whether the command's tool is declared: by a setting, a dependency, an installation in CI or set-up, or by nothing
// because the row of the tool needs none.
bool is_installed(const Subject& subject, const Package& package, const std::vector<Tool>& tools,
                  const std::string& program) {
  const Tool* tool = tool_named(tools, program);
  if (tool == nullptr || tool->configured || is_depended_upon(subject, package, tool->name)) return true;
  if (has(subjects_of(subject.rows, package.ecosystem, "comes"), program)) return true;
  if (tool->name.find(' ') != std::string::npos) return true;  // a part of the language's own tools
  const auto names = [&](const std::string& text) {
    return text.find("install") != std::string::npos && text.find(tool->name) != std::string::npos;
  };
  for (const CiFile& file : subject.ci)
    for (const CiStep& step : file.steps)
      if (names(step.line)) return true;
  for (std::string_view folder = package.folder;; folder = files::parent(folder)) {
    for (const TaskFile* file : subject.commands.task_files_in(folder))
      for (const Task& task : file->tasks)
        if (std::ranges::any_of(task.lines, names)) return true;
    if (folder.empty()) return false;
  }
}

const Tool* configured_in(const std::vector<Tool>& tools) {
  const auto found = std::ranges::find_if(tools, [](const Tool& tool) { return tool.configured.has_value(); });
  return found == tools.end() ? nullptr : &*found;
}

bool is_off(const std::vector<Tool>& tools, std::string_view program) {
  const Tool* tool = tool_named(tools, program);
  return tool != nullptr && tool->off.has_value();
}

// The step of a hook manager that does it: pre-commit's ids name tools.
std::optional<Place> hooked(const Subject& subject, const std::vector<Tool>& tools, std::string_view purpose) {
  for (const EcosystemRow* row : rows_of(subject.rows, any_ecosystem, "hooks")) {
    if (row->value.compare(0, 4, "key ") != 0 || !subject.repository.has_file(row->subject)) continue;
    const std::string path(row->subject);
    for (letters::Line line : lines_of(subject.repository.text(path))) {
      line = letters::trim(line);
      if (line.compare(0, 2, "- ") == 0) line = letters::trim(line.substr(2));
      if (line.compare(0, 3, "id:") != 0 && line.compare(0, 4, "run:") != 0) continue;
      const std::string_view value = line.substr(line.find(':') + 1);
      std::string_view word = letters::trim(value.substr(0, value.find(" #")));
      if (word.size() > 1 && (word.front() == '"' || word.front() == '\'') && word.back() == word.front())
        word = word.substr(1, word.size() - 2);
      const std::string id(word);
      if (line.front() == 'r' ? subject.commands.judge(id, "").find(purpose) != nullptr
                              : (tool_named(tools, id) != nullptr && !is_off(tools, id)) ||
                                    (id == "ruff-format" && purpose == "format"))
        return Place{path, line.number};
    }
  }
  return std::nullopt;
}

Level shown_by_run(const Subject& subject, const Package& package, std::string_view purpose, Finding& finding) {
  const Run* run = run_for(subject, package, purpose);
  if (run == nullptr) return finding.lacking(Level::consistent, "it was not run here: cascade audit --run");
  finding.show_run(*run);
  if (run->passed()) return Level::shown;
  return finding.lacking(Level::present, run->plan.line + " fails");
}

Level tool_level(const Subject& subject, const Package& package, std::string_view purpose, Finding& finding) {
  if (!package.ecosystem.empty() && package.sources.empty() && package.tests.empty())
    return finding.lacking(Level::absent, "there is no code that it could look at");
  const auto tools = tools_of(subject, package, purpose);
  auto declared = declared_for(subject, package, purpose);
  if (declared && !is_installed(subject, package, tools, declared->tool)) {
    finding.at = declared->place;
    finding.lacks = declared->line + " starts " + declared->tool + ", which nothing installs or configures";
    declared.reset();
  }
  if (declared && is_off(tools, declared->tool)) declared.reset();
  if (declared && !declared->counts) {
    finding.at = declared->place;
    finding.lacks = declared->line + " hides its failure, so it does not count";
    declared.reset();
  }
  const CiStep* step = step_for(subject, purpose, &package);
  if (step != nullptr)
    if (const std::string& tool = step->judged.find(purpose)->tool;
        is_off(tools, tool) || !is_installed(subject, package, tools, tool))
      step = nullptr;
  const auto hook = hooked(subject, tools, purpose);
  const Tool* configured = configured_in(tools);
  if (configured != nullptr) finding.show(*configured->configured, "configures " + configured->name);
  if (declared) finding.show(declared->place, declared->line + " starts " + declared->tool);
  if (!declared && step != nullptr) finding.show(line_of_step(subject, *step, purpose).place, "CI runs it");
  if (hook) finding.show(*hook, "a hook runs it");
  if (finding.evidence.empty()) {
    for (const Tool& tool : tools)
      if (tool.off) {
        finding.at = tool.off;
        finding.lacks = tool.off->path + " switches " + tool.name + " off";
      }
    if (finding.lacks.empty()) finding.lacks = "nothing configures or runs it";
    return Level::absent;
  }
  if (!declared && step == nullptr && !hook)
    return finding.lacking(Level::present, "no command of the repository runs " + configured->name,
                           configured->configured);
  return shown_by_run(subject, package, purpose, finding);
}

// Whether another machine gets the same tools and libraries.
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
            std::ranges::any_of(found, [&](const Value& known) { return known.text == text; }))
          continue;
        found.push_back(std::move(value));
      }
  return found;
}

// The lock file, or a list of exact versions by hand.
std::optional<std::string> lock_of(const Subject& subject, const Package& package) {
  std::optional<std::string> pinned;
  for (std::string folder = package.folder;; folder = std::string(files::parent(folder))) {
    for (const EcosystemRow* row : rows_of(subject.rows, package.ecosystem, "lock"))
      for (const std::string& name : subject.repository.matching(folder, parts_of(row->subject))) {
        const std::string path = below(folder, name);
        if (row->value == "-") {
          if (letters::trim(subject.repository.text(path)).size() > 2) return path;
          continue;
        }
        const auto all = values_of(subject.repository, path, "lines"),
                   exact = values_of(subject.repository, path, row->value);
        if (!pinned && !exact.empty() && exact.size() >= all.size()) pinned = path;
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

// All words in this order, anything between them: pip3 is pip, --locked=true is --locked, tool@latest is no test.
bool says(const std::string& line, std::string_view words) {
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

// Whether one of the commands installs exactly what the lock of a package says. A command finds the lock that is in its
// folder or nearest above it, unless it names another folder.
bool installs_locked(const Judged& judged, const Subject& subject, const Package& package, std::string_view lock) {
  const auto rows = rows_of(subject.rows, package.ecosystem, "frozen");
  return std::ranges::any_of(judged.started, [&](const Started& one) {
    if (one.existence == Existence::missing || !is_at_or_below(package.folder, one.folder)) return false;
    const std::size_t above = one.folder.empty() ? 0 : one.folder.size() + 1;
    const bool finds_it = is_at_or_below(one.folder, files::parent(lock)) ||
                          names_folder(one.line, package.folder.substr(std::min(above, package.folder.size())));
    return finds_it && std::ranges::any_of(rows, [&](const EcosystemRow* row) { return says(one.line, row->subject); });
  });
}

Level shown_from_lock(const Subject& subject, const Package& package, const std::string& lock, Finding& finding) {
  if (const Run* run = run_for(subject, package, "setup"); run != nullptr && run->passed())
    return finding.show_run(*run);
  for (const CiFile& file : subject.ci)
    for (const CiStep& step : file.steps)
      if (!step.is_action && installs_locked(step.judged, subject, package, lock))
        return finding.show(step.place, "installs exactly what is locked");
  finding.at = Place{lock, 1};
  finding.lacks = "CI does not install exactly what is locked, and no set-up was run here: cascade audit --run";
  return Level::consistent;
}

}  // namespace

Level lint(const Subject& subject, const Package& package, Finding& finding) {
  return tool_level(subject, package, "lint", finding);
}

Level format(const Subject& subject, const Package& package, Finding& finding) {
  return tool_level(subject, package, "format", finding);
}

Level types(const Subject& subject, const Package& package, Finding& finding) {
  for (const EcosystemRow* row : rows_of(subject.rows, package.ecosystem, "inherent")) {
    if (row->subject != "types" || package.sources.empty()) continue;
    finding.show({package.sources.front(), 1}, std::string(row->value) + " checks types");
    const Run* run = nullptr;
    for (const std::string_view purpose : {"types", "build", "test"})
      if (run == nullptr) run = run_for(subject, package, purpose);
    if (run != nullptr && run->passed()) return finding.show_run(*run);
    return finding.lacking(Level::consistent,
                           run == nullptr ? "it was not built here: cascade audit --run" : run->plan.line + " fails");
  }
  const Level level = tool_level(subject, package, "types", finding);
  if (level < Level::consistent) return level;
  for (const EcosystemRow* row : rows_of(subject.rows, package.ecosystem, "strict"))
    for (const std::string& folder : {package.folder, std::string()})
      if (const auto place = declared_by(subject.repository, folder, row->value)) {
        finding.show(*place, "the strict form");
        return level;
      }
  for (const Run& run : subject.runs)
    if (run.plan.line.find("--strict") != std::string::npos) return level;
  const auto declared = declared_for(subject, package, "types");
  const bool asks = declared && std::ranges::any_of(declared->judged.started, [](const Started& one) {
                      return one.words.find("--strict") != std::string::npos;
                    });
  if (asks) return level;
  return finding.lacking(Level::present, "types are not checked in the strict form, so most faults pass");
}

Level locks(const Subject& subject, const Package& package, Finding& finding) {
  const auto dependencies = dependencies_of(subject, package);
  if (dependencies.empty()) {
    finding.applies = false;
    return finding.lacking(Level::absent, "it declares no dependencies that a lock would hold");
  }
  const auto lock = lock_of(subject, package);
  if (!lock)
    return finding.lacking(Level::absent,
                           std::to_string(dependencies.size()) +
                               (dependencies.size() == 1 ? " dependency" : " dependencies") + " and no lock file",
                           dependencies.front().place);
  const std::string text = folded(subject.repository.text(*lock));
  const Value* missing = nullptr;
  std::size_t there = 0;
  for (const Value& value : dependencies)
    if (has_name(text, folded(value.text)))
      ++there;
    else if (missing == nullptr)
      missing = &value;
  if (there == 0) return finding.lacking(Level::absent, *lock + " locks none of the dependencies", Place{*lock, 1});
  finding.show({*lock, 1}, "locks " + std::to_string(there) + " of " + std::to_string(dependencies.size()) +
                               " direct dependencies");
  if (missing != nullptr)
    return finding.lacking(Level::present, *lock + " does not have " + missing->text, missing->place);
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
  if (!declared && !place && named == nullptr)
    return finding.lacking(Level::absent, "no document and no script says how to set the repository up");
  if (declared) finding.show(declared->place, declared->line);
  if (!declared && place) finding.show(*place, "describes the environment");
  if (named != nullptr) finding.show(named->place, named->text);
  if (declared && declared->judged.missing() != nullptr)
    return finding.lacking(Level::present, declared->judged.missing()->why, declared->place);
  if (named == nullptr)
    return finding.lacking(Level::present, "no document names it", declared ? declared->place : *place);
  for (const Run& run : subject.runs)
    if (run.plan.purpose == "setup") {
      finding.show_run(run);
      return run.passed() ? Level::shown : finding.lacking(Level::present, run.plan.line + " fails");
    }
  return finding.lacking(Level::consistent, "it was not run here: cascade audit --run");
}

}  // namespace cascade::audit::judges
