// Splits a prompt into words (quoted text is one, code blocks are skipped) and collects those that may name a place. A
// refusal ("do not", "leave") excludes the words after it up to the end of the clause or a turning word ("but",
// "only"). A word is marked as a place by its form, by quotes, or by a noun such as "repository" next to it.
#include <algorithm>
#include <array>

#include "guard/judge.h"
#include "prose/sentence.h"
#include "text/ascii.h"
#include "text/word_set.h"

namespace cascade::repository {
namespace {

constexpr std::array<std::string_view, 9> nouns = {"repository", "repo",     "remote", "project",  "worktree",
                                                   "clone",      "checkout", "fork",   "submodule"};

// Words that end a refusal.
constexpr std::array<std::string_view, 4> turns = {"but", "only", "just", "rather"};

struct Token {
  std::string text;
  bool quoted = false;
  bool ends_part = false;  // punctuation follows it
};

bool is_quote(char c) { return c == '"' || c == '\'' || c == '`'; }

// Removes punctuation around a word: "(../lib)," becomes "../lib".
void strip(Token& token) {
  std::string& text = token.text;
  while (!text.empty() && std::string_view("([{<\"'`").find(text.front()) != std::string_view::npos) text.erase(0, 1);
  while (!text.empty() && std::string_view(")]}>,;:!?.\"'`").find(text.back()) != std::string_view::npos) {
    if (text == "." || text == "..") break;
    if (text.size() >= 2 && text.compare(text.size() - 2, 2, "..") == 0 &&
        (text.size() == 2 || text[text.size() - 3] == '/'))
      break;
    token.ends_part = token.ends_part || std::string_view(",;:!?.").find(text.back()) != std::string_view::npos;
    text.pop_back();
  }
}

std::vector<Token> tokens(std::string_view prompt) {
  std::vector<Token> all;
  for (std::size_t at = 0; at < prompt.size();) {
    if (letters::is_space(prompt[at])) {
      if (prompt[at] == '\n' && !all.empty()) all.back().ends_part = true;
      ++at;
      continue;
    }
    if (prompt.substr(at, 3) == "```") {  // a block of code is shown, not requested
      const std::size_t end = prompt.find("```", at + 3);
      at = end == std::string_view::npos ? prompt.size() : end + 3;
      continue;
    }
    if (is_quote(prompt[at])) {
      const std::size_t end = prompt.find(prompt[at], at + 1);
      const std::size_t line = prompt.find('\n', at);
      if (end != std::string_view::npos && end < std::min(line, prompt.size()) && end > at + 1) {
        all.push_back({std::string(prompt.substr(at + 1, end - at - 1)), true, false});
        at = end + 1;
        while (at < prompt.size() && std::string_view(",;:!?.").find(prompt[at]) != std::string_view::npos) {
          all.back().ends_part = true;
          ++at;
        }
        continue;
      }
    }
    std::size_t end = at;
    while (end < prompt.size() && !letters::is_space(prompt[end])) ++end;
    Token token{std::string(prompt.substr(at, end - at)), false, false};
    strip(token);
    if (!token.text.empty())
      all.push_back(std::move(token));
    else if (!all.empty())
      all.back().ends_part = true;
    at = end;
  }
  return all;
}

bool looks_like_place(const Token& token) {
  return token.text.find_first_of("/:") != std::string::npos || token.text[0] == '~' || token.text == ".." ||
         token.text == ".";
}

}  // namespace

std::vector<NamedWord> named_words(std::string_view prompt) {
  constexpr std::size_t most = 1'000;
  const std::vector<Token> all = tokens(prompt);
  const auto is_noun = [&](std::size_t i) { return letters::is_one_of(letters::to_lower(all[i].text), nouns); };
  std::vector<NamedWord> named;
  bool refused = false;
  for (std::size_t i = 0; i < all.size() && named.size() < most; ++i) {
    const Token& token = all[i];
    const std::string word = letters::to_lower(token.text);
    const bool negates = word.size() > 3 && word.compare(word.size() - 3, 3, "n't") == 0;
    if (!token.quoted && ((prose::roles_of(word) & prose::roles::refusal) != 0 || negates)) refused = true;
    if (!token.quoted && letters::is_one_of(word, turns)) refused = false;
    // "the repository lib", "the lib repository": a bare name counts only next to such a noun, or every word of a
    // prompt would be a place.
    const bool beside = (i > 0 && !all[i - 1].ends_part && is_noun(i - 1)) ||
                        (i + 1 < all.size() && !token.ends_part && is_noun(i + 1));
    const bool known = std::ranges::any_of(named, [&](const NamedWord& one) { return one.text == token.text; });
    if (!refused && !known && !token.text.empty())
      named.push_back({token.text, looks_like_place(token) || token.quoted || (beside && !is_noun(i))});
    if (token.ends_part) refused = false;
  }
  return named;
}

}  // namespace cascade::repository
