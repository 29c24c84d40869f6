// Router::build: collect, count, weigh, lay out.
#include <algorithm>
#include <array>
#include <map>

#include "route/associations.h"
#include "route/build.h"
#include "route/counting.h"
#include "route/families.h"
#include "route/fields.h"
#include "route/lexicon.h"
#include "route/needs.h"
#include "route/rarity.h"
#include "route/repair.h"
#include "route/tables.h"
#include "route/weights.h"
#include "tables/block.h"

namespace cascade {
namespace route {
namespace {

class Layout {
 public:
  Layout(const Registry& registry, const std::vector<Source>& sources, const FieldWeights& fields)
      : registry_(registry),
        sources_(sources),
        lexicon_(compile_lexicon(lexicon_text(), vocabulary_)),
        fields_(fields) {}

  std::string run() {
    Counter counter(vocabulary_, lexicon_);
    counted_.reserve(sources_.size());
    for (const Source& source : sources_) counted_.push_back(counter.count(registry_, source));
    concept_terms_ = counter.concept_terms();
    average();
    make_postings();
    make_terms();
    for (std::uint32_t entry = 0; entry < counted_.size(); ++entry) describe(entry);
    std::sort(names_.begin(), names_.end(), [](const NameRecord& a, const NameRecord& b) {
      return std::tie(a.hash, a.entry, a.words) < std::tie(b.hash, b.entry, b.words);
    });
    const std::vector<std::uint32_t> families = find_families(registry_, sources_, counted_);
    for (std::uint32_t entry = 0; entry < entries_.size(); ++entry) entries_[entry].family = families[entry];
    find_lenders();
    for (const std::vector<Association>& list : associate(lexicon_, terms_.size())) {
      associations_by_term_.push_back(
          {static_cast<std::uint32_t>(associations_.size()), static_cast<std::uint32_t>(list.size())});
      associations_.insert(associations_.end(), list.begin(), list.end());
    }
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

  void average() {
    std::array<std::uint64_t, field_count> sum{}, having{};
    for (const CountedEntry& entry : counted_)
      for (std::size_t f = 0; f < field_count; ++f) {
        sum[f] += entry.lengths[f];
        having[f] += entry.lengths[f] > 0 ? 1 : 0;
      }
    for (std::size_t f = 0; f < field_count; ++f)
      average_[f] = having[f] == 0 ? 1 : std::max<std::uint64_t>(1, sum[f] / having[f]);
  }

  // 0 to 1000. Counts are discounted in long fields and saturate.
  std::uint16_t impact(const CountedEntry& entry, const Count& count,
                       const std::array<std::uint32_t, field_count>& weights, std::uint32_t half,
                       std::uint32_t unit) const {
    std::uint64_t sum = 0;
    for (std::size_t f = 0; f < field_count; ++f) {
      if (count.by_field[f] == 0 || weights[f] == 0) continue;
      const std::uint64_t b = fields_.length[f];
      const std::uint64_t norm = (100 - b) * 10 + b * 10 * entry.lengths[f] / average_[f];  // per mille
      sum += std::uint64_t{weights[f]} * count.by_field[f] * 1000 * 16 / unit / std::max<std::uint64_t>(norm, 100);
    }
    return static_cast<std::uint16_t>(1000 * sum / (sum + std::uint64_t{half} * 16));
  }

  void make_postings() {
    postings_by_term_.resize(vocabulary_.size());
    for (std::uint32_t e = 0; e < counted_.size(); ++e) {
      const CountedEntry& entry = counted_[e];
      for (const Count& count : entry.terms) add_posting(e, entry, count, 1);
      for (const Count& count : entry.concepts) add_posting(e, entry, count, 4);
    }
  }

  void add_posting(std::uint32_t e, const CountedEntry& entry, const Count& count, std::uint32_t unit) {
    Posting posting;
    std::uint32_t mask = 0;
    for (std::size_t f = 0; f < field_count; ++f) mask |= count.by_field[f] != 0 ? 1U << f : 0;
    posting.entry_and_mask = e << 8 | mask;
    posting.full = impact(entry, count, fields_.full, fields_.full_half, unit);
    posting.strong = impact(entry, count, fields_.strong, fields_.strong_half, unit);
    postings_by_term_[count.term].push_back(posting);
  }

  void make_terms() {
    terms_.resize(vocabulary_.size());
    for (std::uint32_t t = 0; t < terms_.size(); ++t) {
      TermRecord& term = terms_[t];
      const std::string_view text = vocabulary_.text(t);
      term.text = add_text(text);
      term.hash = hash_of(text);
      term.meaning = vocabulary_.meaning(t) == t ? none : vocabulary_.meaning(t);
      const std::vector<Posting>& postings = postings_by_term_[t];
      term.postings = {static_cast<std::uint32_t>(postings_.size()), static_cast<std::uint32_t>(postings.size())};
      postings_.insert(postings_.end(), postings.begin(), postings.end());
      const bool concept_term = !text.empty() && text[0] == '#';
      std::uint64_t mass = 0;
      for (const Posting& posting : postings) mass += concept_term ? posting.strong : posting.full;
      const std::uint64_t full_df = postings.size();
      const std::uint64_t soft =
          mass * 1000 / std::max<std::uint32_t>(1, concept_term ? fields_.concept_mass : fields_.word_mass);
      const std::uint64_t df16 = fields_.soft ? std::min<std::uint64_t>(soft * 16 / 1000, full_df * 16) : full_df * 16;
      term.rarity = rarity(counted_.size(), std::max<std::uint64_t>(df16, 16));
      for (const Posting& posting : postings)
        if ((posting.mask() & 0x1f) != 0) term.known |= 1;
    }
    for (std::uint32_t sign = 0; sign < lexicon_.sign_terms.size(); ++sign)
      if (const std::uint32_t t = lexicon_.sign_terms[sign]; t != none) {
        terms_[t].sign = sign;
        terms_[t].known |= 2;
      }
    for (const Lexicon::WordClassOf& given : lexicon_.classes) {
      terms_[given.term].word_class = static_cast<std::uint8_t>(given.word_class);
      terms_[given.term].known |= 2;
    }
    for (const Lexicon::AboutWord& word : lexicon_.about) terms_[word.term].known |= 2;
    for (const std::uint32_t t : lexicon_.everyday) terms_[t].known |= 4;
    for (std::uint32_t c = 0; c < lexicon_.concepts.size(); ++c) {
      ConceptRecord record;
      record.text = add_text(lexicon_.concepts[c]);
      record.term = concept_terms_[c];
      record.of_siblings = lexicon_.concepts[c][0] == '+' ? 1 : 0;
      concepts_.push_back(record);
    }
    concepts_by_term();
  }

  // Which concepts a word stands for all alone: those with an "is" phrase of just that word.
  void concepts_by_term() {
    word_concepts_of_.resize(terms_.size());
    for (const PatternRecord& pattern : lexicon_.patterns) {
      if (static_cast<Tie>(pattern.tie) != Tie::is || pattern.item_count != 1) continue;
      const ItemRecord& item = lexicon_.items[pattern.items];
      for (std::uint32_t i = 0; i < item.count; ++i) {
        const std::uint32_t term = lexicon_.sign_terms[lexicon_.alternatives[item.alternatives + i]];
        if (term != none) word_concepts_of_[term].push_back(pattern.concept_id);
      }
    }
    for (auto& concepts : word_concepts_of_) {
      std::sort(concepts.begin(), concepts.end());
      concepts.erase(std::unique(concepts.begin(), concepts.end()), concepts.end());
    }
  }

  void describe(std::uint32_t e) {
    const CountedEntry& counted = counted_[e];
    const ManifestView view = registry_[sources_[e].id];
    EntryRecord entry;
    entry.manifest = index(view.id);
    entry.kind = static_cast<std::uint8_t>(view.kind);
    entry.layer = static_cast<std::uint8_t>(view.layer);
    entry.stub = counted.lengths[static_cast<std::size_t>(Field::description)] < 4 &&
                 counted.lengths[static_cast<std::size_t>(Field::body)] < 60;
    const std::string_view title = view.title.empty() ? view.name : view.title;
    entry.proper = title.find_first_of(" \t") == std::string_view::npos;
    entry.phrases.begin = static_cast<std::uint32_t>(phrases_.size());
    for (std::size_t i = 0; i < counted.phrases.size(); ++i)
      add_phrase(counted.phrases[i], i == 0 ? 1 : i < counted.name_phrases ? 2 : 0);
    entry.phrases.count = static_cast<std::uint32_t>(phrases_.size()) - entry.phrases.begin;
    for (std::size_t i = 0; i < counted.name_phrases; ++i) add_name(e, counted.phrases[i]);
    entry.name_words = static_cast<std::uint8_t>(std::min<std::size_t>(counted.phrases[0].size(), 255));
    entry.needs.begin = static_cast<std::uint32_t>(needs_.size());
    for (const std::string_view need : needs_of(registry_, view.id)) needs_.push_back(add_text(need));
    entry.needs.count = static_cast<std::uint32_t>(needs_.size()) - entry.needs.begin;
    entries_.push_back(entry);
  }

  void add_phrase(const std::vector<std::uint32_t>& terms, std::uint32_t of_name) {
    PhraseRecord phrase;
    phrase.of_name = of_name;
    phrase.words.begin = static_cast<std::uint32_t>(phrase_words_.size());
    for (const std::uint32_t term : terms) {
      PhraseWord word;
      word.term = term;
      const auto word_class = static_cast<WordClass>(terms_[term].word_class);
      word.weight = word_class == WordClass::function ? 32
                    : word_class == WordClass::plain  ? terms_[term].rarity / 2u
                                                      : terms_[term].rarity;
      word.concepts.begin = static_cast<std::uint32_t>(word_concepts_.size());
      word.concepts.count = static_cast<std::uint32_t>(word_concepts_of_[term].size());
      word_concepts_.insert(word_concepts_.end(), word_concepts_of_[term].begin(), word_concepts_of_[term].end());
      phrase.weight += word.weight;
      phrase_words_.push_back(word);
    }
    phrase.words.count = static_cast<std::uint32_t>(phrase_words_.size()) - phrase.words.begin;
    phrases_.push_back(phrase);
  }

  void add_name(std::uint32_t e, const std::vector<std::uint32_t>& terms) {
    std::uint32_t hash = 0;
    for (const std::uint32_t term : terms) hash = join_hash(hash, term);
    if (!terms.empty()) names_.push_back({hash, e, static_cast<std::uint32_t>(terms.size())});
  }

  // The agents and commands that a skill requires or calls.
  void find_lenders() {
    std::vector<std::uint32_t> entry_of(registry_.size(), none);
    for (std::uint32_t e = 0; e < entries_.size(); ++e) entry_of[entries_[e].manifest] = e;
    for (EntryRecord& entry : entries_) {
      entry.lenders.begin = static_cast<std::uint32_t>(lenders_.size());
      for (const Link& link : registry_.links(ManifestId{entry.manifest})) {
        const std::uint32_t to = entry_of[index(link.to)];
        if (to == none || static_cast<Kind>(entries_[to].kind) == Kind::skill) continue;
        if (link.strength != Strength::required && link.strength != Strength::invoked) continue;
        if (std::find(lenders_.begin() + entry.lenders.begin, lenders_.end(), to) == lenders_.end())
          lenders_.push_back(to);
      }
      entry.lenders.count = static_cast<std::uint32_t>(lenders_.size()) - entry.lenders.begin;
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

  void make_repairs() {
    std::vector<std::vector<Vocabulary::Spelling>> buckets(repair_firsts * repair_lengths);
    for (const Vocabulary::Spelling& spelling : vocabulary_.spellings())
      if (const std::uint32_t bucket = repair_bucket(spelling.word); bucket != none && terms_[spelling.term].known != 0)
        buckets[bucket].push_back(spelling);
    for (auto& bucket : buckets) {
      std::sort(bucket.begin(), bucket.end(), [](const auto& a, const auto& b) { return a.word < b.word; });
      repair_buckets_.push_back(
          {static_cast<std::uint32_t>(repairs_.size()), static_cast<std::uint32_t>(bucket.size())});
      for (const Vocabulary::Spelling& spelling : bucket)
        repairs_.push_back({letters_of(spelling.word), add_text(spelling.word), spelling.term, 0});
    }
  }

  std::string write() {
    tables::BlockWriter block(route_regions);
    block.add(std::vector<Counts>{{tables_version, static_cast<std::uint32_t>(registry_.size())}});
    block.add(slots_);
    block.add(terms_);
    block.add(postings_);
    block.add(entries_);
    block.add(phrases_);
    block.add(phrase_words_);
    block.add(word_concepts_);
    block.add(names_);
    block.add(concepts_);
    block.add(lexicon_.patterns);
    block.add(lexicon_.items);
    block.add(lexicon_.alternatives);
    block.add(lexicon_.rows_by_word);
    block.add(lexicon_.rows);
    block.add(lexicon_.row_words);
    block.add(lexicon_.anchors_by_sign);
    block.add(lexicon_.anchors);
    block.add(needs_);
    block.add(lenders_);
    block.add(associations_by_term_);
    block.add(associations_);
    block.add(repair_buckets_);
    block.add(repairs_);
    block.add_bytes(text_);
    return block.take();
  }

  const Registry& registry_;
  const std::vector<Source>& sources_;
  Vocabulary vocabulary_;
  Lexicon lexicon_;
  const FieldWeights& fields_;
  std::vector<CountedEntry> counted_;
  std::array<std::uint64_t, field_count> average_{};
  std::vector<std::uint32_t> concept_terms_, slots_, word_concepts_;
  std::vector<std::vector<std::uint32_t>> word_concepts_of_;
  std::vector<std::vector<Posting>> postings_by_term_;
  std::vector<TermRecord> terms_;
  std::vector<Posting> postings_;
  std::vector<EntryRecord> entries_;
  std::vector<PhraseRecord> phrases_;
  std::vector<PhraseWord> phrase_words_;
  std::vector<NameRecord> names_;
  std::vector<ConceptRecord> concepts_;
  std::vector<TextSpan> needs_;
  std::vector<std::uint32_t> lenders_;
  std::vector<Slice> associations_by_term_;
  std::vector<Association> associations_;
  std::vector<Slice> repair_buckets_;
  std::vector<RepairRecord> repairs_;
  std::string text_;
};

}  // namespace

std::string build_block(const Registry& registry, const std::vector<Source>& sources, const FieldWeights& fields) {
  return Layout(registry, sources, fields).run();
}

}  // namespace route

Result<Router> Router::build(const Registry& registry, const ReadSection& read, const RouterOptions& options) {
  auto sources = route::collect_sources(registry, read, options);
  if (!sources) return sources.error();
  route::drop_boilerplate(*sources);
  auto block = std::make_shared<std::string>(route::build_block(registry, *sources, {}));
  const std::string_view bytes = *block;
  return RouterTables::open(std::move(block), bytes, registry);
}

}  // namespace cascade
