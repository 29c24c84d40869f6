// Lines of code weigh less, an unknown English word may be repaired, a word of another language is followed by its
// meanings. What is said and what is pasted have a share of the words each, so that the end of a prompt is always read.
#include "route/answer/prompt.h"

#include "prompt/parts.h"
#include "route/endings.h"
#include "route/learned.h"
#include "text/lines.h"
#include "text/names.h"
#include "unicode/utf8.h"

namespace cascade::route {
namespace {

// What the person says may take so many bytes, and all that is pasted so many.
constexpr std::size_t said_bytes = 4000, pasted_bytes = 2000, word_limit = 600, stem_length = 40;
constexpr std::size_t enough_words = 3;  // content words that the person says

constexpr std::uint16_t code_weight = 400, identifier_weight = 600, translated_weight = 800, pair_weight = 1000;

bool is_unspaced(std::string_view word) { return static_cast<unsigned char>(word[0]) >= 0xE1; }

// True for a line of a program, a stack trace or a diff, by its marks and its beginning.
bool is_code(std::string_view line) {
  line = line.substr(0, line.find_last_not_of(" \r") + 1);
  const std::string_view text = line.substr(letters::run_at_begin(line, letters::is_blank).size());
  if (text.size() < 3) return false;
  const std::size_t indent = line.size() - text.size();
  const auto is_mark = [](char c) { return std::string_view("{}()[];=<>|&$\\`#").find(c) != std::string_view::npos; };
  const auto marks = static_cast<std::size_t>(std::ranges::count_if(line, is_mark));
  for (const std::string_view head : {"at ", "File \"", "+++", "---", "@@", "#include", "import ", ">>> ", "$ "})
    if (text.starts_with(head) && marks + indent > 0) return true;
  const char last = line.back();
  return (marks >= 3 && marks * 12 >= line.size()) || last == '{' || last == ';' || (marks >= 2 && indent >= 2);
}

// The end of each line and whether the line is code. Everything between fences is code.
struct Lines {
  std::vector<std::uint32_t> ends;
  std::vector<bool> code;

  explicit Lines(std::string_view text) {
    bool fenced = false;
    for (const letters::Line line : letters::lines(text)) {
      const bool fence = line.starts_with("```");
      fenced = fenced != fence;
      ends.push_back(static_cast<std::uint32_t>(line.data() + line.size() - text.data()));
      code.push_back(fence || fenced || is_code(line));
    }
  }
};

// The English words for a text in another language. The language is that of the first text that a person says.
class Translation {
 public:
  explicit Translation(bool surely_english) : surely_english_(surely_english) {}

  // Finds the language of the text and, unless that is English, the meanings of its words. What is pasted has none.
  void begin(std::string_view text, bool pasted) {
    meanings_.clear();
    next_ = 0;
    is_foreign_ = false;
    if (surely_english_ || pasted) return;
    if (!language_) language_ = language_of(dictionary_, text);
    is_foreign_ = language_ != Language::english;
    if (is_foreign_) meanings_ = dictionary_.meanings(*language_, folded(text));
  }
  bool is_english() const { return surely_english_ || language_ == Language::english; }
  bool is_foreign() const { return is_foreign_; }  // the text being read
  // Whether the word may be a compound.
  bool is_joined(std::string_view word) const {
    return is_foreign_ && language_ == Language::german && !dictionary_.is_function(Language::german, word);
  }

  // The number of meanings, not yet used, that begin before `end`, the end of a word.
  std::size_t before(std::size_t end) const {
    std::size_t last = next_;
    while (last < meanings_.size() && meanings_[last].offset < end) ++last;
    return last - next_;
  }
  const Meaning& next() { return meanings_[next_++]; }

