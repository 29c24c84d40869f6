// A phrase is looked for only when its rarest item is met, so that a prompt's words lead to few patterns. The
// vocabulary must know all aliases before the first word, so lines are gone through twice.
#include "route/build/lexicon.h"

#include <map>

#include "text/letter_case.h"
#include "text/names.h"

namespace cascade::route {
namespace {

constexpr letters::Names<Tie::hints> tie_names("is", "says", "hints");

// Calls f with each part of the text between separators, trimmed.
template <typename F>
void each_part(std::string_view text, std::string_view separator, F&& f) {
  while (true) {
    const std::size_t end = text.find(separator);
    f(letters::trim_blanks(text.substr(0, end)));
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + separator.size());
  }
}

struct Item {
  std::vector<std::vector<std::uint32_t>> alternatives;  // each some words in a row, as terms
  bool absent = false;
};
struct Phrase {
  std::vector<Item> items;
  std::uint32_t concept_id = 0, words = 0;
  Tie tie = Tie::is;
};

class Signs {
 public:
  using Rows = std::map<std::vector<std::uint32_t>, std::size_t>;  // rows of one first word lie together

  // The term of each word; none for a row.
  const std::vector<std::uint32_t>& terms() const noexcept { return terms_; }
  const Rows& rows() const noexcept { return rows_; }

  std::uint32_t of(const std::vector<std::uint32_t>& words) {
    if (words.size() == 1) return of_word(words[0]);
    std::vector<std::uint32_t> row;
    for (const std::uint32_t term : words) row.push_back(of_word(term));
    const auto [found, added] = rows_.emplace(row, terms_.size());
    if (added) terms_.push_back(none);
    return static_cast<std::uint32_t>(found->second);
  }

 private:
  std::uint32_t of_word(std::uint32_t term) {
    const auto [found, added] = words_.emplace(term, terms_.size());
    if (added) terms_.push_back(term);
    return static_cast<std::uint32_t>(found->second);
  }

  std::vector<std::uint32_t> terms_;
  std::map<std::uint32_t, std::size_t> words_;
  Rows rows_;
};

// By sign: the patterns that are looked for when it is met.
using Anchors = std::vector<std::vector<std::uint32_t>>;
using UseCounts = std::map<std::uint32_t, std::uint32_t>;

UseCounts count_uses(const std::vector<Phrase>& phrases, Signs& signs) {
  UseCounts uses;
  for (const Phrase& phrase : phrases)
    for (const Item& item : phrase.items)
      for (const auto& words : item.alternatives) ++uses[signs.of(words)];
  return uses;
}

// Adds a phrase, anchored at the item whose words are in the fewest phrases.
void add_pattern(const Phrase& phrase, const UseCounts& uses, Signs& signs, Lexicon& lexicon, Anchors& anchors) {
  const auto frequency = [&](const Item& item) {
    std::uint32_t sum = 0;
    for (const auto& words : item.alternatives) sum += uses.at(signs.of(words));
    return sum;
  };
  PatternRecord pattern;
  pattern.items = static_cast<std::uint32_t>(lexicon.items.size());
  pattern.item_count = static_cast<std::uint16_t>(phrase.items.size());
  pattern.concept_id = static_cast<std::uint16_t>(phrase.concept_id);
  pattern.tie = static_cast<std::uint8_t>(phrase.tie);
  pattern.words = static_cast<std::uint8_t>(std::min<std::uint32_t>(phrase.words, 255));
  std::uint32_t best = none;
  for (std::size_t i = 0; i < phrase.items.size(); ++i) {
    const Item& item = phrase.items[i];
    ItemRecord record;
    record.alternatives = static_cast<std::uint32_t>(lexicon.alternatives.size());
    record.count = static_cast<std::uint16_t>(item.alternatives.size());
    record.absent = item.absent ? 1 : 0;
    for (const auto& words : item.alternatives) lexicon.alternatives.push_back(signs.of(words));
    lexicon.items.push_back(record);
    const std::uint32_t seen = item.absent ? none : frequency(item);
    if (seen < best) {
      best = seen;
      pattern.anchor = static_cast<std::uint16_t>(i);
    }
  }
  const auto id = static_cast<std::uint32_t>(lexicon.patterns.size());
  for (const auto& words : phrase.items[pattern.anchor].alternatives) anchors[signs.of(words)].push_back(id);
  lexicon.patterns.push_back(pattern);
}

// Both indexes are slices of one array each, so that the tables can be written and read as they are.
void add_index(Anchors anchors, const Signs& signs, Lexicon& lexicon) {
  for (auto& patterns : anchors) {
    patterns.erase(std::unique(patterns.begin(), patterns.end()), patterns.end());
    lexicon.anchors_by_sign.push_back(append_records(lexicon.anchors, patterns));
  }
  lexicon.rows_by_word.resize(lexicon.sign_terms.size());
  for (const auto& [words, sign] : signs.rows()) {
    Slice& slice = lexicon.rows_by_word[words[0]];
    if (slice.count++ == 0) slice.begin = count_of(lexicon.rows);
    const auto [begin, count] = append_records(lexicon.row_words, words);
    lexicon.rows.push_back({static_cast<std::uint32_t>(sign), begin, count});
  }
}

// Reads lines into phrases; words become terms of the vocabulary.
class Compiler {
 public:
  Compiler(Lexicon& lexicon, Vocabulary& vocabulary) : lexicon_(lexicon), vocabulary_(vocabulary) {}

