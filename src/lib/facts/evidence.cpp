// Each word of the prompt is one piece of evidence. Several matches of one word hardly add to the best of them, so a
// word with many synonyms does not win by their number. Rare terms count most, and a match in a fact's subject counts
// more than one in its text.
//
// Half of all facts share some word with a prompt, and few share enough to be told. So the postings are read for the
// sums alone, and once more for all that is to be known of a few facts: records of all would cost a hook more.
#include "facts/recall.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "facts/meaning.h"

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
constexpr std::uint32_t least_usual = usual_unit * 7 / 10;  // then most stores of usual size have the word
constexpr Worth worth;

constexpr std::uint32_t worth_of(TermKind kind) {
  return kind == TermKind::word || kind == TermKind::foreign ? 1000
         : kind == TermKind::guess                           ? worth.guess
         : kind == TermKind::lexicon                         ? worth.lexicon
         : kind == TermKind::synonym                         ? worth.synonym
         : kind == TermKind::hint                            ? worth.hint
                                                             : worth.topic;
}

std::uint32_t score_of(const Witness& witness, const FactPosting& posting) {
  const Shares& shares = witness.shares;
  const std::uint64_t share =
      std::min((posting.subject * shares.subject + posting.text * shares.text) / 1000, shares.most);
  return static_cast<std::uint32_t>(witness.weight * share / 100);
}

std::uint32_t both(std::uint32_t a, std::uint32_t b) { return std::max(a, b) + std::min(a, b) * worth.again / 1000; }

bool is_plain(const Term& term) { return term.word_class == static_cast<std::uint8_t>(route::WordClass::plain); }

// Topics are not capped: their postings are weighted already.
Shares shares_of(const Term& term) {
  constexpr std::uint64_t any = ~std::uint64_t{0};
  if (term.kind == TermKind::topic) return {worth.topic_subject, worth.topic_text, any};
  return {worth.subject, is_plain(term) ? worth.plain_text : worth.text, worth.most};
}

// Reads the prompt's terms and sums up what they say for each fact. Not split: every way to match a fact adds to the
// same sums.
class Collector {
 public:
  Collector(const IndexTables& tables, const Visible& visible)
      : tables_(tables),
        visible_(visible),
        of_word_(visible.flags.size()),
        touched_(std::make_unique_for_overwrite<std::uint32_t[]>(visible.flags.size() + 1)) {
    evidence_.sums.resize(visible.flags.size());
    evidence_.words.resize(visible.flags.size());
  }

  Evidence collect(const Reading& reading) {
    for (std::size_t begin = 0; begin < reading.terms.size();) {
      std::size_t end = begin;
      while (end < reading.terms.size() && reading.terms[end].position == reading.terms[begin].position) ++end;
      add_position(reading.terms.data() + begin, reading.terms.data() + end);
      begin = end;
    }
    evidence_.place_of = std::move(of_word_);  // which is all 0 again
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
  std::uint32_t rarity(std::uint32_t key, const Span<FactPosting>& postings) const {
    std::uint64_t having = visible_.count == visible_.flags.size() ? postings.size : 0;
    if (having == 0)
      for (const FactPosting& posting : postings) having += visible_.has(posting.fact) ? 1 : 0;
    return having == 0 ? 0 : rarity_of(having * usual_unit + absent(key));
  }
  static constexpr std::uint64_t all_facts(std::uint64_t count) { return (2 * count + 2) * usual_unit; }
  std::uint32_t rarity_of(std::uint64_t having) const { return log2_64(all_facts(counted()) / having) + 1; }
  // A small store counts as one of usual size: what it lacks are facts of the usual kind, which have the usual terms.
  // Otherwise a word in a store's only fact would be as rare as a name, and any other word of a prompt unheard of.
  std::uint32_t counted() const { return std::max<std::uint32_t>(visible_.count, usual_facts); }
  // How many of the facts that the store lacks would have the term, in `usual_unit`s.
  std::uint64_t absent(std::uint32_t key) const {
    return visible_.count >= usual_facts
               ? 0
               : std::uint64_t{usual_count(key)} * (usual_facts - visible_.count) / usual_facts;
  }

  // All terms of one position stand for the same word. Their matches are put together first, so that a fact gets that
  // word's worth once; only then are they added to the fact's sum.
  void add_position(const Term* begin, const Term* end) {
    std::uint32_t information = 0;
    bool special = false, is_party = false, word = false, foreign = false, general = is_general_next_;
    is_general_next_ = false;
    is_met_ = is_said_ = false;
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
      is_party = is_party || term->is_party;
      general = general || is_general(term->key);
      // A word that no fact has carries much information: the prompt asks for something unknown here.
      const std::uint64_t usual = rare > 0 ? 0 : absent(term->key);
      is_met_ = is_met_ || usual >= least_usual;
      const std::uint32_t whole = rare > 0               ? rare
                                  : usual >= least_usual ? rarity_of(usual)
                                                         : rarity_of(usual_unit) * worth.unknown / 1000;
      information = std::max(information, whole * term->weight / 1000);
    }
    const bool counts = word || foreign;
    add_word();
    evidence_.positions.push_back(
        {counts, is_met_, is_said_, special, is_party, information, evidence_.witnesses.size()});
    if (!counts) return;
    evidence_.information += information;
    evidence_.general += general ? 1 : 0;
  }