 private:
  const Dictionary dictionary_ = shipped_dictionary();
  std::optional<Language> language_;
  bool surely_english_, is_foreign_ = false;
  std::vector<Meaning> meanings_;  // of the text being read
  std::size_t next_ = 0;           // the first of them that is not yet used
};

bool has_own(const Tables& tables) { return tables.counts.size != 0 && tables.counts[0].shipped < tables.entries.size; }
bool is_own(const Tables& tables, std::uint32_t term) { return term != none && tables.terms[term].rarity[0] != 0; }

std::uint32_t inflected(const Tables& tables, std::string_view base) {
  if (const std::uint32_t term = tables.find(base); is_own(tables, term)) return term;
  for (const std::string_view ending : endings::inflections)
    if (const std::uint32_t term = tables.find(std::string(base) + std::string(ending)); is_own(tables, term))
      return term;
  return none;
}

// The term by which a manifest of the user's own says a foreign word as it stands, or in another inflection.
std::uint32_t own_term(const Tables& tables, std::string_view word, std::uint32_t known) {
  constexpr std::size_t shortest = 4;
  if (word.size() < shortest || !has_own(tables)) return none;
  if (is_own(tables, known)) return known;
  for (const std::string_view ending : endings::inflections) {
    if (word.size() < ending.size() + shortest || !word.ends_with(ending)) continue;
    const std::string_view base = word.substr(0, word.size() - ending.size());
    if (const std::uint32_t term = inflected(tables, base); term != none) return term;
  }
  return inflected(tables, word);
}

// The terms of the user's own manifests that a German compound is made of, or that are made of it: "Scan" and
// "Laserscan", "Klimabericht" and "Bericht", and, by a first part that they have as a word, "Klimadaten".
class Compounds {
 public:
  explicit Compounds(const Tables& tables) : tables_(tables) {}

  // At most three, the longer common part first. `known`: the dictionary translates the word, so that it may be of
  // everyday life, and only what a manifest is there for counts.
  std::vector<std::uint32_t> terms_of(std::string_view word, bool known) {
    constexpr std::size_t shortest = 4, most = 3;
    std::string_view stem = word;
    for (const std::string_view ending : {"en", "er", "es", "e", "n", "s"})
      if (stem.size() >= shortest + ending.size() && stem.ends_with(ending)) {
        stem.remove_suffix(ending.size());
        break;
      }
    if (stem.size() < shortest || !has_own(tables_)) return {};
    read();
    std::vector<std::pair<std::size_t, std::uint32_t>> found;  // common letters, a term
    for (const std::uint32_t term : own_) {
      if (known && (tables_.terms[term].known & 1) == 0) continue;
      const std::size_t common = common_part(stem, tables_.read(tables_.terms[term].text));
      if (common != 0) found.emplace_back(common, term);
    }
    const auto better = [](const auto& a, const auto& b) {
      return a.first != b.first ? a.first > b.first : a.second < b.second;
    };
    std::ranges::sort(found, better);
    std::vector<std::uint32_t> terms;
    for (std::size_t i = 0; i < std::min(found.size(), most); ++i) terms.push_back(found[i].second);
    return terms;
  }

 private:
  // Letters at the end, or at the beginning, of one word that are the other; or a first word that both begin with.
  std::size_t common_part(std::string_view word, std::string_view term) const {
    constexpr std::size_t part = 5, rest = 3;
    const std::string_view shorter = word.size() < term.size() ? word : term;
    const std::string_view longer = word.size() < term.size() ? term : word;
    if (longer.size() >= shorter.size() + rest) {
      if (longer.ends_with(shorter)) return shorter.size();
      if (longer.starts_with(shorter)) return shorter.size() >= part ? shorter.size() : 0;
    }
    const auto common =
        static_cast<std::size_t>(std::mismatch(shorter.begin(), shorter.end(), longer.begin()).first - shorter.begin());
    if (common < part || shorter.size() < common + rest) return 0;
    return tables_.find(shorter.substr(0, common - (shorter[common - 1] == 's' ? 1 : 0))) != none ? common : 0;
  }
  void read() {
    if (!own_.empty()) return;
    for (std::uint32_t term = 0; term < tables_.terms.size; ++term)
      if (is_own(tables_, term) && tables_.terms[term].text.length >= 4) own_.push_back(term);
  }