  void add_aliases(const LexiconLine& line) {
    each_part(line.value, " ", [&](std::string_view word) { vocabulary_.alias(word, line.column); });
  }

  void set(const LexiconLine& line) { sets_[std::string(line.column)] = std::string(line.value); }

  void word_class(const LexiconLine& line) {
    const WordClass given = line.column == "function" ? WordClass::function
                            : line.column == "plain"  ? WordClass::plain
                                                      : WordClass::trade;
    each_part(line.value, " ", [&](std::string_view word) {
      if (word.empty()) return;
      if (line.column == "everyday")
        lexicon_.everyday.push_back(vocabulary_.of_word(word));
      else
        lexicon_.classes.push_back({vocabulary_.of_word(word), given});
    });
  }

  void about(const LexiconLine& line) {
    const std::uint32_t id = concept_id(line.concept_name);
    each_part(line.value, " ", [&](std::string_view text) {
      WordReader reader(text);
      for (Word word; reader.next(word);)
        if (!word.inside && !word.pair) lexicon_.about.push_back({id, vocabulary_.of_word(word.text)});
    });
  }

  void add_phrases(const LexiconLine& line) {
    if (line.column == "about") return about(line);
    const auto tie = tie_names.find(line.column);
    if (!tie) fault(line, "no such column");
    const std::uint32_t id = concept_id(line.concept_name);
    each_part(line.value, "|", [&](std::string_view text) {
      Phrase phrase{{}, id, 0, tie.value_or(Tie::is)};
      each_part(text, " ", [&](std::string_view item) {
        if (!item.empty()) add_item(phrase, item);
      });
      const bool empty = std::ranges::all_of(phrase.items, [](const Item& i) { return i.absent; });
      if (empty)
        fault(line, "an empty phrase");
      else
        phrases_.push_back(std::move(phrase));
    });
  }

  void fault(const LexiconLine& line, std::string_view what) {
    lexicon_.faults.push_back(std::to_string(line.number) + ": " + std::string(what));
  }

  const std::vector<Phrase>& phrases() const noexcept { return phrases_; }

 private:
  std::uint32_t concept_id(std::string_view name) {
    const auto [found, added] = concepts_.emplace(std::string(name), lexicon_.concepts.size());
    if (added) lexicon_.concepts.emplace_back(name);
    return static_cast<std::uint32_t>(found->second);
  }

  // "$name" means all words of that set.
  template <typename F>
  void each_alternative(std::string_view text, F&& f) {
    each_part(text, "/", [&](std::string_view alternative) {
      const auto found = alternative.substr(0, 1) == "$" ? sets_.find(std::string(alternative.substr(1))) : sets_.end();
      if (found == sets_.end())
        f(alternative);
      else
        each_part(found->second, " ", f);
    });
  }

  void add_item(Phrase& phrase, std::string_view text) {
    Item item;
    item.absent = text.front() == '!';
    if (item.absent) text.remove_prefix(1);
    std::uint32_t fewest = none;
    each_alternative(text, [&](std::string_view alternative) {
      std::vector<std::uint32_t> words;
      if (alternative.size() > 1 && alternative.back() == '#') {
        words.push_back(vocabulary_.of_stem(alternative));
      } else {
        WordReader reader(alternative);
        for (Word word; reader.next(word);)
          if (!word.whole && !word.pair) words.push_back(vocabulary_.of_word(word.text));
      }
      if (words.empty()) return;
      fewest = std::min(fewest, static_cast<std::uint32_t>(words.size()));
      item.alternatives.push_back(std::move(words));
    });
    if (item.alternatives.empty()) return;
    if (!item.absent) phrase.words += fewest;
    phrase.items.push_back(std::move(item));
  }