  void add_word() {
    for (std::size_t i = 0; i < touched_count_; ++i) {
      const std::uint32_t fact = touched_[i];
      evidence_.sums[fact] += of_word_[fact];
      count_word(fact);
      of_word_[fact] = 0;
    }
    touched_count_ = 0;
  }
  void count_word(std::uint32_t fact) { evidence_.words[fact] += evidence_.words[fact] < 255 ? 1 : 0; }

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
    const std::uint32_t rare = rarity(term.key, postings);
    if (rare == 0) return 0;
    const std::uint32_t kind_worth = worth_of(term.kind);
    std::uint64_t weight = std::uint64_t{rare} * kind_worth / 1000 * term.weight / 1000;
    if (is_general(term.key)) weight = weight * worth.general / 1000;
    if (is_plain(term)) weight = weight * worth.plain / 1000;
    const bool is_exact = term.kind == TermKind::word || term.kind == TermKind::foreign;
    evidence_.witnesses.push_back({postings, weight, shares_of(term), kind_worth, is_exact, is_phrase});
    add(evidence_.witnesses.back());
    is_said_ = is_said_ || is_exact;
    return rare;
  }

  // Without a branch on whether the fact was touched before: that is as good as random.
  void add(const Witness& witness) {
    std::uint32_t* const of_word = of_word_.data();
    std::uint32_t* const touched = touched_.get();
    std::size_t count = touched_count_;
    const std::uint8_t* const flags = visible_.flags.data();
    const std::size_t facts = visible_.flags.size();
    // Most postings of a term have the same weights, and so the same worth.
    FactPosting last;
    std::uint32_t score = 0;
    bool is_met = false;
    for (const FactPosting& posting : witness.postings) {
      if (posting.fact >= facts || flags[posting.fact] == 0) continue;
      is_met = true;
      if (posting.subject != last.subject || posting.text != last.text) {
        last = posting;
        score = score_of(witness, posting);
      }
      if (score == 0) {
        count_word(posting.fact);
        continue;
      }
      const std::uint32_t before = of_word[posting.fact];
      touched[count] = posting.fact;
      count = std::min(count + (before == 0 ? 1 : 0), facts);  // no more, whatever a damaged index repeats
      of_word[posting.fact] = both(before, score);
    }
    touched_count_ = count;
    is_met_ = is_met_ || is_met;
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
  std::vector<std::uint32_t> of_word_;  // by fact: the score of the current word
  // The facts that the current word meets: there is room for one more than there are. Not cleared, because a hook would
  // pay for the pages.
  std::unique_ptr<std::uint32_t[]> touched_;
  std::size_t touched_count_ = 0;
  bool is_met_ = false;           // the current word, by any fact
  bool is_said_ = false;          // the current word itself, by any fact
  bool is_general_next_ = false;  // the previous word began a general phrase
};

WordEvidence word_evidence(const Witness& witness, const FactPosting& posting) {
  return {score_of(witness, posting), posting.subject * witness.kind_worth / 1000, true, witness.is_exact,
          witness.is_phrase};
}

void add_to(WordEvidence& word, const WordEvidence& found) {
  if (!word.is_touched) {
    word = found;
    return;
  }
  word.score = both(word.score, found.score);
  word.subject = std::max(word.subject, found.subject);
  word.is_exact = word.is_exact || found.is_exact;
  word.is_phrase = word.is_phrase || found.is_phrase;
}

// Adds what a term says for the facts with a place beyond `known`, and notes those that the current word meets first.
void read_again(const Witness& witness, std::size_t known, Evidence& evidence, std::vector<std::uint32_t>& touched) {
  const std::uint32_t* const place_of = evidence.place_of.data();
  const std::size_t facts = evidence.place_of.size();
  const FactPosting* const end = witness.postings.data + witness.postings.size;
  const auto is_wanted = [&](const FactPosting& posting) {
    return posting.fact < facts && place_of[posting.fact] > known;
  };
  for (const FactPosting* at = witness.postings.data; (at = std::find_if(at, end, is_wanted)) != end; ++at) {
    const std::uint32_t place = place_of[at->fact] - 1;
    WordEvidence& word = evidence.facts[place].word;
    if (!word.is_touched) touched.push_back(place);
    add_to(word, word_evidence(witness, *at));
  }
}