  const Tables& tables_;
  std::vector<std::uint32_t> own_;
};

// A contraction, a name, and a known word with something before it ("unsigned") are no misspellings.
bool is_as_meant(WordTerms& terms, std::string_view prompt, const Word& word, const PromptWord& out) {
  const std::string_view raw = prompt.substr(out.offset, word.text.size() + 1);
  if (raw.find('\'') < word.text.size() || raw.find("\xE2\x80\x99") < word.text.size()) return true;
  constexpr std::size_t short_name = 4;
  const bool cased = letters::is_upper(raw[0]) && raw.size() > 1 && letters::is_lower(raw[1]);
  if (cased && (word.text.size() <= short_name || word.before < Break::clause)) return true;
  constexpr std::size_t shortest = 4;
  return std::ranges::any_of(endings::before, [&](std::string_view head) {
    return word.text.size() >= head.size() + shortest && word.text.starts_with(head) &&
           terms.of(word.text.substr(head.size())) != none;
  });
}

// Adds what a German word is a part of, or made of, after it. `known`: the dictionary translates it.
void add_compounds(Compounds& compounds, std::string_view word, bool known, PromptWord out, Prompt& prompt) {
  out.word_class = WordClass::special;
  out.weight = static_cast<std::uint16_t>(out.weight * translated_weight / 1000);
  for (const std::uint32_t term : compounds.terms_of(word, known)) {
    out.term = term;
    prompt.words.push_back(out);
  }
}

class Reader {
 public:
  // `english`: read the words as English without looking at them.
  Reader(const Tables& tables, WordTerms& terms, Prompt& prompt, bool english)
      : tables_(tables), terms_(terms), prompt_(prompt), translation_(english) {}

  void read(std::string_view text, std::uint32_t offset, bool pasted) {
    pasted_ = pasted;
    translation_.begin(text, pasted);
    const Lines lines(text);
    std::size_t line = 0;
    WordReader words(text);
    for (Word word; prompt_.words.size() < word_limit && words.next(word);) {
      if (prompt_.mentions.refuses_at(word.offset + offset)) continue;
      while (line + 1 < lines.ends.size() && word.offset > lines.ends[line]) ++line;
      in_code_ = pasted || lines.code[line];
      add(word, offset);
    }
    ++prompt_.sentences;
  }

  bool read_english() const { return translation_.is_english(); }

 private:
  std::uint32_t sign_of(std::uint32_t term) const { return tables_.sign_of(term); }

  // A joined word ("code-review") is met as a whole first, which lends its sign to the first part. A foreign word is
  // kept without a term, for its place, and its meanings follow.
  void add(const Word& word, std::uint32_t offset) {
    if (word.text.size() > stem_length && !is_unspaced(word.text)) return;
    PromptWord out;
    out.offset = offset + word.offset;
    out.pasted = in_code_;
    out.length = static_cast<std::uint32_t>(word.text.size());
    out.before = word.before;
    out.identifier = word.identifier;
    out.number = std::ranges::all_of(word.text, letters::is_digit);
    if (word.before == Break::sentence && !prompt_.words.empty()) ++prompt_.sentences;
    out.sentence = prompt_.sentences;
    out.position = static_cast<std::uint32_t>(prompt_.signs.size());
    const WordTerms::Known read = terms_.read(word.text);
    out.term = read.term;
    out.stem = out.number ? number_stem_ : read.stem;
    out.form = read.form;
    if (word.pair) return add_pair(out);
    if (word.whole) {
      whole_ = sign_of(out.term);
      whole_known_ = out.term != none;
      if (whole_known_) {
        out.word_class = tables_.class_of(out.term);
        prompt_.words.push_back(out);
      }
      return;
    }
    if (word.inside) out.origin = Origin::part;
    out.counts = true;
    std::uint32_t shape = no_sign;
    const std::size_t meanings = word.inside ? 0 : translation_.before(word.offset + word.text.size());
    out.foreign = meanings > 0 || (translation_.is_foreign() && !out.number && out.term == none);
    if (out.foreign) {
      out.term = word.inside ? none : own_term(tables_, word.text, read.term);
      out.word_class = out.term == none ? WordClass::function : WordClass::special;
      whole_ = no_sign;
      prompt_.words.push_back(out);
      if (out.term == none && !word.inside && translation_.is_joined(word.text))
        add_compounds(compounds_, word.text, meanings != 0, out, prompt_);
      return mean(meanings, out);
    }
    if (out.term == none && !out.number) out.origin = settle(word, out);
    if (!out.number && letters::is_digit(word.text.back())) shape = shape_sign(word.text);
    if (out.number) shape = sign_of(tables_.find("##"));
    if (out.term != none) out.word_class = tables_.class_of(out.term);
    prompt_.signs.push_back({sign_of(out.term), whole_ != no_sign ? whole_ : shape, out.sentence});
    whole_ = no_sign;
    if (word.inside && whole_known_) out.weight = 300;
    if (in_code_) out.weight = static_cast<std::uint16_t>(out.weight * code_weight / 1000);
    if (word.identifier) out.weight = static_cast<std::uint16_t>(out.weight * identifier_weight / 1000);
    prompt_.words.push_back(out);
  }

