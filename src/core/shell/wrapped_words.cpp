#include "shell/wrapped_words.h"

#include <algorithm>

#include "text/word_list.h"

namespace cascade::shell {

std::size_t option_words(const Wrapper& wrapper, const std::string& text) {
  if (text.compare(0, 2, "--") == 0) return letters::lists(wrapper.names, text) ? 2 : 1;
  for (std::size_t i = 1; i < text.size(); ++i)
    if (wrapper.letters.find(text[i]) != std::string_view::npos) return i + 1 == text.size() ? 2 : 1;
  return 1;
}

void drop_words(std::vector<Value>& words, std::size_t count) {
  words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(std::min(count, words.size())));
}

State with_settings(State state, const Execution& execution) {
  if (execution.clears_environment)
    for (Variable& variable : state.variables) variable.exported = false;
  for (const Setting& setting : execution.settings) state.set(setting.name, setting.value, setting.value.has_value());
  return state;
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  if (what.empty()) return text;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
  return text;
}

void put_item(std::vector<Value>& words, const std::string& mark, const Value& by) {
  for (Value& word : words) {
    if (!word.known || word.text.find(mark) == std::string::npos) continue;
    if (by.known)
      word.text = replaced(word.text, mark, by.text);
    else {
      word = unknown(word.text.substr(0, word.text.find(mark)) + by.text, replaced(word.text, mark, "${_}"));
      word.is_item = true;
    }
  }
}

}  // namespace cascade::shell
