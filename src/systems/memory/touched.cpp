// The surest name is a path, a folder or a host that stands in the fact; then a rule that names the tool and what it is
// told to do; then a rule about what the tool or the file stands for. What merely is so waits for the prompt that asks.
#include "memory/typed.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "text/ascii.h"
#include "text/word_set.h"

namespace cascade::memory {
namespace {

using letters::each_word;

using NameWords = std::vector<std::string>;
using NameSet = std::set<std::string>;

bool is_in(ToolWords kind, std::string_view word) {
  static const auto all = [] {
    std::map<ToolWords, std::set<std::string_view>> names;
    for (const ToolRow& row : tool_rows())
      each_word(row.names, [&](std::string_view name) { names[row.kind].insert(name); });
    return names;
  }();
  const auto names = all.find(kind);
  return names != all.end() && names->second.count(word) != 0;
}

std::string name_stem(std::string_view text) {
  std::string word = letters::to_lower(text);
  if (word.size() >= 5 && word.ends_with("ies")) word.replace(word.size() - 3, 3, "y");
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
    const bool inside = i < text.size() && (letters::is_letter_or_digit(text[i]) || text[i] == '\'' ||
                                            static_cast<unsigned char>(text[i]) >= 0x80);
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
    if (command.words.size() == 1 && (word == "exec" || word == "run") &&
        std::string_view(" bundle poetry uv pipenv pdm ").find(" " + command.words.front() + " ") !=
            std::string::npos) {
      command.words.clear();
      continue;
    }
    if (command.words.empty() && (is_in(ToolWords::shell, word) || word.find('=') != std::string::npos)) continue;
    if (word.find_first_of("/.") != std::string::npos) command.paths.push_back(word);
    command.words.push_back(word);
  }
  return commands;
}

// The words by which a call can be named: those that stand in it, and those that its tools and places stand for.
struct Spoken {
  NameSet said, meant;
  std::string own;  // the name of the file
  NameSet whole;    // names as a whole: a folder, a file without its ending, a program

  void add(std::string_view text) {
    for (const std::string& word : name_words(text)) said.insert(name_stem(word));
  }
  void add_whole(std::string_view name) {
    while (!name.empty() && (!letters::is_letter(name.front()))) name.remove_prefix(1);
    std::string joined;
    for (const std::string& word : name_words(name)) joined += word;
    if (joined.size() >= 3) whole.insert(name_stem(joined));
  }
  void mean(std::string_view touched, const NameWords& heads) {
    for (const ToolRow& row : tool_rows()) {
      if (row.kind != ToolWords::alike) continue;
      bool is_meant = false;
      each_word(row.names, [&](std::string_view name) {
        is_meant = is_meant || (name.find('.') != std::string_view::npos
                                    ? touched.find(name) != std::string_view::npos
                                    : std::find(heads.begin(), heads.end(), name) != heads.end());
      });
      if (is_meant) each_word(row.words, [&](std::string_view word) { meant.insert(name_stem(word)); });
      // What has one meaning is another name of it: "cap" is Capistrano.
      if (is_meant && row.words.find(' ') == std::string_view::npos && own.empty()) whole.insert(name_stem(row.words));
    }
  }
};

Spoken spoken_by(const std::string& file) {
  Spoken spoken;
  spoken.add(file);
  const std::string low = letters::to_lower(file);
  NameWords heads;
  for (std::size_t begin = 0; begin <= low.size();) {
    const std::size_t end = std::min(low.find('/', begin), low.size());
    const std::string name = low.substr(begin, end - begin);
    heads.push_back(name);
    if (std::count(low.begin() + static_cast<std::ptrdiff_t>(end), low.end(), '/') <= 2)  // the file and two folders
      spoken.add_whole(name.substr(0, name.find('.', 1)));
    const std::size_t dot = name.rfind('.');
    if (end == low.size())
      spoken.own =
          name_stem(name.substr(name.starts_with(".") ? 1 : 0, name.find('.', 1) - (name.starts_with(".") ? 1 : 0)));
    if (end == low.size() && dot != std::string::npos && name.size() - dot > 5) spoken.add_whole(name.substr(dot + 1));
    begin = end + 1;
  }
  spoken.mean(low, heads);
  return spoken;
}

Spoken spoken_by(const Command& command) {
  Spoken spoken;
  std::string line;
  for (const std::string& word : command.words) {
    line += word + " ";
    spoken.add(word);
  }
  const std::string& program = command.words[0];
  const std::string name = program.substr(program.rfind('/') + 1);
  spoken.add_whole(name);
  for (std::size_t begin = 0; begin < name.size();) {  // "redis-cli"
    const std::size_t end = std::min(name.find('-', begin), name.size());
    if (end - begin >= 4) spoken.add_whole(name.substr(begin, end - begin));
    begin = end + 1;
  }
  NameWords heads = command.words;
  heads[0] = name;
  for (std::size_t i = 1; i < command.words.size(); ++i)
    if (command.words[i].find_first_of("-./") == std::string::npos && i < 4)
      spoken.add_whole(command.words[i]);
    else if (program == "git" && command.words[i] == "-f")
      spoken.said.insert(name_stem("force"));
  spoken.mean(line, heads);
  return spoken;
}

// Words with a sign, a digit or a capital inside, and those in capitals.
NameWords marked_in(std::string_view text) {
  NameWords marked;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at, capitals = 0, marks = 0, small = 0;
    for (; end < text.size() && (letters::is_word(text[end]) || text[end] == '-'); ++end) {
      marks += text[end] == '_' && end > at ? 1 : 0;
      capitals += letters::is_upper(text[end]) && end > at ? 1 : 0;
      small += letters::is_lower(text[end]) ? 1 : 0;
    }
    const std::string word = letters::to_lower(text.substr(at, end - at));
    const bool shouts = small == 0 && capitals >= 3;
    if (word.size() >= 4 && (marks > 0 || shouts || (capitals > 0 && small > 0)) && !is_in(ToolWords::weak, word))
      marked.push_back(word);
    at = std::max(end, at + 1);
  }
  return marked;
}

