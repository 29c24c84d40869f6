// Linters, types, formatters.
#include <algorithm>

#include "audit/command_words.h"
#include "audit/judges.h"
#include "audit/lists.h"
#include "audit/values.h"
#include "files/paths.h"
#include "text/ascii.h"

namespace cascade::audit::judges {
namespace {

struct Tool {
  std::string name;
  std::optional<Place> configured, depended;
  std::optional<Place> off;  // its own file switches it off
};

// Whether a manifest or list of requirements names the tool. Values of JSON are read by key: a script that starts the
// tool does not declare it.
std::optional<Place> depended_upon(const Subject& subject, const Package& package, const std::string& name) {
  for (const std::string& folder : {package.folder, std::string()}) {
    for (const EcosystemRow* row : rows_of(subject.rows, package.ecosystem, "depends"))
      for (const std::string& found : subject.repository.matching(folder, {std::string(row->subject)})) {
        const std::string path = folder.empty() ? found : folder + "/" + found;
        for (const Value& value : values_of(subject.repository, path, row->value))
          if (value.text == name) return value.place;
      }
    for (const std::string& found : subject.repository.matching(
             folder, std::vector<std::string>(std::begin(lists::tool_files), std::end(lists::tool_files)))) {
      const std::string path = folder.empty() ? found : folder + "/" + found;
      const std::string& text = subject.repository.text(path);
      for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + 1)) {
        const bool begins = at == 0 || !letters::is_name(text[at - 1]);
        const bool ends = at + name.size() >= text.size() || !letters::is_name(text[at + name.size()]);
        const std::size_t line_begin = text.rfind('\n', at) + 1;
        if (begins && ends && letters::trim(std::string_view(text).substr(line_begin)).front() != '#')
          return Place{path, line_at(text, at)};
      }
    }
  }
  return std::nullopt;
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
    Tool tool{std::string(clauses.front()), std::nullopt, std::nullopt, std::nullopt};
    if (clauses.size() > 1) tool.configured = declared_by_one(subject, package, clauses[1]);
    tool.off = switched_off(subject, package, purpose, tool.name);
    if (tool.off) tool.configured.reset();
    tool.depended = depended_upon(subject, package, tool.name);
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
  if (tool == nullptr || tool->configured || tool->depended) return true;
  if (has(subjects_of(subject.rows, package.ecosystem, "comes"), program)) return true;
  if (tool->name.find(' ') != std::string::npos) return true;  // a part of the language's own tools
  const auto names = [&](const std::string& text) {
    return text.find("install") != std::string::npos && text.find(tool->name) != std::string::npos;
  };
  for (const CiFile& file : subject.ci)
    for (const CiStep& step : file.steps)
      if (names(step.line)) return true;
  for (const TaskFile* file : subject.commands.task_files_from(package.folder))
    for (const Task& task : file->tasks)
      if (std::any_of(task.lines.begin(), task.lines.end(), names)) return true;
  return false;
}

const Tool* configured_in(const std::vector<Tool>& tools) {
  const auto found =
      std::find_if(tools.begin(), tools.end(), [](const Tool& tool) { return tool.configured.has_value(); });
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
    std::uint32_t number = 0;
    for (std::string_view line : lines_of(subject.repository.text(path))) {
      ++number;
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
        return Place{path, number};
    }
  }
  return std::nullopt;
}

Level shown_by_run(const Subject& subject, const Package& package, std::string_view purpose, Finding& finding) {
  const Run* run = run_for(subject, package, purpose);
  if (run == nullptr) {
    finding.lacks = "it was not run here: cascade audit --run";
    return Level::consistent;
  }
  finding.show_run(*run);
  if (run->passed()) return Level::shown;
  finding.lacks = run->plan.line + " fails";
  return Level::present;
}

Level tool_level(const Subject& subject, const Package& package, std::string_view purpose, Finding& finding) {
  if (!package.ecosystem.empty() && package.sources.empty() && package.tests.empty()) {
    finding.lacks = "there is no code that it could look at";
    return Level::absent;
  }
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
  if (!declared && step == nullptr && !hook) {
    finding.at = configured->configured;
    finding.lacks = "no command of the repository runs " + configured->name;
    return Level::present;
  }
  return shown_by_run(subject, package, purpose, finding);
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
    if (run != nullptr && run->passed()) {
      finding.show_run(*run);
      return Level::shown;
    }
    finding.lacks = run == nullptr ? "it was not built here: cascade audit --run" : run->plan.line + " fails";
    return Level::consistent;
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
  const bool asks =
      declared && std::any_of(declared->judged.started.begin(), declared->judged.started.end(),
                              [](const Started& one) { return one.words.find("--strict") != std::string::npos; });
  if (asks) return level;
  finding.lacks = "types are not checked in the strict form, so most faults pass";
  return Level::present;
}

}  // namespace cascade::audit::judges
