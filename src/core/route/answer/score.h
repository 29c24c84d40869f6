// Adds up the evidence that a prompt gives for every entry.
#pragma once

#include <span>

#include "route/answer/prompt.h"

namespace cascade::route {

struct Ranked {
  std::uint32_t entry = 0, score = 0;
};

// Best first; ties by entry. No function: sorting would call it, where this is part of the loop.
inline constexpr auto is_better = [](const Ranked& a, const Ranked& b) noexcept {
  return a.score != b.score ? a.score > b.score : a.entry < b.entry;
};

inline std::span<const Ranked> leading(const std::vector<Ranked>& order, std::size_t most) noexcept {
  return {order.data(), std::min(most, order.size())};
}

// One piece of a prompt that has postings: a word or a concept.
struct Clue {
  std::uint32_t term = 0, weight = 0;  // per mille
  std::uint32_t position = 0;          // of its best word; clues of one position are one piece of evidence
  std::uint32_t word = 0;              // index of that word in the prompt
  bool concept_clue = false;
  Form form = Form::any;
};

class Scorer {
 public:
  Scorer(const Tables& tables, const Weights& weights, const Prompt& prompt);

  const std::vector<Clue>& clues() const { return clues_; }
  // The entries with a score, best first; ties by entry: those of the shipped library, or all others.
  std::vector<Ranked> rank(bool shipped);
  std::uint32_t worth(const Clue& clue, const Posting& posting) const;       // the points that one clue gives one entry
  std::uint32_t concept_points(std::uint32_t entry) const;                   // that concepts give an entry
  const Posting* posting_of(std::uint32_t term, std::uint32_t entry) const;  // nullptr: the entry has no such term
  // The same for a word; nullptr also where the entry has another word of its stem, or has it in passing.
  const Posting* posting_of(const PromptWord& word, std::uint32_t entry) const;
  // Sets a 1 at every position of the prompt that speaks for the entry.
  void mark_met(std::uint32_t entry, std::vector<std::uint8_t>& met) const;
  const Mentions& mentions() const { return prompt_.mentions; }
  const std::vector<std::uint32_t>& excluded() const { return excluded_; }  // words of names; terms, sorted
  bool is_called(std::uint32_t entry) const { return call_of(entry) != nullptr; }
  bool is_refused(std::uint32_t entry) const {
    return std::binary_search(mentions().refused.begin(), mentions().refused.end(), entry);
  }
  // Whether the prompt is, word for word, a lesson for this manifest of the user's own, and for no other.
  bool is_lesson_of(std::uint32_t entry) const { return entry == taught_; }
  // Whether an own manifest has the term only from lessons of which the prompt says too little: it may want another.
  bool is_in_passing(std::uint32_t term, const Posting& posting) const;
  std::vector<Evidence> evidence(std::uint32_t entry) const;  // the weightiest first
  std::string concept_name(std::uint32_t term) const;
  std::string word_text(std::uint32_t word) const;
  // The part of a phrase that the prompt covers.
  struct Cover {
    std::uint32_t share = 0;     // per mille of its weight
    std::uint32_t siblings = 0;  // points for the words by which siblings differ
  };
  Cover covered(const PhraseRecord& phrase) const;
  bool says(const PhraseWord& word) const;  // the word itself, or what it alone means
  std::uint32_t concept_strength(std::uint32_t id) const { return id < concepts_.size() ? concepts_[id] : 0; }

 private:
  const Call* call_of(std::uint32_t entry) const;
  void find_explained();
  void add_associations(std::vector<std::uint32_t>& position_of);
  std::uint32_t firmness(const PatternRecord& pattern, const PatternHit& hit) const;
  void collect_words();
  void collect_concepts();
  std::uint64_t worth(const Clue& clue, std::size_t lane) const;  // before the entry's own weight
  std::uint64_t impact_of(const Clue& clue, const Posting& posting, std::size_t lane) const;
  void score_entries();
  void add_clues();
  void add_shares(std::vector<Ranked>& ranked) const;
  void discount();
  bool has_term(std::uint32_t term) const;
  void put_taught_first(std::vector<Ranked>& ranked);
  bool says_enough_of(const PhraseRecord& phrase) const;

  const Tables& tables_;
  const Weights& weights_;
  const Prompt& prompt_;
  std::vector<std::uint32_t> excluded_;
  std::vector<Clue> clues_;              // by position
  std::vector<std::uint8_t> explained_;  // by position: 1 when a phrase of several words holds it
  std::vector<std::uint32_t> concepts_;  // strength by concept, per mille
  std::uint32_t plain_ = 0;              // weight of what the whole file says, per mille; more in a long prompt
  std::vector<std::uint64_t> has_;       // a bit for each term; 1: the prompt has it
  std::vector<std::uint32_t> told_;      // the terms of its words, without function words, in the order of the text
  std::vector<std::uint32_t> scores_;
  std::uint32_t taught_ = none;                // the entry of which the prompt is a lesson
  mutable std::vector<std::uint8_t> passing_;  // by entry, for is_in_passing(): 0 not looked at, 1 no, 2 yes
};

// Reorders the first abroad.size() of `ranked`: manifests of different owners by `abroad`, the scores in which triggers
// count only as far as their owner's budget goes. A manifest that falls behind another owner's keeps at most its score
// in `abroad`. With a single owner nothing changes.
void settle_between_owners(const Tables& tables, const std::vector<std::uint32_t>& abroad, std::vector<Ranked>& ranked);

}  // namespace cascade::route
