// Lays the tables out from the notes. Room for the large ones is reserved first, so that terms and postings are filled
// in place and not copied. Names are sorted by hash, entry and words, so that the same notes always give the same
// bytes.
#include "route/build/layout.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "route/build/binding.h"
#include "route/build/families.h"
#include "route/build/owners.h"
#include "route/build/postings.h"
#include "route/needs.h"
#include "route/rarity.h"
#include "route/repair.h"
#include "route/tables.h"
#include "tables/block.h"

namespace cascade::route {
namespace {

template <typename T>
std::uint32_t count_of(const std::vector<T>& records) {
  return static_cast<std::uint32_t>(records.size());
}

class Layout {
 public:
  Layout(const Registry& registry, const std::vector<ManifestId>& sources, const Notes& notes,
         const LexiconTable& lexicon, const FieldWeights& fields, KeptPostings* kept)
      : registry_(registry), sources_(sources), notes_(notes), lexicon_(lexicon), fields_(fields), kept_(kept) {}

  std::string run() {
    sums_ = kept_ != nullptr ? kept_->take_counts() : count_postings(notes_, lexicon_);
    terms_count_ = sums_.size() - 1;
    block_.reserve(most_bytes());  // so that what is filled in place stays where it is
    text_.reserve(lexicon_.text.size() + notes_.terms.size() + notes_.words.size() + lexicon_.spellings.size());
    text_ = lexicon_.text;
    Counts counts;
    counts.version = tables_version;
    counts.manifests = static_cast<std::uint32_t>(registry_.size());
    block_.add(std::vector<Counts>{counts});
    std::uint32_t* const slots = block_.add_room<std::uint32_t>(slots_size());
    terms_ = block_.add_room<TermRecord>(terms_count_);
    make_terms(block_.add_room<Posting>(sums_.back().postings.begin));
    make_slots(slots);
    const std::vector<std::uint32_t> families = find_families(registry_, sources_, notes_);
    for (std::uint32_t e = 0; e < sources_.size(); ++e) describe(e, families[e]);
    set_owners(registry_, entries_, phrases_);
    std::sort(names_.begin(), names_.end(), [](const NameRecord& a, const NameRecord& b) {
      return std::tie(a.hash, a.entry, a.words) < std::tie(b.hash, b.entry, b.words);
    });
    make_repairs();
    return write();
  }

 private:
  TextSpan add_text(std::string_view text) {
    const TextSpan span{static_cast<std::uint32_t>(text_.size()), static_cast<std::uint32_t>(text.size())};
    text_.append(text);
    return span;
  }

  // An upper bound for the size of the larger tables.
  std::size_t most_bytes() const {
    const std::size_t text =
        lexicon_.text.size() + notes_.terms.size() + notes_.words.size() + lexicon_.spellings.size();
    const std::size_t phrases = notes_.phrases.size * sizeof(PhraseRecord) +
                                notes_.phrase_words.size * (sizeof(PhraseWord) + 2 * sizeof(std::uint32_t));
    constexpr std::size_t directory = 1024;
    return directory + slots_size() * sizeof(std::uint32_t) + terms_count_ * (sizeof(TermRecord) + sizeof(Slice)) +
           sums_.back().postings.begin * sizeof(Posting) + notes_.by_text.size * sizeof(RepairRecord) + text + phrases +
           sources_.size() * (sizeof(EntryRecord) + 64) + lexicon_table_bytes().size();
  }

  std::size_t slots_size() const {
    std::size_t size = 64;
    while (size < terms_count_ * 2) size *= 2;
    return size;
  }

  void make_terms(Posting* postings) {
    std::copy(lexicon_.terms.begin(), lexicon_.terms.end(), terms_);
    const TextSpan all = add_text(notes_.terms);
    std::uint32_t begin = 0;
    for (std::size_t i = 0; i < notes_.term_ends.size; ++i) {
      TermRecord& term = terms_[lexicon_.terms.size + i];
      term = TermRecord();
      term.text = {all.offset + begin, notes_.term_ends[i] - begin};
      term.hash = hash_of(notes_.terms.substr(begin, term.text.length));
      begin = notes_.term_ends[i];
    }
    if (kept_ != nullptr)
      kept_->copy(sums_, postings);
    else
      weigh_postings(notes_, lexicon_, fields_, sums_, postings);
    concept_terms_.resize(terms_count_);
    for (const ConceptRecord& record : lexicon_.concepts)
      if (record.term != none) concept_terms_[record.term] = 1;
    for (std::uint32_t t = 0; t < terms_count_; ++t) weigh(t);
  }

  // Sets how rare a term is, from the sum of its postings' weights.
  void weigh(std::uint32_t t) {
    TermRecord& term = terms_[t];
    term.postings = sums_[t].postings;
    const std::uint64_t full_df = term.postings.count;
    const std::uint64_t one = concept_terms_[t] != 0 ? fields_.concept_mass : fields_.word_mass;
    const std::uint64_t soft = sums_[t].mass * 1000 / std::max<std::uint64_t>(1, one);
    const std::uint64_t df16 = fields_.soft ? std::min<std::uint64_t>(soft * 16 / 1000, full_df * 16) : full_df * 16;
    term.rarity = rarity_of(std::max<std::uint64_t>(df16, 16));
    constexpr std::uint32_t telling = 0x1f;  // the fields that say what an entry is for
    if ((sums_[t].mask & telling) != 0) term.known |= 1;
  }