class Named {
 public:
  explicit Named(std::string_view text) : raw_(name_words(text)), marked_(marked_in(text)) {
    find_names(text, paths_, hosts_);
    std::string before;
    bool ended = false;
    for (const std::string& word : raw_) {
      stem_at_.push_back(name_stem(word));
      const bool is_quality = before == "read" && word == "only";  // it says what a thing is, and rules nothing
      is_rule_ = is_rule_ || (!is_quality && is_in(ToolWords::rule, word));
      chooses_ = chooses_ || (!is_quality && is_in(ToolWords::chooses, word));
      ended = ended || (!subject_.empty() && (word == "is" || word == "are" || word == "has" || word == "have"));
      if (!ended && subject_.size() < 3 && !is_weak(word)) subject_.push_back(stem_at_.back());
      before = word;
    }
    stems_.insert(stem_at_.begin(), stem_at_.end());
    find_declared();
  }

  bool is_rule() const { return is_rule_; }
  bool chooses() const { return chooses_; }
  bool has(std::string_view word) const { return stems_.count(name_stem(word)) != 0; }
  bool has_raw(std::string_view word) const { return std::find(raw_.begin(), raw_.end(), word) != raw_.end(); }
  bool names_path(std::string_view path) const {
    bool named = std::any_of(paths_.begin(), paths_.end(), [&](const std::string& name) { return meets(name, path); });
    // "the migrations folder"
    for (std::size_t i = 0; i + 1 < raw_.size(); ++i)
      if ((raw_[i + 1] == "folder" || raw_[i + 1] == "directory") && !is_weak(raw_[i]) && meets(raw_[i] + "/**", path))
        named = true;
    return named;
  }
  bool names_host_of(std::string_view touched) const {
    return std::any_of(hosts_.begin(), hosts_.end(), [&](const std::string& host) {
      const std::size_t at = touched.find(host), end = at + host.size();
      return at != std::string_view::npos &&
             (!is_port(host) || ((at == 0 || std::string_view(" :=").find(touched[at - 1]) != std::string_view::npos) &&
                                 (end == touched.size() || !is_name_sign(touched[end]))));
    });
  }
  // A name that nobody would write otherwise: "KAFKA_BROKERS", "OrderLine", "the audit table".
  bool has_own_name_of(std::string_view touched, const Spoken& spoken) const {
    const bool has_tables = !spoken.own.empty() || spoken.meant.count("sql") != 0;
    return std::any_of(
               declared_.begin(), declared_.end(),
               [&](const auto& one) { return (has_tables || !one.second) && spoken.said.count(one.first) != 0; }) ||
           std::any_of(marked_.begin(), marked_.end(), [&](const std::string& name) {
             for (std::size_t at = 0; (at = touched.find(name, at)) != std::string_view::npos; at += name.size()) {
               const std::size_t end = at + name.size();
               if ((at == 0 || !letters::is_letter_or_digit(touched[at - 1])) &&
                   (end == touched.size() || !letters::is_letter_or_digit(touched[end])))
                 return true;
             }
             return false;
           });
  }
  // Two words that stand together, one of them at least in the call itself. "seat maps" is "seatmaps".
  bool has_two_of(const Spoken& spoken) const {
    for (std::size_t i = 0; i + 1 < raw_.size(); ++i)
      if (are_two_of(i, spoken) && !(is_weak(raw_[i]) && is_weak(raw_[i + 1])) && !are_of_a_path(i)) return true;
    return false;
  }
  // What it is about is the name of a folder, of the file or of the program.
  bool is_about(const Spoken& spoken) const {
    return std::any_of(subject_.begin(), subject_.end(),
                       [&](const std::string& word) { return word.size() >= 3 && spoken.whole.count(word) != 0; });
  }
  bool begins_with(std::string_view word) const {
    return std::find(subject_.begin(), subject_.end(), name_stem(word)) != subject_.end();
  }
  // What the tool or the file's place stands for; of a command a word must be said, too.
  bool stands_for(const Spoken& spoken) const {
    bool is_said = !spoken.own.empty();
    for (std::size_t i = 0; i < raw_.size() && !is_said; ++i)
      is_said = raw_[i].size() >= 3 && spoken.said.count(stem_at_[i]) != 0 && !is_weak(raw_[i]);
    if (!is_said) return false;
    const std::size_t most = is_rule_ ? 5 : 0;  // words that a fact begins with
    return std::any_of(stem_at_.begin(), stem_at_.begin() + static_cast<std::ptrdiff_t>(std::min(most, raw_.size())),
                       [&](const std::string& word) { return spoken.meant.count(word) != 0; }) ||
           std::any_of(subject_.begin(), subject_.end(),
                       [&](const std::string& word) { return spoken.meant.count(word) != 0; });
  }
  bool names_manager(std::string_view program, std::string_view verb, bool& is_manager) const {
    for (const ToolRow& row : tool_rows()) {
      if (row.kind != ToolWords::manager || !letters::lists(row.names, program)) continue;
      is_manager = true;
      bool named = false;
      each_word(row.names, [&](std::string_view name) { named = named || has_raw(name); });
      if (named && chooses_) return true;
      if (!is_in(ToolWords::adds, verb)) return false;
      for (const ToolRow& depends : tool_rows())
        if (depends.kind == ToolWords::depends)
          each_word(depends.names, [&](std::string_view word) { named = named || has(word); });
      return named;
    }
    return false;
  }

