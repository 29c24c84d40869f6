// What a message says, word by word, what a manifest says that it does, and the words that both have in common.
#pragma once

#include "needs/message.h"
#include "prompt/parts.h"
#include "route/answer/prompt.h"
#include "text/names.h"
#include "text/word_set.h"

namespace cascade::route::deeds {

namespace roles = needs::roles;

constexpr needs::Roles closed = roles::determiner | roles::preposition | roles::subject | roles::aux | roles::finite |
                                roles::joins | roles::aside | roles::pointing | roles::question | roles::rules_out |
                                roles::must_be;

// A message or a description with the stem of each word.
struct Text {
  Text(Stemmer& stemmer, std::string_view text, const std::vector<prompt::Part>& parts, std::string_view language)
      : language(language), message(text, parts, language), marks(needs::marks_of(message)) {
    stems.reserve(marks.size());
    for (std::size_t i = 0; i < marks.size(); ++i) {
      std::string_view word = message.text_of(i);
      if (word.size() > 2 && word.back() == 's' && message.raw(i).find("'s") != std::string_view::npos)
        word.remove_suffix(1);  // "the shop's"
      stems.emplace_back(stemmer.stem(word));
    }
  }
  bool is(std::size_t word, needs::Roles wanted) const { return message.is(word, wanted); }
  bool is_content(std::size_t word) const {
    return message.text_of(word).size() > 2 && !marks[word].number && !is(word, closed);
  }