  // Keeps the results, since many terms are equally rare.
  std::uint16_t rarity_of(std::uint64_t sixteenths) {
    if (sixteenths >= rarities_.size()) return rarity(sources_.size(), sixteenths);
    std::uint16_t& known = rarities_[sixteenths];
    if (known == 0) known = rarity(sources_.size(), sixteenths);
    return known;
  }

  void describe(std::uint32_t e, std::uint32_t family) {
    const NotedSource& noted = notes_.sources[e];
    const ManifestView view = registry_[sources_[e]];
    EntryRecord entry;
    entry.manifest = index(view.id);
    entry.family = family;
    entry.kind = static_cast<std::uint8_t>(view.kind);
    entry.layer = static_cast<std::uint8_t>(view.layer);
    const std::string_view title = view.title.empty() ? view.name : view.title;
    entry.proper = title.find(' ') == std::string_view::npos && title.find('\t') == std::string_view::npos;
    entry.learned = learned_class(learned_, view);
    entry.phrases = {count_of(phrases_), noted.phrases.count};
    std::uint32_t word = noted.phrase_words.begin;
    for (std::uint32_t i = 0; i < noted.phrases.count; ++i) {
      const std::uint32_t words = notes_.phrases[noted.phrases.begin + i];
      add_phrase({word, words}, i == 0 ? 1 : i < noted.name_phrases ? 2 : 0);
      if (i < noted.name_phrases) add_name(e, {word, words});
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

  void make_slots(std::uint32_t* slots) const {
    const std::size_t size = slots_size();
    std::fill_n(slots, size, none);
    for (std::uint32_t t = 0; t < terms_count_; ++t) {
      std::size_t at = terms_[t].hash & (size - 1);
      while (slots[at] != none) at = (at + 1) & (size - 1);
      slots[at] = t;
    }
  }

  std::string_view spelling(std::uint32_t word) const {
    if (word < lexicon_.word_ends.size) return lexicon_.spelling(word);
    const std::size_t i = word - lexicon_.word_ends.size;
    const std::uint32_t begin = i == 0 ? 0 : notes_.word_ends[i - 1];
    return notes_.words.substr(begin, notes_.word_ends[i] - begin);
  }

  void make_repairs() {
    repair_buckets_.resize(repair_firsts * repair_lengths);
    repairs_.reserve(notes_.by_text.size);
    for (const std::uint32_t word : notes_.by_text) {
      const std::uint32_t term = notes_.terms_of_words.data[word];
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
  void add_associations() {
    Slice* const slices = block_.add_room<Slice>(terms_count_);
    std::copy(lexicon_.associations_by_term.begin(), lexicon_.associations_by_term.end(), slices);
    std::fill(slices + lexicon_.associations_by_term.size, slices + terms_count_,
              Slice{static_cast<std::uint32_t>(lexicon_.associations.size), 0});
    block_.add(lexicon_.associations);
  }

  std::string write() {
    block_.add(entries_);
    block_.add(phrases_);
    block_.add(phrase_words_);
    block_.add(word_concepts_);
    block_.add(names_);
    block_.add(lexicon_.concepts);
    block_.add(lexicon_.patterns.patterns);
    block_.add(lexicon_.patterns.items);
    block_.add(lexicon_.patterns.alternatives);
    block_.add(lexicon_.patterns.rows_by_word);
    block_.add(lexicon_.patterns.rows);
    block_.add(lexicon_.patterns.row_words);
    block_.add(lexicon_.patterns.anchors_by_sign);
    block_.add(lexicon_.patterns.anchors);
    block_.add(needs_);
    add_associations();
    block_.add(repair_buckets_);
    block_.add(repairs_);
    block_.add_bytes(text_);
    return block_.take();
  }

  const Registry& registry_;
  const std::vector<ManifestId>& sources_;
  const Notes& notes_;
  const LexiconTable& lexicon_;
  const FieldWeights& fields_;
  KeptPostings* kept_;
  const Learned learned_ = shipped_learned();
  tables::BlockWriter block_{route_regions};
  std::vector<TermSum> sums_;
  std::size_t terms_count_ = 0;
  TermRecord* terms_ = nullptr;                // in the block, until more than reserved is added
  std::array<std::uint16_t, 512> rarities_{};  // by sixteenths; 0: not taken yet
  std::vector<std::uint8_t> concept_terms_;    // by term: 1 for a concept's
  std::vector<std::uint32_t> word_concepts_;
  std::vector<EntryRecord> entries_;
  std::vector<PhraseRecord> phrases_;
  std::vector<PhraseWord> phrase_words_;
  std::vector<NameRecord> names_;
  std::vector<TextSpan> needs_;
  std::vector<Slice> repair_buckets_;
  std::vector<RepairRecord> repairs_;
  std::string text_;
};

}  // namespace

std::string lay_out(const Registry& registry, const std::vector<ManifestId>& sources, const Notes& notes,
                    const LexiconTable& lexicon, const FieldWeights& fields, KeptPostings* kept) {
  return Layout(registry, sources, notes, lexicon, fields, kept).run();
}

}  // namespace cascade::route
