// write_lexicon_table: computes once the tables that are the same for every library.
#include "route/build/lexicon.h"

#include <limits>
#include <map>

#include "tables/block.h"
#include "text/ascii.h"
#include "text/names.h"

namespace cascade::route {
namespace {

// Items with the same signs share a class, so that a sentence is tested once for a class and not for every item. Each
// anchor keeps the class of its pattern's item with the fewest signs: a sentence without it cannot hold the pattern.
struct ItemClassesData {
  std::vector<std::uint32_t> by_item, by_anchor;
  std::vector<Slice> by_sign;
  std::vector<std::uint32_t> classes;
};

std::vector<std::uint32_t> signs_of(const PatternTables& tables, const ItemRecord& item) {
  std::vector<std::uint32_t> signs(tables.alternatives.begin() + item.alternatives,
                                   tables.alternatives.begin() + item.alternatives + item.count);
  letters::sort_once(signs);
  return signs;
}

// `wanted`: by pattern, 1 for the phrases to look for. Items not next to an anchor are in the class that is always met.
ItemClassesData classify_items(const PatternTables& tables, const std::vector<std::uint8_t>& wanted) {
  ItemClassesData out;
  out.by_item.assign(tables.items.size, ItemClasses::always);
  std::vector<std::uint32_t> needed(tables.patterns.size, ItemClasses::never);
  std::map<std::vector<std::uint32_t>, std::uint32_t> known;
  std::vector<std::vector<std::uint32_t>> classes_of(tables.anchors_by_sign.size);
  for (std::size_t p = 0; p < tables.patterns.size; ++p) {
    if (wanted[p] == 0) continue;
    const PatternRecord& pattern = tables.patterns[p];
    needed[p] = ItemClasses::always;
    std::size_t fewest = std::numeric_limits<std::size_t>::max();
    for (std::uint32_t i = 0; i < pattern.item_count; ++i) {
      const ItemRecord& item = tables.items[pattern.items + i];
      if (i == pattern.anchor || item.absent != 0) continue;
      const std::vector<std::uint32_t> signs = signs_of(tables, item);
      const auto next = static_cast<std::uint32_t>(ItemClasses::never + 1 + known.size());
      const auto [found, added] = known.emplace(signs, next);
      for (const std::uint32_t sign : signs)
        if (added) classes_of[sign].push_back(next);
      out.by_item[pattern.items + i] = found->second;
      if (signs.size() < fewest) needed[p] = found->second;
      fewest = std::min(fewest, signs.size());
    }
  }
  for (const std::vector<std::uint32_t>& classes : classes_of)
    out.by_sign.push_back(append_records(out.classes, classes));
  for (const std::uint32_t id : tables.anchors) out.by_anchor.push_back(needed[id]);
  return out;
}

class Writer {
 public:
  explicit Writer(std::string_view text) : lexicon_(compile_lexicon(text, vocabulary_)) {
    for (const std::string& name : lexicon_.concepts)  // what is about the prompt has no postings
      concept_terms_.push_back(name.empty() || name[0] == '@' ? none : vocabulary_.of_stem("#" + name));
    make_terms();
    make_concepts();
    make_words();
    alone();
    associated();
    std::vector<std::uint8_t> wanted;
    for (const PatternRecord& pattern : lexicon_.patterns) wanted.push_back(is_expressed(pattern) ? 1 : 0);
    classes_ = classify_items(lexicon_.tables(), wanted);
  }

  std::string run() const {
    tables::BlockWriter block(25);
    const auto add = [&](const auto&... tables) { (block.add(tables), ...); };
    add(terms_, signs_, meanings_, term_ends_, terms_of_words_, word_ends_, concepts_);
    add(lexicon_.patterns, lexicon_.items, lexicon_.alternatives, lexicon_.rows_by_word, lexicon_.rows);
    add(lexicon_.row_words, lexicon_.anchors_by_sign, lexicon_.anchors);
    add(concepts_by_term_, word_concepts_, associations_by_term_, associations_);
    add(classes_.by_item, classes_.by_anchor, classes_.by_sign, classes_.classes);
    block.add_bytes(text_);
    block.add_bytes(spellings_);
    return block.take();
  }

