#include "route/layout.h"

#include <algorithm>
#include <tuple>

#include "route/families.h"
#include "route/needs.h"
#include "route/postings.h"
#include "route/rarity.h"
#include "route/repair.h"
#include "route/tables.h"
#include "tables/block.h"

namespace cascade::route {
namespace {

constexpr std::uint32_t few_words_described = 4, few_words_in_body = 60;  // below both: a stub

template <typename T>
std::uint32_t count_of(const std::vector<T>& records) {
  return static_cast<std::uint32_t>(records.size());
}

class Layout {
 public:
  Layout(const Registry& registry, const std::vector<ManifestId>& sources, const Notes& notes,
         const LexiconTable& lexicon, const FieldWeights& fields)
      : registry_(registry), sources_(sources), notes_(notes), lexicon_(lexicon), fields_(fields) {}

  std::string run() {
    text_.reserve(lexicon_.text.size() + notes_.terms.size() + notes_.words.size());
    text_ = lexicon_.text;
    make_terms();
    const std::vector<std::uint32_t> families = find_families(registry_, sources_, notes_);
    for (std::uint32_t e = 0; e < sources_.size(); ++e) describe(e, families[e]);
    std::sort(names_.begin(), names_.end(), [](const NameRecord& a, const NameRecord& b) {
      return std::tie(a.hash, a.entry, a.words) < std::tie(b.hash, b.entry, b.words);
    });
    find_lenders();
    make_slots();
    make_repairs();
    return write();
  }

 private:
  TextSpan add_text(std::string_view text) {
    const TextSpan span{static_cast<std::uint32_t>(text_.size()), static_cast<std::uint32_t>(text.size())};
    text_.append(text);
    return span;
  }

  void make_terms() {
    weighed_ = weigh_terms(notes_, lexicon_, fields_);
    terms_.resize(lexicon_.terms.size + notes_.term_ends.size);
    std::copy(lexicon_.terms.begin(), lexicon_.terms.end(), terms_.begin());
    const TextSpan all = add_text(notes_.terms);
    std::uint32_t begin = 0;
    for (std::size_t i = 0; i < notes_.term_ends.size; ++i) {
      TermRecord& term = terms_[lexicon_.terms.size + i];
      term.text = {all.offset + begin, notes_.term_ends[i] - begin};
      term.hash = hash_of(notes_.terms.substr(begin, term.text.length));
      begin = notes_.term_ends[i];
    }
    concept_terms_.resize(terms_.size());
    for (const ConceptRecord& record : lexicon_.concepts)
      if (record.term != none) concept_terms_[record.term] = 1;
    for (std::uint32_t t = 0; t < terms_.size(); ++t) weigh(t);
  }

  // How rare a term is, from what its postings weigh together.
  void weigh(std::uint32_t t) {
    TermRecord& term = terms_[t];
    term.postings = {weighed_.begin[t], weighed_.begin[t + 1] - weighed_.begin[t]};
    const std::uint64_t full_df = term.postings.count;
    const std::uint64_t one = concept_terms_[t] != 0 ? fields_.concept_mass : fields_.word_mass;
    const std::uint64_t soft = weighed_.mass[t] * 1000 / std::max<std::uint64_t>(1, one);
    const std::uint64_t df16 = fields_.soft ? std::min<std::uint64_t>(soft * 16 / 1000, full_df * 16) : full_df * 16;
    term.rarity = rarity(sources_.size(), std::max<std::uint64_t>(df16, 16));
    constexpr std::uint32_t telling = 0x1f;  // the fields that say what an entry is for
    if ((weighed_.fields[t] & telling) != 0) term.known |= 1;
  }