 private:
  static bool is_weak(std::string_view word) { return is_in(ToolWords::weak, word); }

  // The word at `i` and the next one.
  bool are_two_of(std::size_t i, const Spoken& spoken) const {
    const std::string &one = raw_[i], &other = raw_[i + 1], &a = stem_at_[i], &b = stem_at_[i + 1];
    if (one.size() < 2 || other.size() < 2 || a == b) return false;
    const bool said_a = spoken.said.count(a) != 0, said_b = spoken.said.count(b) != 0;
    if (said_a && said_b) return true;
    if (is_rule_ && !spoken.own.empty() && (said_a || said_b) && spoken.meant.count(said_a ? b : a) != 0 &&
        !is_weak(said_a ? one : other))
      return true;
    return one.size() >= 3 && other.size() >= 3 &&
           std::any_of(spoken.whole.begin(), spoken.whole.end(), [&](const std::string& name) {
             return name.starts_with(std::string_view(one).substr(0, 3)) && name == name_stem(one + other);
           });
  }
  bool are_of_a_path(std::size_t i) const {
    return std::any_of(paths_.begin(), paths_.end(), [&](const std::string& path) {
      return path.find(raw_[i] + "/" + raw_[i + 1]) != std::string::npos ||
             path.find(raw_[i] + "." + raw_[i + 1]) != std::string::npos;
    });
  }

  // "the audit table", "branch beta2"
  void find_declared() {
    for (std::size_t i = 0; i < raw_.size(); ++i) {
      if (!is_in(ToolWords::sort, raw_[i])) continue;
      const bool before = i > 0 && !is_weak(raw_[i - 1]) && raw_[i - 1].size() >= 3;
      if (before) declared_.emplace_back(stem_at_[i - 1], raw_[i] == "table" || raw_[i] == "column");
    }
  }

  NameWords raw_, stem_at_, paths_, hosts_, marked_, subject_;
  std::vector<std::pair<std::string, bool>> declared_;  // and whether only a database has it
  NameSet stems_;
  bool is_rule_ = false, chooses_ = false;
};

