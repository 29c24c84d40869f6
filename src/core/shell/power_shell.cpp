// A line of PowerShell becomes one for bash, with the programs that do the same as its commands (power_shell_rows.tsv),
// and is followed like any other. What is computed is not known, except methods that write files.

#include <algorithm>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "shell/power_shell_rows.h"
#include "shell/trace.h"
#include "text/ascii.h"
#include "text/word_set.h"

namespace cascade::shell {
namespace {

constexpr int deepest = 32;
constexpr std::string_view unknown_word = "\"${_}\"";

struct PowerWord {
  std::string shell;  // as bash reads it
  std::string text;   // what is known of it
  bool known = true;
  bool quoted = false;
  bool joins = false;  // a comma stands before it
};
using PowerWords = std::vector<PowerWord>;

struct Arguments {
  PowerWords words;
  std::vector<std::string> blocks;
  std::string written;  // redirections
};

void add_quoted(PowerWord& word, std::string text) {
  std::ranges::replace(text, '\\', '/');
  word.text += text;
  word.shell += single_quoted(text);
}

void add_unknown(PowerWord& word, std::string_view shell) {
  word.shell += shell;
  word.known = false;
}

class PowerShell {
 public:
  PowerShell(std::string_view text, int depth) : text_(text), depth_(depth) {}

  std::string script(char closing);

 private:
  std::optional<std::string> keyword();
  std::optional<std::string> assignment();
  std::string pipeline();
  std::string command(bool is_fed);
  std::string within(char opening, char closing);
  Arguments arguments();
  PowerWord word();
  bool sum_of_texts(PowerWord& into);
  void double_quoted(PowerWord& word);
  void here_string(PowerWord& word);
  void variable(PowerWord& word, bool quoted);
  void members(PowerWord& word);
  bool redirection(std::string& into);
  std::string as_bash(const PowerWords& words, const std::vector<std::string>& blocks, bool is_fed) const;
  std::optional<std::string> by_row(const Cmdlet& row, const PowerWords& words, bool is_fed, bool is_last) const;

