// Each word of the prompt is one piece of evidence for the facts that contain the word itself, one of its topics, or a
// concept that the prompt expresses there. Several matches of one word hardly add to the best of them, so a word with
// many synonyms does not win by their number. Rare terms count most, and a match in a fact's subject counts more than
// one in its text. The sums are then corrected for the fact's length, trust and coverage, and the facts are ranked.
// Finally the gate decides whether the best fact meets enough of the prompt, and whether the prompt is about this
// project at all rather than about programming in general or the conversation itself.
#include "recall/recall.h"

#include <algorithm>
#include <array>

#include "recall/gate.h"
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
  std::uint32_t covered = 179;    // bonus when the prompt has all of the subject
  std::uint32_t further = 172;    // bonus for each further word that is met
  // Factors on top of the sum over the words, in 64ths of a doubling; fitted by logistic regression on which fact was
  // the right one, over eighteen organisations.
  std::uint32_t by_exact = 36, by_known = 18,
                by_phrase = 26;  // for each exact word, each 10 bits of information in these, each phrase
  std::uint32_t by_share = 55, by_covered = 43,
                by_subject_word = 11;  // for all of the prompt, all of the subject, each word of it
  std::uint32_t by_project = 34;       // for a fact about this repository, not about a person or a team
  std::uint32_t by_length = 8;         // for each halving of the fact's length
  std::int32_t least = 213;            // 64ths of a doubling that a fact may lie below the best, to be told with it
};
constexpr std::size_t most_rivals = 8;
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

// Not split: each word of the prompt adds to the sums of the facts that it meets, and rank(), the gate's signals and
// the bonuses all read these sums. One pass over the postings of each term; O(postings of the prompt's terms + facts).
class Scorer {
 public:
  Scorer(const Index& index, const Query& query) : index_(index), query_(query) {
    const IndexTables& tables = index.tables();
    visible_.resize(tables.facts.size);
    told_.resize(tables.facts.size);
    pieces_.of.resize(tables.facts.size);
    scores_.resize(tables.facts.size);
    for (std::uint32_t i = 0; i < tables.facts.size; ++i) {
      const bool same = i > 0 && is_same_owner(tables.facts[i], tables.facts[i - 1]);
      visible_[i] = same ? visible_[i - 1] : is_visible(tables.facts[i]) ? 1 : 0;
      seen_ += visible_[i];
      told_[i] = visible_[i] != 0 && !is_over(i) ? 1 : 0;
    }
  }

  // The expired facts take part until the ranking is known, then they are set aside: the gate must hear of the best of
  // them.
  Answer answer() {
    Answer answer;
    if (seen_ == 0) return answer;
    const Reading reading = read_terms(index_.lexicon(), query_.prompt);
    if (reading.from_host || reading.terms.empty()) return answer;
    add_all(reading);
    std::vector<Recalled> ranked = score_facts();
    const auto over =
        std::partition(ranked.begin(), ranked.end(), [&](const Recalled& one) { return told_[one.fact]; });
    const auto gone = std::min_element(over, ranked.end(), [&](auto& a, auto& b) { return is_before(a, b); });
    const Recalled expired = gone != ranked.end() ? *gone : Recalled();
    ranked.erase(over, ranked.end());
    const PromptMeaning meaning = meaning_of_prompt(*query_.meanings, meaning_keys(reading, query_.prompt));
    const Levels levels =
        levels_of(index_.tables(), ranked, told_, meaning, std::max(query_.gated ? query_.limit : 0, most_rivals));
    answer.signals = look_at(reading, levels);
    answer.signals.over = expired.score != 0 && scores_[expired.fact].exact != 0 ? expired.score : 0;
    answer.signals.points = points(answer.signals);
    if (!query_.gated) {
      answer.facts = all_of(ranked, expired);
      return answer;
    }
    if (levels.best.empty() || (query_.decides && answer.signals.points < 0)) return answer;
    for (const Recalled& one : levels.best)
      if (answer.facts.size() < query_.limit &&
          (!query_.decides || one.level + worth.least >= levels.best.front().level))
        answer.facts.push_back(one);
    return answer;
  }

