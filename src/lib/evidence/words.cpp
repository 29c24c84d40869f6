// Options are kept in the order of the line, and the first of a name counts.
#include "evidence/words.h"
#include "text/ascii.h"

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

// No language is parsed: texts in quotes are found as nearly all languages write them, and the name of the function
// before tells what becomes of one. That errs, so nothing is refused because of it.
namespace cascade::evidence {
std::string code_of(const shell::Call& call) {
  if (!is_in(list::interpreters, call.program) && !call.program.starts_with("python")) return {};
  const bool has_option =
      std::ranges::any_of(call.words, [](const shell::Value& word) { return is_in(list::code_options, word.text); });
  std::string code = call.input.value_or("");
  if (has_option || is_in(list::bare_interpreters, call.program))
    for (std::size_t i = 1; i < call.words.size(); ++i) code += "\n" + call.words[i].text;
  return code;
}

void each_literal(std::string_view code, const std::function<void(const Literal& literal)>& see) {
  std::size_t last_end = std::string_view::npos;
  for (std::size_t at = code.find_first_of("'\"`"); at != std::string_view::npos;
       at = code.find_first_of("'\"`", at + 1)) {
    // An apostrophe within a word, as in a comment, opens nothing.
    if (code[at] == '\'' && at > 0 && letters::is_word(code[at - 1]) && at + 1 < code.size() &&
        letters::is_word(code[at + 1]) && code.find('\'', at + 1) == std::string_view::npos)
      continue;
    Literal literal;
    std::size_t end = at + 1;
    for (; end < code.size() && code[end] != code[at]; ++end) {
      if (code[end] == '\\' && end + 1 < code.size()) literal.text += code[end++];
      literal.text += code[end];
    }
    if (end >= code.size()) continue;
    literal.before = code.substr(0, at);
    literal.after = code.substr(end + 1);
    if (last_end != std::string_view::npos) {
      const std::string_view between = code.substr(last_end, at - last_end);
      literal.joins = between.find_first_not_of(", \t\r\n") == std::string_view::npos &&
                      between.find(',') != std::string_view::npos;
    }
    see(literal);
    last_end = end + 1;
    at = end;
  }
}

bool only_reads(const Literal& literal) {
  std::string_view before = letters::trim(literal.before);
  if (!before.empty() && before.back() == '(') before = letters::trim(before.substr(0, before.size() - 1));
  std::size_t start = before.size();
  while (start > 0 && letters::is_word(before[start - 1])) --start;
  const std::string name = letters::to_lower(before.substr(start));
  const std::string_view after = letters::trim_left(literal.after);
  if (!name.empty() && begins_with_one(list::reading_functions, name)) return true;
  if (after.starts_with(").") && begins_with_one(list::reading_functions, letters::to_lower(after.substr(2, 40))))
    return true;
  if (!name.ends_with("open")) return false;
  if (after.starts_with(")")) return true;
  const std::string_view mode = after.starts_with(",") ? letters::trim_left(after.substr(1)) : std::string_view();
  return mode.size() > 2 && mode[1] == 'r' && mode[2] != '+';
}

}  // namespace cascade::evidence
