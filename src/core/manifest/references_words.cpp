// Ordinary words as names: "the researcher agent", "delegate to the architect and tester". They count only in a few
// fixed forms, and mostly as guesses: otherwise every sentence would name manifests. Each form is looked for only on
// lines that have a word or sign of it.
#include "manifest/identity.h"
#include "manifest/names.h"
#include "manifest/references.h"
#include "manifest/set_off.h"
#include "manifest/soft.h"
#include "manifest/strength.h"
#include "manifest/verb_before.h"
#include "prose/words.h"
#include "text/ascii.h"
#include "text/word_set.h"

#include <algorithm>
#include <string_view>

namespace cascade::manifest {
namespace {

// The next name of a list after the one that ends at `at`: ", x", " and x", ", or the x"; npos where the list ends.
std::size_t next_of_list(std::string_view text, std::size_t at) {
  if (text.substr(at, 1) == "`") ++at;
  const std::size_t end = at;
  if (text.substr(at, 2) == ", ") at += 2;
  for (const std::string_view joint : {" and ", " or ", "and ", "or "})
    if (text.substr(at, joint.size()) == joint && (joint.front() == ' ') == (at == end)) {
      at += joint.size();
      break;
    }
  if (at == end) return std::string_view::npos;
  if (text.substr(at, 4) == "the ") at += 4;
  return text.substr(at, 1) == "`" ? at + 1 : at;
}

// "delegate the rest to the architect, tester and doc-writer": in a list of those who get work, ordinary words are
// names. They bind only where a manifest has them.
void find_delegated(const BodyText& body, const TextLine& line, Candidates& out) {
  constexpr std::string_view stem = "legate";
  constexpr std::size_t longest_object = 80;
  const std::string_view text = body.text().substr(0, line.end);
  for (std::size_t at = text.find(stem, line.begin); at != std::string_view::npos; at = text.find(stem, at + 1)) {
    const std::size_t to = text.substr(0, std::min(line.end, at + longest_object)).find(" to ", at);
    if (to == std::string_view::npos || text.substr(at, to - at).find_first_of(".;:!?,") != std::string_view::npos)
      continue;
    std::size_t begin = to + (text.substr(to, 8) == " to the " ? 8 : 4);
    if (text.substr(begin, 1) == "`") ++begin;
    for (std::size_t count = 0; begin < line.end && letters::is_lower(text[begin]); ++count) {
      const std::size_t end = name_end(text, begin), next = next_of_list(text, end);
      if (end < begin + 3 || (count == 0 && next == std::string_view::npos)) break;
      const std::string_view name = text.substr(begin, end - begin);
      if (!is_example_name(name) && kind_word(name) == 0)
        out.add(kinds_agent, name, Via::prose, strength_of(body, line, begin, end), begin,
                Candidates::Certainty::guess);
      if (next == std::string_view::npos) break;
      begin = next;
    }
  }
}

// "the researcher agent": an ordinary word between "the" and a kind word is a name, with one blank on either side.
void find_single_words(const BodyText& body, const TextLine& line, Candidates& out) {
  constexpr std::string_view article = "the";
  const std::string_view text = body.text().substr(0, line.end);
  for (std::size_t blank = line.begin + article.size(); blank < line.end; ++blank) {
    if (text[blank] != ' ' || letters::to_lower(text[blank - 1]) != article.back()) continue;
    const std::size_t the = blank - article.size();
    if (!letters::equals_lower(text.substr(the, article.size()), article) ||
        (the > line.begin && letters::is_name(text[the - 1])))
      continue;
    const std::size_t name = blank + 1;
    std::size_t end = name;
    while (end < line.end && letters::is_lower(text[end])) ++end;
    if (end < name + 3 || end >= line.end || text[end] != ' ') continue;
    std::size_t word = end + 1;
    while (word < line.end && letters::is_name(text[word])) ++word;
    const Kinds kind = kind_word(text.substr(end + 1, word - end - 1));
    // "The build command" is one of the shell.
    static constexpr auto others = letters::word_set("build", "test", "lint", "start", "dev", "install", "format");
    const std::string_view single = text.substr(name, end - name);
    if (kind != 0 && single != "calling" && (kind != kinds_command || !others.has(single)))
      add_soft(body, line, name, end, Via::prose, kind, out);
  }
}

// "spawn explore agent", "use an explore agent", "with planner agent": an ordinary word between a verb of use or a
// preposition and a kind word, or before a kind word in a heading.
void find_used_words(const BodyText& body, const TextLine& line, Candidates& out) {
  constexpr std::string_view noun = " agent";
  const std::string_view text = body.text().substr(0, line.end);
  for (std::size_t end = text.find(noun, line.begin); end < line.end; end = text.find(noun, end + 1)) {
    std::size_t begin = end, article = end;
    while (begin > line.begin && letters::is_lower(text[begin - 1])) --begin;
    if (end < begin + 3 || begin < line.begin + 4 || text[begin - 1] != ' ') continue;
    const std::string_view word = word_before(text, begin, line.begin, article);
    const bool told = line.context == Context::heading || (prose::roles_in_any_case(word) & prose::roles::means) != 0 ||
                      stands_behind_use(text, word == "a" || word == "an" ? article : begin, line.begin);
    if (told && kind_word(text.substr(end + 1, rest_of_name(text, end + 1) - end - 1)) != 0)
      add_soft(body, line, begin, end, Via::prose, kinds_agent, out);
  }
}

// "- glossary" below "Load these skills:": an item that is a word and nothing else.
void find_whole_item(const BodyText& body, const TextLine& line, Candidates& out) {
  const std::string_view text = body.text().substr(0, line.end);
  std::size_t begin = line.begin;
  while (begin < line.end && !letters::is_letter(text[begin])) ++begin;
  std::size_t end = begin;
  while (end < line.end && letters::is_lower(text[end])) ++end;
  if (end >= begin + 3 && letters::trim(text.substr(end)).empty())
    add_soft(body, line, begin, end, Via::prose, line.intro, out);
}

// "-> scout agent", "[scout agent]" in a drawing: an ordinary word before a kind word.
void find_drawn_words(const BodyText& body, const TextLine& line, Candidates& out) {
  const std::string_view text = body.text().substr(0, line.end);
  for (std::size_t blank = line.begin + 3; blank + 5 <= line.end; ++blank) {
    if (text[blank] != ' ' || !letters::is_lower(text[blank - 1])) continue;
    std::size_t word = blank + 1;
    while (word < line.end && letters::is_name(text[word])) ++word;
    const Kinds kind = kind_word(text.substr(blank + 1, word - blank - 1));
    if (kind == 0) continue;
    std::size_t begin = blank;
    while (begin > line.begin && letters::is_lower(text[begin - 1])) --begin;
    const bool whole = begin == line.begin || !letters::is_name(text[begin - 1]);
    if (whole && blank >= begin + 3 && is_drawn(body, line, begin, blank))
      add_soft(body, line, begin, blank, Via::prose, kind, out);
  }
}

}  // namespace

void find_words(const BodyText& body, Candidates& out) {
  for (const TextLine& line : body.lines()) {
    if (line.signs == 0 && (!line.list_item || line.intro == 0)) continue;  // most lines
    if (line.drawn && line.own != 0) find_drawn_words(body, line, out);
    if (line.context == Context::code || line.context == Context::comment) continue;
    if ((line.signs & sign_delegate) != 0) find_delegated(body, line, out);
    if ((line.signs & sign_article) != 0) find_single_words(body, line, out);
    if ((line.signs & sign_used) != 0) find_used_words(body, line, out);
    if ((line.signs & sign_title) != 0 && line.context != Context::heading) find_titles(body, line, out);
    if (line.list_item && line.intro != 0 && line.own == 0 && line.context == Context::running)
      find_whole_item(body, line, out);
  }
}

}  // namespace cascade::manifest
