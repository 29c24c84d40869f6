// The surest name is a path, a folder or a host that stands in the fact; then a rule that names the tool and what it is
// told to do; then a rule about what the tool or the file stands for. What merely is so waits for the prompt that asks.
#include "memory/touched.h"

#include <algorithm>
#include <set>
#include <utility>

#include "text/ascii.h"

namespace cascade::memory {
namespace {

using NameWords = std::vector<std::string>;
using NameSet = std::set<std::string>;

bool is_in(ToolWords kind, std::string_view word) {
  const std::string wanted = " " + std::string(word) + " ";
  for (const ToolRow& row : tool_rows())
    if (row.kind == kind && (" " + std::string(row.names) + " ").find(wanted) != std::string::npos) return true;
  return false;
}

template <typename See>
void each_of(std::string_view text, const See& see) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    if (end > at) see(text.substr(at, end - at));
    at = end + 1;
  }
}

std::string name_stem(std::string_view text) {
  std::string word = letters::to_lower(text);
  for (const std::string_view end : {"ing", "ed", "es", "s"})
    if (word.ends_with(end) && word.size() >= end.size() + 4 && !word.ends_with("ss")) {
      word.resize(word.size() - end.size());
      break;
    }
  if (word.size() > 4 && word.back() == 'e') word.pop_back();
  return word;
}

// NameWords of letters and digits, as they follow each other; "checkoutPage" is two.
NameWords name_words(std::string_view text) {
  NameWords words;
  std::string word;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const bool inside = i < text.size() && (letters::is_letter_or_digit(text[i]) || text[i] == '\'');
    const bool hump = inside && i > 0 && letters::is_upper(text[i]) && letters::is_lower(text[i - 1]);
    if ((!inside || hump) && !word.empty()) {
      if (word.size() > 1) words.push_back(word);
      word.clear();
    }
    if (inside) word += letters::to_lower(text[i]);
  }
  return words;
}

bool is_name_sign(char c) { return letters::is_word(c) || std::string_view("@./*-").find(c) != std::string_view::npos; }

// "6434", but no year.
bool is_port(std::string_view name) {
  return (name.size() == 4 || name.size() == 5) && std::all_of(name.begin(), name.end(), letters::is_digit) &&
         !(name.size() == 4 && (name.starts_with("19") || name.starts_with("20")));
}

// Paths and file names in small letters: "src/legacy/_rates.py", "package.json", "src/gen/*"; and hosts and ports.
void find_names(std::string_view text, NameWords& paths, NameWords& hosts) {
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && is_name_sign(text[end])) ++end;
    std::string name = letters::to_lower(text.substr(at, end - at));
    const bool is_folder = name.size() > 3 && name.back() == '/';
    at = std::max(end, at + 1);
    while (!name.empty() && !letters::is_word(name.back())) name.pop_back();
    // "/flags" and "</b>" are none, "migrations/" is.
    const bool is_path = name.find('/', 1) != std::string::npos || is_folder;
    if (is_port(name) || (!is_path && std::count(name.begin(), name.end(), '.') >= 2)) hosts.push_back(name);
    const std::size_t dot = name.rfind('.');
    const bool has_end =
        dot != std::string::npos && name.size() - dot <= 6 && dot + 2 <= name.size() &&
        std::all_of(name.begin() + static_cast<std::ptrdiff_t>(dot) + 1, name.end(), letters::is_lower);
    if (is_path || (has_end && name != "e.g" && name != "i.e" && dot + 2 < name.size()))
      paths.push_back(std::move(name));
  }
}

// "*" is anything within a folder, "**" anything.
bool matches(std::string_view pattern, std::string_view path) {
  if (pattern.empty()) return path.empty() || path.front() == '/';
  if (pattern.front() != '*')
    return !path.empty() && path.front() == pattern.front() && matches(pattern.substr(1), path.substr(1));
  const bool deep = pattern.starts_with("**");
  const std::string_view rest = pattern.substr(deep ? 2 : 1);
  for (std::size_t i = 0; i <= path.size(); ++i) {
    if (matches(rest, path.substr(i))) return true;
    if (i < path.size() && path[i] == '/' && !deep) return false;
  }
  return false;
}

// The name of a file or a folder stands in the path, whole.
bool meets(std::string_view name, std::string_view path) {
  constexpr std::ptrdiff_t most_stars = 4;
  while (name.starts_with("/") || name.starts_with("./")) name.remove_prefix(name.front() == '/' ? 1 : 2);
  if (name.size() < 3 || std::count(name.begin(), name.end(), '*') > most_stars) return false;
  for (std::size_t at = 0; at < path.size();) {
    if (matches(name, path.substr(at))) return true;
    at = std::min(path.find('/', at), path.size()) + 1;
  }
  return false;
}