 private:
  // `known`: a bit for each reason without a manifest: 2, the lexicon uses the word; 4, it is an everyday word.
  void make_terms() {
    terms_.resize(vocabulary_.size());
    signs_.resize(vocabulary_.size(), no_sign);
    for (std::uint32_t t = 0; t < terms_.size(); ++t) {
      terms_[t].text = append_text(text_, vocabulary_.text(t));
      term_ends_.push_back(static_cast<std::uint32_t>(text_.size()));
      terms_[t].hash = hash_of(vocabulary_.text(t));
      meanings_.push_back(vocabulary_.meaning(t) == t ? none : vocabulary_.meaning(t));
    }
    for (std::uint32_t sign = 0; sign < lexicon_.sign_terms.size(); ++sign)
      if (const std::uint32_t t = lexicon_.sign_terms[sign]; t != none) {
        signs_[t] = sign;
        terms_[t].known |= 2;
      }
    for (const Lexicon::WordClassOf& given : lexicon_.classes) {
      terms_[given.term].word_class = static_cast<std::uint8_t>(given.word_class);
      terms_[given.term].known |= 2;
    }
    for (const Lexicon::AboutWord& word : lexicon_.about) terms_[word.term].known |= 2;
    for (const std::uint32_t t : lexicon_.everyday) terms_[t].known |= 4;
  }

  void make_concepts() {
    for (std::uint32_t c = 0; c < lexicon_.concepts.size(); ++c) {
      ConceptRecord record;
      record.text = append_text(text_, lexicon_.concepts[c]);
      record.term = concept_terms_[c];
      record.of_siblings = lexicon_.concepts[c].substr(0, 1) == "+" ? 1 : 0;
      concepts_.push_back(record);
    }
  }

  void make_words() {
    for (std::uint32_t w = 0; w < vocabulary_.words(); ++w) {
      spellings_ += vocabulary_.spelling(w);
      word_ends_.push_back(static_cast<std::uint32_t>(spellings_.size()));
      terms_of_words_.push_back(vocabulary_.term_of(w));
    }
  }

  // The concepts that a single word stands for: those with an "is" phrase of just that word.
  void alone() {
    std::vector<std::vector<std::uint32_t>> found(terms_.size());
    for (const PatternRecord& pattern : lexicon_.patterns) {
      if (static_cast<Tie>(pattern.tie) != Tie::is || pattern.item_count != 1) continue;
      const ItemRecord& item = lexicon_.items[pattern.items];
      for (std::uint32_t i = 0; i < item.count; ++i) {
        const std::uint32_t term = lexicon_.sign_terms[lexicon_.alternatives[item.alternatives + i]];
        if (term != none) found[term].push_back(pattern.concept_id);
      }
    }
    for (auto& list : found) {
      letters::sort_once(list);
      concepts_by_term_.push_back(append_records(word_concepts_, list));
    }
  }

  void associated() {
    for (const std::vector<Association>& list : associate(lexicon_, terms_.size()))
      associations_by_term_.push_back(append_records(associations_, list));
  }

  // Leaves out phrases that Counter::express() would skip.
  bool is_expressed(const PatternRecord& pattern) const {
    return static_cast<Tie>(pattern.tie) != Tie::hints && concept_terms_[pattern.concept_id] != none;
  }

