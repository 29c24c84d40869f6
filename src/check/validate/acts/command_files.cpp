// One door for the files of a package that hold command lines or programs: a row says by which form a file is read, and
// every form ends in the one reader of shell texts or in the one of programs. What is no command of its form is made
// blank, so that offsets stay those of the file.
#include <algorithm>
#include <cstdlib>
#include <optional>
#include <utility>

#include "files/paths.h"
#include "syntax/json.h"
#include "syntax/lines.h"
#include "syntax/yaml.h"
#include "text/ascii.h"
#include "text/lines.h"
#include "text/word_set.h"
#include "text/words.h"
#include "validate/acts/act.h"
#include "validate/reading/lists.h"
#include "validate/reading/shell.h"

namespace cascade::validation {
namespace {

using syntax::Node;

// "*.yml", "Dockerfile*", ".github/workflows/*": of the file's name, or of the end of its path.
bool is_named(std::string_view pattern, std::string_view path) {
  if (pattern.find('/') == std::string_view::npos) return letters::matches_wildcard(pattern, files::file_name(path));
  for (std::size_t begin = 0;; begin = path.find('/', begin) + 1) {
    if (letters::matches_wildcard(pattern, path.substr(begin))) return true;
    if (path.find('/', begin) == std::string_view::npos) return false;
  }
}

void blank(std::string& text, std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < std::min(end, text.size()); ++i)
    if (text[i] != '\n') text[i] = ' ';
}

void replace_all(std::string& text, std::string_view what, std::string_view with) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
}

template <typename Visit>
void for_each_line(std::string_view text, const Visit& visit) {
  for (const letters::Line line : letters::lines(text)) {
    const auto at = static_cast<std::size_t>(line.data() - text.data());
    visit(at, at + line.size());
  }
}

// "NAME := value" as the shell's NAME='value', where that is no longer; else blank.
void assign(std::string& plain, std::size_t begin, std::size_t end) {
  const std::string_view line = std::string_view(plain).substr(begin, end - begin);
  const std::size_t equals = line.find('='), name_end = line.find_first_of(" \t:?+=");
  std::string set;
  if (equals != std::string_view::npos && name_end != 0 && line.find_first_not_of(" \t:?+", name_end) == equals) {
    std::string_view value = letters::trim(line.substr(equals + 1));
    if (value.size() > 1 && value.starts_with('"') && value.ends_with('"')) value = value.substr(1, value.size() - 2);
    const bool word = value.find_first_of(" \t|&;<>()`\"'$") == std::string_view::npos;
    if (!has_part(value, {"'", "`", "$("}))
      set = std::string(line.substr(0, name_end)) + (word ? "=" : "='") + std::string(value) + (word ? "" : "'");
  }
  if (set.empty() || set.size() > line.size() || !letters::is_letter(set.front())) return blank(plain, begin, end);
  set.resize(line.size(), ' ');
  plain.replace(begin, line.size(), set);
}

// Make's recipes and what its variables let a shell run; "$(NAME)" is a variable there. The indented lines of a
// justfile are recipes as well.
std::string shell_of_make(std::string_view text) {
  std::string plain(text);
  bool joined = false;  // the line before ends in a backslash
  for_each_line(text, [&](std::size_t begin, std::size_t end) {
    std::size_t first = begin;
    const bool recipe = begin < end && letters::is_blank(text[begin]);
    while (first < end && (letters::is_blank(text[first]) || (recipe && !joined && text[first] == '@') ||
                           (recipe && !joined && text[first] == '-' && first + 1 < end && text[first + 1] != '-')))
      ++first;
    if (recipe || joined) {
      blank(plain, begin, first);
    } else {
      const std::string_view line = text.substr(begin, end - begin);
      const std::size_t run = begin + std::min({line.find("$(shell"), line.find('`'), line.find(';'), line.size()});
      if (run == end)
        assign(plain, begin, end);
      else
        blank(plain, begin, run + (text[run] == ';' ? 1 : 0));
    }
    joined = end > begin && text[end - 1] == '\\' && (recipe || joined);
  });
  replace_all(plain, "$(shell", "$(     ");
  for (std::size_t at = plain.find("$("); at != std::string::npos; at = plain.find("$(", at + 2)) {
    std::size_t end = at + 2;
    while (end < plain.size() && letters::is_name(plain[end])) ++end;
    if (end == at + 2 || end >= plain.size() || plain[end] != ')') continue;
    plain[at + 1] = '{';
    plain[end] = '}';
  }
  replace_all(plain, "$$", " $");
  replace_all(plain, "{{", "${");
  replace_all(plain, "}}", "} ");
  return plain;
}

