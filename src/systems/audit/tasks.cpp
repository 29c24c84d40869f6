#include "audit/commands.h"

#include "files/paths.h"
#include "text/ascii.h"
#include "text/names.h"

namespace cascade::audit {
namespace {

using syntax::Node, syntax::NodeKind;

constexpr std::size_t longest_line = 16u << 10;
constexpr std::string_view unknown = "\"$X\"";  // a value that is not known

using Variables = std::map<std::string, std::string, std::less<>>;

// The bracket that closes the one at `open`; npos: none does.
std::size_t closing_of(std::string_view line, std::size_t open) {
  const char opening = line[open], closing = opening == '(' ? ')' : '}';
  std::size_t depth = 0;
  for (std::size_t i = open; i < line.size(); ++i) {
    depth += line[i] == opening ? 1 : 0;
    if (line[i] == closing && --depth == 0) return i;
  }
  return std::string_view::npos;
}

// $(NAME) and ${NAME} by what the file assigns; unknown ones stay. `left`: how many may still be looked up, since empty
// ones that hold each other hundreds of times cost time without making the line longer.
std::string expanded(std::string_view line, const Variables& variables, std::size_t depth, std::size_t& left) {
  constexpr std::size_t deepest = 6;
  std::string out;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool opens = line[i] == '$' && i + 1 < line.size() && (line[i + 1] == '(' || line[i + 1] == '{');
    const std::size_t end = opens ? closing_of(line, i + 1) : std::string_view::npos;
    if (end == std::string_view::npos) {
      out += line[i];
      if (line[i] == '$' && i + 1 < line.size() && line[i + 1] == '$') ++i;  // make's way to write one
      continue;
    }
    const std::string_view name = line.substr(i + 2, end - i - 2);
    const auto known = variables.find(name);
    if (name.starts_with("shell ") && depth < deepest && out.size() <= longest_line)
      out += "$(" + expanded(name.substr(6), variables, depth + 1, left) + ")";
    else if (known == variables.end() || depth == deepest || out.size() > longest_line || left == 0)
      out += unknown;
    else
      out += expanded(known->second, variables, depth + 1, --left);
    i = end;
  }
  return out;
}

std::string expanded(std::string_view line, const Variables& variables) {
  std::size_t left = 2'000;
  return expanded(line, variables, 0, left);
}

// A line that ignores failure keeps its mark as `|| true`.
std::string without_prefix(std::string_view recipe) {
  bool ignores = false;
  while (!recipe.empty() && (recipe.front() == '@' || recipe.front() == '-' || recipe.front() == '+')) {
    ignores = ignores || recipe.front() == '-';
    recipe.remove_prefix(1);
  }
  return std::string(recipe) + (ignores ? " || true" : "");
}

// Joins lines that end with a backslash; the others are one by one.
struct Logical {
  std::string text;
  std::uint32_t line = 0;
};
std::vector<Logical> logical_lines(std::string_view text) {
  std::vector<Logical> lines;
  bool goes_on = false;
  for (letters::Line line : lines_of(text)) {
    const bool ends_open = !line.empty() && line.back() == '\\';
    if (ends_open) line.remove_suffix(1);
    if (goes_on)
      lines.back().text += " " + std::string(letters::trim(line));
    else
      lines.push_back({std::string(line), line.number});
    goes_on = ends_open;
  }
  return lines;
}

// NAME = value, NAME := value, NAME += value; NAME ?= value where nothing is known. False: it is none. `may_differ`:
// what is known already stays, because this value only holds sometimes.
bool take_variable(std::string_view line, bool may_differ, Variables& variables) {
  std::size_t end = 0;
  while (end < line.size() && (letters::is_name(line[end]) || line[end] == '.')) ++end;
  std::size_t at = end;
  while (at < line.size() && letters::is_blank(line[at])) ++at;
  const std::size_t mark = at;
  while (at < line.size() && (line[at] == ':' || line[at] == '?' || line[at] == '+')) ++at;
  if (end == 0 || at >= line.size() || line[at] != '=' || at - mark > 2) return false;
  const auto known = variables.find(line.substr(0, end));
  const std::string value(letters::trim(line.substr(at + 1)));
  if (known == variables.end())
    variables[std::string(line.substr(0, end))] = value;
  else if (!may_differ && line[mark] == '+' && known->second.size() < longest_line)
    known->second += " " + value;
  else if (!may_differ && line[mark] != '+' && line[mark] != '?')
    known->second = value;
  return true;
}

// The targets of a Makefile with their recipes, and those of the files that it includes.
class MakefileReader {
 public:
  // A template has @NAME@ where configure writes values.
  MakefileReader(const Repository& repository, Rows rows, TaskFile& file, bool is_template)
      : repository_(repository), file_(file), is_template_(is_template) {
    for (const EcosystemRow* row : rows_of(rows, any_ecosystem, "assigned"))
      variables_[std::string(row->subject)] = std::string(row->value);
  }