// Adds what the word at a position says to the fact's sums. REQUIRES: it says something.
void add_word(const Position& at, std::size_t number, FactEvidence& sum) {
  const WordEvidence word = sum.word;
  sum.word = WordEvidence();
  sum.met_at |= std::uint64_t{1} << std::min<std::size_t>(number, 63);
  sum.most = std::max(sum.most, word.score);
  if (word.subject >= least_subject) ++sum.by_subject;
  sum.score += word.score;
  sum.subject += word.subject;
  sum.met += at.counts ? at.information : 0;
  if (at.counts) ++sum.words;
  if (word.is_exact) ++sum.exact;
  sum.known += word.is_exact ? at.information : 0;
  if (word.is_phrase) ++sum.phrases;
}

// The sum of a fact's evidence is corrected for its length and trust, for how much of its subject and of the prompt is
// met, and for how it is met. A score is known only of facts that were asked for: of those that may have the best one
// at once, of others when likeness makes them interesting. The greatest score that a sum allows says which.

// Found together with the worths of terms. Per mille unless noted.
struct Bonus {
  std::uint32_t covered = 179;  // bonus when the prompt has all of the subject
  std::uint32_t further = 172;  // bonus for each further word that is met
  // Factors on top of the sum over the words, in 64ths of a doubling; fitted by logistic regression on which fact was
  // the right one, over eighteen organisations.
  std::uint32_t by_exact = 36, by_known = 18,
                by_phrase = 26;  // for each exact word, each 10 bits of information in these, each phrase
  std::uint32_t by_share = 55, by_covered = 43,
                by_subject_word = 11;  // for all of the prompt, all of the subject, each word of it
  std::uint32_t by_project = 34;       // for a fact about this repository, not about a person or a team
  std::uint32_t by_length = 8;         // for each halving of the fact's length
};
constexpr Bonus bonus;
// A fact with less than this part of the greatest sum scores 0.
constexpr std::uint32_t out_of_reach = 32;

constexpr std::uint32_t most_met = 5, most_phrases = 3, most_in_subject = 4, most_known = 2'000;  // that count

// A long text is more likely to have a word by chance.
std::uint64_t by_length(std::uint32_t sum, const FactMeasure& fact) {
  const std::uint64_t length = 12'000 + std::min<std::uint32_t>(fact.length, 60'000) * 3 / 10;
  return std::uint64_t{sum} * 16'000 / length * fact.trust / 100;
}

std::uint64_t with_words(std::uint64_t score, std::uint64_t covered, std::uint32_t words) {
  const std::uint64_t further = std::clamp<std::uint64_t>(words, 1, most_met) - 1;
  return score * (1'000 + bonus.covered * covered / 1'000) / 1'000 * (1'000 + bonus.further * further) / 1'000;
}