 private:
  struct Piece {
    std::uint32_t score = 0, subject = 0;
    bool is_touched = false;
    bool is_exact = false;   // the word itself matched, not a synonym, topic or concept
    bool is_phrase = false;  // a phrase asks for it
  };
  struct Sum {
    std::uint32_t score = 0, met = 0, subject = 0;
    std::uint32_t known = 0;
    std::uint64_t met_at = 0;  // a bit for each position; those from the 64th on share one
    std::uint32_t most = 0;    // the largest part of the score from one position
    std::uint16_t words = 0, exact = 0, phrases = 0, by_subject = 0;  // words of the prompt
  };
  // Pieces by fact, zero where untouched. Thousands of facts have a common word, so an array replaces look-ups and
  // allocations.
  struct Pieces {
    std::vector<Piece> of;
    std::vector<std::uint32_t> touched;

    Piece& at(std::uint32_t fact) {
      if (!of[fact].is_touched) touched.push_back(fact);
      of[fact].is_touched = true;
      return of[fact];
    }
    void clear() {
      for (const std::uint32_t fact : touched) of[fact] = Piece();
      touched.clear();
    }
  };
  // A search by words returns every scoring fact except those that fit far worse than an expired one.
  std::vector<Recalled> all_of(std::vector<Recalled> ranked, const Recalled& expired) const {
    std::vector<Recalled> all;
    std::sort(ranked.begin(), ranked.end(), [&](const Recalled& a, const Recalled& b) { return is_before(a, b); });
    for (const Recalled& one : ranked)
      if (all.size() < query_.limit && one.score >= std::max<std::uint64_t>(expired.score / 10, 1)) all.push_back(one);
    return all;
  }
  bool is_before(const Recalled& a, const Recalled& b) const {
    if (a.score != b.score) return a.score > b.score;
    const IndexTables& tables = index_.tables();
    return tables.read(tables.facts[a.fact].id) < tables.read(tables.facts[b.fact].id);
  }

  // Expired facts are scored too: a prompt that asks for one must get silence, not the next best fact.
  bool is_over(std::uint32_t fact) const {
    const std::int64_t until = index_.tables().facts[fact].valid_until;
    return until != 0 && until < query_.now;
  }
  // The index stores each text once, so equal owners have equal places.
  static bool is_same_owner(const FactRecord& a, const FactRecord& b) {
    return a.scope == b.scope && a.owner.offset == b.owner.offset && a.owner.length == b.owner.length;
  }
  bool is_visible(const FactRecord& fact) const {
    const std::string_view owner = index_.tables().read(fact.owner);
    switch (static_cast<Scope>(fact.scope)) {
      case Scope::project: return owner == query_.place.project;
      case Scope::user: return query_.any_user || owner == query_.place.user;
      case Scope::team: return query_.any_team || owner == query_.place.team;
    }
    return false;
  }

  Span<FactPosting> postings_of(std::uint32_t key) const {
    const IndexTables& tables = index_.tables();
    const KeyRecord* const end = tables.keys.data + tables.keys.size;
    const KeyRecord* const at = std::lower_bound(
        tables.keys.data, end, key, [](const KeyRecord& record, std::uint32_t k) { return record.key < k; });
    if (at == end || at->key != key || at->begin > tables.postings.size || at->count > tables.postings.size - at->begin)
      return {};
    return {tables.postings.data + at->begin, at->count};
  }

  // About 64 * log2(all facts / facts with the term); 0: no visible fact has it.
  std::uint32_t rarity(const Span<FactPosting>& postings) const {
    std::uint64_t having = seen_ == visible_.size() ? postings.size : 0;
    if (having == 0)
      for (const FactPosting& posting : postings) having += is_seen(posting.fact) ? 1 : 0;
    return having == 0 ? 0 : log2_64((2 * std::uint64_t{counted()} + 2) / having) + 1;
  }
  // A small store counts as one of usual size, because the gate was fitted to such: a word in a store's only fact is as
  // rare as a word in one fact of many.
  std::uint32_t counted() const { return std::max<std::uint32_t>(seen_, 150); }
  bool is_seen(std::uint32_t fact) const { return fact < visible_.size() && visible_[fact] != 0; }