// RUN, CMD and ENTRYPOINT with the lines that belong to them; a list of words is one command.
std::string shell_of_image(std::string_view text) {
  std::string plain(text);
  bool command = false, joined = false;
  std::string_view until;  // the end of a here-document
  for_each_line(text, [&](std::size_t begin, std::size_t end) {
    std::string_view line = letters::trim(text.substr(begin, end - begin));
    if (!until.empty()) {
      if (line == until) {
        until = {};
        blank(plain, begin, end);
      }
      return;
    }
    std::size_t first = begin;
    if (!joined) {
      command = false;
      while (!line.empty()) {
        const std::string_view word = line.substr(0, line.find_first_of(" \t"));
        const bool runs = letters::is_one_of_lower(word, {"run", "cmd", "entrypoint"});
        if (!runs && !(command && word.starts_with("--")) &&
            !letters::is_one_of_lower(word, {"onbuild", "healthcheck"}) && !word.starts_with("--"))
          break;
        command = command || runs;
        line = letters::trim(line.substr(word.size()));
        first = line.empty() ? end : static_cast<std::size_t>(line.data() - text.data());
      }
    }
    blank(plain, begin, command ? first : end);
    if (command && line.starts_with("<<")) {
      until = letters::trim(line.substr(line.find_first_not_of("<-'\"")));
      until = until.substr(0, until.find_first_of("'\" "));
      blank(plain, begin, end);
      joined = false;
      return;
    }
    if (command && line.starts_with('['))
      for (std::size_t i = begin; i < end; ++i)
        if (plain[i] == '[' || plain[i] == ']' || (plain[i] == ',' && plain[i - 1] == '"')) plain[i] = ' ';
    joined = line.ends_with('\\') || (joined && (line.empty() || line.starts_with('#')));
  });
  return plain;
}