// One simple command of a line, without the programs that only start it and without messages.
struct Command {
  NameWords words, paths;
};

std::vector<Command> commands_in(std::string_view line) {
  constexpr std::size_t most = 8;
  std::vector<Command> commands(1);
  bool is_message = false;
  for (std::size_t at = 0; at < line.size() && commands.size() <= most;) {
    const char c = line[at];
    if (std::string_view(";|&\n").find(c) != std::string_view::npos) {
      if (!commands.back().words.empty()) commands.emplace_back();
      ++at;
      continue;
    }
    if (letters::is_space(c) || std::string_view("()<>").find(c) != std::string_view::npos) {
      ++at;
      continue;
    }
    const bool quoted = c == '"' || c == '\'';
    const std::size_t begin = at + (quoted ? 1 : 0);
    std::size_t end = quoted ? line.find(c, begin) : line.find_first_of(" \t\n;|&()<>", begin);
    end = std::min(end, line.size());
    const std::string word = letters::to_lower(line.substr(begin, end - begin));
    at = end + (quoted ? 1 : 0);
    Command& command = commands.back();
    const bool is_git = !command.words.empty() && command.words.front() == "git";
    if (std::exchange(is_message, is_git && (word == "-m" || word == "--message")) || word.empty()) continue;
    if (command.words.empty() && (is_in(ToolWords::shell, word) || word.find('=') != std::string::npos)) continue;
    if (word.find_first_of("/.") != std::string::npos) command.paths.push_back(word);
    command.words.push_back(word);
  }
  return commands;
}

class Named {
 public:
  // "the main branch", "branch main"
  bool names_branch(std::string_view word) const {
    for (std::size_t i = 0; i + 1 < raw_.size(); ++i)
      if ((raw_[i] == word && raw_[i + 1] == "branch") || (raw_[i] == "branch" && raw_[i + 1] == word)) return true;
    return false;
  }

  explicit Named(std::string_view text) : raw_(name_words(text)) {
    find_names(text, paths_, hosts_);
    std::string before;
    for (const std::string& word : raw_) {
      stems_.insert(name_stem(word));
      const bool is_quality = before == "read" && word == "only";  // it says what a thing is, and rules nothing
      is_rule_ = is_rule_ || (!is_quality && is_in(ToolWords::rule, word));
      chooses_ = chooses_ || (!is_quality && is_in(ToolWords::chooses, word));
      before = word;
    }
  }

  bool is_rule() const { return is_rule_; }
  bool has(std::string_view word) const { return stems_.count(name_stem(word)) != 0; }
  bool has_raw(std::string_view word) const { return std::find(raw_.begin(), raw_.end(), word) != raw_.end(); }

  bool names_path(std::string_view path) const {
    if (std::any_of(paths_.begin(), paths_.end(), [&](const std::string& name) { return meets(name, path); }))
      return true;
    // "the migrations folder", "migrations never drop a column"
    for (std::size_t i = 0; i + 1 < raw_.size(); ++i)
      if ((raw_[i + 1] == "folder" || raw_[i + 1] == "directory" || (i == 0 && is_rule_)) &&
          !is_in(ToolWords::weak, raw_[i]) && meets(raw_[i] + "/**", path))
        return true;
    return false;
  }
  bool names_host_of(std::string_view touched) const {
    return std::any_of(hosts_.begin(), hosts_.end(), [&](const std::string& host) {
      const std::size_t at = touched.find(host), end = at + host.size();
      return at != std::string_view::npos &&
             (!is_port(host) || ((at == 0 || std::string_view(" :=").find(touched[at - 1]) != std::string_view::npos) &&
                                 (end == touched.size() || !is_name_sign(touched[end]))));
    });
  }
  // Two words of a file's name that stand together.
  bool has_words_of(std::string_view file) const {
    NameSet own;
    for (const std::string& word : name_words(file))
      if (word.size() >= 4) own.insert(name_stem(word));
    for (std::size_t i = 0; i + 1 < raw_.size(); ++i) {
      const std::string a = name_stem(raw_[i]), b = name_stem(raw_[i + 1]);
      if (a != b && own.count(a) != 0 && own.count(b) != 0 &&
          !(is_in(ToolWords::weak, raw_[i]) && is_in(ToolWords::weak, raw_[i + 1])))
        return true;
    }
    return false;
  }
  // What the tool or the file's place stands for.
  bool stands_for(std::string_view touched, const NameWords& heads) const {
    bool found = false;
    for (const ToolRow& row : tool_rows()) {
      if (row.kind != ToolWords::alike) continue;
      bool is_meant = false;
      each_of(row.names, [&](std::string_view name) {
        is_meant = is_meant || (name.find('.') != std::string_view::npos
                                    ? touched.find(name) != std::string_view::npos
                                    : std::find(heads.begin(), heads.end(), name) != heads.end());
      });
      if (is_meant) each_of(row.words, [&](std::string_view word) { found = found || has(word); });
    }
    return found;
  }

