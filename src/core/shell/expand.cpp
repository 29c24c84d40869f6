// Turns written words into those that a program gets, in bash's order. A part whose value only running would tell makes
// its word unknown from there on; the text before it and a sketch with "${_}" are kept. File names are not matched
// against the disk, since files may change before the line runs.
#include <algorithm>
#include <utility>

#include "shell/runner.h"
#include "text/ascii.h"

namespace cascade::shell {
namespace {

constexpr std::string_view blanks = " \t\n";
constexpr std::size_t most_words = 64;       // words that braces may expand to
constexpr std::size_t most_values = 16'384;  // words of one command
constexpr int most_substitutions = 32;       // in each other

// A word as people typed it: where no variable is in it, its sketch.
const std::string& text_as_typed(const Value& value) {
  return value.known ? value.text : value.as_typed.empty() ? value.sketch : value.as_typed;
}

// "$X" before "lib" is "${X}lib".
std::string joined_as_typed(std::string before, const std::string& more) {
  const std::size_t sign = before.rfind('$');
  const bool runs_on =
      sign != std::string::npos && sign + 1 < before.size() && !more.empty() && letters::is_word(more.front()) &&
      std::all_of(before.begin() + static_cast<std::ptrdiff_t>(sign) + 1, before.end(), letters::is_word);
  if (!runs_on) return before + more;
  return before.insert(sign + 1, "{") + "}" + more;
}

void append(Value& value, const Value& more) {
  if (!value.as_typed.empty() || !more.as_typed.empty())
    value.as_typed = joined_as_typed(text_as_typed(value), text_as_typed(more));
  if (!value.known) {
    value.sketch += more.known ? more.text : more.sketch;
  } else if (more.known) {
    value.text += more.text;
  } else {
    value.sketch = value.text + more.sketch;
    value.text += more.text;
    value.known = false;
  }
  value.is_list = value.is_list || more.is_list;
  value.is_output = value.is_output || more.is_output;
  value.is_item = value.is_item || more.is_item;
  value.is_pattern = value.is_pattern || more.is_pattern;
  if (!more.printed.empty()) value.printed = more.printed;
}

struct Character {
  char c = 0;
  bool quoted = false;
};
using Characters = std::vector<Character>;

Characters characters(const Word& word) {
  Characters all;
  for (const Part& part : word.parts)
    for (const char c : part.text) all.push_back({c, part.quoted});
  return all;
}

bool is_unquoted(const Character& character, char c) { return !character.quoted && character.c == c; }

// Expands the first pair of braces that holds a comma: a{b,c}d -> abd acd. Ranges ({1..3}) stay as they are.
std::vector<Characters> expand_braces(const Characters& word) {
  for (std::size_t open = 0; open < word.size(); ++open) {
    if (!is_unquoted(word[open], '{')) continue;
    // The alternatives stand between these places: the brace, the commas of its level, the closing brace.
    std::vector<std::size_t> commas = {open};
    std::size_t depth = 0, close = open + 1;
    for (; close < word.size(); ++close) {
      if (is_unquoted(word[close], '{')) ++depth;
      if (depth == 0 && is_unquoted(word[close], ',')) commas.push_back(close);
      if (is_unquoted(word[close], '}') && depth-- == 0) break;
    }
    if (close >= word.size() || commas.size() < 2) continue;
    commas.push_back(close);
    std::vector<Characters> all;
    for (std::size_t i = 0; i + 1 < commas.size(); ++i) {
      Characters one(word.begin(), word.begin() + static_cast<std::ptrdiff_t>(open));
      one.insert(one.end(), word.begin() + static_cast<std::ptrdiff_t>(commas[i] + 1),
                 word.begin() + static_cast<std::ptrdiff_t>(commas[i + 1]));
      one.insert(one.end(), word.begin() + static_cast<std::ptrdiff_t>(close + 1), word.end());
      for (Characters& expanded : expand_braces(one)) {
        // Pairs of braces multiply: n pairs with one comma each make 2^n words.
        if (all.size() >= most_words) return all;
        all.push_back(std::move(expanded));
      }
    }
    return all;
  }
  return {word};
}

bool has_braces(const Word& word) {
  bool open = false, comma = false;
  for (const Part& part : word.parts) {
    // A word with a variable in it keeps its braces, because expand_braces() works on plain characters.
    if (part.kind != PartKind::text) return false;
    if (part.quoted) continue;
    open = open || part.text.find('{') != std::string::npos;
    comma = comma || part.text.find(',') != std::string::npos;
  }
  return open && comma;
}

Word word_of(const Characters& characters) {
  Word word;
  for (const Character& character : characters) {
    if (word.parts.empty() || word.parts.back().quoted != character.quoted) {
      word.parts.emplace_back();
      word.parts.back().quoted = character.quoted;
    }
    word.parts.back().text += character.c;
  }
  return word;
}

// Removes `affix` from the end or beginning of the value, if the affix is plain text.
std::string without(const std::string& text, const std::string& affix, bool at_end) {
  if (at_end) return text.ends_with(affix) ? text.substr(0, text.size() - affix.size()) : text;
  return text.starts_with(affix) ? text.substr(affix.size()) : text;
}

}  // namespace

Value unknown(std::string prefix, std::string sketch) {
  Value value;
  value.text = std::move(prefix);
  value.known = false;
  value.sketch = std::move(sketch);
  return value;
}

std::string script_text(const Value& value) { return value.known ? value.text : value.sketch; }

std::string single_quoted(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

bool is_option(const Value& value) { return value.text.size() > 1 && value.text.front() == '-'; }
bool is_known_option(const Value& value) { return value.known && is_option(value); }

std::vector<Value> Runner::expand_all(const std::vector<Word>& words, State& state) {
  std::vector<Value> all;
  for (const Word& word : words)
    for (Value& value : expand(word, state)) {
      if (all.size() >= most_values) {
        cut("too many words");
        return all;
      }
      all.push_back(std::move(value));
    }
  return all;
}

std::vector<Value> Runner::expand(const Word& word, State& state) {
  if (has_braces(word)) {
    std::vector<Value> all;
    const std::vector<Characters> words = expand_braces(characters(word));
    if (words.size() >= most_words) cut("too many words in braces");
    if (words.size() > 1) {
      for (const Characters& one : words)
        for (Value& value : expand(word_of(one), state)) all.push_back(std::move(value));
      return all;
    }
  }
  std::vector<Value> done;
  Value current;
  bool any = false;
  for (const Part& part : word.parts) expand_part(part, state, true, done, current, any);
  if (any) done.push_back(std::move(current));
  return done;
}

Value Runner::expand_whole(const Word& word, State& state) {
  std::vector<Value> done;
  Value current;
  bool any = false;
  for (const Part& part : word.parts) expand_part(part, state, false, done, current, any);
  return current;
}

void Runner::expand_part(const Part& part, State& state, bool splits, std::vector<Value>& done, Value& current,
                         bool& any) {
  if (part.kind == PartKind::text) {
    Value value;
    value.text = part.text;
    const bool at_start = !any && current.text.empty();
    if (!part.quoted && at_start && !part.text.empty() && part.text.front() == '~') {
      const std::size_t end = std::min(part.text.find('/'), part.text.size());
      const std::string_view who = std::string_view(part.text).substr(0, end);
      const auto home = who == "~" ? variable("HOME", state) : who == "~+" ? variable("PWD", state) : std::nullopt;
      // The directories of other users (~name) are not looked up.
      value = home && home->known ? *home : unknown();
      append(value, {part.text.substr(end)});
    }
    if (!part.quoted && splits && part.text.find_first_of("*?[") != std::string::npos && part.text != "[")
      value.is_pattern = true;
    append(current, value);
    any = any || part.quoted || !part.text.empty();
    return;
  }
  std::vector<Value> values;
  if (part.kind == PartKind::parameter) values = parameter(part, state);
  if (part.kind != PartKind::parameter) values.push_back(substituted(part, state));
  const bool all = part.kind == PartKind::parameter && part.text == "@" && part.operation.empty();
  for (std::size_t i = 0; i < values.size(); ++i) {
    Value& value = values[i];
    if (i > 0) {
      done.push_back(std::move(current));
      current = {};
    }
    if (!may_grow(value.text.size() + value.sketch.size() + value.as_typed.size())) value = unknown();
    if (!value.known && part.kind == PartKind::parameter)
      value.as_typed = part.operation.empty() ? "$" + part.text : "${" + part.text + "...}";
    if (!value.known && part.kind == PartKind::command) value.as_typed = "$(...)";
    if (part.quoted || !splits || !value.known) {
      value.is_list = splits && !value.known && (all || !part.quoted);
      append(current, value);
      any = true;
    } else {
      const std::string between = separators(state);
      for (std::size_t at = 0; at < value.text.size();) {
        const std::size_t end = std::min(value.text.find_first_of(between, at), value.text.size());
        if (end > at) {
          append(current, {value.text.substr(at, end - at)});
          any = true;
        }
        at = std::min(value.text.find_first_not_of(between, end), value.text.size());
        if (end < value.text.size() && any) {
          done.push_back(std::move(current));
          current = {};
          any = false;
        }
      }
    }
  }
  // An empty "" is a word, an empty "$@" is none.
  if (part.quoted && !all) any = true;
}

std::string Runner::separators(const State& state) const {
  const auto value = variable("IFS", state);
  return value && value->known ? value->text : std::string(blanks);
}

std::optional<Value> Runner::variable(std::string_view name, const State& state) const {
  if (const Variable* found = state.find(name)) return found->value ? *found->value : Value{};
  if (name == "IFS") return Value{std::string(blanks)};
  const auto directory = [](const std::string& path) { return path.empty() ? unknown() : Value{path}; };
  if (name == "PWD") return directory(state.directory);
  if (name == "OLDPWD") return directory(state.previous);
  if (auto value = surroundings_.variable(name)) return Value{*std::move(value)};
  return std::nullopt;
}

std::vector<Value> Runner::parameter(const Part& part, State& state) {
  const std::string& name = part.text;
  if ((name == "@" || name == "*") && part.operation.empty()) {
    if (!state.positional_known) return {unknown()};
    // Only "$*" joins the parameters to one word.
    if (name == "@" || !part.quoted) return state.positional;
    Value joined;
    for (std::size_t i = 0; i < state.positional.size(); ++i) {
      if (!may_grow(state.positional[i].text.size())) break;
      if (i > 0) append(joined, {" "});
      append(joined, state.positional[i]);
    }
    return {joined};
  }
  if (name.size() == 1 && letters::is_digit(name[0]) && name[0] != '0') {
    const auto index = static_cast<std::size_t>(name[0] - '1');
    if (!state.positional_known) return {operated(part, std::nullopt, state)};
    return {operated(part, index < state.positional.size() ? state.positional[index] : Value{}, state)};
  }
  if (part.operation == "!") {
    const auto target = variable(name, state);
    const auto value = target && target->known ? variable(target->text, state) : std::nullopt;
    return {value.value_or(unknown())};
  }
  return {operated(part, variable(name, state), state)};
}

// Applies ${NAME:-word}, ${NAME%/} and others. A variable that the line does not set may have any value, or none.
Value Runner::operated(const Part& part, std::optional<Value> value, State& state) {
  Value argument;
  if (part.argument) argument = expand_whole(*part.argument, state);
  const std::string& operation = part.operation;
  if (operation.empty() || !value || !value->known) return operation.empty() && value ? *value : unknown();
  // Set but empty counts as unset, with and without the colon.
  const bool is_set = !value->text.empty();
  if (operation == ":-" || operation == "-" || operation == ":=" || operation == "=") return is_set ? *value : argument;
  if (operation == ":?" || operation == "?") return *value;
  if (operation == ":+" || operation == "+") return is_set ? argument : Value{};
  const bool at_end = operation == "%" || operation == "%%";
  if ((at_end || operation == "#" || operation == "##") && argument.known && part.argument &&
      argument.text.find_first_of("*?[") == std::string::npos)
    return {without(value->text, argument.text, at_end)};
  return unknown();
}

// Returns the output of $(...) and `...` if it is known. <(...) and $((...)) are never known.
Value Runner::substituted(const Part& part, State& state) {
  if (part.kind == PartKind::arithmetic || !part.script) return unknown();
  Output output;
  Streams streams;
  streams.output = &output;
  // A shell of its own, which set -e does not reach.
  const bool decides = std::exchange(shell_decides_, of_substitution_.fatal);
  State inside = state;
  inside.ends_on_failure = false;
  if (++depth_ > most_substitutions) cut("too many substitutions within each other");
  if (depth_ <= most_substitutions)
    static_cast<void>(
        bearing(std::exchange(of_substitution_, {}), [&] { return script(*part.script, {inside}, streams); }));
  else
    output.known = false;
  shell_decides_ = decides;
  --depth_;
  if (part.kind == PartKind::process || !output.known) {
    // Of names in several folders nothing is known in common.
    Value printed = unknown(output.folders.size() == 1 ? output.folders.front() : std::string());
    printed.is_output = part.kind == PartKind::command && !output.of_line;
    if (output.known) printed.printed = std::move(output.text);
    if (output.of_line && part.kind == PartKind::process) printed.printed = "eval \"${_}\"\n";  // runs as what it is
    return printed;
  }
  // The shell removes all line ends from the end of an output.
  output.text.erase(output.text.find_last_not_of('\n') + 1);
  return {std::move(output.text)};
}

}  // namespace cascade::shell