  void add_all(const Reading& reading) {
    for (std::size_t begin = 0; begin < reading.terms.size();) {
      std::size_t end = begin;
      while (end < reading.terms.size() && reading.terms[end].position == reading.terms[begin].position) ++end;
      add_position(reading.terms.data() + begin, reading.terms.data() + end);
      begin = end;
    }
  }

  // All terms of one position stand for the same word. Their matches are put together here first, so that a fact gets
  // that word's worth once; only then are they added to the fact's sums.
  void add_position(const Term* begin, const Term* end) {
    Pieces& best = pieces_;
    std::uint32_t information = 0;
    bool special = false, word = false, foreign = false, pointed_at = false, general = is_general_next_;
    is_general_next_ = false;
    for (const Term* term = begin; term != end; ++term) {
      const std::uint32_t rare = term->kind == TermKind::phrase ? 0 : add_term(*term, best);
      if (term->kind == TermKind::word || term->kind == TermKind::phrase) add_topics(*term, best);
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
    const std::uint64_t place = std::uint64_t{1} << std::min<std::size_t>(positions_.size(), 63);
    for (const std::uint32_t fact : best.touched) {
      Sum& sum = scores_[fact];
      sum.met_at |= place;
      sum.most = std::max(sum.most, best.of[fact].score);
      if (best.of[fact].subject >= least_subject) ++sum.by_subject;
      sum.score += best.of[fact].score;
      sum.subject += best.of[fact].subject;
      sum.met += counts ? information : 0;
      if (counts) ++sum.words;
      if (best.of[fact].is_exact) ++sum.exact;
      sum.known += best.of[fact].is_exact ? information : 0;
      if (best.of[fact].is_phrase) ++sum.phrases;
    }
    const bool is_met = !best.touched.empty();
    best.clear();
    positions_.push_back({counts, is_met, special});
    if (!counts) return;
    information_ += information;
    general_ += general ? 1 : 0;
    pointed_at_ += general && pointed_at ? 1 : 0;
  }

  void add_topics(const Term& term, Pieces& best) const {
    std::uint32_t meanings = 0;
    for (const TopicWord& topic : topics_of(term.key)) meanings += topic.synonym == 0 ? 1 : 0;
    // A word with many topics says little about each of them.
    const std::uint32_t sure = 13'000 / (9 + meanings);
    for (const TopicWord& topic : topics_of(term.key)) {
      Term about = term;
      about.kind = topic.synonym != 0 ? TermKind::synonym : TermKind::topic;
      about.key = topic.topic;
      if (topic.asks != 0) about.weight = static_cast<std::uint16_t>(about.weight * worth.asks / 1000);
      if (term.kind == TermKind::phrase) about.weight = static_cast<std::uint16_t>(about.weight * worth.phrase / 1000);
      if (topic.synonym == 0) about.weight = static_cast<std::uint16_t>(about.weight * sure / 1000);
      add_term(about, best, term.kind == TermKind::phrase);
    }
  }

  // How much of the term's weight the fact gets, in thousandths, by where it has the term. Topics are not capped: their
  // postings are weighted already.
  static std::uint64_t share_of(const Term& term, const FactPosting& posting) {
    if (term.kind == TermKind::topic)
      return (std::uint64_t{posting.subject} * worth.topic_subject + std::uint64_t{posting.text} * worth.topic_text) /
             1000;
    const bool plain = term.word_class == static_cast<std::uint8_t>(route::WordClass::plain);
    const std::uint64_t text = plain ? worth.plain_text : worth.text;
    return std::min<std::uint64_t>((posting.subject * std::uint64_t{worth.subject} + posting.text * text) / 1000,
                                   worth.most);
  }

  // Scores the facts that have the term. Of a fact's score so far and the new one the larger counts in full, the
  // smaller a little. Returns the term's rarity; 0: the term was not used.
  std::uint32_t add_term(const Term& term, Pieces& best, bool is_phrase = false) const {
    const Span<FactPosting> postings = postings_of(term.key);
    // Related terms that many facts have say little and would cost the most time.
    if (term.kind == TermKind::hint && postings.size > most_hinted) return 0;
    if ((term.kind == TermKind::topic || term.kind == TermKind::synonym) && postings.size > most_related) return 0;
    const std::uint32_t rare = rarity(postings);
    if (rare == 0) return 0;
    std::uint64_t weight = std::uint64_t{rare} * worth_of(term.kind) / 1000 * term.weight / 1000;
    const bool plain = term.word_class == static_cast<std::uint8_t>(route::WordClass::plain);
    const bool general = is_general(term.key);
    const bool is_exact = term.kind == TermKind::word || term.kind == TermKind::foreign;
    if (general) weight = weight * worth.general / 1000;
    if (plain) weight = weight * worth.plain / 1000;
    const std::uint32_t kind_worth = worth_of(term.kind);
    for (const FactPosting& posting : postings) {
      if (!is_seen(posting.fact)) continue;
      const std::uint64_t share = share_of(term, posting);
      Piece& piece = best.at(posting.fact);
      const auto score = static_cast<std::uint32_t>(weight * share / 100);
      piece.score = std::max(piece.score, score) + std::min(piece.score, score) * worth.again / 1000;
      piece.is_exact = piece.is_exact || is_exact;
      piece.is_phrase = piece.is_phrase || is_phrase;
      piece.subject = std::max<std::uint32_t>(piece.subject, posting.subject * kind_worth / 1000);
    }
    return rare;
  }

  bool is_general(std::uint32_t key) const {
    const Span<std::uint32_t>& keys = index_.tables().general;
    return std::binary_search(keys.data, keys.data + keys.size, key);
  }

  // The topics of a stem lie next to each other in the sorted table. O(log topics).
  Span<TopicWord> topics_of(std::uint32_t stem) const {
    const Span<TopicWord>& topics = index_.tables().topics;
    const TopicWord* const end = topics.data + topics.size;
    const TopicWord* const first = std::lower_bound(
        topics.data, end, stem, [](const TopicWord& word, std::uint32_t wanted) { return word.stem < wanted; });
    const TopicWord* last = first;
    while (last != end && last->stem == stem) ++last;
    return {first, static_cast<std::size_t>(last - first)};
  }

  // The bonuses for a fact, in 64ths of a doubling.
  static std::uint32_t likelier(const Sum& sum, const FactRecord& record, std::uint64_t share, std::uint64_t covered) {
    std::uint32_t points = worth.by_exact * std::min<std::uint32_t>(sum.exact, 5) +
                           worth.by_known * std::min<std::uint32_t>(sum.known, 2'000) / 640 +
                           worth.by_phrase * std::min<std::uint32_t>(sum.phrases, 3) +
                           worth.by_subject_word * std::min<std::uint32_t>(sum.by_subject, 4);
    points += static_cast<std::uint32_t>((worth.by_share * std::min<std::uint64_t>(share, 1'000) +
                                          worth.by_covered * std::min<std::uint64_t>(covered, 1'000)) /
                                         1'000);
    if (static_cast<Scope>(record.scope) == Scope::project) points += worth.by_project;
    return points + worth.by_length * record.brevity / 64;
  }
  // score * 2^(points / 64), linear between two powers.
  static std::uint64_t doubled(std::uint64_t score, std::uint32_t points) {
    return score * (64 + points % 64) / 64 << std::min<std::uint32_t>(points / 64, 24);
  }

  std::vector<Recalled> score_facts() const {
    std::vector<Recalled> ranked;
    std::uint32_t most_score = 0;
    for (const Sum& sum : scores_) most_score = std::max(most_score, sum.score);
    // The bonuses could not make up for a larger gap.
    const std::uint32_t least = query_.gated ? most_score / 32 : 0;
    for (std::uint32_t fact = 0; fact < scores_.size(); ++fact) {
      const Sum& sum = scores_[fact];
      if (sum.score == 0 || sum.score < least) continue;
      const FactRecord& record = index_.tables().facts[fact];
      // A long text is more likely to have a word by chance.
      const std::uint64_t length = 12'000 + std::min<std::uint32_t>(record.length, 60'000) * 3 / 10;
      const std::uint64_t covered = std::min<std::uint64_t>(
          1'000, std::uint64_t{sum.subject} * 1'000 / std::max<std::uint32_t>(record.subject_length, 1'000));
      const std::uint64_t further = std::clamp<std::uint64_t>(sum.words, 1, 5) - 1;
      std::uint64_t score = std::uint64_t{sum.score} * 16'000 / length * record.trust / 100;
      score = score * (1'000 + worth.covered * covered / 1'000) / 1'000 * (1'000 + worth.further * further) / 1'000;
      const std::uint64_t share = information_ == 0 ? 0 : std::uint64_t{sum.met} * 1000 / information_;
      score = doubled(score, likelier(sum, record, share, covered));
      ranked.push_back({fact, static_cast<std::uint32_t>(std::min<std::uint64_t>(score, 0xFFFF'FFFF)),
                        static_cast<std::uint32_t>(share), 0, 0});
    }
    return ranked;
  }

  Signals look_at(const Reading& reading, const Levels& levels) const {
    const std::vector<Recalled>& ranked = levels.best;
    Signals signals;
    signals.words = reading.words;
    signals.chat = reading.chat;
    signals.general = general_;
    signals.pointed_at = pointed_at_;
    look_at_prompt(query_.prompt, signals);
    if (ranked.empty()) return signals;
    const Sum& best = scores_[ranked.front().fact];
    signals.phrases = best.phrases;
    signals.exact = best.exact;
    signals.known = best.known;
    signals.covered = static_cast<std::uint32_t>(std::min<std::uint64_t>(
        1'000, std::uint64_t{best.subject} * 1'000 /
                   std::max<std::uint32_t>(index_.tables().facts[ranked.front().fact].subject_length, 1'000)));
    signals.best = ranked.front().score;
    signals.second = ranked.size() > 1 ? ranked[1].score : 0;
    signals.share = ranked.front().share;
    look_at_agreement(best, signals);
    signals.likeness = ranked.front().likeness;
    signals.likest = levels.likest;
    signals.level = ranked.front().level;
    signals.lead = ranked.size() > 1 ? signals.level - ranked[1].level : 0;
    for (const Recalled& one : ranked)
      signals.rivals += std::uint64_t{one.score} * 3 >= std::uint64_t{signals.best} * 2 ? 1 : 0;
    return signals;
  }

  struct Position {
    bool counts = false;   // has a word or a foreign word
    bool is_met = false;   // by any fact
    bool special = false;  // its word is of class special
  };

  // Counts the prompt's words by the facts that they meet: the best one, only others, or none.
  void look_at_agreement(const Sum& best, Signals& signals) const {
    for (std::size_t i = 0; i < positions_.size(); ++i) {
      const Position& at = positions_[i];
      if (!at.counts) continue;
      if ((best.met_at >> std::min<std::size_t>(i, 63) & 1) != 0) {
        ++signals.met;
      } else if (at.is_met) {
        ++signals.elsewhere;
      } else {
        ++signals.unknown;
        signals.unknown_special += at.special ? 1 : 0;
      }
    }
    signals.from_one = best.score == 0 ? 0 : static_cast<std::uint32_t>(std::uint64_t{best.most} * 1000 / best.score);
    signals.by_subject = best.by_subject;
  }

  const Index& index_;
  const Query& query_;
  std::vector<std::uint8_t> visible_;  // flag; bytes are read faster than bits
  std::vector<std::uint8_t> told_;     // flag: visible and not expired
  std::uint32_t seen_ = 0;
  Pieces pieces_;
  std::vector<Sum> scores_;  // by fact
  std::vector<Position> positions_;
  bool is_general_next_ = false;  // the previous word began a general phrase
  std::uint32_t information_ = 0, general_ = 0, pointed_at_ = 0;
};

}  // namespace

Answer recall(const Index& index, const Query& query) { return Scorer(index, query).answer(); }

}  // namespace cascade::recall
