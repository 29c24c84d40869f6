// What prompts taught, put together with what the library's own words say.
#pragma once

#include <optional>
#include <vector>

#include "route/answer/prompt.h"
#include "route/answer/score.h"
#include "route/learned.h"

namespace cascade::route {

// What was learned says of a prompt; in 64ths of a bit.
class Taught {
 public:
  Taught(const Tables& tables, const Learned& learned, const Prompt& prompt, const Scorer& scorer);

  bool speaks() const { return taught_; }  // prompts taught about some manifest of this library
  // Multiplies each entry's score by how much better the best class explains the prompt than the entry's own; entries
  // that were taught about and that no word spoke for are added. Best first, ties by entry.
  void combine(std::vector<Ranked>& order);

  // How much better the best class that is a manifest here explains the prompt than the best that needs nothing.
  std::int32_t need() const { return best_ - nothing_; }
  // How much better the best sort of idle talk does than anything that asks for work, here or elsewhere.
  std::int32_t idle() const { return idle_ - work_; }
  std::int32_t of(std::uint32_t entry) const;     // how far an entry's class is behind the best; 0 or less
  std::int32_t ahead(std::uint32_t entry) const;  // how far it is before the best of the others
  const Features& features() const { return features_; }
  std::uint32_t best_before() const { return best_before_; }  // score, of the library's own words alone

 private:
  const Tables& tables_;
  Features features_;
  std::optional<LearnedScores> scores_;
  bool taught_ = false;
  std::uint32_t best_before_ = 0;
  std::int32_t best_ = 0, nothing_ = 0, idle_ = 0, work_ = 0;
};

}  // namespace cascade::route
