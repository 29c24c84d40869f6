// Each word of the prompt is one piece of evidence for the facts that contain the word itself, one of its topics, or a
// concept that the prompt expresses there. Several matches of one word hardly add to the best of them, so a word with
// many synonyms does not win by their number. Rare terms count most, and a match in a fact's subject counts more than
// one in its text. A fact gets an entry when its first posting is met: most facts share nothing with a prompt, and
// fresh memory for all of them would cost a hook more than reading the postings does.
#include "recall/evidence.h"

#include <algorithm>

#include "recall/log2.h"

namespace cascade::recall {
namespace {

// Found by a random search over the labelled sets of fifteen organisations (tests/corpus/memory and the shared one),
// each with all topics and synonyms and with half of them. A setting was judged by the facts that pass a gate fitted to
// the other fourteen organisations. Per mille unless noted.
struct Worth {
  // Worth of a term compared with the word itself.
  std::uint32_t guess = 1'058, lexicon = 447, hint = 375, topic = 518, synonym = 750, plain = 519, general = 1'935;
  std::uint32_t asks = 1'327, phrase = 1'282;              // a topic by a word that only asks, or by a phrase
  std::uint32_t again = 58;                                // of a second match of the same word
  std::uint32_t subject = 24'222, text = 838, most = 729;  // by the term's place in the fact
  std::uint32_t plain_text = 897;  // of a plain word in a text, where it is often there by chance
  std::uint32_t topic_subject = 919, topic_text = 799;
  std::uint32_t unknown = 8'475;  // information of a word that no fact has, compared with that of the rarest one
};
constexpr std::size_t most_hinted = 100;  // facts
constexpr std::size_t most_related = 400;
constexpr std::uint32_t least_subject =
    400;  // worth of a match in the subject for the subject to count as met; per mille
constexpr Worth worth;

constexpr std::uint32_t worth_of(TermKind kind) {
  return kind == TermKind::word || kind == TermKind::foreign ? 1000
         : kind == TermKind::guess                           ? worth.guess
         : kind == TermKind::lexicon                         ? worth.lexicon
         : kind == TermKind::synonym                         ? worth.synonym
         : kind == TermKind::hint                            ? worth.hint
                                                             : worth.topic;
}

// How much of a term's weight a fact gets by where it has the term; per mille.
struct Shares {
  std::uint64_t subject, text, most;

  std::uint64_t of(const FactPosting& posting) const {
    return std::min((posting.subject * subject + posting.text * text) / 1000, most);
  }
};

bool is_plain(const Term& term) { return term.word_class == static_cast<std::uint8_t>(route::WordClass::plain); }

// Topics are not capped: their postings are weighted already.
Shares shares_of(const Term& term) {
  constexpr std::uint64_t any = ~std::uint64_t{0};
  if (term.kind == TermKind::topic) return {worth.topic_subject, worth.topic_text, any};
  return {worth.subject, is_plain(term) ? worth.plain_text : worth.text, worth.most};
}

// Not split: every way to match a fact adds to the same entries.
class Collector {
 public:
  Collector(const IndexTables& tables, const Visible& visible) : tables_(tables), visible_(visible) {
    evidence_.place_of.resize(tables.facts.size);
    evidence_.facts.reserve(tables.facts.size);  // untouched memory costs nothing
  }

  Evidence collect(const Reading& reading) {
    for (std::size_t begin = 0; begin < reading.terms.size();) {
      std::size_t end = begin;
      while (end < reading.terms.size() && reading.terms[end].position == reading.terms[begin].position) ++end;
      add_position(reading.terms.data() + begin, reading.terms.data() + end);
      begin = end;
    }
    return std::move(evidence_);
  }

 private:
  Span<FactPosting> postings_of(std::uint32_t key) const {
    const KeyRecord* const end = tables_.keys.data + tables_.keys.size;
    const KeyRecord* const at = std::lower_bound(
        tables_.keys.data, end, key, [](const KeyRecord& record, std::uint32_t k) { return record.key < k; });
    if (at == end || at->key != key || at->begin > tables_.postings.size ||
        at->count > tables_.postings.size - at->begin)
      return {};
    return {tables_.postings.data + at->begin, at->count};
  }

