// Goes through the words of a text once. A program of the table opens a command, which ends with its line or where a
// shell would begin another one; within it each option of the program is looked for.
#include "secrets/commands.h"

#include <algorithm>
#include <optional>
#include <string>

#include "secrets/references.h"
#include "secrets/words.h"
#include "text/ascii.h"
#include "text/rows.h"
#include "text/word_list.h"

namespace cascade::secrets {
namespace {

constexpr std::string_view quotes = "\"'`";

struct Span {
  std::size_t begin = 0, end = 0;
};

// The next word from `at` on, in its quotes or not; empty: the command ends before.
Span next_word(std::string_view text, std::size_t at) {
  while (at < text.size() && letters::is_blank(text[at])) ++at;
  std::size_t end = at;
  char quote = 0;
  for (; end < text.size() && text[end] != '\n'; ++end) {
    const char c = text[end];
    if (quote != 0 ? c == quote : quotes.find(c) != std::string_view::npos)
      quote = quote != 0 ? 0 : c;
    else if (quote == 0 && (letters::is_blank(c) || std::string_view(";|&").find(c) != std::string_view::npos))
      break;
  }
  return {at, end};
}

// A value without its quotes, and without the sign that ends a sentence.
Span bare(std::string_view text, Span word) {
  while (word.begin < word.end && quotes.find(text[word.begin]) != std::string_view::npos) ++word.begin;
  while (word.end > word.begin && std::string_view("\"'`,.)").find(text[word.end - 1]) != std::string_view::npos)
    --word.end;
  return word;
}

void take(std::string_view text, Span value, std::vector<Secret>& found) {
  constexpr std::size_t least = 4;
  value = bare(text, value);
  const std::string_view word = text.substr(value.begin, value.end - value.begin);
  const std::string lower = letters::to_lower(word);
  const bool is_said = is_word(lower, roles::joint | roles::said | roles::plain_name | roles::password_name |
                                          roles::secret_name | roles::stand_in);
  if (word.size() >= least && word.front() != '-' && !is_said && !is_secret_reference(word))
    found.push_back({value.begin, value.end, "password"});
}

void take_behind_sign(std::string_view text, Span pair, std::string_view sign, std::vector<Secret>& found) {
  const std::size_t at = text.substr(pair.begin, pair.end - pair.begin).find(sign);
  if (at != std::string_view::npos) take(text, {pair.begin + at + 1, pair.end}, found);
}

// The value of an option that stands in this word or behind it.
std::optional<Span> value_of(std::string_view text, Span word, std::string_view options, bool joined) {
  std::optional<Span> value;
  letters::each_word(options, [&](std::string_view option) {
    const std::string_view whole = text.substr(word.begin, word.end - word.begin);
    if (!whole.starts_with(option)) return;
    const bool assigned = whole.size() > option.size() && whole[option.size()] == '=';
    if (whole == option && !joined)
      value = next_word(text, word.end);
    else if (whole.size() > option.size() && (joined || assigned || (option.size() == 2 && option[1] != '-')))
      value = Span{word.begin + option.size() + (assigned ? 1 : 0), word.end};
  });
  return value;
}

void look(std::string_view text, Span word, const Command& command, std::vector<Secret>& found) {
  if (const auto value = value_of(text, word, command.pairs, false))
    return take_behind_sign(text, *value, command.sign, found);
  const bool is_password_word = std::any_of(text.begin() + static_cast<std::ptrdiff_t>(word.begin),
                                            text.begin() + static_cast<std::ptrdiff_t>(word.end), letters::is_letter);
  if (!is_password_word) return;
  if (const auto value = value_of(text, word, command.joined, true); value && value->end > value->begin)
    return take(text, *value, found);
  if (const auto value = value_of(text, word, command.values, false)) take(text, *value, found);
}

}  // namespace

void find_in_commands(std::string_view text, std::vector<Secret>& found) {
  const Command* command = nullptr;
  bool counts = false;
  for (std::size_t at = 0; at < text.size();) {
    const Span word = next_word(text, at);
    if (word.end == word.begin) {
      command = nullptr;
      at = word.end + 1;
      continue;
    }
    if (command != nullptr && counts) look(text, word, *command, found);
    counts = counts || (command != nullptr && text.substr(word.begin, word.end - word.begin) == command->behind);
    if (command == nullptr) {
      const Span name = bare(text, word);
      const std::string_view path = text.substr(name.begin, name.end - name.begin);
      command = letters::find_row(commands(), &Command::program, path.substr(path.rfind('/') + 1));
      counts = command != nullptr && command->behind.empty();
    }
    at = word.end;
  }
}

}  // namespace cascade::secrets