  bool names_manager(std::string_view program, std::string_view verb, bool& is_manager) const {
    for (const ToolRow& row : tool_rows()) {
      if (row.kind != ToolWords::manager ||
          (" " + std::string(row.names) + " ").find(" " + std::string(program) + " ") == std::string::npos)
        continue;
      is_manager = true;
      bool named = false;
      each_of(row.names, [&](std::string_view name) { named = named || has_raw(name); });
      if (named && chooses_) return true;
      if (!is_in(ToolWords::adds, verb)) return false;
      for (const ToolRow& depends : tool_rows())
        if (depends.kind == ToolWords::depends)
          each_of(depends.names, [&](std::string_view word) { named = named || has(word); });
      return named;
    }
    return false;
  }

 private:
  NameWords raw_, paths_, hosts_;
  NameSet stems_;
  bool is_rule_ = false, chooses_ = false;
};

// "commit" is git's own word; "push" is also what is done with images: then the tool or a branch must be named, too.
bool names_what_git_does(const Named& fact, const Command& command) {
  const std::string& program = command.words[0];
  const std::string verb = command.words[1].substr(0, command.words[1].find_first_of("-_"));
  for (std::size_t i = 2; i < command.words.size(); ++i) {
    const std::string& word = command.words[i];
    if (word.front() == '-' || !fact.has_raw(word)) continue;
    if (fact.has(verb) || fact.names_branch(word)) return true;
  }
  if (!fact.has(verb) || is_in(ToolWords::weak, verb)) return false;
  return verb == "commit" || verb == "merge" || verb == "rebase" || fact.has_raw(program);
}

std::uint32_t speaks_of_command(const Named& fact, const Command& command, std::string_view line) {
  constexpr std::uint32_t named = 2, stood_for = 1;
  const std::string& program = command.words[0];
  const std::string second = command.words.size() > 1 ? command.words[1] : std::string();
  bool is_manager = false;
  if (fact.names_manager(program, second, is_manager)) return named;
  if (is_manager) return 0;
  const bool has_verb = !second.empty() && second.front() != '-' && is_in(ToolWords::verb, program);
  if (has_verb && (program == "git" || program == "gh")) return names_what_git_does(fact, command) ? named : 0;
  if (has_verb) {
    bool does = false;
    for (std::size_t begin = 0; begin < second.size();) {
      const std::size_t end = std::min(second.find_first_of("-_", begin), second.size());
      does = does || (end > begin && fact.has(second.substr(begin, end - begin)));
      begin = end + 1;
    }
    if (does && fact.has(program)) return named;
  } else if (fact.has(program) && !is_in(ToolWords::weak, program) &&
             program.find_first_of("/.") == std::string::npos) {
    return named;
  }
  const bool stands = fact.stands_for(line, {program});
  // "pytest -m integration": the fact is about these tests.
  for (std::size_t i = 1; stands && i + 1 < command.words.size(); ++i)
    if (command.words[i].front() == '-' && command.words[i + 1].size() >= 5 && fact.has(command.words[i + 1]) &&
        !is_in(ToolWords::weak, command.words[i + 1]))
      return named;
  return stands ? stood_for : 0;
}

}  // namespace

std::uint32_t speaks_of(std::string_view statement, const Touched& touched) {
  constexpr std::uint32_t surest = 3;
  const Named fact(statement);
  const std::string file = letters::to_lower(touched.file), line = letters::to_lower(touched.command);
  if (!file.empty()) {
    if (fact.names_path(file) || fact.names_host_of(file)) return surest;
    if (!fact.is_rule()) return 0;
    return fact.has_words_of(touched.file) ? 2 : fact.stands_for(file, {file.substr(file.rfind('/') + 1)}) ? 1 : 0;
  }
  std::uint32_t best = fact.names_host_of(line) ? surest : 0;
  for (const Command& command : commands_in(touched.command)) {
    if (command.words.empty()) continue;
    for (const std::string& path : command.paths)
      if (fact.names_path(path)) best = surest;
    if (best < surest && fact.is_rule()) best = std::max(best, speaks_of_command(fact, command, line));
  }
  return best;
}

}  // namespace cascade::memory