  void describe(std::uint32_t e, std::uint32_t family) {
    const NotedSource& noted = notes_.sources[e];
    const ManifestView view = registry_[sources_[e]];
    EntryRecord entry;
    entry.manifest = index(view.id);
    entry.family = family;
    entry.kind = static_cast<std::uint8_t>(view.kind);
    entry.layer = static_cast<std::uint8_t>(view.layer);
    entry.stub = noted.lengths[static_cast<std::size_t>(Field::description)] < few_words_described &&
                 noted.lengths[static_cast<std::size_t>(Field::body)] < few_words_in_body;
    const std::string_view title = view.title.empty() ? view.name : view.title;
    entry.proper = title.find_first_of(" \t") == std::string_view::npos;
    entry.phrases = {count_of(phrases_), noted.phrases.count};
    std::uint32_t word = noted.phrase_words.begin;
    for (std::uint32_t i = 0; i < noted.phrases.count; ++i) {
      const std::uint32_t words = notes_.phrases[noted.phrases.begin + i];
      add_phrase({word, words}, i == 0 ? 1 : i < noted.name_phrases ? 2 : 0);
      if (i < noted.name_phrases) add_name(e, {word, words});
      if (i == 0) entry.name_words = static_cast<std::uint8_t>(words);
      word += words;
    }
    entry.needs.begin = count_of(needs_);
    for (const std::string_view need : needs_of(registry_, view.id)) needs_.push_back(add_text(need));
    entry.needs.count = count_of(needs_) - entry.needs.begin;
    entries_.push_back(entry);
  }

  std::uint32_t term_at(std::uint32_t phrase_word) const {
    return notes_.terms_of_words[notes_.phrase_words[phrase_word]];
  }

  void add_phrase(Slice words, std::uint32_t of_name) {
    PhraseRecord phrase;
    phrase.of_name = of_name;
    phrase.words = {count_of(phrase_words_), words.count};
    for (std::uint32_t i = 0; i < words.count; ++i) {
      PhraseWord word;
      word.term = term_at(words.begin + i);
      const TermRecord& term = terms_[word.term];
      const auto word_class = static_cast<WordClass>(term.word_class);
      word.weight = word_class == WordClass::function ? 32
                    : word_class == WordClass::plain  ? term.rarity / 2u
                                                      : term.rarity;
      const Slice alone =
          word.term < lexicon_.concepts_by_term.size ? lexicon_.concepts_by_term[word.term] : Slice{0, 0};
      word.concepts = {count_of(word_concepts_), alone.count};
      word_concepts_.insert(word_concepts_.end(), lexicon_.word_concepts.begin() + alone.begin,
                            lexicon_.word_concepts.begin() + alone.begin + alone.count);
      phrase.weight += word.weight;
      phrase_words_.push_back(word);
    }
    phrases_.push_back(phrase);
  }

  void add_name(std::uint32_t e, Slice words) {
    std::uint32_t hash = 0;
    for (std::uint32_t i = 0; i < words.count; ++i) hash = join_hash(hash, term_at(words.begin + i));
    if (words.count > 0) names_.push_back({hash, e, words.count});
  }

  // The agents and commands that a skill requires or calls.
  void find_lenders() {
    std::vector<std::uint32_t> entry_of(registry_.size(), none);
    for (std::uint32_t e = 0; e < entries_.size(); ++e) entry_of[entries_[e].manifest] = e;
    for (EntryRecord& entry : entries_) {
      entry.lenders.begin = count_of(lenders_);
      for (const Link& link : registry_.links(ManifestId{entry.manifest})) {
        const std::uint32_t to = entry_of[index(link.to)];
        if (to == none || static_cast<Kind>(entries_[to].kind) == Kind::skill) continue;
        if (link.strength != Strength::required && link.strength != Strength::invoked) continue;
        if (std::find(lenders_.begin() + entry.lenders.begin, lenders_.end(), to) == lenders_.end())
          lenders_.push_back(to);
      }
      entry.lenders.count = count_of(lenders_) - entry.lenders.begin;
    }
  }