  Lexicon& lexicon_;
  Vocabulary& vocabulary_;
  std::map<std::string, std::string> sets_;
  std::vector<Phrase> phrases_;
  std::map<std::string, std::size_t> concepts_;
};

template <typename T>
Span<T> span_of(const std::vector<T>& records) {
  return {records.data(), records.size()};
}

// A concept's share of a word's uses is its weight; few count, or one with many phrases would claim all their words.
constexpr std::uint32_t most_uses = 6;     // of one word in one concept
constexpr std::uint32_t about_uses = 2;    // the uses that a word in a concept's list of related words counts for
constexpr std::uint32_t least_share = 40;  // per mille
constexpr std::size_t most_concepts = 10;  // of one word

using UsesByTerm = std::map<std::uint32_t, std::map<std::uint32_t, std::uint32_t>>;  // then by concept

// How often each concept's phrases use each word; each word of a row counts.
UsesByTerm uses_of(const Lexicon& lexicon) {
  UsesByTerm all;
  const auto add = [&](std::uint32_t term, std::uint32_t concept_id, std::uint32_t count) {
    if (term == none) return;
    std::uint32_t& uses = all[term][concept_id];
    uses = std::min(uses + count, most_uses);
  };
  std::vector<RowRecord> rows(lexicon.sign_terms.size());
  for (const RowRecord& row : lexicon.rows) rows[row.sign] = row;
  for (const PatternRecord& pattern : lexicon.patterns) {
    const char first = lexicon.concepts[pattern.concept_id][0];
    for (std::uint32_t i = 0; i < pattern.item_count && first != '@' && first != '+'; ++i) {
      const ItemRecord& item = lexicon.items[pattern.items + i];
      for (std::uint32_t k = 0; k < item.count && item.absent == 0; ++k) {
        const std::uint32_t sign = lexicon.alternatives[item.alternatives + k];
        add(lexicon.sign_terms[sign], pattern.concept_id, 1);
        for (std::uint32_t w = 0; w < rows[sign].count; ++w)
          add(lexicon.sign_terms[lexicon.row_words[rows[sign].words + w]], pattern.concept_id, 1);
      }
    }
  }
  for (const Lexicon::AboutWord& word : lexicon.about) add(word.term, word.concept_id, about_uses);
  return all;
}

}  // namespace

std::vector<LexiconLine> lexicon_lines(std::string_view text) {
  std::vector<LexiconLine> lines;
  std::uint32_t number = 0;
  each_part(text, "\n", [&](std::string_view line) {
    ++number;
    if (line.empty() || line.front() == '#') return;
    const std::size_t first = line.find('\t');
    const std::size_t second = first == std::string_view::npos ? first : line.find('\t', first + 1);
    LexiconLine out;
    out.number = number;
    out.concept_name = line.substr(0, first);
    if (second != std::string_view::npos) {
      out.column = line.substr(first + 1, second - first - 1);
      out.value = letters::trim_blanks(line.substr(second + 1));
    }
    lines.push_back(out);
  });
  return lines;
}

PatternTables Lexicon::tables() const {
  return {span_of(patterns), span_of(items),     span_of(alternatives),    span_of(rows_by_word),
          span_of(rows),     span_of(row_words), span_of(anchors_by_sign), span_of(anchors)};
}

// `=` lines are aliases, `$` lines sets of words, `%` lines classes of words; any other name is a concept.
Lexicon compile_lexicon(std::string_view text, Vocabulary& vocabulary) {
  Lexicon lexicon;
  Compiler compiler(lexicon, vocabulary);
  const std::vector<LexiconLine> lines = lexicon_lines(text);
  for (const LexiconLine& line : lines)
    if (line.concept_name == "=")
      compiler.add_aliases(line);
    else if (line.concept_name == "$")
      compiler.set(line);
  for (const LexiconLine& line : lines) {
    if (line.value.empty())
      compiler.fault(line, "not three columns");
    else if (line.concept_name == "%")
      compiler.word_class(line);
    else if (line.concept_name != "=" && line.concept_name != "$")
      compiler.add_phrases(line);
  }
  Signs signs;
  const UseCounts uses = count_uses(compiler.phrases(), signs);
  Anchors anchors(signs.terms().size());
  for (const Phrase& phrase : compiler.phrases()) add_pattern(phrase, uses, signs, lexicon, anchors);
  lexicon.sign_terms = signs.terms();
  add_index(std::move(anchors), signs, lexicon);
  return lexicon;
}

std::vector<std::vector<Association>> associate(const Lexicon& lexicon, std::size_t terms) {
  std::vector<std::vector<Association>> found(terms);
  for (const auto& [term, concepts] : uses_of(lexicon)) {
    std::uint32_t all = 0;
    for (const auto& [id, count] : concepts) all += count;
    std::vector<Association>& list = found[term];
    for (const auto& [id, count] : concepts)
      if (const std::uint32_t share = count * 1000 / (all + 1); share >= least_share) list.push_back({id, share});
    std::ranges::stable_sort(list, [](const Association& a, const Association& b) { return a.weight > b.weight; });
    if (list.size() > most_concepts) list.resize(most_concepts);
  }
  return found;
}

}  // namespace cascade::route