  Vocabulary vocabulary_;
  Lexicon lexicon_;
  std::vector<std::uint32_t> concept_terms_, word_concepts_, term_ends_, terms_of_words_, word_ends_;
  std::vector<TermRecord> terms_;
  std::vector<std::uint32_t> signs_, meanings_;
  std::vector<ConceptRecord> concepts_;
  std::vector<Slice> concepts_by_term_, associations_by_term_;
  std::vector<Association> associations_;
  ItemClassesData classes_;
  std::string text_, spellings_;
};

// All languages share the English texts, so a spelling costs four bytes beside its letters. A spelling of several rows
// keeps the one that names it earliest: it is the row's main word there and a side meaning elsewhere.
class DictionaryCompiler {
 public:
  Result<void> line(std::string_view line) {
    ++number_;
    if (letters::trim(line).empty() || line[0] == '#') return {};
    const std::vector<std::string_view> cells = letters::parts(line, '|');
    if (cells.size() != language_count + 1) return fault("has not eleven columns", line.substr(0, 40));
    const auto meaning = static_cast<std::uint16_t>(ends_.size());
    const std::string_view english = letters::trim(cells[0]);
    english_ += english;
    ends_.push_back(static_cast<std::uint16_t>(english_.size()));
    if (english_.size() > 0xffff || ends_.size() > 0x7fff) return fault("is one too many", english);
    for (std::size_t language = 0; language < language_count; ++language) {
      std::size_t place = 0;
      for (const std::string_view cell : letters::parts(cells[language + 1], ','))
        if (auto added = spelling(language, cell, {place++, meaning}); !added) return added;
    }
    return {};
  }

  Result<std::string> write() const {
    std::vector<DictionaryLanguage> languages;
    std::vector<DictionaryKey> keys;
    std::string text;
    for (const auto& spellings : spellings_) {
      DictionaryLanguage record;
      record.keys = static_cast<std::uint32_t>(keys.size());
      record.key_count = static_cast<std::uint32_t>(spellings.size());
      record.text = static_cast<std::uint32_t>(text.size());
      for (const auto& [spelling, said] : spellings) {
        text += spelling;
        if (text.size() - record.text > 0xffff) return fault("is one too many", spelling);
        keys.push_back({static_cast<std::uint16_t>(text.size() - record.text), said.meaning});
      }
      record.text_length = static_cast<std::uint32_t>(text.size()) - record.text;
      languages.push_back(record);
    }
    tables::BlockWriter block(5);
    block.add(languages);
    block.add(keys);
    block.add(ends_);
    block.add_bytes(text);
    block.add_bytes(english_);
    return block.take();
  }

 private:
  struct Said {
    std::size_t place = 0;  // among the row's spellings of the language
    std::uint16_t meaning = 0;
  };

  Result<void> spelling(std::size_t language, std::string_view cell, Said said) {
    const bool joins = english_ends_with_nothing(said.meaning);
    bool exact =
        (joins && language < static_cast<std::size_t>(Language::chinese)) || (!cell.empty() && cell.back() == ' ');
    std::string_view written = letters::trim(cell);
    if (written.empty()) return {};
    if (written.back() == '.') {
      exact = true;
      written.remove_suffix(1);
    }
    const std::string plain = folded(written).text;
    const std::string_view key = letters::trim(plain);
    if (key.empty()) return fault("is no word", cell);
    // The lowest bit says that only a whole word counts, with no letters before or behind it.
    said.meaning = static_cast<std::uint16_t>(said.meaning * 2 + (exact ? 1 : 0));
    const auto [known, added] = spellings_[language].emplace(key, said);
    if (!added && said.place < known->second.place) known->second = said;
    return {};
  }

  bool english_ends_with_nothing(std::uint16_t meaning) const {
    return ends_[meaning] == (meaning == 0 ? 0 : ends_[meaning - 1u]);
  }
  Error fault(const std::string& what, std::string_view text) const {
    return Error{ErrorCode::malformed, "line " + std::to_string(number_) + " \"" + std::string(text) + "\" " + what, "",
                 ""};
  }

  std::array<std::map<std::string, Said>, language_count> spellings_;
  std::vector<std::uint16_t> ends_;
  std::string english_;
  std::size_t number_ = 0;
};

}  // namespace

std::string write_lexicon_table(std::string_view lexicon) { return Writer(lexicon).run(); }

Result<std::string> write_dictionary_table(std::string_view files) {
  DictionaryCompiler compiler;
  for (const std::string_view line : letters::parts(files, '\n'))
    if (auto read = compiler.line(line); !read) return read.error();
  return compiler.write();
}

}  // namespace cascade::route
