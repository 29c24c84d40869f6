#include "audit/tasks.h"

#include <algorithm>
#include <map>

#include "audit/values.h"
#include "files/paths.h"
#include "text/ascii.h"

namespace cascade::audit {
namespace {

using syntax::Node;
using syntax::NodeKind;

// $(NAME) and ${NAME} by what the file assigns; unknown ones stay.
std::string expanded(std::string_view line, const std::map<std::string, std::string, std::less<>>& variables) {
  std::string out;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool opens = line[i] == '$' && i + 1 < line.size() && (line[i + 1] == '(' || line[i + 1] == '{');
    const std::size_t end = opens ? line.find(line[i + 1] == '(' ? ')' : '}', i) : std::string_view::npos;
    if (end == std::string_view::npos) {
      out += line[i];
      if (line[i] == '$' && i + 1 < line.size() && line[i + 1] == '$') ++i;  // make's way to write one
      continue;
    }
    const auto known = variables.find(line.substr(i + 2, end - i - 2));
    if (known == variables.end())
      out += "\"$X\"";
    else
      out += known->second;
    i = end;
  }
  return out;
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
  std::uint32_t number = 0;
  bool goes_on = false;
  for (std::string_view line : lines_of(text)) {
    ++number;
    const bool ends_open = !line.empty() && line.back() == '\\';
    if (ends_open) line.remove_suffix(1);
    if (goes_on)
      lines.back().text += " " + std::string(letters::trim(line));
    else
      lines.push_back({std::string(line), number});
    goes_on = ends_open;
  }
  return lines;
}

// NAME = value, NAME := value, NAME ?= value. False: it is none.
bool take_variable(std::string_view line, std::map<std::string, std::string, std::less<>>& variables) {
  std::size_t end = 0;
  while (end < line.size() && (letters::is_name(line[end]) || line[end] == '.')) ++end;
  std::size_t at = end;
  while (at < line.size() && letters::is_blank(line[at])) ++at;
  const std::size_t mark = at;
  while (at < line.size() && (line[at] == ':' || line[at] == '?' || line[at] == '+')) ++at;
  if (end == 0 || at >= line.size() || line[at] != '=' || at - mark > 2) return false;
  variables[std::string(line.substr(0, end))] = std::string(letters::trim(line.substr(at + 1)));
  return true;
}

void read_makefile(const Repository& repository, TaskFile& file) {
  std::map<std::string, std::string, std::less<>> variables;
  std::size_t first = 0;  // of the targets that the recipe lines below belong to
  for (const Logical& line : logical_lines(repository.text(file.path))) {
    if (!line.text.empty() && line.text.front() == '\t') {
      const std::string_view recipe = letters::trim(line.text);
      for (std::size_t i = first; i < file.tasks.size() && !recipe.empty() && recipe.front() != '#'; ++i)
        file.tasks[i].lines.push_back(expanded(without_prefix(recipe), variables));
      continue;
    }
    const std::string_view text = letters::trim(std::string_view(line.text).substr(0, line.text.find('#')));
    if (text.empty() || take_variable(text, variables)) continue;
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || colon == 0) continue;
    first = file.tasks.size();
    std::string_view behind = text.substr(colon + 1);
    const std::size_t recipe = behind.find(';');
    for (const std::string& target : parts_of(text.substr(0, colon))) {
      if (target.front() == '.' || target.find_first_of("%$") != std::string::npos) continue;
      Task task{target, {}, parts_of(behind.substr(0, recipe)), {file.path, line.line}, false};
      if (recipe != std::string_view::npos)
        task.lines.push_back(expanded(letters::trim(behind.substr(recipe + 1)), variables));
      file.tasks.push_back(std::move(task));
    }
  }
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
  std::uint32_t number = 0;
  for (std::string_view line : lines_of(repository.text(file.path))) {
    ++number;
    line = letters::trim(line);
    const std::size_t at = line.compare(0, 5, "task ") == 0 ? 5 : line.find("Task.new(");
    if (at == std::string_view::npos) {
      if (line.find("TestTask.new") != std::string_view::npos)
        file.tasks.push_back({"test", {}, {}, {file.path, number}, true});
      if (line.find("RakeTask.new") != std::string_view::npos)
        file.tasks.push_back({"spec", {}, {}, {file.path, number}, true});
      continue;
    }
    std::string_view name = at == 5 ? line.substr(5) : line.substr(at + 9);
    while (!name.empty() && !letters::is_word(name.front())) name.remove_prefix(1);
    std::size_t end = 0;
    while (end < name.size() && letters::is_name(name[end])) ++end;
    Task task{std::string(name.substr(0, end)), {}, {}, {file.path, number}, true};
    for (std::size_t colon = line.find(':', at + 1); colon != std::string_view::npos;
         colon = line.find(':', colon + 1)) {
      std::size_t last = colon + 1;
      while (last < line.size() && letters::is_name(line[last])) ++last;
      if (last > colon + 1) task.needs.emplace_back(line.substr(colon + 1, last - colon - 1));
    }
    if (!task.name.empty()) file.tasks.push_back(std::move(task));
  }
}

void add_text(const Node& node, std::vector<std::string>& lines) {
  if (!node.text.empty()) lines.push_back(node.text);
  for (const Node& item : node.items)
    if (item.kind == NodeKind::string) lines.push_back(item.text);
}

void read_keys(const Repository& repository, std::string_view key, TaskFile& file) {
  const auto root = structure_of(repository, file.path);
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

const Task* TaskFile::find(std::string_view name) const {
  const auto found = std::find_if(tasks.begin(), tasks.end(), [&](const Task& task) { return task.name == name; });
  return found == tasks.end() ? nullptr : &*found;
}

std::vector<TaskFile> read_task_files(const Repository& repository, Rows rows) {
  std::vector<TaskFile> found;
  for (const EcosystemRow* row : all_rows_of(rows, "tasks")) {
    const auto names = parts_of(row->subject);
    const std::string_view kind = row->value.substr(0, row->value.find(' '));
    for (const std::string& path : repository.matching("", names, true)) {
      TaskFile file{path, std::string(files::parent(path)), names.front(), {}};
      if (kind == "make") read_makefile(repository, file);
      if (kind == "just") read_justfile(repository, file);
      if (kind == "rake") read_rakefile(repository, file);
      if (kind == "keys") read_keys(repository, row->value.substr(5), file);
      if (!file.tasks.empty()) found.push_back(std::move(file));
    }
  }
  return found;
}

}  // namespace cascade::audit