// "a b" as one word of a shell; what joins commands is none.
std::string quoted(const std::string& word) {
  if (letters::is_one_of(word, {"|", "||", "&&", ";"})) return word;
  if (word.find_first_of(" \t\n\"$|;&<>()`") == std::string::npos) return word;
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

// The command lines in YAML or JSON: texts and lists below the keys that hold them.
class CommandKeys {
 public:
  CommandKeys(std::string_view text, std::vector<Act>& acts) : text_(text), lines_(text), acts_(acts) {}

  void visit(const Node& node) {
    if (node.kind == syntax::NodeKind::list)
      for (const Node& item : node.items) visit(item);
    if (node.kind != syntax::NodeKind::map) return;
    for (std::size_t i = 0; i < node.size(); ++i) {
      const Node& value = node.value(i);
      rights(node.key(i), value);
      std::string key = node.key(i).text;  // lists write "_" as a blank
      std::replace(key.begin(), key.end(), '_', ' ');
      if (!letters::is_one_of(key, lists::command_keys)) {
        visit(value);
        continue;
      }
      const Node* arguments = node.find("args");
      if (value.kind == syntax::NodeKind::string)
        take(value, value.text + (arguments == nullptr ? std::string() : words_of(*arguments)));
      else if (value.kind == syntax::NodeKind::list)
        list(value);
      else
        each(value);
    }
  }

 private:
  static std::string words_of(const Node& list) {
    std::string words;
    for (const Node& item : list.items) words += ' ' + quoted(item.text);
    return words;
  }

  // "privileged: true", and volumes that hold the disk or the engine's socket.
  void rights(const Node& key, const Node& value) {
    const auto option = [&](const Node& at, std::string_view line) {
      for (Act& act : acts_of_shell(std::string("docker run ") + std::string(line), 0)) {
        if (act.deed != Deed::rights) continue;
        from_ = std::max(from_, lines_.start(at.at.line));
        from_ = std::max(from_, std::min(text_.find(at.text, from_), text_.size()));  // an item has its list's line
        act.at = from_;
        acts_.push_back(std::move(act));
      }
    };
    if (key.text == "privileged" && value.kind == syntax::NodeKind::boolean && value.text == "true")
      option(value, "--privileged");
    if (key.text != "volumes" || value.kind != syntax::NodeKind::list) return;
    for (const Node& item : value.items)
      if (const Node* source = item.find("source"); source != nullptr)
        option(*source, "-v " + quoted(source->text + ":/x"));
      else
        option(item, "-v " + quoted(item.text));
  }

  // Either one command word by word, or one in each item; lines of one's own are both.
  void list(const Node& value) {
    for (const Node& item : value.items)
      if (item.kind == syntax::NodeKind::string && item.text.find(' ') != std::string::npos)
        take(item, item.text);
      else
        visit(item);
    take(value, words_of(value));
  }

  // "postCreateCommand": {"a": "x", "b": ["y", "z"]}
  void each(const Node& value) {
    for (std::size_t i = 0; i < value.size(); ++i)
      if (value.value(i).kind == syntax::NodeKind::string)
        take(value.value(i), value.value(i).text);
      else if (value.value(i).kind == syntax::NodeKind::list)
        list(value.value(i));
      else
        visit(value.value(i));
  }

  void take(const Node& node, std::string text) {
    replace_all(text, "${{", "${");  // an expression of a workflow
    replace_all(text, "}}", "}");
    const std::size_t at = lines_.start(node.at.line);
    if (node.text.find('\n') == std::string::npos)
      append(acts_, acts_of_shell(text, at), at);
    else
      append(acts_, acts_of_shell(text, at));
  }

  const std::string_view text_;
  const syntax::LineIndex lines_;
  std::size_t from_ = 0;  // behind what was found
  std::vector<Act>& acts_;
};

std::vector<Act> acts_of_keys(std::string_view text, std::string_view path) {
  std::vector<Act> acts;
  const bool json = letters::trim(text).starts_with('{') || path.ends_with(".json");
  const syntax::Parsed parsed =
      json ? syntax::parse_json(syntax::without_comments(text)) : syntax::parse_yaml(text, 1, {.bytes = 1U << 20U});
  CommandKeys(text, acts).visit(parsed.root);
  return acts;
}

// The part of a line of settings that begins with the name of a program, to the end of its quotation or of the line.
Range command_in(std::string_view line) {
  const std::size_t start = std::min(line.find_first_not_of(" \t"), line.size());
  if (start == line.size() || line[start] == '#' || line[start] == ';' || line.substr(start, 2) == "//") return {};
  char quote = '\0';
  std::size_t opened = line.size();
  for (std::size_t at = start; at < line.size();) {
    const std::size_t next = std::min(line.find_first_of(" \t\"'=!([:,@", at), line.size());
    const std::string_view name = files::file_name(line.substr(at, next - at));
    if (!name.empty() && (is_program_of_acts(name) || is_interpreter(name))) {
      const std::size_t end = quote == '\0' ? line.size() : std::min(line.find(quote, next), line.size());
      const bool word_by_word = quote != '\0' && opened + 1 == at && end == next;  // "sh", "-c", "x"
      return {word_by_word ? opened : at, word_by_word ? line.size() : end};
    }
    if (next < line.size() && (line[next] == '"' || line[next] == '\'') && (quote == '\0' || quote == line[next])) {
      quote = quote == '\0' ? line[next] : '\0';
      opened = next;
    }
    at = next + 1;
  }
  return {};
}

std::string shell_of_settings(std::string_view text) {
  std::string plain(text);
  for_each_line(text, [&](std::size_t begin, std::size_t end) {
    const Range command = command_in(text.substr(begin, end - begin));
    blank(plain, begin, begin + command.begin);
    blank(plain, begin + command.end, end);
    if (command.end > command.begin && plain[begin + command.begin] == '"')
      for (std::size_t i = begin; i < end; ++i)
        if (std::string_view(",[])").find(text[i]) != std::string_view::npos) plain[i] = ' ';
  });
  return plain;
}

// Each statement that drops more than a table, as the program would get it that a shell starts.
std::vector<Act> acts_of_sql(std::string_view text) {
  std::vector<Act> acts;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(';', at), text.size());
    std::string statement(text.substr(at, std::min<std::size_t>(end - at, 400)));
    const std::size_t drop = letters::to_lower(statement).find("drop ");
    if (drop != std::string::npos && statement.substr(0, drop).find("--") == std::string::npos) {
      const std::string object = letters::to_lower(statement.substr(drop + 5, 10));
      std::replace(statement.begin(), statement.end(), '\'', ' ');
      if (object.starts_with("schema") || object.starts_with("database") || object.starts_with("owned"))
        append(acts, acts_of_shell("psql -c '" + statement.substr(drop) + "'", 0), at + drop);
    }
    at = end + 1;
  }
  return acts;
}

