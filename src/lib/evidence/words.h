// Splits a program's words: verbs and operands, options and their values.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shell/trace.h"
#include "text/word_list.h"

namespace cascade::evidence {

class Words {
 public:
  // `takes`: the options whose value is the next word, separated by blanks. For other options a value is known only if
  // it is in the same word (--name=value).
  Words(const shell::Call& call, std::string_view takes);

  const std::vector<std::string>& operands() const noexcept { return operands_; }
  // The operand at `index`; empty: there are fewer.
  std::string_view operand(std::size_t index) const noexcept;
  // Whether an option is present, as `--name` or `--name=...`.
  bool has(std::string_view option) const noexcept;
  // Whether one of several is, with blanks between them.
  bool has_any(std::string_view options) const noexcept;
  // Whether a letter is among the short options: -n, -azn.
  bool has_letter(char letter) const noexcept;
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

using letters::each_word;
using letters::lists;

// The text with ${_} in place of unknown parts.
std::string spelled(const shell::Value& value);

}  // namespace cascade::evidence
