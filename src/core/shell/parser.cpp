// A recursive-descent parser without a token list, since the meaning of a character depends on the construct around it.
// A here-document is queued at its operator and read at the next line end. At the first fault the parser notes where it
// is and what it expected, and every method returns what it has. Nesting is limited.
#include "shell/parser.h"

#include <algorithm>
#include <array>

#include "text/word_set.h"

namespace cascade::shell {
namespace {

bool is_delimiter(char c) noexcept {
  return letters::is_blank(c) || c == '\n' || c == ';' || c == '&' || c == '|' || c == '<' || c == '>' || c == '(' ||
         c == ')' || c == '\0';
}

// Builtins whose arguments may be assignments, including lists.
bool takes_assignments(const Command& command) {
  if (command.words.empty()) return false;
  const std::vector<Part>& parts = command.words.front().parts;
  if (parts.size() != 1 || parts.front().kind != PartKind::text) return false;
  return letters::is_one_of(parts.front().text, {"export", "declare", "typeset", "local", "readonly"});
}

}  // namespace

Script::Script() = default;
Script::Script(Script&&) noexcept = default;
Script& Script::operator=(Script&&) noexcept = default;
Script::~Script() = default;

Reading read(std::string_view text) { return Parser(text, 0).run(); }

Reading Parser::run() {
  Reading reading;
  reading.script = list({});
  if (!failed_ && at_ < text_.size()) expected("a command");
  reading.complete = !failed_;
  reading.fault_offset = fault_offset_;
  reading.fault = fault_;
  reading.is_too_deep = fault_.ends_with(less_nesting);
  return reading;
}

void Parser::expected(std::string_view what) {
  if (failed_) return;
  failed_ = true;
  fault_offset_ = at_;
  fault_ = "expected " + std::string(what);
}

bool Parser::take(std::string_view what) noexcept {
  if (!sees(what)) return false;
  at_ += what.size();
  return true;
}

bool Parser::sees_word(std::string_view what) const noexcept { return sees(what) && is_delimiter(peek(what.size())); }

bool Parser::take_word(std::string_view what) {
  skip_lines();
  if (!sees_word(what)) return false;
  at_ += what.size();
  return true;
}

// Returns the reserved word that begins or ends a compound command here; empty: there is none.
std::string_view Parser::reserved_word() const noexcept {
  static constexpr std::array<std::string_view, 22> words = {
      "if",   "then", "elif",   "else", "fi", "while", "until", "for",    "do",   "done",     "case",
      "esac", "in",   "select", "{",    "}",  "[[",    "]]",    "coproc", "time", "function", "!"};
  for (const std::string_view word : words)
    if (sees_word(word)) return word;
  return {};
}

void Parser::skip_blanks() {
  while (at_ < text_.size()) {
    if (letters::is_blank(peek()) || peek() == '\r')
      ++at_;
    else if (sees("\\\n"))
      at_ += 2;
    else if (sees("\\\r\n"))
      at_ += 3;
    else
      break;
  }
  if (peek() == '#') at_ = std::min(text_.find('\n', at_), text_.size());
}

void Parser::new_line() {
  ++at_;
  if (!pending_.empty()) here_documents();
}

void Parser::skip_lines() {
  skip_blanks();
  while (!at_end() && peek() == '\n') {
    new_line();
    skip_blanks();
  }
}

// Whether the list being read ends here: at one of the closing words, or at a bracket.
bool Parser::sees_closing(std::string_view closing) const noexcept {
  bool found = false;
  letters::each_word(closing, [&](std::string_view word) {
    found = found || (word == ")" || word == ";;" || word == ";&" ? sees(word) : sees_word(word));
  });
  return found;
}

bool Parser::at_word_end() const noexcept { return is_delimiter(peek()) && !sees("<(") && !sees(">("); }

// Reads statements up to one of the words `closing`, separated by blanks, which is not taken.
Script Parser::list(std::string_view closing) {
  Script script;
  if (++depth_ > most_depth) expected(less_nesting);
  while (true) {
    skip_lines();
    if (at_end() || sees_closing(closing)) break;
    const std::size_t before = at_;
    script.statements.push_back(statement());
    skip_blanks();
    if (at_end() || sees_closing(closing)) break;
    if (peek() == '&' && peek(1) != '&') {
      ++at_;
      script.statements.back().background = true;
    } else if (peek() == ';' && peek(1) != ';' && peek(1) != '&') {
      ++at_;
    } else if (peek() != '\n') {
      expected("the end of a command");
    }
    if (at_ == before) expected("a command");  // nothing was taken: the loop would not end
  }
  --depth_;
  return script;
}

Statement Parser::statement() {
  Statement statement;
  statement.pipelines.push_back(pipeline());
  while (true) {
    skip_blanks();
    if (!sees("&&") && !sees("||")) return statement;
    statement.needs_success.push_back(peek() == '&');
    at_ += 2;
    skip_lines();
    if (at_end()) {
      expected("a command");
      statement.needs_success.pop_back();
      return statement;
    }
    statement.pipelines.push_back(pipeline());
  }
}

// "!" and "time" come before the first command, in any order and number, as in bash.
Pipeline Parser::pipeline() {
  Pipeline pipeline;
  while (true) {
    skip_blanks();
    if (sees_word("!")) {
      ++at_;
      pipeline.negated = !pipeline.negated;
    } else if (sees_word("time")) {
      at_ += 4;
      skip_blanks();
      if (sees_word("-p")) at_ += 2;
      skip_blanks();
      if (at_end() || peek() == '\n' || peek() == ';' || peek() == ')') return pipeline;
    } else {
      break;
    }
  }
  while (true) {
    pipeline.commands.push_back(command());
    skip_blanks();
    if (peek() != '|' || peek(1) == '|') return pipeline;
    at_ += peek(1) == '&' ? 2 : 1;
    skip_lines();
    if (at_end()) {
      expected("a command");
      return pipeline;
    }
  }
}

Command Parser::command() {
  skip_blanks();
  Command command;
  if (peek() == '(') {
    command = parentheses();
  } else if (const std::string_view word = reserved_word(); !word.empty()) {
    command = compound(word);
  } else {
    return simple_command();
  }
  redirections(command);
  return command;
}

void Parser::redirections(Command& command) {
  do skip_blanks();
  while (!at_end() && redirection(command.redirections));
}

bool Parser::is_function_head(const Command& command) const {
  return peek() == '(' && command.words.size() == 1 && command.assignments.empty() && command.redirections.empty() &&
         command.words.front().parts.size() == 1 && command.words.front().parts.front().kind == PartKind::text &&
         !command.words.front().parts.front().quoted;
}

// Assignments count only before the first word, or behind builtins such as export. NAME () makes it a function.
Command Parser::simple_command() {
  Command command;
  while (true) {
    skip_blanks();
    if (at_end() || redirection(command.redirections)) {
      if (at_end()) break;
      continue;
    }
    if (peek() == '(') {
      std::size_t ahead = at_ + 1;
      while (ahead < text_.size() && letters::is_blank(text_[ahead])) ++ahead;
      if (!is_function_head(command) || ahead >= text_.size() || text_[ahead] != ')') {
        expected("the end of a command");
        break;
      }
      at_ = ahead + 1;
      return function_body(command.words.front().parts.front().text);
    }
    if (at_word_end()) break;
    if ((command.words.empty() || takes_assignments(command)) && assignment(command)) continue;
    command.words.push_back(word());
  }
  if (!failed_ && command.words.empty() && command.assignments.empty() && command.redirections.empty())
    expected("a command");
  return command;
}

bool Parser::assignment(Command& command) {
  std::size_t end = at_;
  if (!is_name_start(peek())) return false;
  while (end < text_.size() && letters::is_word(text_[end])) ++end;
  const std::string_view name = text_.substr(at_, end - at_);
  if (end < text_.size() && text_[end] == '[') {
    // The elements of arrays are not followed, so the index only needs to be passed over.
    const std::size_t close = text_.find(']', end);
    if (close == std::string_view::npos ||
        text_.substr(end, close - end).find_first_of("\n '\"") != std::string_view::npos)
      return false;
    const char behind = close + 1 < text_.size() ? text_[close + 1] : '\0';
    const char second = close + 2 < text_.size() ? text_[close + 2] : '\0';
    if (behind != '=' && (behind != '+' || second != '=')) return false;
    Assignment found = assigned(name, close + 1);
    found.is_list = true;
    command.assignments.push_back(std::move(found));
    return true;
  }
  const bool plain = end < text_.size() && text_[end] == '=';
  if (!plain && text_.substr(end, 2) != "+=") return false;
  command.assignments.push_back(assigned(name, end));
  return true;
}

// Reads the rest of an assignment, from '=' or "+=" on.
Assignment Parser::assigned(std::string_view name, std::size_t behind_name) {
  Assignment found;
  found.name = name;
  found.appends = text_[behind_name] == '+';
  at_ = behind_name + (found.appends ? 2 : 1);
  if (peek() != '(') {
    if (!is_delimiter(peek()) || sees("<(") || sees(">(")) found.value = word();
    return found;
  }
  found.is_list = true;
  ++at_;
  while (true) {
    skip_lines();
    if (!at_end() && take(")")) return found;
    if (at_end() || at_word_end()) {
      expected("')'");
      return found;
    }
    found.elements.push_back(word());
  }
}

// Takes a redirection operator and its descriptor. Returns false, and takes nothing, if there is none here.
bool Parser::redirection_operator(Redirection& found) {
  std::size_t at = at_;
  int descriptor = -1;
  // {NAME}>file: the shell chooses the descriptor and puts its number into NAME.
  if (peek() == '{') {
    while (++at < text_.size() && letters::is_word(text_[at])) {
    }
    if (at >= text_.size() || text_[at] != '}' || at == at_ + 1) return false;
    ++at;
  }
  // Up to four digits, so that no number is too large.
  while (at < text_.size() && at < at_ + 4 && letters::is_digit(text_[at]))
    descriptor = std::max(descriptor, 0) * 10 + (text_[at++] - '0');
  const std::string_view rest = text_.substr(std::min(at, text_.size()));
  struct Operator {
    std::string_view text;
    RedirectionKind kind;
  };
  // The first that matches is taken, so an operator comes before its own beginnings.
  static constexpr std::array<Operator, 12> operators = {{{"<<<", RedirectionKind::here_string},
                                                          {"<<-", RedirectionKind::here_document},
                                                          {"<<", RedirectionKind::here_document},
                                                          {"<&", RedirectionKind::duplicate},
                                                          {"<>", RedirectionKind::both},
                                                          {"<", RedirectionKind::input},
                                                          {">>", RedirectionKind::append},
                                                          {">&", RedirectionKind::duplicate},
                                                          {">|", RedirectionKind::output},
                                                          {">", RedirectionKind::output},
                                                          {"&>>", RedirectionKind::append},
                                                          {"&>", RedirectionKind::output}}};
  if (at == at_ && (rest.substr(0, 2) == "<(" || rest.substr(0, 2) == ">(")) return false;
  for (const Operator& candidate : operators) {
    if (rest.substr(0, candidate.text.size()) != candidate.text) continue;
    if (candidate.text[0] == '&' && at != at_) return false;
    found.kind = candidate.kind;
    found.descriptor = descriptor;
    at_ = at + candidate.text.size();
    return true;
  }
  return false;
}

bool Parser::redirection(std::vector<Redirection>& into) {
  Redirection found;
  const std::size_t begin = at_;
  if (!redirection_operator(found)) return false;
  const bool strips_tabs = found.kind == RedirectionKind::here_document && text_[at_ - 1] == '-';
  skip_blanks();
  if (at_end() || at_word_end()) {
    at_ = std::min(at_, text_.size());
    expected("what to redirect to");
    return begin != at_;
  }
  if (found.kind == RedirectionKind::here_document) {
    const std::size_t from = at_;
    const Word delimiter = word();
    Pending pending;
    pending.strips_tabs = strips_tabs;
    for (const Part& part : delimiter.parts) {
      // a quote anywhere in the delimiter makes the whole text literal
      pending.literal = pending.literal || part.quoted;
      if (part.kind == PartKind::text) pending.delimiter += part.text;
    }
    if (delimiter.parts.size() != 1 && !pending.literal) pending.delimiter = text_.substr(from, at_ - from);
    found.body = std::make_unique<Word>();
    pending.body = found.body.get();
    pending_.push_back(std::move(pending));
  } else {
    found.target = word();
  }
  into.push_back(std::move(found));
  return true;
}

}  // namespace cascade::shell
