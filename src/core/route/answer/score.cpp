// Each clue adds rarity * weight * impact to the entries in its postings. Only the best then gain for the share of
// their names and triggers that the prompt covers, the costly part. Integers only: every machine gives the same order.
#include "route/answer/prompt.h"

#include "prompt/words.h"
#include "route/answer/ask_words.h"
#include "text/word_set.h"

namespace cascade::route {
namespace {

constexpr std::size_t shares_for = 96;             // number of best entries whose names and triggers are compared
constexpr std::uint32_t called_score = 1'000'000;  // above any sum of evidence

// Words of names after "not", "without" and "instead of", at most three each: terms, sorted.
class WordRefusals {
 public:
  WordRefusals(const Tables& tables, const Prompt& prompt) : tables_(tables), prompt_(prompt) {
    for (std::uint32_t i = 0; i < prompt.words.size(); ++i) {
      const PromptWord& word = prompt.words[i];
      if ((word.origin == Origin::written || word.origin == Origin::part) && !word.translated) words_.push_back(i);
    }
  }

  std::vector<std::uint32_t> find() {
    for (std::size_t at = 0; at < words_.size(); ++at) rule_out(at);
    std::ranges::sort(found_);
    return std::move(found_);
  }

 private:
  const PromptWord& word(std::size_t at) const { return prompt_.words[words_[at]]; }
  prompt::Roles roles(std::size_t at) const {
    return at < words_.size() ? prompt::roles_of(prompt_.text.substr(word(at).offset, word(at).length)) : 0;
  }
  // "don't use": the reader parts "don't" in two.
  bool refuses_use(std::size_t at) const {
    if ((roles(at + 1) & prompt::roles::call) == 0) return false;
    prompt::Token token;
    prompt::TokenReader whole(prompt_.text, word(at).offset);
    return whole.next(token) && (token.roles & prompt::roles::refuse) != 0;
  }

  void rule_out(std::size_t at) {
    std::size_t next = at + 1;
    const prompt::Roles has = roles(at);
    if ((has & prompt::roles::versus) != 0) {
      if ((roles(next) & prompt::roles::of) == 0) return;
      ++next;
    } else if ((has & prompt::roles::excludes) == 0 && !refuses_use(at)) {
      return;
    }
    while (next < words_.size() && next < at + 4 &&
           (word(next).word_class == WordClass::function || (roles(next) & prompt::roles::call) != 0))
      ++next;
    if (is_condition(at, next) || is_to_be_made(at, next)) return;
    for (std::size_t i = next; i < words_.size() && i < next + 3 && (i == next || word(i).before <= Break::mark); ++i)
      if (word(i).term != none && word(i).word_class == WordClass::special && is_name_word(word(i).term))
        found_.push_back(word(i).term);
  }

  // "without downtime", "with no data loss", "do not break the clients": a means is refused, a loss is what the work
  // must not cost. "It was no outage", "not an outage" deny one.
  bool is_condition(std::size_t at, std::size_t next) const {
    const bool no = is_one_of(at, {"no"});
    if (no && at > 0 && word(at).before < Break::clause && is_one_of(at - 1, {"is", "are", "was", "were", "had"}))
      return false;
    if (!no && !is_one_of(at, {"without"}) && next != at + 1) return false;
    for (std::size_t i = next; i < words_.size() && i < next + 3; ++i) {
      if (i != next && (word(i).before >= Break::clause || word(i).word_class == WordClass::function)) return false;
      if ((roles(i) & prompt::roles::loss) != 0) return true;
    }
    return false;
  }

  // "We have no changelog, write one": what is lacking is the subject of an order to make it.
  bool is_to_be_made(std::size_t at, std::size_t next) const {
    if (at == 0 || !is_one_of(at, {"no"}) || word(at).before >= Break::clause) return false;
    const bool there =
        is_one_of(at - 1, {"there"}) || (at > 1 && is_one_of(at - 2, {"there"}) && is_one_of(at - 1, {"is", "are"}));
    if (!there && !is_one_of(at - 1, ask_words::lacking)) return false;
    constexpr std::size_t farthest = 14;  // words
    for (std::size_t i = next; i + 1 < words_.size() && i < next + farthest; ++i)
      if (is_one_of(i, ask_words::making) && is_one_of(i + 1, {"it", "one", "some", "them"})) return true;
    return false;
  }