// Cells of code: "!x" and "%%bash" are a shell's, the rest a program's.
std::vector<Act> acts_of_notebook(std::string_view text) {
  std::vector<Act> acts;
  const syntax::Parsed parsed = syntax::parse_json(text);
  const Node* cells = parsed.root.find("cells");
  if (cells == nullptr) return acts;
  const syntax::LineIndex lines(text);
  for (const Node& cell : cells->items) {
    const Node *kind = cell.find("cell_type"), *source = cell.find("source");
    if (kind == nullptr || kind->text != "code" || source == nullptr) continue;
    std::string code = source->text;
    for (const Node& line : source->items) code += line.text;
    std::string commands, program;
    const bool shell = code.starts_with("%%bash") || code.starts_with("%%sh") || code.starts_with("%%script");
    for_each_line(code, [&](std::size_t begin, std::size_t end) {
      const std::string line = code.substr(begin, end - begin);
      const bool command = shell || line.starts_with('!') || line.starts_with("%system ") || line.starts_with("%sx ");
      (command ? commands : program) += (command && line.starts_with('!') ? line.substr(1) : line) + "\n";
    });
    append(acts, acts_of_shell(commands, 0), lines.start(source->at.line));
    append(acts, acts_of_program(program, "x.py"), lines.start(source->at.line));
  }
  return acts;
}

// Reads what package managers read: lists of packages line by line, and package.json by its keys. A package is foreign
// if it comes from an index of the list's own, from an address, or from a repository at no fixed version.
// A commit or a tag behind a repository's address: "#v1.2.0", "@3f2a9c1...".
bool is_pinned(std::string_view address) {
  const std::size_t mark = address.find_last_of("#@");
  if (mark == std::string_view::npos) return false;
  std::string_view version = address.substr(mark + 1);
  version = version.substr(0, version.find_first_of(" #;&"));
  return std::ranges::count_if(version, letters::is_digit) >= 2 || version.size() >= 7 * 4;
}

constexpr std::string_view index_options[] = {"--index-url", "--extra-index-url", "-i ",         "--trusted-host",
                                              "index-url",   "extra-index-url",   "trusted-host"};

void nearly(std::vector<Act>& acts, std::string_view manager, const std::string& name, std::size_t at) {
  if (!near_name(manager, {"install", name}).empty()) acts.push_back({Deed::foreign, at, name, near_known, {}});
}

void foreign(std::vector<Act>& acts, std::size_t at, std::string_view object, std::string_view what,
             std::string_view topics = {}) {
  acts.push_back({Deed::foreign, at, std::string(object), what, topics, {}});
}
constexpr std::string_view at_no_version = "takes a package from an address at no fixed version";

std::vector<Act> acts_of_requirements(std::string_view text) {
  std::vector<Act> acts;
  for_each_line(text, [&](std::size_t at, std::size_t end) {
    const std::string_view line = letters::trim(text.substr(at, end - at));
    if (!has_part(line, {"//pypi.", "download.pytorch.org"}) &&
        std::ranges::any_of(index_options, [&](std::string_view option) { return line.starts_with(option); }))
      foreign(acts, at, line, "takes packages from an index of its own", "index mirror registry private");
    const std::size_t name = line.find_first_of(" =<>~![;#@");
    if (!line.starts_with('#') && !line.starts_with('-')) nearly(acts, "pip", std::string(line.substr(0, name)), at);
    const bool address =
        has_part(line, {"git+", "@ http"}) || line.starts_with("http://") || line.starts_with("https://");
    if (address && !line.starts_with("#") && !is_pinned(line)) foreign(acts, at, line, at_no_version);
  });
  return acts;
}

std::vector<Act> acts_of_npmrc(std::string_view text) {
  std::vector<Act> acts;
  for_each_line(text, [&](std::size_t at, std::size_t end) {
    const std::string_view line = letters::trim(text.substr(at, end - at));
    const std::size_t key = line.find("registry");
    if (key != std::string_view::npos && line.find('=', key) != std::string_view::npos && !has_part(line, {"npmjs"}) &&
        !line.starts_with(";") && !line.starts_with("#"))
      foreign(acts, at, line, "takes packages from a registry of its own", "registry mirror private");
  });
  return acts;
}

