// Parses words and the text of here-documents. Each part remembers whether it was quoted, because only unquoted parts
// are split and matched as patterns later. Variables are not looked up: a reading is followed in several states.
#include <algorithm>

#include "shell/parser.h"
#include "text/ascii.h"
#include "unicode/utf8.h"

namespace cascade::shell {
namespace {

// Reads a number of up to `most` digits at `at` and moves `at` past them; -1: there is none.
long number(std::string_view text, std::size_t& at, int base, std::size_t most) {
  long value = -1;
  for (std::size_t taken = 0; taken < most && at < text.size(); ++taken, ++at) {
    const int digit = letters::hex_value(text[at]);
    if (digit < 0 || digit >= base) break;
    value = std::max(value, 0L) * base + digit;
  }
  return value;
}

Part& add_part(std::vector<Part>& parts, PartKind kind, bool quoted) {
  Part& part = parts.emplace_back();
  part.kind = kind;
  part.quoted = quoted;
  return part;
}

// Appends characters to the last part if that is text with the same quoting, else adds a part.
void add_text(std::vector<Part>& parts, std::string_view text, bool quoted) {
  const bool goes_on = !parts.empty() && parts.back().kind == PartKind::text && parts.back().quoted == quoted;
  (goes_on ? parts.back() : add_part(parts, PartKind::text, quoted)).text += text;
}

// Returns the text between the quotes of $'...', with its escapes resolved.
std::string ansi_text(std::string_view text) {
  constexpr std::string_view letters = "abeEfnrtv\\'\"?";
  constexpr std::string_view meanings = "\a\b\x1b\x1b\f\n\r\t\v\\'\"?";
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      result += text[i++];
      continue;
    }
    const char c = text[i + 1];
    i += 2;
    if (const std::size_t found = letters.find(c); found != std::string_view::npos) {
      result += meanings[found];
    } else if (letters::is_octal_digit(c)) {
      --i;  // the digit just taken is the number's first
      result += static_cast<char>(number(text, i, 8, 3));
    } else if (c == 'x' || c == 'u' || c == 'U') {
      const long value = number(text, i, 16, c == 'x' ? 2 : c == 'u' ? 4 : 8);
      if (value < 0)
        result.append("\\") += c;
      else if (c == 'x')
        result += static_cast<char>(value);
      else
        unicode::append(result, static_cast<char32_t>(value));
    } else if (c == 'c' && i < text.size()) {
      result += static_cast<char>(text[i++] & 0x1f);
    } else {
      result.append("\\") += c;
    }
  }
  return result;
}

}  // namespace

// Reads a word up to a blank or an operator; inside ${...} up to an unquoted one of `stops`, with blanks and operators.
Word Parser::word(std::string_view stops) {
  Word word;
  std::vector<Part>& parts = word.parts;
  while (!at_end()) {
    const char c = peek();
    if (!stops.empty() ? stops.find(c) != std::string_view::npos
                       : letters::is_blank(c) || c == '\n' || c == ';' || c == '&' || c == '|' || c == ')')
      break;
    if (c == '\'') {
      single_quoted(parts);
    } else if (c == '"') {
      double_quoted(parts);
    } else if (c == '$') {
      dollar(parts, false);
    } else if (c == '`') {
      backquotes(parts, false);
    } else if (c == '\\') {
      if (peek(1) == '\n') {
        at_ += 2;
      } else {
        add_text(parts, text_.substr(at_ + 1, 1), true);
        at_ = std::min(at_ + 2, text_.size());
      }
    } else if (stops.empty() && (c == '<' || c == '>' || c == '(')) {
      // <(list) and >(list) are part of the word, ?(a|b) too; any other bracket or operator ends it.
      if (c != '(' && peek(1) == '(') {
        ++at_;
        substitution(parts, false, PartKind::process);
      } else if (c == '(' && !parts.empty() && parts.back().kind == PartKind::text && !parts.back().quoted &&
                 !parts.back().text.empty() &&
                 std::string_view("?*+@!").find(parts.back().text.back()) != std::string_view::npos) {
        pattern_group(parts);
      } else {
        break;
      }
    } else {
      std::size_t end = text_.find_first_of(stops.empty() ? "'\"$`\\ \t\n;&|<>()" : "'\"$`\\}", at_ + 1);
      end = std::min(end, text_.size());
      add_text(parts, text_.substr(at_, end - at_), false);
      at_ = end;
    }
  }
  return word;
}

void Parser::single_quoted(std::vector<Part>& parts) {
  const std::size_t end = text_.find('\'', at_ + 1);
  if (end == std::string_view::npos) return expected("a closing '");
  add_text(parts, text_.substr(at_ + 1, end - at_ - 1), true);
  at_ = end + 1;
}

void Parser::ansi_quoted(std::vector<Part>& parts) {
  // The escapes are resolved after the end is found: an escaped quote does not end the text.
  std::size_t end = at_ + 2;  // after $'
  while (end < text_.size() && text_[end] != '\'') end += text_[end] == '\\' ? 2 : 1;
  if (end >= text_.size()) return expected("a closing '");
  add_text(parts, ansi_text(text_.substr(at_ + 2, end - at_ - 2)), true);
  at_ = end + 1;
}