  // About 64 * log2(all facts / facts with the term); 0: no visible fact has it.
  std::uint32_t rarity(const Span<FactPosting>& postings) const {
    std::uint64_t having = visible_.count == visible_.flags.size() ? postings.size : 0;
    if (having == 0)
      for (const FactPosting& posting : postings) having += visible_.has(posting.fact) ? 1 : 0;
    return having == 0 ? 0 : log2_64((2 * std::uint64_t{counted()} + 2) / having) + 1;
  }
  // A small store counts as one of usual size, because the gate was fitted to such: a word in a store's only fact is as
  // rare as a word in one fact of many.
  std::uint32_t counted() const { return std::max<std::uint32_t>(visible_.count, 150); }

  // All terms of one position stand for the same word. Their matches are put together first, so that a fact gets that
  // word's worth once; only then are they added to the fact's sums.
  void add_position(const Term* begin, const Term* end) {
    std::uint32_t information = 0;
    bool special = false, word = false, foreign = false, pointed_at = false, general = is_general_next_;
    is_general_next_ = false;
    touched_.clear();
    for (const Term* term = begin; term != end; ++term) {
      const std::uint32_t rare = term->kind == TermKind::phrase ? 0 : add_term(*term);
      if (term->kind == TermKind::word || term->kind == TermKind::phrase) add_topics(*term);
      if (term->kind == TermKind::phrase && is_general(term->key)) general = is_general_next_ = true;
      if (term->kind == TermKind::foreign && rare > 0) {
        foreign = true;
        information = std::max(information, rare);
      }
      if (term->kind != TermKind::word) continue;
      word = true;
      special = special || term->word_class == static_cast<std::uint8_t>(route::WordClass::special);
      pointed_at = pointed_at || term->pointed_at;
      general = general || is_general(term->key);
      // A word that no fact has carries much information: the prompt asks for something unknown here.
      const std::uint32_t whole = rare > 0 ? rare : log2_64(2 * std::uint64_t{counted()} + 2) * worth.unknown / 1000;
      information = std::max(information, whole * term->weight / 1000);
    }
    const bool counts = word || foreign;
    add_word(information, counts);
    evidence_.positions.push_back({counts, !touched_.empty(), special});
    if (!counts) return;
    evidence_.information += information;
    evidence_.general += general ? 1 : 0;
    evidence_.pointed_at += general && pointed_at ? 1 : 0;
  }

  void add_word(std::uint32_t information, bool counts) {
    const std::uint64_t position = std::uint64_t{1} << std::min<std::size_t>(evidence_.positions.size(), 63);
    for (const std::uint32_t place : touched_) {
      FactEvidence& sum = evidence_.facts[place];
      const WordEvidence word = sum.word;
      sum.word = WordEvidence();
      sum.met_at |= position;
      sum.most = std::max(sum.most, word.score);
      if (word.subject >= least_subject) ++sum.by_subject;
      sum.score += word.score;
      sum.subject += word.subject;
      sum.met += counts ? information : 0;
      if (counts) ++sum.words;
      if (word.is_exact) ++sum.exact;
      sum.known += word.is_exact ? information : 0;
      if (word.is_phrase) ++sum.phrases;
    }
  }

  void add_topics(const Term& term) {
    const Span<TopicWord> topics = topics_of(term.key);
    std::uint32_t meanings = 0;
    for (const TopicWord& topic : topics) meanings += topic.synonym == 0 ? 1 : 0;
    // A word with many topics says little about each of them.
    const std::uint32_t sure = 13'000 / (9 + meanings);
    for (const TopicWord& topic : topics) {
      Term about = term;
      about.kind = topic.synonym != 0 ? TermKind::synonym : TermKind::topic;
      about.key = topic.topic;
      if (topic.asks != 0) about.weight = static_cast<std::uint16_t>(about.weight * worth.asks / 1000);
      if (term.kind == TermKind::phrase) about.weight = static_cast<std::uint16_t>(about.weight * worth.phrase / 1000);
      if (topic.synonym == 0) about.weight = static_cast<std::uint16_t>(about.weight * sure / 1000);
      add_term(about, term.kind == TermKind::phrase);
    }
  }