std::vector<Act> acts_of_package(std::string_view text) {
  std::vector<Act> acts;
  const std::string_view trimmed = letters::trim(text);
  // A page may show the lines alone that belong into "scripts".
  const std::string around = trimmed.starts_with('{') ? std::string(text) : "{\"scripts\":{" + std::string(text) + "}}";
  const syntax::Node root = syntax::parse_json(around).root;
  const syntax::LineIndex lines(text);
  if (const syntax::Node* scripts = root.find("scripts"); scripts != nullptr)
    for (std::size_t i = 0; i < scripts->size(); ++i) {
      const std::size_t at = lines.start(scripts->value(i).at.line);
      append(acts, acts_of_shell(scripts->value(i).text, at), at);
      if (letters::is_one_of(scripts->key(i).text, {"preinstall", "install", "postinstall", "prepare"}))
        acts.push_back({Deed::runs, at, scripts->value(i).text, "runs when it is installed", {}, {}});
    }
  for (const char* key : {"dependencies", "devDependencies", "optionalDependencies"}) {
    const syntax::Node* packages = root.find(key);
    if (packages == nullptr) continue;
    for (std::size_t i = 0; i < packages->size(); ++i) {
      const std::string& from = packages->value(i).text;
      const std::size_t at = lines.start(packages->value(i).at.line);
      nearly(acts, "npm", from.starts_with("npm:") ? from : packages->key(i).text, at);
      const bool local = letters::is_one_of(from.substr(0, from.find(':')),
                                            {"file", "npm", "workspace", "link", "portal", "patch", "catalog", "jsr"});
      const bool address =
          !local && !from.starts_with(".") && (from.starts_with("git") || from.find('/') != std::string::npos);
      if (address && !is_pinned(from)) foreign(acts, at, packages->key(i).text + ": " + from, at_no_version);
    }
  }
  return acts;
}

bool only_prints(std::string_view script) {
  return std::ranges::all_of(parse_shell(script), [](const ShellCommand& one) {
    return letters::is_one_of(one.program(), {"", "echo", "printf", "sleep", "exit", "set", "clear", "true"});
  });
}

}  // namespace

bool may_hold_commands(std::string_view path) noexcept {
  const std::string_view name = files::file_name(path);
  return name.find('.') == std::string_view::npos || form_of(path, {}) != Form::none;
}

Form form_of(std::string_view path, std::string_view text) noexcept {
  for (const CommandFileRow& row : command_file_rows())
    if (any_of_list(row.names, ' ', [&](std::string_view name) { return is_named(name, path); })) return row.form;
  const std::string_view first = text.substr(0, text.find('\n'));
  if (!first.starts_with("#!")) return Form::none;
  return first.find("sh") != std::string_view::npos ? Form::shell : Form::program;
}

std::vector<Act> acts_of_file(std::string_view text, std::string_view path) {
  switch (form_of(path, text)) {
    case Form::none: break;
    case Form::shell: {
      std::vector<Act> acts = acts_of_shell(text, 0);
      if (const std::size_t at = only_prints(text) ? fixed_verdict(text, false) : std::string_view::npos;
          at != std::string_view::npos)
        acts.push_back({Deed::falsifies, at, {}, says_in_any_case, {}, {}});
      return acts;
    }
    case Form::make: {
      std::vector<Act> acts = acts_of_shell(shell_of_make(text), 0);
      if (has_part(text, {"#!/usr/bin/env "})) append(acts, acts_of_program(text, path));  // in another language
      return acts;
    }
    case Form::settings: return acts_of_shell(shell_of_settings(text), 0);
    case Form::sql: return acts_of_sql(text);
    case Form::image: return acts_of_shell(shell_of_image(text), 0);
    case Form::program: return acts_of_program(text, path);
    case Form::notebook: return acts_of_notebook(text);
    case Form::package: return acts_of_package(text);
    case Form::registry: return acts_of_npmrc(text);
    case Form::requirements: return acts_of_requirements(text);
    case Form::keys: return acts_of_keys(text, path);
    case Form::powershell: {
      std::vector<Act> acts = acts_of_shell(text, 0);
      append(acts, acts_of_program(text, path));  // its calls are those of a program
      return acts;
    }
  }
  return {};
}