  std::string_view language;
  needs::Message message;
  std::vector<needs::Marks> marks;
  std::vector<std::string> stems;
};

// In a language whose words are compounds and have many endings, one word is the beginning or the end of the other.
inline bool are_same(std::string_view a, std::string_view b, bool english) {
  if (a == b) return true;
  if (english) return false;
  if (a.size() > b.size()) std::swap(a, b);
  if (a.size() == 4 && b.starts_with(a) && letters::is_one_of(b.substr(4), {"t", "et", "en"})) return true;
  if (a.size() < 5) return false;
  const std::string_view begin = a.size() > 5 ? a.substr(0, a.size() - 1) : a;
  return b.starts_with(begin) || b.ends_with(a);
}

inline bool has(const std::vector<std::string>& stems, std::string_view stem, bool english) {
  return std::ranges::any_of(stems, [&](const std::string& one) { return are_same(one, stem, english); });
}

// What a manifest says of itself.
struct Deed {
  std::uint32_t entry = none;
  std::string_view language;
  std::vector<std::string> words, acts, object;  // stems; words: all that are content, with the name's
  // Of an English one that begins with what it does: what that is done to, without what that belongs to or lies in
  // ("cuts a release of the billing service": release), and the deeds in its name. Empty: not known.
  std::vector<std::string> works;
  bool knows = false, mends = false;
  bool only_asked = false;  // it says itself that it serves only where its act is asked for
};

inline bool is_participle(std::string_view word) {
  return word.size() > 4 && (word.ends_with("ed") || word.back() == 'g');
}
inline bool is_listing(std::string_view word) {
  return letters::is_one_of(word, {"and", "or", "und", "oder", "y", "et"});
}

// "Use ONLY on explicit commit intent": a condition of the manifest itself, at "only". "… and pushes only when
// explicitly requested" is one of a part of its work, "only when asked about prices" a subject.
inline bool is_own_condition(const Text& text, std::size_t only) {
  constexpr std::size_t near = 7;
  const std::size_t size = text.marks.size();
  const auto is_use = [&](std::size_t word) {
    return letters::is_one_of(
        text.message.text_of(word),
        {"use",  "used",  "uses",   "invoke", "invoked", "trigger", "triggered", "run",   "call",
         "load", "apply", "called", "this",   "it",      "skill",   "agent",     "me",    "command",
         "to",   "be",    "is",     "should", "must",    "the",     "activate",  "please"});
  };
  for (std::size_t i = only; i > 0 && text.message[i - 1].mark == 0; --i)
    if (!is_use(i - 1)) return false;
  std::size_t at = only + 1;
  while (at < size && is_use(at)) ++at;
  if (at >= size || !letters::is_one_of(text.message.text_of(at), {"on", "when", "if", "after", "upon", "at"}))
    return false;
  bool is_explicit = false;
  for (std::size_t i = at + 1; i < std::min(at + near, size); ++i) {
    const std::string_view word = text.message.text_of(i);
    if (letters::is_one_of(word, {"asks", "asked", "requests", "requested"}))
      return i + 1 >= size || !letters::is_one_of(text.message.text_of(i + 1),
                                                  {"about", "how", "what", "why", "where", "which", "whether"});
    is_explicit = is_explicit || letters::is_one_of(word, {"explicit", "explicitly", "expressly"});
    if (text.message[i].comma || text.message[i].mark != 0) break;
  }
  return is_explicit;
}

// "Compute", "Computes".
inline bool begins_with_deed(const Text& text) {
  const std::string_view first = text.message.text_of(0);
  return text.is(0, roles::acts | roles::light) || (first.size() > 3 && first.back() == 's');
}

// The objects of its deeds. "Use when …", and what any preposition but "with" leads, tell only what it is about.
inline void add_works(const Text& text, std::string_view name, Stemmer& stemmer, std::vector<std::string>& works) {
  const std::size_t size = text.marks.size();
  const auto begins_case = [&](std::size_t word) {
    return letters::is_one_of(text.message.text_of(word), {"use", "used", "when", "trigger", "triggers", "invoke"});
  };
  if (text.language != "en" || size == 0 || begins_case(0) || !begins_with_deed(text)) return;
  bool of_deed = true, of_case = false;
  std::size_t phrase = 0;  // where the words of the noun phrase begin
  for (std::size_t i = 1; i < size; ++i) {
    const needs::Word& before = text.message[i - 1];
    if (before.mark == '.' || before.mark == '!') of_case = begins_case(i);
    const bool deed = needs::is_verb_form(text.message.text_of(i)) && !text.is(i - 1, roles::determiner);
    if (before.comma || before.mark != 0 || is_listing(text.message.text_of(i)) || deed) of_deed = true;
    if (text.is(i, roles::preposition | roles::aside) && text.message.text_of(i) != "with") of_deed = false;
    const bool owner = text.message.raw(i).find("'s") != std::string_view::npos ||
                       text.message.raw(i).find("s'") != std::string_view::npos;
    if (!text.is_content(i)) phrase = works.size();
    if (owner) works.resize(std::min(phrase, works.size()));  // "the shop backend's"
    if (of_deed && !of_case && !owner && text.is_content(i)) works.push_back(text.stems[i]);
  }
  for (std::size_t begin = 0; begin < name.size();) {
    const std::size_t end = std::min(name.find_first_of("-_ .:", begin), name.size());
    const std::string word = letters::to_lower(name.substr(begin, end - begin));
    if (end == name.size() || needs::has_role("en", word, roles::acts)) works.emplace_back(stemmer.stem(word));
    begin = end + 1;
  }
}

inline Deed deed_of(Stemmer& stemmer, std::uint32_t entry, const ManifestView& manifest) {
  Deed deed;
  deed.entry = entry;
  const std::string_view language = language_code(manifest.description);
  deed.language = language;
  const Text text(stemmer, manifest.description, {}, language);
  const std::size_t size = text.marks.size();
  bool leads = true;
  for (std::size_t i = 0; i < size; ++i) {
    const std::string_view word = text.message.text_of(i);
    deed.only_asked = deed.only_asked || (word == "only" && is_own_condition(text, i));
    if (text.is_content(i) && !letters::is_one_of(word, {"use", "used", "verwenden", "new"}))
      deed.words.push_back(text.stems[i]);
    if (leads && !is_listing(word)) {
      const bool verb = text.is(i, roles::acts | roles::light | roles::informs) || needs::is_verb_form(word);
      if (verb || (text.is_content(i) && (i == 0 || word.back() == 's'))) deed.acts.push_back(text.stems[i]);
      deed.mends = deed.mends || text.is(i, roles::mends);
      leads = false;
    } else if (is_participle(word) && needs::is_verb_form(word)) {
      deed.acts.push_back(text.stems[i]);
    }
    // "Computes what is owed" works on what it names; "Tells what to do" and "Rules for …" are there to be read.
    if (i < 4 && text.is(i, roles::knowledge))
      deed.knows = deed.knows || i == 0 || !begins_with_deed(text) || text.is(0, roles::informs | roles::knowledge);
    const needs::Word& own = text.message[i];
    leads = leads || own.comma || own.mark != 0 || is_listing(word) || (i + 1 < size && text.message[i + 1].dashed);
  }
  for (std::size_t i = 1; i < size && !text.is(i, roles::preposition) && deed.object.size() <= 4; ++i)
    if (!text.is(i, roles::determiner)) deed.object.push_back(text.stems[i]);
  add_works(text, manifest.name, stemmer, deed.works);
  for (std::size_t begin = 0; begin < manifest.name.size();) {
    const std::size_t end = std::min(manifest.name.find_first_of("-_ .:", begin), manifest.name.size());
    if (end - begin > 2) {
      deed.words.emplace_back(stemmer.stem(letters::to_lower(manifest.name.substr(begin, end - begin))));
      deed.acts.push_back(deed.words.back());
    }
    begin = end + 1;
  }
  return deed;
}

using needs::Words;

class Overlap {
 public:
  Overlap(const Scorer& scorer, const Text& text, const Prompt& prompt, const Deed& deed)
      : text_(text),
        deed_(deed),
        english_(text.language == "en" && deed.language == "en"),
        scorer_(scorer),
        prompt_(prompt),
        hits_(text.marks.size()),
        told_(text.marks.size()) {
    find_hits();
  }