  void read(const std::string& path, std::size_t depth) {
    std::vector<std::size_t> current;  // the targets that the recipe lines below belong to
    std::size_t conditions = 0;
    for (const Logical& line : logical_lines(repository_.text(path))) {
      if (!line.text.empty() && line.text.front() == '\t') {
        const std::string_view recipe = letters::trim(line.text);
        for (const std::size_t at : current)
          if (!recipe.empty() && recipe.front() != '#') note(std::string(recipe), file_.tasks[at]);
        continue;
      }
      const std::string_view text = letters::trim(std::string_view(line.text).substr(0, line.text.find('#')));
      if (text.compare(0, 2, "if") == 0) ++conditions;
      if (text.compare(0, 5, "endif") == 0 && conditions > 0) --conditions;
      if (text.empty() || read_include(text, depth) || take_variable(text, conditions > 0, variables_)) continue;
      const std::size_t colon = text.find(':');
      if (colon == std::string_view::npos || colon == 0) continue;
      current = read_targets(text, colon, {path, line.line});
    }
  }

 private:
  void note(std::string line, Task& task) {
    for (std::size_t at = line.find('@'); is_template_ && at != std::string::npos; at = line.find('@', at + 1)) {
      std::size_t end = at + 1;
      while (end < line.size() && letters::is_word(line[end])) ++end;
      if (end > at + 1 && end < line.size() && line[end] == '@') line.replace(at, end + 1 - at, unknown);
    }
    // $(Q)make: what stands before the program only says whether it is shown.
    line = without_prefix(expanded(without_prefix(line), variables_));
    const bool is_shown = line.compare(0, unknown.size(), unknown) == 0 && line.size() > unknown.size() &&
                          letters::is_word(line[unknown.size()]);
    if (is_shown) line.erase(0, unknown.size());
    for (std::size_t at = line.find("$@"); at != std::string::npos; at = line.find("$@", at + task.name.size()))
      line.replace(at, 2, task.name);
    task.lines.push_back(std::move(line));
  }

  std::vector<std::size_t> read_targets(std::string_view text, std::size_t colon, const Place& place) {
    std::vector<std::size_t> found;
    std::string_view behind = text.substr(colon + 1);
    const std::size_t recipe = behind.find(';');
    Variables own;
    const bool sets = take_variable(letters::trim(behind), false, own);  // of this target alone
    const auto needs = sets ? std::vector<std::string>() : parts_of(expanded(behind.substr(0, recipe), variables_));
    for (const std::string& target : parts_of(expanded(text.substr(0, colon), variables_))) {
      if (target.front() == '.' && target.find('/') == std::string::npos) continue;
      if (target.find_first_of("%$") != std::string::npos) {
        file_.is_open = true;
        continue;
      }
      const auto known = std::ranges::find_if(file_.tasks, [&](const Task& task) { return task.name == target; });
      found.push_back(static_cast<std::size_t>(known - file_.tasks.begin()));
      if (known == file_.tasks.end() && file_.tasks.size() >= most_tasks) {
        found.pop_back();
        file_.is_open = true;
        break;
      }
      if (known == file_.tasks.end()) file_.tasks.push_back({target, {}, {}, place, false});
      Task& task = file_.tasks[found.back()];
      if (task.needs.size() < most_tasks) task.needs.insert(task.needs.end(), needs.begin(), needs.end());
      if (!sets && recipe != std::string_view::npos) note(std::string(letters::trim(behind.substr(recipe + 1))), task);
    }
    return found;
  }