// "commit" is git's own word; "push" is also what is done with images: then the tool or a branch must be named, too.
bool names_what_git_does(const Named& fact, const Command& command, const Spoken& spoken) {
  const std::string& program = command.words[0];
  const std::string verb = command.words[1].substr(0, command.words[1].find_first_of("-_"));
  const bool moves = is_in(ToolWords::moves, verb);
  for (std::size_t i = 2; i < command.words.size(); ++i) {
    const std::string& word = command.words[i];
    const bool names = word.front() != '-' && fact.has_raw(word);
    if (names && (fact.has(verb) || (moves && fact.has("branch") && (verb != "push" || fact.is_rule())))) return true;
    if (moves && (word == "-b" || word == "-c" || word == "-B")) return fact.has("branch");
  }
  if (fact.has_two_of(spoken) || (!moves && fact.begins_with(verb))) return true;
  if (!fact.has(verb) || is_in(ToolWords::weak, verb)) return false;
  return verb == "commit" || verb == "merge" || verb == "rebase" || (fact.is_rule() && fact.has_raw(program));
}

std::uint32_t speaks_of_command(const Named& fact, const Command& command, const Spoken& spoken) {
  constexpr std::uint32_t named = 2, stood_for = 1;
  const std::string& program = command.words[0];
  if (is_in(ToolWords::reads, program)) return 0;
  const std::string second = command.words.size() > 1 ? command.words[1] : std::string();
  bool is_manager = false;
  if (fact.names_manager(program, second, is_manager)) return named;
  const bool has_verb = !second.empty() && second.front() != '-' && is_in(ToolWords::verb, program);
  if (has_verb && (program == "git" || program == "gh")) {
    if (is_in(ToolWords::reads, second)) return 0;
    return names_what_git_does(fact, command, spoken) ? named : 0;
  }
  if (has_verb) {
    bool does = fact.chooses();
    for (std::size_t begin = 0; begin < second.size();) {
      const std::size_t end = std::min(second.find_first_of("-_", begin), second.size());
      does = does || (end > begin && fact.has(second.substr(begin, end - begin)));
      begin = end + 1;
    }
    if (does && fact.has(program)) return named;
  } else if (!is_manager && !is_in(ToolWords::weak, program)) {
    if (fact.is_about(spoken) || (fact.is_rule() && fact.has(program.substr(program.rfind('/') + 1)))) return named;
  }
  if (fact.has_two_of(spoken)) return named;
  return fact.stands_for(spoken) ? stood_for : 0;
}

// What a call touches, read once for all facts.
struct Call {
  explicit Call(const Touched& touched)
      : file(letters::to_lower(touched.file)), line(letters::to_lower(touched.command)) {
    if (!file.empty()) of_file = spoken_by(touched.file);
    for (Command& command : commands_in(touched.command)) {
      if (command.words.empty()) continue;
      of_commands.push_back(spoken_by(command));
      commands.push_back(std::move(command));
    }
  }
  std::string file, line;
  Spoken of_file;
  std::vector<Command> commands;
  std::vector<Spoken> of_commands;
};

std::uint32_t speaks_of(std::string_view statement, const Call& call) {
  constexpr std::uint32_t surest = 3, named = 2, stood_for = 1;
  const Named fact(statement);
  if (!call.file.empty()) {
    const Spoken& spoken = call.of_file;
    if (fact.names_path(call.file) || fact.names_host_of(call.file) || fact.has_own_name_of(call.file, spoken))
      return surest;
    return fact.has_two_of(spoken) ? named
           : (fact.is_rule() && fact.is_about(spoken)) || fact.begins_with(spoken.own) || fact.stands_for(spoken)
               ? stood_for
               : 0;
  }
  std::uint32_t best = fact.names_host_of(call.line) ? surest : 0;
  for (std::size_t i = 0; i < call.commands.size(); ++i) {
    const Command& command = call.commands[i];
    const Spoken& spoken = call.of_commands[i];
    for (const std::string& path : command.paths)
      if (fact.names_path(path)) best = surest;
    if (best < surest) best = std::max(best, speaks_of_command(fact, command, spoken));
    if (!is_in(ToolWords::reads, command.words[0]) && fact.has_own_name_of(call.line, spoken)) best = surest;
  }
  return best;
}

}  // namespace

std::vector<std::uint32_t> speak_of(std::span<const std::string> statements, const Touched& touched) {
  const Call call(touched);
  std::vector<std::uint32_t> sure;
  sure.reserve(statements.size());
  for (const std::string& statement : statements) sure.push_back(speaks_of(statement, call));
  return sure;
}

}  // namespace cascade::memory
