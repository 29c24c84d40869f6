// Each word of the prompt is one piece of evidence: for a fact that has the word itself, or one of its topics, or a
// concept that the prompt expresses there. What few facts say counts most; a subject counts more than a text. The gate
// then asks whether the best fact meets enough of the prompt, and whether the prompt is about this place at all and not
// about programming in general or the conversation itself.
#include "recall/recall.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "recall/gate.h"

namespace cascade::recall {
namespace {

// 64 * log2 of a number from 1 on, rounded down.
std::uint32_t log2_64(std::uint64_t value) {
  std::uint32_t whole = 0;
  std::uint64_t mantissa = value << 32;
  for (; (mantissa >> 33) != 0; mantissa >>= 1) ++whole;
  std::uint32_t result = whole * 64;
  for (std::uint32_t bit = 32; bit > 0; bit /= 2) {
    mantissa = (mantissa >> 16) * (mantissa >> 16);
    if ((mantissa >> 33) != 0) {
      mantissa >>= 1;
      result += bit;
    }
  }
  return result;
}

// What a kind of term is worth beside a word itself, per mille.
constexpr std::uint32_t worth_of(TermKind kind) {
  return kind == TermKind::word ? 1000 : kind == TermKind::guess ? 600 : kind == TermKind::lexicon ? 550 : 450;
}

class Scorer {
 public:
  Scorer(const Index& index, const Query& query) : index_(index), query_(query) {
    const IndexTables& tables = index.tables();
    visible_.resize(tables.facts.size);
    for (std::uint32_t i = 0; i < tables.facts.size; ++i) {
      visible_[i] = is_visible(tables.facts[i]);
      seen_ += visible_[i] ? 1 : 0;
    }
  }

  Answer answer() {
    Answer answer;
    if (seen_ == 0) return answer;
    const Reading reading = read_terms(index_.lexicon(), query_.prompt);
    if (reading.from_host || reading.words == 0) return answer;
    add_all(reading);
    std::vector<Recalled> ranked = rank();
    answer.signals = look_at(reading, ranked);
    answer.signals.points = points(answer.signals);
    if (ranked.empty() || (query_.gated && answer.signals.points < 0)) return answer;
    const std::uint32_t least = query_.gated ? ranked.front().score / 2 : 1;
    for (const Recalled& one : ranked)
      if (answer.facts.size() < query_.limit && one.score >= least) answer.facts.push_back(one);
    return answer;
  }