  bool read_include(std::string_view text, std::size_t depth) {
    for (const std::string_view word : {"include ", "-include ", "sinclude "}) {
      if (text.compare(0, word.size(), word) != 0) continue;
      for (const std::string& name : parts_of(expanded(text.substr(word.size()), variables_))) {
        const std::string path = path_in(file_.folder, name);
        if (depth < deepest_include && repository_.has_file(path))
          read(path, depth + 1);
        else
          file_.is_open = true;
      }
      return true;
    }
    return false;
  }

  static constexpr std::size_t deepest_include = 4, most_tasks = 2'000;
  const Repository& repository_;
  TaskFile& file_;
  bool is_template_;
  Variables variables_;
};

// "all", "check?TESTS|check-local": what a generator declares by itself, the latter where one of these texts stands in
// such a file, here or below.
void add_generated(const Repository& repository, std::string_view targets, TaskFile& file) {
  std::vector<Task> tasks;
  std::vector<std::string> names{std::string(files::file_name(file.path))};
  if (const std::size_t dot = names.front().rfind(".am"); dot != std::string::npos) names.emplace_back("*.am");
  for (const std::string& target : parts_of(targets)) {
    const std::size_t mark = std::min(target.find('?'), target.size());
    std::string_view texts = std::string_view(target).substr(std::min(mark + 1, target.size()));
    std::optional<Place> place;
    if (texts.empty()) place = Place{file.path, 1};
    while (!texts.empty() && !place) {
      const std::string_view text = texts.substr(0, texts.find('|'));
      texts.remove_prefix(std::min(text.size() + 1, texts.size()));
      for (const std::string& below : repository.matching(file.folder, names, true)) {
        const std::string path = path_in(file.folder, below);
        const std::uint32_t line = line_with(repository.text(path), text);
        if (line > 0 && !place) place = Place{path, line};
      }
    }
    const std::string name = target.substr(0, mark);
    if (place && file.find(name) == nullptr) tasks.push_back({name, {}, {}, *place, true});
  }
  file.tasks.insert(file.tasks.begin(), tasks.begin(), tasks.end());
  file.is_open = true;
}

void read_justfile(const Repository& repository, TaskFile& file) {
  for (const Logical& line : logical_lines(repository.text(file.path))) {
    if (line.text.empty() || line.text.front() == '#') continue;
    if (letters::is_blank(line.text.front())) {
      if (!file.tasks.empty()) file.tasks.back().lines.push_back(without_prefix(letters::trim(line.text)));
      continue;
    }
    const std::size_t colon = line.text.find(':');
    if (colon == std::string::npos || (colon + 1 < line.text.size() && line.text[colon + 1] == '=')) continue;
    const auto head = parts_of(std::string_view(line.text).substr(0, colon));
    if (head.empty() || head.front() == "set" || head.front() == "alias") continue;
    const std::string name = head.front().front() == '@' ? head.front().substr(1) : head.front();
    file.tasks.push_back(
        {name, {}, parts_of(std::string_view(line.text).substr(colon + 1)), {file.path, line.line}, false});
  }
}

// task :name, task name:, task "name", and what RSpec's and Rake's own classes declare.
void read_rakefile(const Repository& repository, TaskFile& file) {
  for (letters::Line line : lines_of(repository.text(file.path))) {
    line = letters::trim(line);
    const std::size_t at = line.compare(0, 5, "task ") == 0 ? 5 : line.find("Task.new(");
    if (at == std::string_view::npos) {
      if (line.find("TestTask.new") != std::string_view::npos ||
          line.find("TestTask.create") != std::string_view::npos)  // Minitest's
        file.tasks.push_back({"test", {}, {}, {file.path, line.number}, true});
      if (line.find("RakeTask.new") != std::string_view::npos)
        file.tasks.push_back({"spec", {}, {}, {file.path, line.number}, true});
      continue;
    }
    std::string_view name = at == 5 ? line.substr(5) : line.substr(at + 9);
    while (!name.empty() && !letters::is_word(name.front())) name.remove_prefix(1);
    Task task{std::string(letters::run_at_begin(name, letters::is_name)), {}, {}, {file.path, line.number}, true};
    for (std::size_t colon = line.find(':', at + 1); colon != std::string_view::npos;
         colon = line.find(':', colon + 1)) {
      const std::string_view need = letters::run_at_begin(line.substr(colon + 1), letters::is_name);
      if (!need.empty()) task.needs.emplace_back(need);
    }
    if (const std::size_t list = line.find('%'); list != std::string_view::npos && list + 3 < line.size())
      for (std::string& need : parts_of(line.substr(list + 3, line.find_first_of("])}>", list + 3) - list - 3)))
        task.needs.push_back(std::move(need));  // %i[test lint]
    if (!task.name.empty()) file.tasks.push_back(std::move(task));
  }
}

// `commands` below [testenv] and [testenv:NAME], one a line; "{posargs}" and its like are not known.
void read_tox(std::string_view text, const std::string& path, TaskFile& file) {
  Task* task = nullptr;
  bool in_commands = false;
  for (letters::Line raw : lines_of(text)) {
    std::string_view line = letters::trim(raw);
    if (line.empty() || line.front() == '#') continue;
    if (line.front() == '[') {
      const std::string_view section = line.substr(1, line.find(']') - 1);
      in_commands = false;
      task = nullptr;
      if (section != base_environment && !section.starts_with("testenv:")) continue;
      const std::string_view name = section == base_environment ? section : section.substr(8);
      task = &file.tasks.emplace_back(Task{std::string(name), {}, {}, {path, raw.number}, false});
      continue;
    }
    if (!letters::is_blank(raw.front())) {
      const std::size_t equals = line.find('=');
      in_commands = equals != std::string_view::npos && letters::trim(line.substr(0, equals)) == "commands";
      line = in_commands ? letters::trim(line.substr(equals + 1)) : "";
    }
    if (task == nullptr || !in_commands || line.empty()) continue;
    std::string command = without_prefix(line);
    for (std::size_t at = command.find('{'); at != std::string::npos; at = command.find('{', at))
      command.replace(at, std::min(command.find('}', at) - at, command.size()) + 1, unknown);
    task->lines.push_back(std::move(command));
  }
}

// The same in pyproject.toml, where a command is a list of words.
void read_tox_lists(const Repository& repository, TaskFile& file) {
  const Node* root = structure_of(repository, file.path);
  const Node* tox = root == nullptr ? nullptr : at_path(*root, "tool.tox");
  if (tox == nullptr || tox->kind != NodeKind::map) return;
  file.subject = "tox.ini";
  if (const Node* legacy = tox->find("legacy_tox_ini")) read_tox(legacy->text, file.path, file);
  const auto add = [&](std::string_view name, const Node& environment) {
    const Node* commands = environment.kind == NodeKind::map ? environment.find("commands") : nullptr;
    if (commands == nullptr) return;
    Task task{std::string(name), {}, {}, {file.path, commands->at.line}, false};
    for (const Node& command : commands->items) {
      std::string line = letters::joined(command.items, " ", [&](const Node& word) {
        return word.kind == NodeKind::string ? word.text : std::string(unknown);
      });
      task.lines.push_back(std::move(line));
    }
    file.tasks.push_back(std::move(task));
  };
  if (const Node* base = tox->find("env_run_base")) add(base_environment, *base);
  const Node* all = tox->find("env");
  for (std::size_t i = 0; all != nullptr && all->kind == NodeKind::map && i < all->size(); ++i)
    add(all->key(i).text, all->value(i));
}

// Composer's "@php vendor/bin/phpunit" and "@test": the program by which it runs itself, and another script.
void add_text(const Node& node, std::vector<std::string>& lines) {
  if (!node.text.empty()) lines.push_back(node.text.substr(node.text.front() == '@' ? 1 : 0));
  for (const Node& item : node.items)
    if (item.kind == NodeKind::string) add_text(item, lines);
}

// <defaultGoal> of a pom.xml: what `mvn` alone does.
void read_goal(const Repository& repository, TaskFile& file) {
  constexpr std::string_view mark = "<defaultGoal>";
  const std::string_view text = repository.text(file.path);
  const std::size_t at = text.find(mark);
  if (at == std::string_view::npos) return;
  const std::string_view goals = text.substr(at + mark.size(), text.find('<', at + 1) - at - mark.size());
  file.tasks.push_back(
      {"goal", {"mvn " + std::string(letters::trim(goals))}, {}, {file.path, line_at(text, at)}, false});
}

void read_keys(const Repository& repository, std::string_view key, TaskFile& file) {
  const syntax::Node* root = structure_of(repository, file.path);
  const Node* map = root ? at_path(*root, key) : nullptr;
  for (std::size_t i = 0; map != nullptr && i < map->size() && map->kind == NodeKind::map; ++i) {
    Task task{map->key(i).text, {}, {}, {file.path, map->key(i).at.line}, false};
    const Node& value = map->value(i);
    if (value.kind == NodeKind::map) {
      for (const char* name : {"cmd", "cmds", "shell", "script", "sequence"})
        if (const Node* found = value.find(name)) add_text(*found, task.lines);
      if (const Node* before = value.find("deps")) add_text(*before, task.needs);
    } else {
      add_text(value, task.lines);
    }
    file.tasks.push_back(std::move(task));
  }
}

}  // namespace