  // Adds to the facts that have the term. Of a fact's score by this word so far and the new one the larger counts in
  // full, the smaller a little. Returns the term's rarity; 0: the term was not used.
  std::uint32_t add_term(const Term& term, bool is_phrase = false) {
    const Span<FactPosting> postings = postings_of(term.key);
    // Related terms that many facts have say little and would cost the most time.
    if (term.kind == TermKind::hint && postings.size > most_hinted) return 0;
    if ((term.kind == TermKind::topic || term.kind == TermKind::synonym) && postings.size > most_related) return 0;
    const std::uint32_t rare = rarity(postings);
    if (rare == 0) return 0;
    const std::uint32_t kind_worth = worth_of(term.kind);
    std::uint64_t weight = std::uint64_t{rare} * kind_worth / 1000 * term.weight / 1000;
    if (is_general(term.key)) weight = weight * worth.general / 1000;
    if (is_plain(term)) weight = weight * worth.plain / 1000;
    const bool is_exact = term.kind == TermKind::word || term.kind == TermKind::foreign;
    const Shares shares = shares_of(term);
    // Most postings of a term have the same weights, and so the same worth.
    FactPosting last;
    WordEvidence found = {0, 0, true, is_exact, is_phrase};
    for (const FactPosting& posting : postings) {
      if (!visible_.has(posting.fact)) continue;
      if (posting.subject != last.subject || posting.text != last.text) {
        last = posting;
        found.score = static_cast<std::uint32_t>(weight * shares.of(posting) / 100);
        found.subject = posting.subject * kind_worth / 1000;
      }
      add(found, place_of(posting.fact));
    }
    return rare;
  }

  std::uint32_t place_of(std::uint32_t fact) {
    std::uint32_t& place = evidence_.place_of[fact];
    if (place == 0) {
      evidence_.facts.emplace_back().fact = fact;
      place = static_cast<std::uint32_t>(evidence_.facts.size());
    }
    return place - 1;
  }

  void add(const WordEvidence& found, std::uint32_t place) {
    WordEvidence& word = evidence_.facts[place].word;
    if (!word.is_touched) {
      touched_.push_back(place);
      word = found;
      return;
    }
    word.score = std::max(word.score, found.score) + std::min(word.score, found.score) * worth.again / 1000;
    word.subject = std::max(word.subject, found.subject);
    word.is_exact = word.is_exact || found.is_exact;
    word.is_phrase = word.is_phrase || found.is_phrase;
  }

  bool is_general(std::uint32_t key) const {
    const Span<std::uint32_t>& keys = tables_.general;
    return std::binary_search(keys.data, keys.data + keys.size, key);
  }

  // The topics of a stem lie next to each other in the sorted table. O(log topics).
  Span<TopicWord> topics_of(std::uint32_t stem) const {
    const TopicWord* const end = tables_.topics.data + tables_.topics.size;
    const TopicWord* const first = std::lower_bound(
        tables_.topics.data, end, stem, [](const TopicWord& word, std::uint32_t wanted) { return word.stem < wanted; });
    const TopicWord* last = first;
    while (last != end && last->stem == stem) ++last;
    return {first, static_cast<std::size_t>(last - first)};
  }

  const IndexTables& tables_;
  const Visible& visible_;
  Evidence evidence_;
  std::vector<std::uint32_t> touched_;  // places of the facts that the current word meets
  bool is_general_next_ = false;        // the previous word began a general phrase
};

}  // namespace

Evidence collect_evidence(const IndexTables& tables, const Visible& visible, const Reading& reading) {
  return Collector(tables, visible).collect(reading);
}

}  // namespace cascade::recall
