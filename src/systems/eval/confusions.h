// Finds pairs of manifests that win each other's prompts, and the words that would separate them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "eval/evaluate.h"

namespace cascade::evaluation {

// Prompts that expect one manifest but rank another first.
struct Stolen {
  std::vector<std::uint32_t> prompts;   // indices
  std::vector<std::string> because_of;  // words and concepts that favour the other, the weightiest first
  std::vector<std::string> would_part;  // words of these prompts that the other lacks: triggers for the expected one
};

struct Confusion {
  ManifestId one{}, other{};
  Stolen from_one, from_other;  // from_one: prompts that expect `one` and get `other`
  std::size_t count() const { return from_one.prompts.size() + from_other.prompts.size(); }
};

// The most frequent first, then by id. Routes the confused prompts again.
std::vector<Confusion> find_confusions(const Registry& registry, const Router& router, const Evaluation& evaluation,
                                       const Query& like);

}  // namespace cascade::evaluation