// A backslash escapes only $ ` " \ and a line end, which vanishes with it; before any other character it stays.
void Parser::double_quoted(std::vector<Part>& parts) {
  ++at_;
  add_text(parts, {}, true);
  while (!at_end()) {
    const char c = peek();
    if (c == '"') {
      ++at_;
      return;
    }
    if (c == '$') {
      dollar(parts, true);
    } else if (c == '`') {
      backquotes(parts, true);
    } else if (c == '\\') {
      const char next = peek(1);
      const bool escapes = next == '$' || next == '`' || next == '"' || next == '\\' || next == '\n';
      if (next != '\n') add_text(parts, text_.substr(at_ + (escapes ? 1 : 0), escapes ? 1 : 2), true);
      at_ = std::min(at_ + 2, text_.size());
    } else {
      const std::size_t end = std::min(text_.find_first_of("\"$`\\", at_), text_.size());
      add_text(parts, text_.substr(at_, end - at_), true);
      at_ = end;
    }
  }
  expected("a closing \"");
}

void Parser::dollar(std::vector<Part>& parts, bool quoted) {
  const char next = peek(1);
  if (next == '(') {
    ++at_;
    // As in bash, $(( is arithmetic only if )) closes it; otherwise a substitution that begins with a subshell.
    const std::size_t end = sees("((") ? arithmetic_end() : std::string_view::npos;
    if (end != std::string_view::npos)
      arithmetic_expansion(parts, quoted, end);
    else
      substitution(parts, quoted, PartKind::command);
  } else if (next == '{') {
    braces(parts, quoted);
  } else if (next == '\'' && !quoted) {
    ansi_quoted(parts);
  } else if (next == '"' && !quoted) {
    ++at_;
    double_quoted(parts);
  } else if (is_name_start(next) ||
             (next != '\0' && std::string_view("0123456789@*#?$!-").find(next) != std::string_view::npos)) {
    std::size_t end = at_ + 2;
    if (is_name_start(next))
      while (end < text_.size() && letters::is_word(text_[end])) ++end;
    Part& part = add_part(parts, PartKind::parameter, quoted);
    part.text = text_.substr(at_ + 1, end - at_ - 1);
    at_ = end;
  } else {
    add_text(parts, "$", quoted);
    ++at_;
  }
}

// Parses ${NAME}, ${NAME:-word}, ${#NAME}, ${!NAME}, ${NAME[...]}, ${NAME/a/b} ...
void Parser::braces(std::vector<Part>& parts, bool quoted) {
  if (++depth_ > most_depth) return expected(less_nesting);
  at_ += 2;
  Part& part = add_part(parts, PartKind::parameter, quoted);
  if ((peek() == '#' || peek() == '!') && peek(1) != '}') part.operation = text_[at_++];
  const std::size_t begin = at_;
  if (is_name_start(peek()))
    while (letters::is_word(peek())) ++at_;
  else if (peek() != '}' && peek() != '\0')
    ++at_;
  part.text = text_.substr(begin, at_ - begin);
  const std::size_t operation = at_;
  if (!at_end() && std::string_view(":-+=?#%/^,@[").find(peek()) != std::string_view::npos) {
    const char first = text_[at_++];
    const std::string_view seconds = first == ':' ? "-+=?" : "#%/^,";
    if (seconds.find(peek()) != std::string_view::npos && (first == ':' || first == peek())) ++at_;
  }
  part.operation += text_.substr(operation, at_ - operation);
  Word argument;  // the word after the operation
  while (!at_end() && peek() != '}') {
    if (quoted && peek() == '\'') {  // a single quote is plain text inside double quotes
      add_text(argument.parts, "'", true);
      ++at_;
      continue;
    }
    Word piece = word(quoted ? "}'" : "}");
    for (Part& inner : piece.parts) argument.parts.push_back(std::move(inner));
  }
  if (!take("}")) expected("'}'");
  if (!argument.parts.empty()) part.argument = std::make_unique<Word>(std::move(argument));
  --depth_;
}

void Parser::substitution(std::vector<Part>& parts, bool quoted, PartKind kind) {
  if (++depth_ > most_depth) return expected(less_nesting);
  ++at_;
  Part& part = add_part(parts, kind, quoted);
  std::vector<Pending> outer = std::move(pending_);  // their text begins after this word's line, not inside it
  pending_.clear();
  part.script = std::make_unique<Script>(list(")"));
  skip_lines();
  if (!take(")")) expected("')'");
  pending_.insert(pending_.begin(), outer.begin(), outer.end());
  --depth_;
}

