// Which words of a program are options, which values and which operands. Programs differ, so the caller lists the
// options that take the next word; without the list `-o file` would be an option and an operand. Options are kept in
// the order of the line, and the first of a name counts.
#include "evidence/words.h"

#include <algorithm>

namespace cascade::evidence {

std::string spelled(const shell::Value& value) {
  if (value.known) return value.text;
  return value.text.empty() ? value.sketch : value.text;
}

Words::Words(const shell::Call& call, std::string_view takes) : call_(call) {
  bool all_operands = false;
  for (std::size_t i = 1; i < call.words.size(); ++i) {
    const std::string word = spelled(call.words[i]);
    if (all_operands || word.size() < 2 || word.front() != '-') {
      operands_.push_back(word);
    } else if (word == "--") {
      all_operands = true;
    } else if (const std::size_t equals = word.find('='); equals != std::string::npos) {
      options_.push_back({word.substr(0, equals), word.substr(equals + 1), true});
    } else if (lists(takes, word) && i + 1 < call.words.size()) {
      options_.push_back({word, spelled(call.words[++i]), true});
    } else if (word[1] != '-' && word.size() > 2 && lists(takes, word.substr(0, 2))) {
      options_.push_back({word.substr(0, 2), word.substr(2), true});
    } else {
      options_.push_back({word, {}, false});
      // -so FILE: the last of several letters takes the next word.
      const std::string last = {'-', word.back()};
      if (word[1] != '-' && word.size() > 2 && lists(takes, last) && i + 1 < call.words.size())
        options_.push_back({last, spelled(call.words[++i]), true});
    }
  }
}

std::string_view Words::operand(std::size_t index) const noexcept {
  return index < operands_.size() ? std::string_view(operands_[index]) : std::string_view();
}

bool Words::has(std::string_view option) const noexcept {
  return std::ranges::any_of(options_, [&](const Option& one) { return one.name == option; });
}

bool Words::has_any(std::string_view options) const noexcept {
  bool found = false;
  each_word(options, [&](std::string_view option) { found = found || has(option); });
  return found;
}

bool Words::has_letter(char letter) const noexcept {
  return std::ranges::any_of(options_, [&](const Option& one) {
    return !one.has_value && one.name.size() > 1 && one.name[1] != '-' && one.name.find(letter) != std::string::npos;
  });
}

std::string Words::value(std::string_view options) const {
  std::string found;
  each_word(options, [&](std::string_view name) {
    if (!found.empty()) return;
    for (const Option& option : options_)
      if (option.has_value && option.name == name && found.empty()) found = option.value;
  });
  return found;
}

}  // namespace cascade::evidence