  // Two characters of a script without spaces are a word where the library has them. Lessons are about the whole run.
  void add_pair(PromptWord& out) {
    if (out.term == none || tables_.terms[out.term].postings.count == 0) return;
    out.word_class = WordClass::special;
    out.weight = pair_weight;
    prompt_.signs.push_back({no_sign, no_sign, out.sentence});
    prompt_.words.push_back(out);
  }

  void mean(std::size_t meanings, PromptWord word) {
    word.foreign = false;
    word.translated = true;
    word.before = Break::space;
    word.weight = static_cast<std::uint16_t>(word.weight * translated_weight / 1000);
    for (; meanings != 0; --meanings) {
      WordReader words(translation_.next().english);
      for (Word english; words.next(english);) {
        const WordTerms::Known read = terms_.read(english.text);
        word.term = read.term;
        word.stem = read.stem;
        word.form = read.form;
        word.english = english.text;
        word.word_class = read.term == none ? WordClass::special : tables_.class_of(read.term);
        word.position = static_cast<std::uint32_t>(prompt_.signs.size());
        prompt_.signs.push_back({sign_of(word.term), no_sign, word.sentence});
        prompt_.words.push_back(word);
      }
    }
  }

  Origin settle(const Word& word, PromptWord& out) {
    if (translation_.is_foreign() || pasted_ || word.identifier || letters::is_digit(word.text.back()))
      return Origin::written;
    if (is_as_meant(terms_, prompt_.text, word, out)) return Origin::written;
    const std::uint32_t meant = repair(tables_, word.text);
    if (meant == none) return Origin::written;
    out.term = meant;
    out.stem = hash_of(tables_.read(tables_.terms[meant].text));
    return Origin::repaired;
  }

  // "ts2345" is also seen as "ts#".
  std::uint32_t shape_sign(std::string_view word) {
    shape_.assign(word.substr(0, word.find_first_of("0123456789")));
    shape_ += '#';
    return sign_of(tables_.find(shape_));
  }

