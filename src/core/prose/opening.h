// Where a clause begins and ends, and whether a word can be the verb of an order there.
#pragma once

#include "prose/clause_state.h"
#include "prose/place.h"

namespace cascade::prose {

class Opening {
 public:
  explicit Opening(const Place& place) noexcept : place_(place), words_(place.before), behind_(place.behind) {}

  bool ends_clause(std::size_t i) const noexcept;
  bool ends_behind(std::size_t i) const noexcept;  // of the words behind the name
  bool breaks_before(std::size_t i) const noexcept;
  // Whether the name begins a clause of its own, or stands in brackets. `last`: the last word before it.
  bool is_cut_off(std::size_t last) const noexcept;
  // "Please", "then", "1.", "step 3": may stand before the verb of an order.
  bool is_skipped(std::size_t i) const noexcept;
  // Whether the word is an order's verb. `soft`: behind a comma or "and", so that a list may go on instead.
  // `after_order`: of an order, or joined by a word.
  bool is_order(std::size_t i, bool soft, bool after_order) const noexcept;
  // "Do not", "never", "please don't": the verb that it denies; no_word: nothing is denied here.
  std::size_t denied_verb(std::size_t i) const noexcept;
  // "Keep … out", "steer clear", also behind the name.
  bool refuses_in_pair(std::size_t i) const noexcept;

 private:
  bool is_sentence_of(std::size_t first) const noexcept;

  const Place& place_;
  const SentenceWords &words_, &behind_;
};

}  // namespace cascade::prose