 private:
  bool is_visible(const FactRecord& fact) const {
    if (fact.valid_until != 0 && fact.valid_until < query_.now) return false;
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

  // 64 * log2(how many facts there are for each that has it); 0: none that is visible has it.
  std::uint32_t rarity(const Span<FactPosting>& postings) const {
    std::uint64_t having = 0;
    for (const FactPosting& posting : postings) having += is_seen(posting.fact) ? 1 : 0;
    return having == 0 ? 0 : log2_64((2 * std::uint64_t{seen_} + 2) / having) + 1;
  }
  bool is_seen(std::uint32_t fact) const { return fact < visible_.size() && visible_[fact]; }

  void add_all(const Reading& reading) {
    for (std::size_t begin = 0; begin < reading.terms.size();) {
      std::size_t end = begin;
      while (end < reading.terms.size() && reading.terms[end].position == reading.terms[begin].position) ++end;
      add_position(reading.terms.data() + begin, reading.terms.data() + end);
      begin = end;
    }
  }

  void add_position(const Term* begin, const Term* end) {
    std::unordered_map<std::uint32_t, std::uint32_t> best;  // by fact
    std::uint32_t information = 0;
    bool word = false, known = false, general = false;
    for (const Term* term = begin; term != end; ++term) {
      const std::uint32_t rare = add_term(*term, best);
      if (term->kind != TermKind::word) continue;
      word = true;
      known = known || rare > 0;
      general = general || is_general(term->key);
      // A word that no fact has says more than one that many have: what it asks for is not known here.
      const std::uint32_t whole = rare > 0 ? rare : log2_64(2 * std::uint64_t{seen_} + 2) / 2;
      information = std::max(information, whole * term->weight / 1000);
      for (const TopicWord& topic : topics_of(term->key)) {
        Term about = *term;
        about.kind = TermKind::topic;
        about.key = topic.topic;
        add_term(about, best);
      }
    }
    for (const auto& [fact, score] : best) scores_[fact].score += score;
    if (!word) return;
    information_ += information;
    local_ += known ? 1 : 0;
    general_ += general ? 1 : 0;
    for (const auto& [fact, score] : best) {
      scores_[fact].met += information;
      ++scores_[fact].words;
    }
  }

  // Adds the better of what is there and what the term gives; its rarity.
  std::uint32_t add_term(const Term& term, std::unordered_map<std::uint32_t, std::uint32_t>& best) const {
    const Span<FactPosting> postings = postings_of(term.key);
    const std::uint32_t rare = rarity(postings);
    if (rare == 0) return 0;
    std::uint64_t weight = std::uint64_t{rare} * worth_of(term.kind) / 1000 * term.weight / 1000;
    if (is_general(term.key) && term.kind == TermKind::word) weight = weight / 2;
    for (const FactPosting& posting : postings) {
      if (!is_seen(posting.fact)) continue;
      const std::uint64_t share = std::min<std::uint64_t>(posting.subject * 13 / 10 + posting.text * 7 / 10, 1600);
      std::uint32_t& most = best[posting.fact];
      most = std::max(most, static_cast<std::uint32_t>(weight * share / 100));
    }
    return rare;
  }

  Span<TopicWord> topics_of(std::uint32_t stem) const {
    const Span<TopicWord>& topics = index_.tables().topics;
    const TopicWord* const end = topics.data + topics.size;
    const TopicWord* const first = std::lower_bound(
        topics.data, end, stem, [](const TopicWord& word, std::uint32_t wanted) { return word.stem < wanted; });
    const TopicWord* last = first;
    while (last != end && last->stem == stem) ++last;
    return {first, static_cast<std::size_t>(last - first)};
  }

  std::vector<Recalled> rank() const {
    std::vector<Recalled> ranked;
    for (const auto& [fact, sum] : scores_) {
      const FactRecord& record = index_.tables().facts[fact];
      // A long text has each word by chance more often.
      const std::uint64_t length = 12'000 + std::min<std::uint32_t>(record.length, 60'000) / 3;
      const std::uint64_t score = std::uint64_t{sum.score} * 16'000 / length * record.trust / 100;
      const std::uint64_t share = information_ == 0 ? 0 : std::uint64_t{sum.met} * 1000 / information_;
      ranked.push_back({fact, static_cast<std::uint32_t>(score), static_cast<std::uint32_t>(share)});
    }
    std::sort(ranked.begin(), ranked.end(), [&](const Recalled& a, const Recalled& b) {
      if (a.score != b.score) return a.score > b.score;
      return index_.tables().read(index_.tables().facts[a.fact].id) <
             index_.tables().read(index_.tables().facts[b.fact].id);
    });
    return ranked;
  }

  Signals look_at(const Reading& reading, const std::vector<Recalled>& ranked) const {
    Signals signals;
    signals.words = reading.words;
    signals.chat = reading.chat;
    signals.local = local_;
    signals.general = general_;
    if (ranked.empty()) return signals;
    signals.best = ranked.front().score;
    signals.share = ranked.front().share;
    return signals;
  }

  struct Sum {
    std::uint32_t score = 0, met = 0, words = 0;
  };
  const Index& index_;
  const Query& query_;
  std::vector<bool> visible_;
  std::uint32_t seen_ = 0;
  std::unordered_map<std::uint32_t, Sum> scores_;  // by fact
  std::uint32_t information_ = 0, local_ = 0, general_ = 0;
};

}  // namespace

Answer recall(const Index& index, const Query& query) { return Scorer(index, query).answer(); }

}  // namespace cascade::recall
