// Reads the words before a name from left to right and keeps what governs the place reached.
#pragma once

#include "prose/opening.h"

#include <string_view>

namespace cascade::prose {

class ClauseWalk {
 public:
  explicit ClauseWalk(const Place& place) noexcept : words_(place.before), opening_(place), whole_(place.whole) {}

  // The clause that the name is in.
  Clause walk() noexcept;
  // Whether the sentence begins with a condition or a place, and a comma.
  bool has_adjunct() const noexcept { return adjunct_; }

 private:
  bool open_clause(std::size_t i) noexcept;
  Subject subject_at(std::size_t i) const noexcept;
  void start(Subject subject, std::size_t i, bool denied = false) noexcept;
  void take_head(std::size_t i) noexcept;
  void reverse() noexcept;
  std::size_t go_on(std::size_t i) noexcept;
  bool subordinates(std::size_t i) noexcept;
  std::size_t take_verb(std::size_t i) noexcept;
  void note(std::size_t i) noexcept;
  bool is_pointing(std::size_t i) const noexcept;
  bool tells_of_others(std::size_t i) const noexcept;
  bool is_owner(std::size_t i) const noexcept;
  bool is_manifest(std::size_t i) const noexcept;

  const SentenceWords& words_;
  Opening opening_;
  Clause clause_;
  bool whole_, soft_ = false, adjunct_ = false;
  bool ordered_ = false;  // an earlier clause of the sentence gave an order
  std::string_view joined_;
};

}  // namespace cascade::prose