  bool at_end() const { return at_ >= text_.size(); }
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  bool take(std::string_view what) {
    if (text_.substr(at_, what.size()) != what) return false;
    at_ += what.size();
    return true;
  }
  // [IO.File]: no name of a type is longer.
  bool take_type() {
    const std::size_t end = peek() == '[' ? text_.substr(at_, 100).find(']') : std::string_view::npos;
    if (end != std::string_view::npos) at_ += end + 1;
    return end != std::string_view::npos;
  }
  std::string name();
  void skip(bool lines);
  std::string_view up_to(std::string_view mark) {
    const std::size_t end = std::min(text_.find(mark, at_), text_.size());
    const std::string_view found = text_.substr(at_, end - at_);
    at_ = std::min(end + mark.size(), text_.size());
    return found;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int depth_;
};

// Blanks, comments, a line's end behind a backtick; with `lines` every line's end.
void PowerShell::skip(bool lines) {
  while (!at_end()) {
    const char c = peek();
    if ((letters::is_space(c) && c != '\n') || (lines && (c == '\n' || c == ';')))
      ++at_;
    else if (c == '`' && (peek(1) == '\n' || (peek(1) == '\r' && peek(2) == '\n')))
      at_ += peek(1) == '\n' ? 2 : 3;
    else if (c == '#')
      at_ = std::min(text_.find('\n', at_), text_.size());
    else if (take("<#"))
      static_cast<void>(up_to("#>"));
    else
      return;
  }
}

std::string PowerShell::name() {
  const std::size_t from = at_;
  while (letters::is_word(peek())) ++at_;
  return std::string(text_.substr(from, at_ - from));
}

std::string PowerShell::script(char closing) {
  std::string all;
  if (++depth_ > deepest) at_ = text_.size();
  while (true) {
    skip(true);
    if (at_end()) break;
    if (closing != '\0' && take(std::string_view(&closing, 1))) break;
    const std::size_t before = at_;
    std::optional<std::string> one = keyword();
    if (!one) one = assignment();
    if (!one) one = pipeline();
    if (!one->empty()) all += *one + "\n";
    if (at_ == before) ++at_;
  }
  --depth_;
  return all.empty() ? ":\n" : all;
}

std::string PowerShell::within(char opening, char closing) {
  skip(true);
  return take(std::string_view(&opening, 1)) ? script(closing) : std::string(":\n");
}

// What may run, or several times, is followed as what runs if something holds.
std::optional<std::string> PowerShell::keyword() {
  constexpr std::string_view conditional = "if elseif while switch for catch";
  const std::size_t before = at_;
  const std::string found = letters::to_lower(name());
  skip(true);
  const bool has_body = peek() == '{' || peek() == '(' || take_type();
  if (has_body && letters::lists(conditional, found)) {
    const std::string test = within('(', ')');
    return "if " + test + "then\n" + within('{', '}') + "fi";
  }
  if (has_body && letters::lists("else try finally do begin process end", found))
    return "if " + std::string(found == "else" ? unknown_word : ":") + "\nthen\n" + within('{', '}') + "fi";
  if (found == "param" && take("(")) return script(')').substr(0, 0);
  if (found == "foreach" && take("(")) {
    skip(true);
    take("$");
    const std::string one = letters::to_lower(name());
    skip(true);
    static_cast<void>(name());  // in
    skip(true);
    std::string over = letters::is_letter(peek()) ? " $(" + pipeline() + ")" : std::string();
    for (const PowerWord& item : arguments().words) over += " " + item.shell;
    take(")");
    return "for " + one + " in" + over + "; do\n" + within('{', '}') + "done";
  }
  if (found == "function" || found == "filter") {
    const std::string called = word().text;
    static_cast<void>(within('(', ')'));
    return called + "() {\n" + within('{', '}') + "}";
  }
  at_ = before;
  return std::nullopt;
}

// $NAME = VALUE, $env:NAME = VALUE; the value may be a command's output.
std::optional<std::string> PowerShell::assignment() {
  const std::size_t before = at_;
  while (take_type()) skip(false);
  const bool is_variable = take("$");
  std::string called = is_variable ? name() : std::string();
  const bool is_environment = letters::to_lower(called) == "env" && take(":");
  if (is_environment || take(":")) called = name();  // $global:x
  skip(false);
  const bool adds = take("+=");
  if (called.empty() || (!adds && (peek() != '=' || peek(1) == '=' || !take("=")))) {
    at_ = before;
    return std::nullopt;
  }
  skip(true);
  std::string value;
  if (letters::is_letter(peek()) || peek() == '&' || peek() == '.') {
    value = "\"$(" + pipeline() + ")\"";
  } else {
    const PowerWords words = arguments().words;
    for (const PowerWord& word : words)
      if (words.size() == 1 || word.shell.find("$(") != std::string::npos) value += word.shell;
    if (adds || words.size() != 1) value += unknown_word;
  }
  return (is_environment ? "export " + called : letters::to_lower(called)) + "=" + value;
}

std::string PowerShell::pipeline() {
  std::string line = command(false);
  while (true) {
    skip(false);
    const std::string_view joint = take("&&") ? "&&" : take("||") ? "||" : take("|") ? "|" : "";
    if (joint.empty()) return take("&") ? line + " &" : line;
    skip(true);
    line.append(" ").append(joint).append(" ") += command(joint == "|");
  }
}

// 2> FILE, *>&1, >> $null.
bool PowerShell::redirection(std::string& into) {
  std::size_t sign = at_;
  if (sign < text_.size() && (letters::is_digit(text_[sign]) || text_[sign] == '*')) ++sign;
  if (sign >= text_.size() || text_[sign] != '>') return false;
  into += " " + (text_[at_] == '*' || text_[at_] == '>' ? std::string() : std::string(1, text_[at_]));
  at_ = sign + 1;
  into += take(">") ? ">>" : ">";
  if (take("&")) {
    into += "&" + name();
    return true;
  }
  skip(false);
  const PowerWord file = word();
  into += letters::equals_lower(file.shell, "\"$null\"") ? "/dev/null" : file.shell;
  return true;
}

// The words up to the end of a command, of a list or of a method's parentheses.
Arguments PowerShell::arguments() {
  Arguments found;
  bool joins = false;
  while (true) {
    skip(joins);
    if (at_end() || std::string_view(";|\n)}&").find(peek()) != std::string_view::npos) return found;
    const std::size_t before = at_;
    if (take("{")) {
      found.blocks.push_back("{\n" + script('}') + "}");
    } else if (take(",")) {
      joins = true;
    } else if (!redirection(found.written)) {
      found.words.push_back(word());
      found.words.back().joins = std::exchange(joins, false);
    }
    if (at_ == before) ++at_;
  }
}

// [IO.File]::WriteAllText(PATH, TEXT) is a command of that name behind "::".
std::string PowerShell::command(bool is_fed) {
  skip(false);
  if ((peek() == '&' && peek(1) != '&') || (peek() == '.' && std::string_view(" \"'").find(peek(1)) < 3)) ++at_;
  const std::size_t before = at_;
  PowerWord method;
  const bool is_method =
      take_type() && take("::") && (method.text = "::" + letters::to_lower(name())).size() > 2 && take("(");
  if (!is_method) at_ = before;
  Arguments found = arguments();
  if (is_method) {
    for (PowerWord& word : found.words) word.joins = false;
    found.words.insert(found.words.begin(), std::move(method));
    take(")");
  }
  return as_bash(found.words, found.blocks, is_fed) + found.written;
}

// ('HEAD:' + 'main').
bool PowerShell::sum_of_texts(PowerWord& into) {
  const std::size_t before = at_;
  std::string text;
  do {
    ++at_;
    skip(false);
    const PowerWord piece = peek() == '\'' || peek() == '"' ? word() : PowerWord();
    if (!piece.known || !piece.quoted) break;
    text += piece.text;
    skip(false);
    if (!take(")")) continue;
    add_quoted(into, std::move(text));
    return true;
  } while (peek() == '+');
  at_ = before;
  return false;
}

PowerWord PowerShell::word() {
  PowerWord word;
  while (!at_end()) {
    const char c = peek();
    if (std::string_view(" \t\r\n;|,{})&>").find(c) != std::string_view::npos) break;
    if (c == '\'') {
      ++at_;
      std::string text(up_to("'"));
      while (take("'")) text += "'" + std::string(up_to("'"));
      add_quoted(word, std::move(text));
      word.quoted = true;
    } else if (c == '"') {
      ++at_;
      double_quoted(word);
    } else if (c == '@' && (peek(1) == '\'' || peek(1) == '"')) {
      here_string(word);
    } else if (c == '@' && peek(1) == '{') {
      at_ += 2;
      static_cast<void>(script('}'));
      add_unknown(word, unknown_word);
    } else if (c == '(' || (c == '@' && peek(1) == '(')) {
      if (!word.shell.empty()) break;
      if (c == '(' && sum_of_texts(word)) continue;
      at_ += c == '(' ? 1 : 2;
      add_unknown(word, "\"$(" + script(')') + ")\"");
      members(word);
    } else if (c == '$' || (c == '@' && letters::is_letter(peek(1)))) {
      ++at_;
      variable(word, false);
    } else {
      if (c == '`') ++at_;
      const char sign = peek() == '\\' ? '/' : peek();
      const bool is_plain =
          letters::is_word(sign) || std::string_view("./:=@%+^~-*?[]").find(sign) != std::string::npos;
      word.text += sign;
      word.shell += is_plain ? std::string(1, sign) : std::string("\\") + sign;
      at_ = std::min(at_ + 1, text_.size());
    }
  }
  return word;
}

void PowerShell::double_quoted(PowerWord& word) {
  word.quoted = true;
  std::string text;
  while (!at_end() && peek() != '"') {
    if (peek() == '$' && (letters::is_word(peek(1)) || peek(1) == '{' || peek(1) == '(')) {
      if (!text.empty()) add_quoted(word, std::exchange(text, {}));
      ++at_;
      variable(word, true);
      continue;
    }
    if (peek() == '`') {
      ++at_;
      text += peek() == 'n' ? '\n' : peek() == 't' ? '\t' : peek();
    } else {
      text += peek();
    }
    at_ = std::min(at_ + 1, text_.size());
    if (peek() == '"' && peek(1) == '"') {
      text += '"';
      at_ += 2;
    }
  }
  if (!at_end()) ++at_;
  if (!text.empty() || word.shell.empty()) add_quoted(word, std::move(text));
}

void PowerShell::here_string(PowerWord& word) {
  const std::string end = std::string("\n") + peek(1) + "@";
  static_cast<void>(up_to("\n"));
  --at_;
  std::string text(up_to(end));
  if (!text.empty()) text.erase(0, 1);
  word.quoted = true;
  add_quoted(word, std::move(text));
}

// Behind "$". In bash the names of the session's own folders are in large letters.
void PowerShell::variable(PowerWord& word, bool quoted) {
  if (take("(")) return add_unknown(word, "\"$(" + script(')') + ")\"");
  const bool braces = take("{");
  std::string called = name();
  const bool is_environment = letters::equals_lower(called, "env") && take(":");
  if (is_environment || take(":")) called = name();
  if (braces) static_cast<void>(up_to("}"));
  const std::string lower = letters::to_lower(called);
  const bool is_own = letters::is_one_of(lower, {"home", "pwd"});
  if (is_own) std::ranges::transform(lower, called.begin(), [](char c) { return static_cast<char>(c - 32); });
  if (called.empty() || called == "_")
    add_unknown(word, unknown_word);
  else
    add_unknown(word, "\"$" + (is_environment || is_own ? called : lower) + "\"");
  if (!quoted) members(word);
}

// .Name, .Name(...) and [0] make something else of a value. A path may go on behind a variable: $HOME/x.
void PowerShell::members(PowerWord& word) {
  while ((peek() == '.' && letters::is_letter(peek(1))) || peek() == '[') {
    if (take("["))
      static_cast<void>(up_to("]"));
    else
      static_cast<void>((++at_, name()));
    if (take("(")) static_cast<void>(script(')'));
    if (word.shell != "\"$PWD\"") word.shell = unknown_word;  // (Get-Location).Path, $PWD.Path
  }
}

// The parameter that an option means, by any beginning; empty: it is a switch.
std::string parameter(const Cmdlet& row, std::string_view option) {
  constexpr std::string_view common =
      "erroraction ea errorvariable ev warningaction wa warningvariable outvariable ov outbuffer informationaction";
  std::string found;
  const auto see = [&](std::string_view one) {
    const std::size_t sign = std::min(one.find('='), one.size());
    if (found.empty() && !option.empty() && one.substr(0, sign).starts_with(option))
      found = one.substr(sign == one.size() ? 0 : sign + 1);
  };
  letters::each_word(row.positions, see);
  letters::each_word(row.named, see);
  if (found.empty() && letters::lists(common, option)) found = option;
  return found;
}

// The words of one parameter, or of none that is known.
struct Given {
  std::string parameter;
  PowerWords words;
};

std::vector<Given> given_to(const Cmdlet& row, const PowerWords& words) {
  std::vector<Given> all;
  std::vector<std::string> free;
  letters::each_word(row.positions, [&](std::string_view one) { free.emplace_back(one); });
  std::string waits;  // for its value
  for (std::size_t i = 1; i < words.size(); ++i) {
    const PowerWord& word = words[i];
    if (word.joins && !all.empty() && waits.empty()) {
      all.back().words.push_back(word);
    } else if (!word.quoted && word.text.size() > 1 && word.text[0] == '-' && !letters::is_digit(word.text[1])) {
      const std::size_t colon = std::min(word.text.find(':'), word.text.size());
      waits = parameter(row, letters::to_lower(word.text.substr(1, colon - 1)));
      if (!waits.empty() && colon + 1 < word.text.size()) {
        PowerWord value = word;
        value.text.erase(0, colon + 1);
        value.shell.erase(0, std::min(value.shell.find(':') + 1, value.shell.size()));
        all.push_back({std::exchange(waits, {}), {value}});
      }
    } else if (!waits.empty()) {
      all.push_back({std::exchange(waits, {}), {word}});
    } else {
      const auto next = std::ranges::find_if(free, [&](const std::string& one) {
        return std::ranges::none_of(all, [&](const Given& given) { return given.parameter == one; });
      });
      // More words than there are names belong to the last one, as a native program of this name takes them.
      if (next == free.end() && all.empty()) continue;
      if (next == free.end())
        all.back().words.push_back(word);
      else
        all.push_back({*next, {word}});
    }
  }
  return all;
}

std::string joined(const PowerWords& words, bool plain) {
  std::string line;
  for (const PowerWord& word : words) {
    std::string text = plain && word.known ? word.text : word.shell;
    if (plain && letters::to_lower(text).starts_with("env:")) text.erase(0, 4);
    line += (line.empty() ? "" : " ") + text;
  }
  return line;
}

// nullopt: something is not given that the row needs.
std::optional<std::string> PowerShell::by_row(const Cmdlet& row, const PowerWords& words, bool is_fed,
                                              bool is_last) const {
  const std::vector<Given> all = given_to(row, words);
  const auto find = [&](std::string_view name) {
    return std::ranges::find_if(all, [&](const Given& one) { return one.parameter == name; });
  };
  // Variables are a drive: Set-Item Env:NAME VALUE.
  if (const auto path = find("path"); path != all.end() && letters::to_lower(path->words[0].text).starts_with("env:")) {
    const auto value = find("value");
    const std::string called = joined(path->words, true);
    return value == all.end() ? "unset " + called : "export " + called + "=" + joined(value->words, false);
  }
  std::string line(row.line);
  bool lacks = false;
  for (std::size_t open = line.find('{'); open != std::string::npos; open = line.find('{', open)) {
    const std::size_t close = line.find('}', open);
    const char kind = line[open + 1];
    const bool is_marked = kind == '*' || kind == '!';
    const auto given =
        find(std::string_view(line).substr(open + (is_marked ? 2 : 1), close - open - (is_marked ? 2 : 1)));
    if (given == all.end() && !is_last) return std::nullopt;
    std::string by;
    if (given == all.end())
      lacks = true;
    else if (kind == '!')
      by = given->words[0].known ? PowerShell(given->words[0].text, depth_ + 1).script('\0')
                                 : "eval " + joined(given->words, false);
    else
      by = joined(given->words, kind == '*');
    line.replace(open, close + 1 - open, by);
    open += by.size();
  }
  return (lacks && is_fed ? "xargs " : "") + line;
}

std::string PowerShell::as_bash(const PowerWords& words, const std::vector<std::string>& blocks, bool is_fed) const {
  std::string line;
  bool is_row = false;
  if (!words.empty()) {
    std::string called = letters::to_lower(words.front().text);
    if (called.ends_with(".exe")) called.resize(called.size() - 4);
    const std::span<const Cmdlet> rows(power_shell_rows::cmdlets);
    for (const Cmdlet& row : rows) {
      if (!words.front().known || !letters::lists(row.names, called)) continue;
      const bool is_last = std::ranges::none_of(
          rows, [&](const Cmdlet& other) { return &other > &row && letters::lists(other.names, called); });
      auto found = by_row(row, words, is_fed, is_last);
      if (!found) continue;
      line = *std::move(found);
      is_row = true;
      break;
    }
  }
  if (!is_row)
    for (const PowerWord& word : words) line += (line.empty() ? "" : " ") + word.shell;
  for (const std::string& block : blocks) line += (line.empty() ? "" : " ; ") + block;
  return line.empty() ? ":" : line;
}

}  // namespace

std::string from_power_shell(std::string_view text) { return PowerShell(text, 0).script('\0'); }

}  // namespace cascade::shell