// Resolves the backslashes first, as bash does; a fault inside is reported at the opening backquote.
void Parser::backquotes(std::vector<Part>& parts, bool quoted) {
  std::string inner;
  std::size_t end = at_ + 1;
  for (; end < text_.size() && text_[end] != '`'; ++end) {
    if (text_[end] == '\\' && end + 1 < text_.size()) {
      const char next = text_[end + 1];
      if (next != '`' && next != '\\' && next != '$' && !(quoted && next == '"')) inner += '\\';
      ++end;
    }
    inner += text_[end];
  }
  if (end >= text_.size()) return expected("a closing `");
  if (depth_ + 1 > most_depth) return expected(less_nesting);
  Reading reading = Parser(inner, depth_ + 1).run();
  if (!reading.complete) return expected("a command in backquotes");
  at_ = end + 1;
  Part& part = add_part(parts, PartKind::command, quoted);
  part.script = std::make_unique<Script>(std::move(reading.script));
}

// Looks ahead without parsing. Quotes hide parentheses, and one that closes too early means that this was `( ( a ) b
// )`: two subshells. Each `((` looks ahead once, so nested ones cost O(n * depth), and the depth is limited.
std::size_t Parser::arithmetic_end() const noexcept {
  int open = 0;
  for (std::size_t i = at_; i < text_.size(); ++i) {
    const char c = text_[i];
    if (c == '(') ++open;
    if (c == '\\') ++i;
    if (c == '\'' || c == '"') i = std::min(text_.find(c, i + 1), text_.size());
    if (c != ')') continue;
    --open;
    if (open == 1 && i + 1 < text_.size() && text_[i + 1] == ')') return i + 2;
    if (open <= 1) return std::string_view::npos;
  }
  return std::string_view::npos;
}

// Reads from the outer '(' to `end`. The value is not computed, but substitutions in it still run.
void Parser::arithmetic_expansion(std::vector<Part>& parts, bool quoted, std::size_t end) {
  add_part(parts, PartKind::arithmetic, quoted);
  at_ += 2;
  while (at_ < end && !failed_) {
    if (sees("$(") && !sees("$((")) {
      ++at_;
      substitution(parts, true, PartKind::command);
    } else if (peek() == '`') {
      backquotes(parts, true);
    } else {
      ++at_;
    }
  }
}

// Skips ?(...), *(...), +(...), @(...) or !(...): a pattern, which the rules never need to read.
void Parser::pattern_group(std::vector<Part>& parts) {
  int open = 0;
  std::size_t end = at_;
  for (; end < text_.size(); ++end) {
    if (text_[end] == '(') ++open;
    if (text_[end] == ')' && --open == 0) break;
    if (text_[end] == '\n' || text_[end] == '\'' || text_[end] == '"' || text_[end] == '`' || text_[end] == '$') break;
  }
  if (end >= text_.size() || text_[end] != ')') return expected("')'");
  add_text(parts, text_.substr(at_, end + 1 - at_), false);
  at_ = end + 1;
}

// `literal`: the delimiter was quoted, so nothing in the text is expanded.
Word Parser::here_document_text(std::string_view body, bool literal) {
  Word word;
  if (literal || body.find_first_of("$`\\") == std::string_view::npos) {
    add_text(word.parts, body, true);
    return word;
  }
  // Quotes are plain text here. The body has a parser of its own, since an unclosed bracket in it must not swallow the
  // commands after the document.
  Parser inner(body, depth_);
  add_text(word.parts, {}, true);
  while (!inner.at_end()) {
    const char c = inner.peek();
    if (c == '$') {
      inner.dollar(word.parts, true);
    } else if (c == '`') {
      inner.backquotes(word.parts, true);
    } else if (c == '\\') {
      const char next = inner.peek(1);
      const bool escapes = next == '$' || next == '`' || next == '\\' || next == '\n';
      if (next != '\n') add_text(word.parts, body.substr(inner.at_ + (escapes ? 1 : 0), escapes ? 1 : 2), true);
      inner.at_ = std::min(inner.at_ + 2, body.size());
    } else {
      const std::size_t end = std::min(body.find_first_of("$`\\", inner.at_), body.size());
      add_text(word.parts, body.substr(inner.at_, end - inner.at_), true);
      inner.at_ = end;
    }
  }
  if (inner.failed_) expected("a closing bracket in the here-document");
  return word;
}

// Called after a line end. A text without its delimiter goes to the end, as in bash.
void Parser::here_documents() {
  std::vector<Pending> pending = std::move(pending_);
  pending_.clear();
  for (Pending& document : pending) {
    std::string stripped;
    const std::size_t begin = at_;
    std::size_t end = text_.size();
    while (at_ < text_.size()) {
      const std::size_t line = at_;
      const std::size_t line_end = std::min(text_.find('\n', line), text_.size());
      std::string_view content = text_.substr(line, line_end - line);
      if (document.strips_tabs) content.remove_prefix(std::min(content.find_first_not_of('\t'), content.size()));
      at_ = std::min(line_end + 1, text_.size());
      if (content == document.delimiter) {
        end = line;
        break;
      }
      if (document.strips_tabs) stripped.append(content) += '\n';
    }
    const std::string_view body = document.strips_tabs ? std::string_view(stripped) : text_.substr(begin, end - begin);
    *document.body = here_document_text(body, document.literal);
  }
}

}  // namespace cascade::shell