// Every form of configuration writes a key, a few signs and a value: "Key value", "key = value", "key": "value",
// "set key to value", also in the text that a command or a program writes. So words are looked up wherever they stand,
// and what follows within the line decides. Lines that look for a value instead of setting it are left out.
namespace {

bool begins_key(char c) { return letters::is_word(c) || c == '[' || c == '!'; }

// Behind a key to the end of its line: what it is set to. `found`: signs between them say so.
std::string_view value_behind(std::string_view rest, bool& found) {
  const std::size_t most = std::min<std::size_t>(rest.size(), 24);
  std::size_t at = 0;
  while (at < most && std::string_view(" \t\"'`*:=>,([").find(rest[at]) != std::string_view::npos) ++at;
  const std::string_view signs = rest.substr(0, at);
  found = at > 0 && !has_part(signs, {"==", ">="});
  rest.remove_prefix(at);
  if (rest.starts_with("to ")) rest = letters::trim_left(rest.substr(3));
  rest.remove_prefix(std::min(rest.find_first_not_of("\"'`"), rest.size()));
  return rest;
}

bool is_value(const ConfigurationRow& row, std::string_view rest, std::string& host) {
  const std::string_view address = rest.substr(0, rest.find_first_of(" \t\"'`,<>"));
  if (row.values == "host") {
    host = host_in(address);
    return !host.empty() && address.find("://") < 8 &&
           !any_of_list(row.home, ' ', [&](std::string_view home) { return host.find(home) != std::string::npos; });
  }
  if (row.values == "path") return has_part(address, {"/"}) || address.ends_with(".sh");
  const std::string_view value = rest.substr(0, rest.find_first_of(" \t\"'`,;)}]#&|\\"));
  if (has_part(value, {"!"})) return false;  // "HIGH:!RC4"
  return any_of_list(row.values, '|', [&](std::string_view one) {
    if (one == "*") return true;
    if (one.starts_with('>')) return std::atoi(std::string(value.substr(0, 9)).c_str()) > std::atoi(one.data() + 1);
    return has_part(one, {"/"}) ? fits(one, value)
                                : fits(one, letters::to_lower(value.substr(0, value.find('/'))));  // "s/no/yes/"
  });
}

// Comments, and lines that look for a value or warn of it.
bool only_names(std::string_view line) {
  const std::string_view start = letters::trim_left(line);
  return start.starts_with('#') || start.starts_with("//") || start.starts_with(';') || start.starts_with("<!--") ||
         has_phrase(line, lists::looks_for_value);
}

}  // namespace

ConfigurationKeys::ConfigurationKeys() {
  for (const ConfigurationRow& row : configuration_rows())
    any_of_list(row.keys, '|', [&](std::string_view key) { return !rows_.emplace(key, &row).second; });
}

void ConfigurationKeys::read_line(std::string_view line, std::size_t begin, std::vector<Act>& acts) const {
  std::optional<bool> named;  // asked for once
  for (std::size_t at = 0; at < line.size();) {
    if (!begins_key(line[at])) {
      ++at;
      continue;
    }
    std::size_t end = at + 1;
    const bool digits = letters::is_digit(line[at]);
    while (end < line.size() &&
           (letters::is_word(line[end]) || line[end] == '.' || line[end] == '-' || (digits && line[end] == '/')))
      ++end;
    const std::string word = letters::to_lower(line.substr(at, end - at));
    const bool of_one_call = line.substr(0, at).ends_with("-o ");  // ssh -o StrictHostKeyChecking=no
    std::size_t part = 0;
    auto row = rows_.find(word);
    if (row == rows_.end() && (part = word.rfind('.') + 1) > 0) row = rows_.find(std::string_view(word).substr(part));
    if (row == rows_.end() && word[0] == '[') row = rows_.find(std::string_view(word).substr(part = 1));
    bool set = false;
    std::string host;
    if (row != rows_.end() && !of_one_call) {
      const ConfigurationRow& found = *row->second;
      const std::string_view value = value_behind(line.substr(end), set);
      if ((set || found.values == "*") && is_value(found, value, host)) {
        if (!named) named = only_names(line);
        if (*named) return;
        acts.push_back(
            {found.deed, begin + at, found.deed == Deed::sends ? host : word.substr(part), found.what, found.topics});
      }
    }
    at = end;
  }
}

std::vector<Act> ConfigurationKeys::acts(std::string_view text, std::size_t begin) const {
  constexpr std::size_t longest = 4096;  // longer lines are read in pieces
  std::vector<Act> acts;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min({text.find('\n', at), text.size(), at + longest});
    read_line(text.substr(at, end - at), begin + at, acts);
    at = end == at + longest ? end : end + 1;
  }
  return acts;
}

}  // namespace cascade::validation