  // Something is pasted of which the manifest has fewer than two words, or a fifth of its own.
  bool is_of_another_matter() const {
    static constexpr std::string_view of_code[] = {"code",    "branch", "diff", "review", "commit",   "pull",
                                                   "request", "bug",    "test", "class",  "function", "log"};
    std::vector<std::uint32_t> matter;
    if (std::ranges::any_of(deed_.object, [](const std::string& word) { return letters::is_one_of(word, of_code); }))
      return false;
    for (const std::string& word : deed_.words)
      if (!has(deed_.acts, word, true) && !letters::is_one_of(word, of_code)) matter.push_back(hash_of(word));
    letters::sort_once(matter);
    if (matter.empty()) return false;
    const auto met = std::ranges::count_if(matter, [&](std::uint32_t stem) {
      return std::ranges::any_of(prompt_.words, [&](const PromptWord& word) { return word.stem == stem; });
    });
    return met < 2 || static_cast<std::size_t>(met) * 5 < matter.size();
  }

 protected:
  bool is_plain(std::size_t word) const { return !text_.marks[word].code && !text_.marks[word].quoted; }
  bool is_hit(std::size_t word) const { return hits_[word] && is_plain(word); }
  bool is_own(std::size_t word) const { return has(deed_.words, text_.stems[word], true); }
  // Whether the manifest's deeds are done to it; true where that is not known.
  bool is_worked_on(std::size_t word) const {
    return deed_.works.empty() || !english_ || has(deed_.works, text_.stems[word], true);
  }
  bool has_worked_on(Words words) const {
    return words.any([&](std::size_t word) { return is_hit(word) && is_worked_on(word); });
  }
  std::size_t hits_in(Words words) const {  // different ones
    std::vector<std::string_view> found;
    for (std::size_t i = words.begin; i < words.end; ++i)
      if (is_hit(i) && std::ranges::find(found, text_.stems[i]) == found.end()) found.push_back(text_.stems[i]);
    return found.size();
  }
  bool has_code_hit(Words words) const {
    return words.any([&](std::size_t word) { return hits_[word]; });
  }

  std::size_t words_told() const {
    std::size_t count = 0;
    for (std::size_t i = 0; i < told_.size(); ++i) count += told_[i] && text_.is_content(i) ? 1 : 0;
    return count;
  }

  // Of the words that neither name nor description have, half at least stand in the body.
  bool is_told_by_body(Words words) const {
    std::size_t own = 0, met = 0;
    for (std::size_t i = words.begin; i < words.end; ++i) {
      if (!text_.is_content(i) || text_.marks[i].quoted || is_own(i) || hits_[i]) continue;
      if (text_.is(i, roles::light | roles::informs)) continue;
      ++own;
      met += told_[i] ? 1 : 0;
    }
    return met > 0 && met * 2 >= own;
  }

  // An artefact of code or text, in the singular as well, that is no word of the manifest.
  bool is_foreign_artefact(std::size_t word, Words within) const {
    if (!is_plain(word) || is_own(word) || hits_[word]) return false;
    return text_.message.row_at({word, within.end}, roles::artefact) || is_plural_artefact(word);
  }
  bool is_plural_artefact(std::size_t word) const {
    const std::string_view own = text_.message.text_of(word);
    for (const std::string_view ending : {"s", "n", "en", "e", "er"})
      if (own.size() > 3 + ending.size() && own.ends_with(ending) && (ending == "s" || text_.language == "de") &&
          needs::has_role(text_.language, own.substr(0, own.size() - ending.size()), roles::artefact))
        return true;
    return false;
  }
  bool has_foreign_artefact(Words words) const {
    return words.any([&](std::size_t word) { return is_foreign_artefact(word, words); });
  }

  const Text& text_;
  const Deed& deed_;
  const bool english_;

 private:
  // strong: name, triggers or description. A word of the message is met as it stands, or by what the router makes of
  // it: a translation, a repaired spelling, a part of an identifier.
  void find_hits() {
    for (std::size_t i = 0; i < hits_.size(); ++i)
      if (text_.is_content(i)) hits_[i] = has(deed_.words, text_.stems[i], english_);
    for (const PromptWord& word : prompt_.words) {
      if (word.term == none || word.number || word.length < 3 || word.word_class == WordClass::function) continue;
      const std::size_t at = word_at(word.offset);
      if (at >= hits_.size()) continue;
      const Posting* const posting = scorer_.posting_of(word, deed_.entry);
      if (posting == nullptr) continue;
      constexpr std::uint32_t strong = 7;  // name, triggers, description
      if ((posting->mask() & strong) != 0) hits_[at] = hits_[at] || text_.is_content(at) || text_.marks[at].code;
      told_[at] = true;
    }
  }
  std::size_t word_at(std::uint32_t offset) const {
    std::size_t first = 0, end = text_.marks.size();
    while (first < end)
      if (const std::size_t middle = (first + end) / 2; text_.message[middle].end <= offset)
        first = middle + 1;
      else
        end = middle;
    return first < text_.marks.size() && text_.message[first].begin <= offset ? first : text_.marks.size();
  }

  const Scorer& scorer_;
  const Prompt& prompt_;
  std::vector<bool> hits_, told_;
};

}  // namespace cascade::route::deeds
