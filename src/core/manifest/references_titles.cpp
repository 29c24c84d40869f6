// Names written as titles: "the Code Reviewer agent", "**Planner** agent". The capitalized words before a kind word
// are joined with hyphens. Verbs of use, articles and the like, and a lone word that begins the sentence are left out,
// because their capital means nothing. The name binds where a manifest of that kind has it.
#include "manifest/identity.h"
#include "manifest/names.h"
#include "manifest/references.h"
#include "manifest/strength.h"
#include "prose/words.h"
#include "text/ascii.h"
#include "text/word_set.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace cascade::manifest {
namespace {

constexpr std::size_t longest_title = 5;  // in words

constexpr bool is_title_mark(char c) noexcept { return c == '*' || c == '`' || c == '"'; }

// Words that are not part of a title even with a capital.
bool is_before_title(std::string_view word) {
  static constexpr auto words =
      letters::word_set("the", "a", "an", "this", "that", "these", "each", "every", "any", "all", "both", "only", "no",
                        "our", "your", "its", "if", "when", "then", "with", "via", "to", "by", "for", "from", "and",
                        "or", "before", "after", "while", "ask", "see", "let", "related", "available", "required");
  return words.has(word) ||
         (prose::roles_in_any_case(word) & (prose::roles::call | prose::roles::call_wide | prose::roles::hand)) != 0;
}

struct Title {
  std::size_t begin = 0, end = 0, words = 0;
};

// The title that ends at `end`; without words when there is none.
Title title_before(std::string_view text, std::size_t line_begin, std::size_t end) {
  Title title{end, end, 0};
  for (std::size_t stop = end; title.words <= longest_title;) {
    std::size_t begin = stop;
    while (begin > line_begin && letters::is_name(text[begin - 1])) --begin;
    const std::string_view word = text.substr(begin, stop - begin);
    if (word.size() < 2 || !letters::is_upper(word.front()) || is_before_title(word)) break;
    title.begin = begin;
    ++title.words;
    if (begin < line_begin + 2 || text[begin - 1] != ' ' || !letters::is_name(text[begin - 2])) break;
    stop = begin - 1;
  }
  return title;
}

// At the start of a sentence or item a capital means nothing.
bool begins_sentence(std::string_view text, std::size_t line_begin, std::size_t at) {
  while (at > line_begin && (letters::is_space(text[at - 1]) || is_title_mark(text[at - 1]))) --at;
  return at == line_begin || std::string_view(".:!?;|>-").find(text[at - 1]) != std::string_view::npos;
}

std::string joined(std::string_view title) {
  std::string name = letters::to_lower(title);
  for (char& c : name)
    if (c == ' ') c = '-';
  return name;
}

}  // namespace

void find_leading_title(const BodyText& body, const TextLine& line, std::string_view title, std::size_t begin,
                        Candidates& out) {
  for (std::size_t blank = title.find(' '); blank != std::string_view::npos; blank = title.find(' ', blank + 1))
    if (blank + 1 == title.size() || !letters::is_upper(title[blank + 1])) return;
  const std::string name = joined(title);
  if (!is_plain_name(name) || !is_role_name(name)) return;
  const Strength strength = strength_of(body, line, begin, begin + title.size());
  out.add(kinds_agent, name, Via::prose, strength, begin, Candidates::Certainty::guess);
}

void find_titles(const BodyText& body, const TextLine& line, Candidates& out) {
  const std::string_view text = body.text();
  for (std::size_t i = line.begin; i < line.end;) {
    if (!letters::is_letter(text[i])) {
      ++i;
      continue;
    }
    const std::size_t word = i;
    while (i < line.end && letters::is_name(text[i])) ++i;
    const Kinds kind = kind_word(text.substr(word, i - word));
    if (kind == 0 || word < line.begin + 3 || text[word - 1] != ' ') continue;
    std::size_t end = word - 1;
    while (end > line.begin && is_title_mark(text[end - 1])) --end;
    const Title title = title_before(text, line.begin, end);
    if (title.words == 0 || title.words > longest_title) continue;
    const std::string_view words = text.substr(title.begin, end - title.begin);
    if (title.words == 1 && text[i - 1] != 's' && has_hump(words))
      out.add(kind, words, Via::prose, strength_of(body, line, title.begin, end), title.begin,
              Candidates::Certainty::guess);
    if (title.words == 1 && end == word - 1 && begins_sentence(text, line.begin, title.begin)) continue;
    const std::string name = joined(words);
    if (name.size() < 3 || name.compare(0, 6, "claude") == 0 || is_generic_alias(name) || is_example_name(name))
      continue;
    out.add(kind, name, Via::prose, strength_of(body, line, title.begin, end), title.begin);
  }
}

}  // namespace cascade::manifest
