// Splits a program's words: verbs and operands, options and their values.
#pragma once

#include <algorithm>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/lists.h"
#include "shell/trace.h"
#include "text/word_set.h"

namespace cascade::evidence {

class Words {
 public:
  // `takes`: the options whose value is the next word, separated by blanks. For other options a value is known only if
  // it is in the same word (--name=value).
  Words(const shell::Call& call, std::string_view takes);

  const std::vector<std::string>& operands() const noexcept { return operands_; }
  std::string_view operand(std::size_t index) const noexcept;  // the operand at `index`; empty: there are fewer
  bool has(std::string_view option) const noexcept;       // whether an option is present, as `--name` or `--name=...`
  bool has_any(std::string_view options) const noexcept;  // whether one of several is, with blanks between them
  bool has_letter(char letter) const noexcept;            // whether a letter is among the short options: -n, -azn
  // The value of the first of these options ("-a --app") that has one; empty: none has.
  std::string value(std::string_view options) const;
  const shell::Call& call() const noexcept { return call_; }

 private:
  struct Option {
    std::string name, value;
    bool has_value = false;
  };
  const shell::Call& call_;
  std::vector<std::string> operands_;
  std::vector<Option> options_;
};

using letters::each_word, letters::lists;

std::string spelled(const shell::Value& value);  // the text with ${_} in place of unknown parts

// The words by which calls, tools and messages are judged: the rows of this folder's tables, compiled in.
inline bool is_in(std::span<const std::string_view> list, std::string_view word) noexcept {
  return std::ranges::find(list, word) != list.end();
}

inline bool any_in(std::span<const std::string_view> list, std::span<const std::string> words) noexcept {
  return std::ranges::any_of(words, [&](const std::string& word) { return is_in(list, word); });
}

// Whether one of the list is in the text, or begins it.
inline bool has_part(std::span<const std::string_view> list, std::string_view text) noexcept {
  return std::ranges::any_of(list, [&](std::string_view part) { return text.find(part) != std::string_view::npos; });
}
inline bool begins_with_one(std::span<const std::string_view> list, std::string_view text) noexcept {
  return std::ranges::any_of(list, [&](std::string_view start) { return text.starts_with(start); });
}

struct DatabaseClient {
  std::string_view names, takes;
  std::string_view statement;  // options whose value is a statement
  std::string_view file;       // options whose value is a file of statements
  std::string_view host, database;
};
std::span<const DatabaseClient> database_clients() noexcept;

// Verbs of programs that only show something.
struct Shows {
  std::string_view program, verbs;
};
std::span<const Shows> showing_programs() noexcept;

// A program that runs tests if `verb` is among its words.
struct TestRunner {
  std::string_view program, verb;
};
std::span<const TestRunner> test_runners() noexcept;

// Programs that use the same names for the same things, with blanks between them.
std::span<const std::string_view> program_families() noexcept;

// The code that a line hands to an interpreter: node -e, python3 -c, perl -e, a here-document; empty if none.
std::string code_of(const shell::Call& call);

// A text in quotes in some code.
struct Literal {
  std::string text;
  std::string_view before, after;  // the code around it
  bool joins = false;              // only a comma stands between it and the one before: ["git", "tag", "x"]
};

// Calls `see` for each of them, in order. Every language's quotes are the same here, and what they escape is kept.
void each_literal(std::string_view code, const std::function<void(const Literal& literal)>& see);

// Whether what is done with the text at most reads what it names: open(TEXT), require(TEXT), Path(TEXT).read_text().
bool only_reads(const Literal& literal);

}  // namespace cascade::evidence
