// Parses compound commands; compound() takes the opening word. Conditions, patterns and numbers are not evaluated, but
// their words are parsed, since substitutions in them run.
#include <algorithm>
#include <utility>

#include "shell/parser.h"
#include "text/word_set.h"

namespace cascade::shell {
namespace {

constexpr std::string_view openings[] = {"{", "[[", "if", "while", "until", "for", "select", "case"};

Script script_of(Pipeline pipeline) {
  Script script;
  script.statements.emplace_back().pipelines.push_back(std::move(pipeline));
  return script;
}

}  // namespace

Command Parser::compound(std::string_view word) {
  Command command;
  if (letters::is_one_of(word, {"in", "]]", "time", "!"})) return simple_command();
  // A closing word without its opening one, such as `fi`, begins no command.
  if (!letters::is_one_of(word, openings) && word != "function" && word != "coproc") {
    expected("a command");
    return command;
  }
  if (++depth_ > most_depth) expected(less_nesting);
  at_ += word.size();
  if (word == "{") {
    command.kind = CommandKind::group;
    command.bodies.push_back(body_until("}"));
    if (!take_word("}")) expected("'}'");
  } else if (word == "[[") {
    command = test();
  } else if (word == "if") {
    command = condition();
  } else if (word == "while" || word == "until") {
    command = loop(word == "until");
  } else if (word == "for" || word == "select") {
    command = iteration(word == "for");
  } else if (word == "case") {
    command = choice();
  } else if (word == "function") {
    command = function_keyword();
  } else {  // coproc [NAME] command: only a compound command can have a name
    command.kind = CommandKind::background;
    skip_blanks();
    skip_coprocess_name();
    command.bodies.push_back(script_of(pipeline()));
  }
  --depth_;
  return command;
}

// NAME stands only before a compound command; before words it is the program.
void Parser::skip_coprocess_name() {
  std::size_t end = at_;
  while (end < text_.size() && letters::is_name(text_[end])) ++end;
  const std::size_t next = text_.find_first_not_of(" \t", end);
  if (end == at_ || next == end || next == std::string_view::npos) return;
  const std::size_t name = std::exchange(at_, next);
  if (peek() != '(' && std::ranges::none_of(openings, [this](std::string_view word) { return sees_word(word); }))
    at_ = name;
}

// A list that must not be empty, up to one of these words, which is not taken.
Script Parser::body_until(std::string_view closing) {
  Script script = list(closing);
  if (script.statements.empty()) expected("a command");
  return script;
}

// `bodies`: each condition followed by its branch, and last the branch of `else`, if there is one.
Command Parser::condition() {
  Command command{.kind = CommandKind::condition};
  while (!failed_) {
    command.bodies.push_back(body_until("then"));
    if (!take_word("then")) expected("'then'");
    command.bodies.push_back(body_until("elif else fi"));
    if (take_word("elif")) continue;
    if (take_word("else")) command.bodies.push_back(body_until("fi"));
    if (!take_word("fi")) expected("'fi'");
    break;
  }
  return command;
}

// do ... done; bash takes braces instead, too.
Script Parser::loop_body() {
  if (take_word("{")) {
    Script script = body_until("}");
    if (!take_word("}")) expected("'}'");
    return script;
  }
  if (!take_word("do")) expected("'do'");
  Script script = body_until("done");
  if (!take_word("done")) expected("'done'");
  return script;
}

Command Parser::loop(bool until) {
  Command command{.kind = CommandKind::loop};
  command.until = until;
  command.bodies.push_back(body_until("do"));
  command.bodies.push_back(loop_body());
  return command;
}

// Without "in" the loop goes over the positional parameters, which the runner knows.
Command Parser::iteration(bool numeric) {
  Command command{.kind = CommandKind::iteration};
  skip_blanks();
  if (numeric && sees("((")) {  // for ((a; b; c)): the number of rounds is unknown, so a loop with a condition
    const std::size_t end = arithmetic_end();
    if (end == std::string_view::npos) {
      expected("'))'");
      command.bodies.emplace_back();
      return command;
    }
    at_ = end;
    skip_blanks();
    if (peek() == ';') ++at_;
    command.kind = CommandKind::loop;
    command.bodies.emplace_back();
    command.bodies.push_back(loop_body());
    return command;
  }
  while (letters::is_word(peek())) command.name += text_[at_++];
  if (command.name.empty()) expected("a name");
  if (take_word("in")) {
    command.has_items = true;
    for (skip_blanks(); !at_end() && peek() != ';' && peek() != '\n'; skip_blanks()) {
      const std::size_t before = at_;
      command.words.push_back(word());
      if (at_ == before) expected("a word");  // word() takes nothing at an operator, and the loop would stay there
    }
  }
  skip_blanks();
  if (peek() == ';' && peek(1) != ';') ++at_;
  command.bodies.push_back(loop_body());
  return command;
}

// `bodies`: the branches. The runner follows each of them, so the patterns are dropped.
Command Parser::choice() {
  Command command{.kind = CommandKind::choice};
  skip_blanks();
  command.words.push_back(word());
  if (!take_word("in")) expected("'in'");
  while (!failed_) {
    if (take_word("esac")) return command;
    take("(");
    while (!at_end()) {
      skip_blanks();
      const std::size_t before = at_;
      static_cast<void>(word());
      if (at_ == before) expected("a pattern");
      skip_blanks();
      if (!take("|")) break;
    }
    if (!take(")")) expected("')'");
    // The last branch may end at esac without ;; before it.
    command.bodies.push_back(list(";; ;& esac"));
    skip_lines();
    if (take(";;&") || take(";;") || take(";&")) continue;
    if (!sees_word("esac")) expected("'esac'");
  }
  return command;
}

Command Parser::function_keyword() {
  skip_blanks();
  std::string name;
  while (!at_end() && std::string_view(" \t\n(){};&|<>").find(peek()) == std::string_view::npos) name += text_[at_++];
  if (name.empty()) expected("a name");
  skip_blanks();
  if (peek() == '(') {
    ++at_;
    skip_blanks();
    if (!take(")")) expected("')'");
  }
  return function_body(std::move(name));
}

Command Parser::function_body(std::string name) {
  Command command{.kind = CommandKind::function};
  command.name = std::move(name);
  if (++depth_ > most_depth) expected(less_nesting);
  skip_lines();
  if (!at_end()) {
    Pipeline body;
    // As in bash, where `f() echo` is a syntax error.
    if (body.commands.emplace_back(this->command()).kind == CommandKind::simple) expected("a compound command");
    command.bodies.push_back(script_of(std::move(body)));
  } else {
    expected("the function's body");
    command.bodies.emplace_back();
  }
  --depth_;
  return command;
}

// The comparison itself is of no interest here, only the substitutions in it.
Command Parser::test() {
  Command command{.kind = CommandKind::test};
  while (true) {
    skip_lines();
    if (at_end()) {
      expected("']]'");
      return command;
    }
    if (sees_word("]]")) {
      at_ += 2;
      return command;
    }
    // Operators stand between the words of a test, but <( and >( begin one.
    if (std::string_view("()<>!&|;").find(peek()) != std::string_view::npos && !sees("<(") && !sees(">(")) {
      ++at_;
      continue;
    }
    command.words.push_back(word());
  }
}

Command Parser::parentheses() {
  Command command;
  if (++depth_ > most_depth) expected(less_nesting);
  // Without a closing `))` it is a subshell that begins with a subshell.
  const std::size_t end = sees("((") ? arithmetic_end() : std::string_view::npos;
  if (end != std::string_view::npos) {
    command.kind = CommandKind::arithmetic;
    command.words.emplace_back();
    arithmetic_expansion(command.words.back().parts, false, end);
  } else {
    ++at_;
    command.kind = CommandKind::subshell;
    command.bodies.push_back(body_until(")"));
    skip_lines();
    if (!take(")")) expected("')'");
  }
  --depth_;
  return command;
}

}  // namespace cascade::shell
