// The parser behind read(): one pass over the text, one method per construct.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shell/script.h"
#include "text/ascii.h"

namespace cascade::shell {

class Parser {
 public:
  Parser(std::string_view text, int depth) : text_(text), depth_(depth) {}

  Reading run();

 private:
  // parser.cpp: lists, pipelines, simple commands, redirections
  Script list(std::string_view closing);
  Statement statement();
  Pipeline pipeline();
  Command command();
  Command simple_command();
  bool assignment(Command& command);
  Assignment assigned(std::string_view name, std::size_t behind_name);
  bool redirection(std::vector<Redirection>& into);
  bool redirection_operator(Redirection& found);
  void redirections(Command& command);
  bool is_function_head(const Command& command) const;

  // parser_compound.cpp
  Command compound(std::string_view word);
  Command condition();
  Command loop(bool until);
  Command iteration(bool numeric);
  Command choice();
  Command function_keyword();
  Command function_body(std::string name);
  Command test();
  Command parentheses();
  Script body_until(std::string_view closing);
  Script loop_body();

  // parser_words.cpp
  Word word(std::string_view stops = {});
  void double_quoted(std::vector<Part>& parts);
  void single_quoted(std::vector<Part>& parts);
  void ansi_quoted(std::vector<Part>& parts);
  void dollar(std::vector<Part>& parts, bool quoted);
  void braces(std::vector<Part>& parts, bool quoted);
  void substitution(std::vector<Part>& parts, bool quoted, PartKind kind);
  void arithmetic_expansion(std::vector<Part>& parts, bool quoted, std::size_t end);
  void backquotes(std::vector<Part>& parts, bool quoted);
  void pattern_group(std::vector<Part>& parts);
  Word here_document_text(std::string_view body, bool literal);
  void here_documents();

  bool at_end() const noexcept { return at_ >= text_.size() || failed_; }
  char peek(std::size_t ahead = 0) const noexcept { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  bool sees(std::string_view what) const noexcept { return text_.substr(at_, what.size()) == what; }
  bool take(std::string_view what) noexcept;
  bool sees_word(std::string_view what) const noexcept;  // unquoted, with a delimiter after it
  void skip_coprocess_name();
  bool take_word(std::string_view what);  // skips blanks and line ends first
  std::string_view reserved_word() const noexcept;
  bool sees_closing(std::string_view closing) const noexcept;
  bool at_word_end() const noexcept;
  void skip_blanks();
  void skip_lines();  // blanks, comments, line ends
  void new_line();
  // Where `))` closes the `((` before it; npos if the parentheses do not close that way.
  std::size_t arithmetic_end() const noexcept;
  void expected(std::string_view what);

  struct Pending {
    std::string delimiter;
    bool literal = false, strips_tabs = false;
    Word* body = nullptr;
  };

  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
  bool failed_ = false;
  std::size_t fault_offset_ = 0;
  std::string fault_;
  std::vector<Pending> pending_;  // here-documents whose text begins after the next line end
};

constexpr int most_depth = 64;
constexpr std::string_view less_nesting = "less nesting";

inline bool is_name_start(char c) noexcept { return letters::is_letter(c) || c == '_'; }

}  // namespace cascade::shell
