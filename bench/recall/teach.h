// Learns the directions of recall/meaning.h from prompts and the facts that they want.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "facts/meaning.h"
#include "lessons.h"

namespace cascade::bench {

struct Taught {
  std::string prompts, facts;

  recall::MeaningRows rows() const { return {prompts, facts}; }
};

// What words alone say of an organisation's prompts; read once, taught often.
struct Lesson {
  const Organisation* organisation = nullptr;
  std::vector<std::uint32_t> keys;  // of the prompt
  std::vector<float> levels;        // by fact: how well it fits by its words, in doublings
  std::vector<bool> wants;          // by fact
};
struct Term {
  std::uint32_t key = 0;
  float weight = 0;
};
struct Lessons {
  std::vector<const Organisation*> organisations;
  std::vector<std::vector<std::vector<Term>>> facts;  // by organisation
  std::vector<std::vector<Lesson>> prompts;           // by organisation; those that want a fact
};

Lessons read_lessons(const std::vector<Organisation>& organisations);

// Deterministic on one machine; the numbers are rounded to a few levels.
Taught teach(const Lessons& lessons, const std::function<bool(const Organisation&)>& is_taught);

}  // namespace cascade::bench