  const Tables& tables_;
  WordTerms& terms_;
  Prompt& prompt_;
  Compounds compounds_{tables_};
  Translation translation_;
  bool pasted_ = false;
  const std::uint32_t number_stem_ = hash_of("##");  // lessons treat all numbers alike
  std::uint32_t whole_ = no_sign;
  bool whole_known_ = false, in_code_ = false;
  std::string shape_;
};

// In a long request the point is at the beginning or the end; what is said between counts half.
void weigh_sentences(Prompt& prompt) {
  if (prompt.sentences <= 6) return;
  std::vector<std::uint32_t> said;
  for (const PromptWord& word : prompt.words)
    if (!word.pasted && (said.empty() || said.back() != word.sentence)) said.push_back(word.sentence);
  if (said.size() <= 6) return;
  for (PromptWord& word : prompt.words)
    if (!word.pasted && word.sentence >= said[3] && word.sentence < said[said.size() - 3])
      word.weight = static_cast<std::uint16_t>(word.weight / 2);
}

// Reads at most `share` bytes of a part: its beginning and its end. A word that is cut there is no loss.
void read_share(Reader& reader, std::string_view text, const prompt::Part& part, std::size_t share) {
  const bool pasted = part.kind != prompt::PartKind::said;
  const std::string_view piece = text.substr(part.begin, part.end - part.begin);
  if (piece.size() <= share) return reader.read(piece, part.begin, pasted);
  const std::size_t head = share / 2, tail = piece.size() - (share - head);
  reader.read(piece.substr(0, head), part.begin, pasted);
  reader.read(piece.substr(tail), static_cast<std::uint32_t>(part.begin + tail), pasted);
}

// The largest share of a part for which all of one sort stay within the limit: small parts need less than an even one.
std::size_t share_of(const std::vector<prompt::Part>& parts, bool pasted, std::size_t limit) {
  std::vector<std::size_t> sizes;
  for (const prompt::Part& part : parts)
    if ((part.kind != prompt::PartKind::said) == pasted) sizes.push_back(part.end - part.begin);
  std::ranges::sort(sizes);
  std::size_t left = limit;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const std::size_t even = left / (sizes.size() - i);
    if (sizes[i] > even) return even;
    left -= sizes[i];
  }
  return limit;
}

// What seems to be said in the midst of a long paste is hardly the person's: their words stand above or below it.
void distrust_islands(std::string_view text, std::vector<prompt::Part>& parts) {
  constexpr std::size_t short_lines = 25;
  if (parts.size() < 3 || static_cast<std::size_t>(std::ranges::count(text, '\n')) < short_lines) return;
  for (std::size_t i = 1; i + 1 < parts.size(); ++i)
    if (parts[i].kind == prompt::PartKind::said) parts[i].kind = prompt::PartKind::prose;
}

Span<NameRecord> bearers(const Tables& tables, std::uint32_t hash) {
  const NameRecord* const begin = std::ranges::lower_bound(tables.names, hash, {}, &NameRecord::hash);
  const NameRecord* end = begin;  // a walk: of a table that is damaged and not sorted, still none of another name
  while (end != tables.names.end() && end->hash == hash) ++end;
  return {begin, static_cast<std::size_t>(end - begin)};
}

bool is_wanted(const EntryRecord& entry, const prompt::Mention& mention) {
  const auto kind = static_cast<Kind>(entry.kind);
  if (mention.mark == prompt::CallMark::at) return kind == Kind::agent;
  if (mention.mark == prompt::CallMark::slash) return kind != Kind::agent;
  namespace roles = prompt::roles;
  const bool playbook = static_cast<Layer>(entry.layer) == Layer::playbook;
  return (kind == Kind::skill && (mention.kinds & roles::skill) != 0) ||
         (kind == Kind::command && (mention.kinds & roles::command) != 0) ||
         (kind == Kind::agent && (mention.kinds & roles::agent) != 0) ||
         (playbook && (mention.kinds & roles::playbook) != 0);
}

void add(const Tables& tables, const prompt::Mention& mention, Mentions& found) {
  const Span<NameRecord> names = bearers(tables, mention.name);
  const auto fits = [&](const NameRecord& name) {
    return name.entry < tables.entries.size && is_wanted(tables.entries[name.entry], mention);
  };
  const bool any_of_kind = std::ranges::any_of(names, fits);
  for (const NameRecord& name : names) {
    if (name.entry >= tables.entries.size || (any_of_kind && !fits(name))) continue;
    if (mention.refused) {
      found.refused.push_back(name.entry);
      continue;
    }
    const bool known = std::ranges::any_of(found.called, [&](const Call& call) { return call.entry == name.entry; });
    if (!known) found.called.push_back({name.entry, any_of_kind, {mention.begin, mention.end}});
  }
  if (mention.refused) found.refused_at.push_back({mention.begin, mention.end});
}

}  // namespace

bool is_from_host(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\n')) text.remove_prefix(1);
  if (text.starts_with("[Request interrupted")) return true;
  if (!text.starts_with('<')) return false;
  std::size_t end = 1, hyphens = 0;
  for (; end < text.size() && (letters::is_lower(text[end]) || text[end] == '-'); ++end)
    if (text[end] == '-') ++hyphens;
  return end < text.size() && text[end] == '>' && hyphens > 0;
}

