// Fills a command's arguments into its text as the client does: $ARGUMENTS is all of them, $ARGUMENTS[1] and $1 one
// word, $name a declared one, and "\$" a plain dollar. One pass, so that text which comes in is never filled in again;
// arguments that no placeholder took are added at the end.
#include "hook/arguments.h"

#include <algorithm>

#include "client/names.h"
#include "text/ascii.h"

namespace cascade::hook {
namespace {

struct Filler {
  std::string_view arguments, session_id;
  const std::vector<std::string>& names;
  std::vector<std::string> words;
  bool used = false;

  // The value of the placeholder at the start of `text`, which follows the '$'. Sets `length` to the placeholder's
  // length, or to 0 if there is none.
  std::string value(std::string_view text, std::size_t& length) {
    constexpr std::string_view all = "ARGUMENTS", session = client::variables::session_in_text;
    if (text.substr(0, session.size()) == session) {
      length = session.size();
      return std::string(session_id);
    }
    if (text.substr(0, all.size()) == all) {
      if (text.substr(all.size(), 1) == "[")
        if (const std::size_t close = text.find(']'); close != std::string_view::npos)
          if (auto word = numbered(text.substr(all.size() + 1, close - all.size() - 1))) {
            length = close + 1;
            return *word;
          }
      length = all.size();
      used = true;
      return std::string(arguments);
    }
    std::size_t end = 0;
    while (end < text.size() && letters::is_word(text[end])) ++end;
    const std::string_view name = text.substr(0, end);
    if (const auto found = std::find(names.begin(), names.end(), name); found != names.end()) {
      length = end;
      used = true;
      const auto at = static_cast<std::size_t>(found - names.begin());
      return at < words.size() ? words[at] : std::string();
    }
    end = 0;
    while (end < text.size() && letters::is_digit(text[end])) ++end;
    if (auto word = numbered(text.substr(0, end))) {
      length = end;
      return *word;
    }
    length = 0;
    return {};
  }

  const std::string* numbered(std::string_view digits) {
    if (digits.empty() || digits.size() > 3 || !std::all_of(digits.begin(), digits.end(), letters::is_digit))
      return nullptr;
    std::size_t at = 0;
    for (const char digit : digits) at = at * 10 + static_cast<std::size_t>(digit - '0');
    used = used || at < words.size();
    return at < words.size() ? &words[at] : nullptr;
  }
};

}  // namespace

std::vector<std::string> split_arguments(std::string_view arguments) {
  std::vector<std::string> words;
  std::string word;
  bool inside = false;
  char quote = 0;
  for (const char c : arguments) {
    if (quote != 0) {
      if (c == quote)
        quote = 0;
      else
        word += c;
    } else if (c == '"' || c == '\'') {
      quote = c;
      inside = true;
    } else if (!letters::is_space(c)) {
      word += c;
      inside = true;
    } else if (inside) {
      words.push_back(std::move(word));
      word.clear();
      inside = false;
    }
  }
  if (inside) words.push_back(std::move(word));
  return words;
}

std::string fill_arguments(std::string_view text, std::string_view arguments, const std::vector<std::string>& names,
                           std::string_view session_id) {
  Filler filler{arguments, session_id, names, split_arguments(arguments)};
  std::string filled;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '\\' && at + 1 < text.size() && text[at + 1] == '$') {
      filled += '$';
      at += 2;
      continue;
    }
    std::size_t length = 0;
    if (text[at] == '$') filled += filler.value(text.substr(at + 1), length);
    if (length == 0) filled += text[at];
    at += 1 + length;
  }
  if (!filler.used && !arguments.empty()) filled += "\nARGUMENTS: " + std::string(arguments) + "\n";
  return filled;
}

}  // namespace cascade::hook