  template <typename Words = std::initializer_list<std::string_view>>
  bool is_one_of(std::size_t at, const Words& words) const {
    return letters::is_one_of_lower(prompt_.text.substr(word(at).offset, word(at).length), words);
  }

  bool is_name_word(std::uint32_t term) const {
    const Span<Posting> postings = tables_.read(tables_.postings, tables_.terms[term].postings);
    return std::ranges::any_of(postings, [](const Posting& posting) { return (posting.mask() & 1) != 0; });
  }

  const Tables& tables_;
  const Prompt& prompt_;
  std::vector<std::uint32_t> words_;
  std::vector<std::uint32_t> found_;
};

bool have_several_owners(const Tables& tables, const std::vector<Ranked>& ranked, std::size_t first) {
  const auto of_another = [&](const Ranked& r) {
    return tables.entries[r.entry].owner != tables.entries[ranked[0].entry].owner;
  };
  return std::any_of(ranked.begin(), ranked.begin() + static_cast<std::ptrdiff_t>(first), of_another);
}

std::string_view best_field(std::uint32_t mask) {
  for (std::size_t f = 0; f < field_count; ++f)
    if ((mask >> f & 1) != 0) return to_string(static_cast<Field>(f));
  return "name";
}

}  // namespace

Scorer::Scorer(const Tables& tables, const Weights& weights, const Prompt& prompt)
    : tables_(tables), weights_(weights), prompt_(prompt), excluded_(WordRefusals(tables, prompt).find()) {
  find_explained();
  collect_words();
  collect_concepts();
}

// Marks the words that are part of a phrase: they mean what the phrase means rather than what they mean alone.
void Scorer::find_explained() {
  explained_ = prompt_.found.in_row;
  for (const PatternHit& hit : prompt_.found.hits) {
    const PatternRecord& pattern = tables_.patterns.patterns[hit.pattern];
    if (pattern.item_count < 2 || static_cast<Tie>(pattern.tie) == Tie::hints) continue;
    for (std::uint32_t i = 0; i < pattern.item_count; ++i)
      if (const std::uint32_t place = prompt_.found.places[hit.places + i]; place < explained_.size())
        explained_[place] = 1;
  }
}

// A repeated word counts a little more, not twice.
void Scorer::collect_words() {
  std::vector<Clue> found;
  has_.assign(tables_.terms.size / 64 + 1, 0);
  for (std::uint32_t i = 0; i < prompt_.words.size(); ++i) {
    const PromptWord& word = prompt_.words[i];
    if (word.counts && word.word_class != WordClass::function) told_.push_back(word.term);
    if (word.term == none) continue;
    has_[word.term / 64] |= std::uint64_t{1} << word.term % 64;
    if (word.number) continue;
    std::uint64_t weight = weights_.by_class[static_cast<std::size_t>(word.word_class)];
    weight = weight * word.weight / 1000;
    if (word.origin == Origin::repaired) weight = weight * weights_.repaired / 1000;
    if (word.position < explained_.size() && explained_[word.position] != 0)
      weight = weight * weights_.explained / 1000;
    if (std::ranges::binary_search(excluded_, word.term)) continue;
    if (weight > 0)
      found.push_back({word.term, static_cast<std::uint32_t>(weight), word.position, i, false, word.form});
  }
  // The more words a prompt has, the less each of them matters; what is pasted does not dilute what is said.
  const auto is_pasted = [&](const Clue& clue) { return prompt_.words[clue.word].pasted; };
  const auto pasted = static_cast<std::size_t>(std::ranges::count_if(found, is_pasted));
  const std::size_t counts[2] = {found.size() - pasted, pasted};
  plain_ = static_cast<std::uint32_t>(std::min<std::size_t>(
      weights_.plain +
          weights_.plain_more * (std::max<std::size_t>(found.size(), weights_.many_words) - weights_.many_words),
      weights_.plain_most));
  for (Clue& clue : found)
    if (const std::size_t count = counts[is_pasted(clue) ? 1 : 0]; count > weights_.many_words)
      clue.weight = static_cast<std::uint32_t>(std::uint64_t{clue.weight} * (weights_.many_words + weights_.fewer) /
                                               (count + weights_.fewer));
  std::ranges::stable_sort(
      found, [](const Clue& a, const Clue& b) { return a.term != b.term ? a.term < b.term : a.weight > b.weight; });
  for (const Clue& clue : found) {
    if (clues_.empty() || clues_.back().term != clue.term) {
      clues_.push_back(clue);
      continue;
    }
    if (clues_.back().weight < 1300) clues_.back().weight += clue.weight / 10;
    if (clues_.back().form != clue.form) clues_.back().form = Form::any;
  }
}

// A phrase whose words are far apart may be there by chance. Returns its weight per mille, less for each word between.
std::uint32_t Scorer::firmness(const PatternRecord& pattern, const PatternHit& hit) const {
  std::uint32_t first = none, last = 0;
  for (std::uint32_t i = 0; i < pattern.item_count; ++i) {
    const std::uint32_t place = prompt_.found.places[hit.places + i];
    if (place == no_sign) continue;
    first = std::min(first, place);
    last = std::max(last, place);
  }
  const std::uint32_t spread = first == none ? 0 : last - first + 1;
  const std::uint32_t between = spread > pattern.words + 1u ? spread - pattern.words - 1u : 0;
  return 1'000'000 / (1000 + between * weights_.loose);
}

// Words that often occur in a concept's phrases are evidence for it without a whole one; one word alone is weak.
void Scorer::add_associations(std::vector<std::uint32_t>& position_of) {
  std::vector<std::uint32_t> sum(concepts_.size(), 0), words(concepts_.size(), 0), best(concepts_.size(), 0);
  std::vector<std::uint32_t> seen;
  for (const PromptWord& word : prompt_.words) {
    if (word.term >= tables_.associations_by_term.size || word.number || word.word_class == WordClass::function)
      continue;
    if (word.origin == Origin::part) continue;
    if (std::ranges::find(seen, word.term) != seen.end()) continue;
    seen.push_back(word.term);
    const std::uint32_t of_class = weights_.by_class[static_cast<std::size_t>(word.word_class)];
    for (const Association& to : tables_.read(tables_.associations, tables_.associations_by_term[word.term])) {
      if (to.concept_id >= concepts_.size()) continue;
      const std::uint32_t gain = to.weight * of_class / 1000 * word.weight / 1000;
      sum[to.concept_id] += gain;
      ++words[to.concept_id];
      if (gain > best[to.concept_id]) {
        best[to.concept_id] = gain;
        if (concepts_[to.concept_id] == 0) position_of[to.concept_id] = word.position;
      }
    }
  }
  for (std::uint32_t id = 0; id < concepts_.size(); ++id) {
    if (sum[id] == 0) continue;
    std::uint32_t soft = sum[id] * weights_.association / 1000;
    if (words[id] < 2) soft = soft * weights_.association_single / 1000;
    soft = std::min(soft, weights_.association_most);
    concepts_[id] += concepts_[id] == 0 ? soft : soft * weights_.association_more / 1000;
  }
}

// A concept is as strong as the best phrase that expresses it, plus a share of each further one, up to a limit. The
// clues are then in the order of the prompt, which add_clues() relies on.
void Scorer::collect_concepts() {
  concepts_.assign(tables_.concepts.size, 0);
  std::vector<std::uint32_t> position_of(tables_.concepts.size, 0);
  for (const PatternHit& hit : prompt_.found.hits) {
    const PatternRecord& pattern = tables_.patterns.patterns[hit.pattern];
    if (pattern.concept_id >= concepts_.size()) continue;
    const auto tie = static_cast<Tie>(pattern.tie);
    std::uint32_t strength = tie == Tie::is     ? weights_.concept_is
                             : tie == Tie::says ? weights_.concept_says
                                                : weights_.concept_hints;
    if (pattern.item_count > 1) strength = strength * firmness(pattern, hit) / 1000;
    if (pattern.words > 1 && tie != Tie::hints)
      strength += std::min<std::uint32_t>(pattern.words - 1, 4) * weights_.concept_word;
    std::uint32_t& known = concepts_[pattern.concept_id];
    const std::uint32_t stronger = std::max(known, strength), weaker = std::min(known, strength);
    if (strength > known) position_of[pattern.concept_id] = hit.position;
    known = std::min(stronger + weaker * weights_.concept_again / 1000, std::max(stronger, weights_.concept_most));
  }
  add_associations(position_of);
  for (std::uint32_t id = 0; id < concepts_.size(); ++id) {
    const std::uint32_t term = tables_.concepts[id].term;
    if (concepts_[id] == 0 || term >= tables_.terms.size || tables_.concepts[id].of_siblings != 0) continue;
    const std::uint32_t weight = concepts_[id] * weights_.concept_scale / 1000;
    clues_.push_back({term, weight, position_of[id], 0, true, Form::any});
  }
  std::ranges::stable_sort(clues_, [](const Clue& a, const Clue& b) { return a.position < b.position; });
}

std::uint64_t Scorer::worth(const Clue& clue, std::size_t lane) const {
  return std::uint64_t{tables_.terms[clue.term].rarity[lane]} * 16 * clue.weight / 1000;
}

// Concepts count only in the fields that say what a manifest is for (`strong`): any long body expresses some of them.
std::uint32_t Scorer::worth(const Clue& clue, const Posting& posting) const {
  const std::size_t lane = lane_of(tables_.entries[posting.entry()]);
  return static_cast<std::uint32_t>(worth(clue, lane) * impact_of(clue, posting, lane) / 1000);
}

// What a manifest that no prompt taught about says with another word of the same stem counts little.
std::uint64_t Scorer::impact_of(const Clue& clue, const Posting& posting, std::size_t lane) const {
  if (lane == 0 && is_in_passing(clue.term, posting)) return (clue.concept_clue ? posting.strong : posting.full) / 4;
  if (clue.concept_clue) return posting.strong;
  if (lane != 0) return posting.full;
  const std::uint64_t impact = posting.full + std::uint64_t{posting.plain} * plain_ / 1000;
  const bool other = are_other_words(clue.form, static_cast<Form>(posting.form));
  return other ? impact * weights_.other_word / 1000 : impact;
}

// A word and its concepts are one piece of evidence: the best of them counts in full, the others a little.
void Scorer::add_clues() {
  struct Gains {
    std::uint32_t best = 0, sum = 0;
  };
  std::vector<Gains> gains(scores_.size());
  std::vector<std::uint32_t> touched;
  for (std::size_t begin = 0; begin < clues_.size();) {
    std::size_t end = begin;
    for (; end < clues_.size() && clues_[end].position == clues_[begin].position; ++end) {
      const std::uint64_t of_clue[2] = {worth(clues_[end], 0), worth(clues_[end], 1)};
      for (const Posting& posting : tables_.read(tables_.postings, tables_.terms[clues_[end].term].postings)) {
        const std::uint32_t entry = posting.entry();
        if (entry >= gains.size()) continue;
        const std::size_t lane = lane_of(tables_.entries[entry]);
        const auto gain = static_cast<std::uint32_t>(of_clue[lane] * impact_of(clues_[end], posting, lane) / 1000);
        Gains& of_entry = gains[entry];
        if (of_entry.sum == 0) touched.push_back(entry);
        of_entry.sum += gain;
        of_entry.best = std::max(of_entry.best, gain);
      }
    }
    for (const std::uint32_t entry : touched) {
      Gains& of_entry = gains[entry];
      scores_[entry] += of_entry.best + (of_entry.sum - of_entry.best) * weights_.further / 1000;
      of_entry = {};
    }
    touched.clear();
    begin = end;
  }
}

const Call* Scorer::call_of(std::uint32_t entry) const {
  for (const Call& call : mentions().called)
    if (call.entry == entry) return &call;
  return nullptr;
}

bool Scorer::has_term(std::uint32_t term) const {
  return term < tables_.terms.size && (has_[term / 64] >> term % 64 & 1) != 0;
}

bool Scorer::says(const PhraseWord& word) const {
  constexpr std::uint32_t least = 300;  // per mille
  const auto ids = tables_.read(tables_.word_concepts, word.concepts);
  return has_term(word.term) ||
         std::ranges::any_of(ids, [&](std::uint32_t id) { return concept_strength(id) >= least; });
}

Scorer::Cover Scorer::covered(const PhraseRecord& phrase) const {
  Cover cover;
  if (phrase.weight == 0) return cover;
  std::uint64_t sum = 0, told_apart = 0;
  bool another = false;
  for (const PhraseWord& word : tables_.read(tables_.phrase_words, phrase.words)) {
    if (has_term(word.term)) {
      sum += std::uint64_t{word.weight} * 1000;
      another = true;
      continue;
    }
    std::uint32_t strength = 0;
    bool of_siblings = false;
    for (const std::uint32_t id : tables_.read(tables_.word_concepts, word.concepts)) {
      if (id >= tables_.concepts.size || concept_strength(id) <= strength) continue;
      strength = concept_strength(id);
      of_siblings = tables_.concepts[id].of_siblings != 0;
    }
    strength = std::min<std::uint32_t>(strength, 1000);
    sum += std::uint64_t{word.weight} * strength * 8 / 10;
    if (of_siblings)
      told_apart += std::uint64_t{word.weight} * strength;
    else if (strength > 0)
      another = true;
  }
  cover.share = static_cast<std::uint32_t>(sum / phrase.weight);
  if (another) cover.siblings = static_cast<std::uint32_t>(told_apart * 16 / 1000 * weights_.sibling / 1000);
  return cover;
}

// More than half of its words; or two that follow each other in both, and half of the shorter of both.
bool Scorer::says_enough_of(const PhraseRecord& phrase) const {
  constexpr std::size_t enough = 6;
  std::size_t words = 0, met = 0;
  std::uint32_t before = none;
  bool in_a_row = false;
  for (const PhraseWord& word : tables_.read(tables_.phrase_words, phrase.words)) {
    if (word.term >= tables_.terms.size || tables_.class_of(word.term) == WordClass::function) continue;
    ++words;
    met += says(word) ? 1 : 0;
    for (std::size_t i = 0; i + 1 < told_.size() && before != none && !in_a_row; ++i)
      in_a_row = told_[i] == before && told_[i + 1] == word.term;
    before = word.term;
  }
  return met * 2 > std::min(words, enough) || (in_a_row && met * 2 >= std::min({words, enough, told_.size()}));
}

bool Scorer::is_in_passing(std::uint32_t term, const Posting& posting) const {
  constexpr std::uint32_t of_name_or_description = 5, of_triggers = 2;
  if ((posting.mask() & (of_name_or_description | of_triggers)) != of_triggers) return false;
  const EntryRecord& entry = tables_.entries[posting.entry()];
  if (of_shipped(entry)) return false;
  passing_.resize(tables_.entries.size);
  std::uint8_t& known = passing_[posting.entry()];
  const Span<PhraseRecord> phrases = tables_.read(tables_.phrases, entry.phrases);
  if (known == 0) {
    const bool taught = std::ranges::any_of(phrases, is_lesson);
    const auto is_said = [&](const PhraseRecord& one) { return is_lesson(one) && says_enough_of(one); };
    known = taught && std::ranges::none_of(phrases, is_said) ? 2 : 1;
  }
  // What the manifest declares itself is no lesson's.
  return known == 2 && std::ranges::none_of(phrases, [&](const PhraseRecord& one) {
           const Span<PhraseWord> words = tables_.read(tables_.phrase_words, one.words);
           return one.of_name == 0 &&
                  (tables_.read(tables_.terms[term].text).starts_with('#') ||
                   std::ranges::any_of(words, [&](const PhraseWord& word) { return word.term == term; }));
         });
}

// What the user wrote as typed for a manifest is meant for it whatever the words weigh. A plugin's lessons are others'.
void Scorer::put_taught_first(std::vector<Ranked>& ranked) {
  if (!mentions().called.empty()) return;
  const auto said = static_cast<std::size_t>(std::ranges::count_if(
      prompt_.words, [](const PromptWord& word) { return word.counts && !word.translated && !word.pasted; }));
  const auto is_prompt = [&](const PhraseRecord& phrase) {
    const Span<PhraseWord> words = tables_.read(tables_.phrase_words, phrase.words);
    return is_lesson(phrase) && words.size == said &&
           std::ranges::all_of(words, [&](const PhraseWord& word) { return has_term(word.term); });
  };
  const auto is_taught = [&](const Ranked& own) {
    const EntryRecord& entry = tables_.entries[own.entry];
    const Span<PhraseRecord> phrases = tables_.read(tables_.phrases, entry.phrases);
    return (entry.origin == static_cast<std::uint16_t>(Scope::project) ||
            entry.origin == static_cast<std::uint16_t>(Scope::user)) &&
           std::ranges::any_of(phrases, is_prompt);
  };
  const auto end = ranked.begin() + static_cast<std::ptrdiff_t>(std::min(ranked.size(), shares_for));
  const auto found = std::find_if(ranked.begin(), end, is_taught);
  if (found == end || std::any_of(found + 1, end, is_taught)) return;
  taught_ = found->entry;
  found->score = std::max(found->score, ranked.front().score) * 2;  // wherever it lies
  std::rotate(ranked.begin(), found, found + 1);
}

// The covered share is squared: half of a name's words are much weaker evidence than half of the bonus.
void Scorer::add_shares(std::vector<Ranked>& ranked) const {
  const std::size_t compared = std::min(ranked.size(), shares_for);
  std::vector<std::uint32_t> abroad(have_several_owners(tables_, ranked, compared) ? compared : 0);
  for (std::size_t i = 0; i < compared; ++i) {
    const EntryRecord& entry = tables_.entries[ranked[i].entry];
    std::uint32_t name = 0, trigger = 0, siblings = 0;
    for (const PhraseRecord& phrase : tables_.read(tables_.phrases, entry.phrases)) {
      if (is_declared(phrase) && !is_trigger_phrase(phrase)) continue;
      const Cover cover = covered(phrase);
      std::uint32_t& best = is_declared(phrase) ? trigger : name;
      best = std::max(best, cover.share);
      if (phrase.of_name == 1) siblings = cover.siblings;
    }
    const std::uint64_t of_name = std::uint64_t{weights_.name_share} * name * name / 1'000'000;
    const std::uint64_t of_trigger = std::uint64_t{weights_.trigger_share} * trigger * trigger / 1'000'000;
    const auto with = [&, score = std::uint64_t{ranked[i].score}](std::uint64_t bonus) {
      return static_cast<std::uint32_t>(score + score * bonus / 1000) + siblings;
    };
    ranked[i].score = with(of_name + of_trigger);
    if (!abroad.empty()) abroad[i] = with(of_name + of_trigger * entry.believed / 1000);
  }
  if (!abroad.empty()) settle_between_owners(tables_, abroad, ranked);
}

// Manifests that are ruled out by name keep a fifth of their score.
void Scorer::discount() {
  for (const std::uint32_t term : excluded_)
    for (const Posting& posting : tables_.read(tables_.postings, tables_.terms[term].postings))
      if ((posting.mask() & 1) != 0 && posting.entry() < scores_.size()) scores_[posting.entry()] /= 5;
}

// Discounts come before the shares, so that a manifest that is ruled out does not win them back by its name.
void Scorer::score_entries() {
  if (!scores_.empty()) return;
  scores_.assign(tables_.entries.size, 0);
  add_clues();
  discount();
  for (const Call& call : mentions().called)
    if (call.entry < scores_.size()) scores_[call.entry] = std::max(scores_[call.entry], 1u);
}

std::vector<Ranked> Scorer::rank(bool shipped) {
  score_entries();
  std::vector<Ranked> ranked;
  for (std::uint32_t entry = 0; entry < scores_.size(); ++entry)
    if (scores_[entry] > 0 && of_shipped(tables_.entries[entry]) == shipped) ranked.push_back({entry, scores_[entry]});
  // Only the best gain for their names, so the others need no order yet.
  const auto best = ranked.begin() + static_cast<std::ptrdiff_t>(std::min(ranked.size(), shares_for));
  std::partial_sort(ranked.begin(), best, ranked.end(), is_better);
  add_shares(ranked);
  for (Ranked& r : ranked)
    if (const Call* call = call_of(r.entry)) r.score += call->of_kind ? 2 * called_score : called_score;
  std::ranges::sort(ranked, is_better);
  if (!shipped) put_taught_first(ranked);
  return ranked;
}

// "#code_review" is shown as "code review".
std::string Scorer::concept_name(std::uint32_t term) const {
  std::string name(tables_.read(tables_.terms[term].text));
  if (!name.empty()) name.erase(0, 1);
  std::ranges::replace(name, '_', ' ');
  return name;
}

std::string Scorer::word_text(std::uint32_t word) const {
  if (word >= prompt_.words.size()) return {};
  return std::string(prompt_.text.substr(prompt_.words[word].offset, prompt_.words[word].length));
}

const Posting* Scorer::posting_of(std::uint32_t term, std::uint32_t entry) const {
  const Span<Posting> postings = tables_.read(tables_.postings, tables_.terms[term].postings);
  const Posting* found = std::ranges::lower_bound(postings, entry, {}, &Posting::entry);
  return found == postings.end() || found->entry() != entry ? nullptr : found;
}

const Posting* Scorer::posting_of(const PromptWord& word, std::uint32_t entry) const {
  const Posting* const posting = word.term == none ? nullptr : posting_of(word.term, entry);
  if (posting == nullptr || are_other_words(word.form, static_cast<Form>(posting->form))) return nullptr;
  return is_in_passing(word.term, *posting) ? nullptr : posting;
}

std::uint32_t Scorer::concept_points(std::uint32_t entry) const {
  std::uint32_t sum = 0;
  for (const Clue& clue : clues_)
    if (const Posting* const posting = clue.concept_clue ? posting_of(clue.term, entry) : nullptr; posting != nullptr)
      sum += worth(clue, *posting);
  return sum;
}

// Those of its clues, and for a concept all words of the phrases that expressed it.
void Scorer::mark_met(std::uint32_t entry, std::vector<std::uint8_t>& met) const {
  for (const Clue& clue : clues_) {
    const Posting* posting = posting_of(clue.term, entry);
    if (posting == nullptr || worth(clue, *posting) == 0 || is_in_passing(clue.term, *posting)) continue;
    if (clue.position < met.size()) met[clue.position] = 1;
    if (!clue.concept_clue) continue;
    for (const PatternHit& hit : prompt_.found.hits) {
      const PatternRecord& pattern = tables_.patterns.patterns[hit.pattern];
      if (pattern.concept_id >= tables_.concepts.size || tables_.concepts[pattern.concept_id].term != clue.term)
        continue;
      for (std::uint32_t i = 0; i < pattern.item_count; ++i)
        if (const std::uint32_t place = prompt_.found.places[hit.places + i]; place < met.size()) met[place] = 1;
    }
  }
}

std::vector<Evidence> Scorer::evidence(std::uint32_t entry) const {
  std::vector<Evidence> found;
  for (const Clue& clue : clues_) {
    const Posting* posting = posting_of(clue.term, entry);
    if (posting == nullptr) continue;
    const std::uint32_t weight = worth(clue, *posting);
    if (weight == 0) continue;
    found.push_back(clue.concept_clue
                        ? Evidence{concept_name(clue.term), "concept", weight}
                        : Evidence{word_text(clue.word), std::string(best_field(posting->mask())), weight});
  }
  std::ranges::stable_sort(found, [](const Evidence& a, const Evidence& b) { return a.weight > b.weight; });
  return found;
}

// A merge: of the heads of all owners' queues the one with the highest score in `abroad` comes next. A plain sort would
// also reorder the manifests of one owner, whose triggers need no limit among themselves.
void settle_between_owners(const Tables& tables, const std::vector<std::uint32_t>& abroad,
                           std::vector<Ranked>& ranked) {
  const auto is_believed = [](std::uint32_t there, const Ranked& here) { return there == here.score; };
  if (std::equal(abroad.begin(), abroad.end(), ranked.begin(), is_believed)) return;
  struct Candidate {
    Ranked ranked;
    std::uint32_t abroad = 0, owner = 0;
  };
  std::vector<Candidate> waiting;
  for (std::size_t i = 0; i < abroad.size(); ++i)
    waiting.push_back({ranked[i], abroad[i], tables.entries[ranked[i].entry].owner});
  std::ranges::sort(waiting, [&](const Candidate& a, const Candidate& b) {
    return a.owner != b.owner ? a.owner < b.owner : is_better(a.ranked, b.ranked);
  });
  std::vector<std::size_t> heads;  // of the owners' queues
  for (std::size_t i = 0; i < waiting.size(); ++i)
    if (i == 0 || waiting[i].owner != waiting[i - 1].owner) heads.push_back(i);
  for (std::size_t place = 0; place < abroad.size(); ++place) {
    const auto next = std::ranges::min_element(heads, [&](std::size_t a, std::size_t b) {
      const Candidate &one = waiting[a], &other = waiting[b];
      return one.abroad != other.abroad ? one.abroad > other.abroad : is_better(one.ranked, other.ranked);
    });
    const Candidate& taken = waiting[*next];
    ranked[place] = taken.ranked;
    if (place > 0 && !is_better(ranked[place - 1], ranked[place]))
      ranked[place].score = std::max(1U, std::min(taken.abroad, ranked[place - 1].score - 1));
    ++*next;
    if (*next == waiting.size() || waiting[*next].owner != taken.owner) heads.erase(next);
  }
}

}  // namespace cascade::route