// The bonuses for what a fact has of the prompt, in 64ths of a doubling.
constexpr std::uint32_t likelier(const FactEvidence& sum, std::uint64_t share, std::uint64_t covered) {
  return bonus.by_exact * std::min<std::uint32_t>(sum.exact, most_met) +
         bonus.by_known * std::min<std::uint32_t>(sum.known, most_known) / 640 +
         bonus.by_phrase * std::min<std::uint32_t>(sum.phrases, most_phrases) +
         bonus.by_subject_word * std::min<std::uint32_t>(sum.by_subject, most_in_subject) +
         static_cast<std::uint32_t>((bonus.by_share * std::min<std::uint64_t>(share, 1'000) +
                                     bonus.by_covered * std::min<std::uint64_t>(covered, 1'000)) /
                                    1'000);
}

// score * 2^(points / 64), linear between two powers. `points`: without those for the fact itself.
std::uint32_t doubled(std::uint64_t score, std::uint32_t points, const FactMeasure& fact) {
  if (static_cast<Scope>(fact.scope) == Scope::project) points += bonus.by_project;
  points += bonus.by_length * fact.brevity / 64;
  score = score * (64 + points % 64) / 64 << std::min<std::uint32_t>(points / 64, 24);
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(score, 0xFFFF'FFFF));
}

Scored score_of(const FactEvidence& sum, const FactMeasure& fact, std::uint32_t information) {
  const std::uint64_t covered = covered_of(sum, fact);
  const std::uint64_t share = information == 0 ? 0 : std::uint64_t{sum.met} * 1000 / information;
  const std::uint64_t score = with_words(by_length(sum.score, fact), covered, sum.words);
  return {doubled(score, likelier(sum, share, covered), fact), static_cast<std::uint32_t>(share)};
}

// The bonuses that so many words can give at most.
constexpr std::array<std::uint32_t, most_met + 1> most_likelier = [] {
  std::array<std::uint32_t, most_met + 1> all{};
  for (std::uint16_t words = 0; words <= most_met; ++words) {
    FactEvidence most;
    most.exact = most.phrases = most.by_subject = words;
    most.known = most_known;
    all[words] = likelier(most, 1'000, 1'000);
  }
  return all;
}();

}  // namespace

Evidence collect_evidence(const IndexTables& tables, const Visible& visible, const Reading& reading) {
  return Collector(tables, visible).collect(reading);
}

void add_details(const std::vector<std::uint32_t>& facts, Evidence& evidence) {
  const std::size_t known = evidence.facts.size();
  evidence.facts.reserve(known + facts.size());
  for (const std::uint32_t fact : facts) {
    evidence.facts.emplace_back().fact = fact;
    evidence.place_of[fact] = static_cast<std::uint32_t>(evidence.facts.size());
  }
  std::vector<std::uint32_t> touched;
  std::size_t next = 0;
  for (std::size_t number = 0; number < evidence.positions.size(); ++number) {
    const Position& at = evidence.positions[number];
    for (; next < at.end; ++next) read_again(evidence.witnesses[next], known, evidence, touched);
    for (const std::uint32_t place : touched) add_word(at, number, evidence.facts[place]);
    touched.clear();
  }
}

FactEvidence evidence_for(const Evidence& evidence, std::uint32_t fact) {
  FactEvidence found;
  found.fact = fact;
  std::size_t next = 0;
  for (std::size_t number = 0; number < evidence.positions.size(); ++number) {
    const Position& at = evidence.positions[number];
    for (; next < at.end; ++next) {
      const Witness& witness = evidence.witnesses[next];
      const FactPosting* const end = witness.postings.data + witness.postings.size;
      const FactPosting* const posting =
          std::lower_bound(witness.postings.data, end, fact,
                           [](const FactPosting& one, std::uint32_t wanted) { return one.fact < wanted; });
      if (posting != end && posting->fact == fact) add_to(found.word, word_evidence(witness, *posting));
    }
    if (found.word.is_touched) add_word(at, number, found);
  }
  return found;
}

std::uint64_t covered_of(const FactEvidence& sum, const FactMeasure& fact) {
  return std::min<std::uint64_t>(
      1'000, std::uint64_t{sum.subject} * 1'000 / std::max<std::uint32_t>(fact.subject_length, 1'000));
}

Scores::Scores(const IndexTables& tables, Evidence evidence, const std::vector<std::uint8_t>& told, bool gated)
    : tables_(tables), evidence_(std::move(evidence)) {
  const std::vector<std::uint32_t>& sums = evidence_.sums;
  const auto greatest = std::max_element(sums.begin(), sums.end());
  if (greatest == sums.end() || *greatest == 0) return;
  least_ = std::max<std::uint32_t>(gated ? *greatest / out_of_reach : 0, 1);
  std::uint32_t reached = 0;
  if (gated) {
    const auto first = static_cast<std::uint32_t>(greatest - sums.begin());
    reached = score_of(evidence_for(evidence_, first), tables_.measures[first], evidence_.information).score;
  }
  std::vector<std::uint32_t> facts;
  for (std::uint32_t fact = 0; fact < sums.size(); ++fact)
    if (sums[fact] >= least_ && (told[fact] == 0 || most(fact) >= reached)) facts.push_back(fact);
  add(facts);
}

void Scores::add(const std::vector<std::uint32_t>& facts) {
  if (facts.empty()) return;
  add_details(facts, evidence_);
  scores_.reserve(evidence_.facts.size());
  while (scores_.size() < evidence_.facts.size()) {
    const FactEvidence& sum = evidence_.facts[scores_.size()];
    scores_.push_back(score_of(sum, tables_.measures[sum.fact], evidence_.information));
  }
}

Scored Scores::of(std::uint32_t fact) const {
  const std::uint32_t place = evidence_.place_of[fact];
  return place == 0 ? Scored() : scores_[place - 1];
}

std::uint32_t Scores::best() const {
  std::uint32_t best = 0;
  for (const Scored& one : scores_) best = std::max(best, one.score);
  return best;
}

std::uint32_t Scores::most(std::uint32_t fact) const {
  const FactMeasure& measure = tables_.measures[fact];
  const std::uint32_t words = std::min<std::uint32_t>(evidence_.words[fact], most_met);
  return doubled(with_words(by_length(evidence_.sums[fact], measure), 1'000, words), most_likelier[words], measure);
}

}  // namespace cascade::recall
