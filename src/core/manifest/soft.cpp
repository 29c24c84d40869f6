// Judges names by the nearest words: the kind word next to the name counts before those of its line, lead-in or
// heading. A name with a hyphen or colon is hardly an ordinary word and needs no cue; any other name does.
#include "manifest/soft.h"

#include "client/built_in.h"
#include "manifest/foreign_words.h"
#include "manifest/identity.h"
#include "manifest/names.h"
#include "manifest/strength.h"
#include "prose/words.h"
#include "text/ascii.h"

#include <algorithm>

namespace cascade::manifest {
namespace {

// Also of a language that puts it before the name: "el agente **x**".
Kinds any_kind_word(std::string_view word) {
  const Kinds kind = kind_word(word);
  return kind != 0 ? kind : foreign_kind_word(word);
}

// The kind word right after or before the name; only marks and blanks may come between.
Kinds beside(std::string_view text, const TextLine& line, std::size_t begin, std::size_t end) {
  std::size_t at = end;
  while (at < line.end && is_enclosing(text[at])) ++at;
  while (at < line.end && letters::is_blank(text[at])) ++at;
  std::size_t word = at;
  while (word < line.end && letters::is_name(text[word])) ++word;
  if (const Kinds kind = at > end ? any_kind_word(text.substr(at, word - at)) : 0) return kind;
  at = begin;
  while (at > line.begin && is_enclosing(text[at - 1])) --at;
  while (at > line.begin && letters::is_blank(text[at - 1])) --at;
  word = at;
  while (word > line.begin && letters::is_name(text[word - 1])) --word;
  return any_kind_word(text.substr(word, at - word));
}

}  // namespace

Kinds cue_for(const BodyText& body, const TextLine& line, std::size_t begin, std::size_t end) {
  if (const Kinds kind = beside(body.text(), line, begin, end)) return kind;
  return line.own != 0 ? line.own : line.intro != 0 ? line.intro : line.heading;
}

bool leads_line(const BodyText& body, const TextLine& line, std::size_t begin) {
  const std::string_view before = body.text().substr(line.begin, begin - line.begin);
  return std::none_of(before.rbegin(), before.rend(), letters::is_letter);
}

bool is_handed_work(const BodyText& body, const TextLine& line, std::size_t begin) {
  const std::size_t first = body.sentence_begin(line);
  std::string_view before = body.text().substr(first, begin - first);
  const auto take_word = [&] {
    while (!before.empty() && (letters::is_space(before.back()) || is_enclosing(before.back())))
      before.remove_suffix(1);
    std::size_t word = before.size();
    while (word > 0 && letters::is_letter(before[word - 1])) --word;
    const std::string_view out = before.substr(word);
    before.remove_suffix(out.size());
    return out;
  };
  std::string_view word = take_word();
  if (letters::equals_lower(word, "the")) word = take_word();
  if ((prose::roles_in_any_case(word) & prose::roles::invoking) != 0) return true;
  return letters::equals_lower(word, "to") && (prose::roles_in_any_case(take_word()) & prose::roles::hand) != 0;
}

void add_soft(const BodyText& body, const TextLine& line, std::size_t begin, std::size_t end, Via via, Kinds cue,
              Candidates& out, Candidates::Certainty certainty) {
  const std::string_view name = body.text().substr(begin, end - begin);
  const bool distinctive = is_distinctive(name);
  if (name.size() < 2 || is_generic_alias(name) || is_example_name(name) || kind_word(name) != 0) return;
  if (!distinctive && (cue == 0 || client::find_tool(name) != nullptr)) return;
  const Strength strength = strength_of(body, line, begin, end);
  if (distinctive || certainty == Candidates::Certainty::guess)
    return out.add(cue, name, via, strength, begin, certainty);
  for (Kinds kind : {kinds_agent, kinds_command, kinds_skill})
    if ((cue & kind) != 0) out.add(kind, name, via, strength, begin);
}

}  // namespace cascade::manifest