  void make_slots() {
    std::size_t size = 64;
    while (size < terms_.size() * 2) size *= 2;
    slots_.assign(size, none);
    for (std::uint32_t t = 0; t < terms_.size(); ++t) {
      std::size_t at = terms_[t].hash & (size - 1);
      while (slots_[at] != none) at = (at + 1) & (size - 1);
      slots_[at] = t;
    }
  }

  std::string_view spelling(std::uint32_t word) const {
    if (word < lexicon_.words.size) {
      const TextSpan span = lexicon_.words[word].text;
      return lexicon_.spellings.substr(span.offset, span.length);
    }
    const std::size_t i = word - lexicon_.words.size;
    const std::uint32_t begin = i == 0 ? 0 : notes_.word_ends[i - 1];
    return notes_.words.substr(begin, notes_.word_ends[i] - begin);
  }

  void make_repairs() {
    repair_buckets_.resize(repair_firsts * repair_lengths);
    for (const std::uint32_t word : notes_.by_text) {
      const std::uint32_t term = notes_.terms_of_words[word];
      const std::string_view text = spelling(word);
      const std::uint32_t bucket = repair_bucket(text);
      if (terms_[term].known == 0 || bucket == none) continue;
      ++repair_buckets_[bucket].count;
      repairs_.push_back({letters_of(text), add_text(text), term, 0});
    }
    std::uint32_t begin = 0;
    for (Slice& bucket : repair_buckets_) {
      bucket.begin = begin;
      begin += bucket.count;
    }
  }

  // Those of the lexicon's terms; all others have none.
  std::vector<Slice> associations_by_term() const {
    std::vector<Slice> slices(terms_.size(), {static_cast<std::uint32_t>(lexicon_.associations.size), 0});
    std::copy(lexicon_.associations_by_term.begin(), lexicon_.associations_by_term.end(), slices.begin());
    return slices;
  }

  std::string write() {
    tables::BlockWriter block(route_regions);
    block.add(std::vector<Counts>{{tables_version, static_cast<std::uint32_t>(registry_.size())}});
    block.add(slots_);
    block.add(terms_);
    block.add(weighed_.postings);
    block.add(entries_);
    block.add(phrases_);
    block.add(phrase_words_);
    block.add(word_concepts_);
    block.add(names_);
    block.add(lexicon_.concepts);
    block.add(lexicon_.patterns.patterns);
    block.add(lexicon_.patterns.items);
    block.add(lexicon_.patterns.alternatives);
    block.add(lexicon_.patterns.rows_by_word);
    block.add(lexicon_.patterns.rows);
    block.add(lexicon_.patterns.row_words);
    block.add(lexicon_.patterns.anchors_by_sign);
    block.add(lexicon_.patterns.anchors);
    block.add(needs_);
    block.add(lenders_);
    block.add(associations_by_term());
    block.add(lexicon_.associations);
    block.add(repair_buckets_);
    block.add(repairs_);
    block.add_bytes(text_);
    return block.take();
  }

  const Registry& registry_;
  const std::vector<ManifestId>& sources_;
  const Notes& notes_;
  const LexiconTable& lexicon_;
  const FieldWeights& fields_;
  TermPostings weighed_;
  std::vector<std::uint8_t> concept_terms_;  // by term: 1 for a concept's
  std::vector<std::uint32_t> slots_, word_concepts_;
  std::vector<TermRecord> terms_;
  std::vector<EntryRecord> entries_;
  std::vector<PhraseRecord> phrases_;
  std::vector<PhraseWord> phrase_words_;
  std::vector<NameRecord> names_;
  std::vector<TextSpan> needs_;
  std::vector<std::uint32_t> lenders_;
  std::vector<Slice> repair_buckets_;
  std::vector<RepairRecord> repairs_;
  std::string text_;
};

}  // namespace

std::string lay_out(const Registry& registry, const std::vector<ManifestId>& sources, const Notes& notes,
                    const LexiconTable& lexicon, const FieldWeights& fields) {
  return Layout(registry, sources, notes, lexicon, fields).run();
}

}  // namespace cascade::route