const Task* TaskFile::find(std::string_view name) const { return letters::find_first(tasks, &Task::name, name); }

const Task* TaskFile::started_as(std::string_view name) const {
  if (name.empty()) return first();
  const Task* found = find(name);
  return found == nullptr && subject == "tox.ini" ? find(base_environment) : found;
}

const Task* TaskFile::first() const {
  if (const Task* named = subject == "Rakefile" ? find("default") : nullptr) return named;
  return tasks.empty() ? nullptr : &tasks.front();
}

std::vector<TaskFile> read_task_files(const Repository& repository, Rows rows) {
  std::vector<TaskFile> found;
  for (const EcosystemRow* row : all_rows_of(rows, "tasks")) {
    const auto names = parts_of(row->subject);
    const std::size_t blank = std::min(row->value.find(' '), row->value.size());
    const std::string_view kind = row->value.substr(0, blank),
                           rest = row->value.substr(std::min(blank + 1, row->value.size()));
    for (const std::string& path : repository.matching("", names, true)) {
      // Automake writes the template from the file beside it.
      if (kind == "template" && repository.has_file(path.substr(0, path.size() - 2) + "am")) continue;
      TaskFile file{path, std::string(files::parent(path)), names.front(), std::string(row->ecosystem), {}};
      if (kind == "make" || kind == "template")
        MakefileReader(repository, rows, file, kind == "template").read(path, 0);
      if (kind == "just") read_justfile(repository, file);
      if (kind == "rake") read_rakefile(repository, file);
      if (kind == "goal") read_goal(repository, file);
      if (kind == "keys") read_keys(repository, rest, file);
      if (kind == "tox" && path.ends_with(".toml")) read_tox_lists(repository, file);
      if (kind == "tox" && !path.ends_with(".toml")) read_tox(repository.text(path), path, file);
      file.is_made = kind == "made";
      if ((kind == "make" && !rest.empty()) || file.is_made) add_generated(repository, rest, file);
      if (!file.tasks.empty()) found.push_back(std::move(file));
    }
  }
  return found;
}

}  // namespace cascade::audit