Usage usage_of(const Router& router, std::string_view word) {
  const Tables& tables = RouterTables::tables(router);
  const WordTerms::Known known = WordTerms(tables).read(letters::to_lower(word));
  const LexiconTable lexicon = lexicon_table();
  const auto is_of_work = [&](std::uint32_t id) {
    return id < lexicon.concepts.size && lexicon.concepts[id].term != none && lexicon.concepts[id].of_siblings == 0;
  };
  if (known.term < lexicon.concepts_by_term.size && tables.class_of(known.term) < WordClass::plain &&
      std::ranges::any_of(tables.read(lexicon.word_concepts, lexicon.concepts_by_term[known.term]), is_of_work))
    return Usage::subject;
  const bool taught = shipped_learned().row(feature_hash(FeatureKind::word, known.stem)) != nullptr;
  return known.term < tables.signs.size || taught ? Usage::ordinary : Usage::none;
}

bool is_misspelt(const Router& router, std::string_view word) {
  return repair(RouterTables::tables(router), letters::to_lower(word)) != none;
}

// Prompts repeat words, and a stem and a look-up cost more than remembering both.
WordTerms::Known WordTerms::read(std::string_view word) {
  word_.assign(word);
  const auto [known, added] = known_.try_emplace(word_);
  if (!added) return known->second;
  const std::string_view stem = stemmer_.stem(word);
  known->second.stem = hash_of(stem);
  const std::uint32_t term = tables_.find(stem);
  if (term == none) return known->second;
  known->second.term = tables_.meaning_of(term);
  known->second.form = form_of(word, tables_.read(tables_.terms[known->second.term].text));
  return known->second;
}

Prompt read_words(const Tables& tables, WordTerms& terms, std::string_view text) {
  Prompt prompt;
  prompt.text = text;
  Reader(tables, terms, prompt, true).read(text.substr(0, said_bytes + pasted_bytes), 0, false);
  return prompt;
}

Prompt read_prompt(const Tables& tables, std::string_view text, bool english) {
  WordTerms terms(tables);
  Prompt prompt;
  prompt.text = text;
  Reader reader(tables, terms, prompt, english);
  prompt.harness = is_from_host(text);
  prompt.parts = prompt::read_parts(text);
  prompt.mentions = find_mentions(tables, text, prompt.parts);
  distrust_islands(text, prompt.parts);
  const std::size_t said = share_of(prompt.parts, false, said_bytes);
  const std::size_t pasted = share_of(prompt.parts, true, pasted_bytes);
  for (const prompt::Part& part : prompt.parts)
    read_share(reader, text, part, part.kind == prompt::PartKind::said ? said : pasted);
  std::size_t content = 0;
  for (const PromptWord& word : prompt.words)
    content += !word.pasted && word.counts && !word.foreign && word.word_class != WordClass::function ? 1 : 0;
  prompt.english = reader.read_english();
  prompt.says_enough = content >= enough_words;
  weigh_sentences(prompt);
  PatternMatcher(tables.patterns).match(prompt.signs, prompt.found);
  return prompt;
}

Mentions find_mentions(const Tables& tables, std::string_view text, const std::vector<prompt::Part>& parts) {
  Mentions found;
  if (tables.names.empty()) return found;
  const bool all_said =
      std::ranges::all_of(parts, [](const prompt::Part& part) { return part.kind == prompt::PartKind::said; });
  const std::string said = all_said ? std::string() : prompt::only_said(text, parts);
  const auto knows = [&](std::uint32_t hash) { return !bearers(tables, hash).empty(); };
  const prompt::Heard heard = prompt::hear(all_said ? text : std::string_view(said), knows);
  for (const prompt::Mention& mention : heard.mentions) add(tables, mention, found);
  found.refuses_all = heard.refuses_all;
  found.refuses_that = heard.refuses_that;
  found.only_refuses = heard.only_refuses && all_said;
  letters::sort_once(found.refused);
  std::erase_if(found.called, [&](const Call& call) { return std::ranges::binary_search(found.refused, call.entry); });
  return found;
}

}  // namespace cascade::route
