// Prompts with known answers to the table that route/learned.h reads, by counting.
#pragma once

#include <cascade/route.h>

#include <array>

#include "route/learned.h"

namespace cascade::route {

struct Lesson {
  std::uint32_t learned_class = 0;  // into Lessons::classes
  std::uint32_t percent = 100;      // of a prompt: what a manifest says of itself counts less
  Features features;
  std::string text;  // kept for explanations; empty: not kept
};

struct TaughtClass {
  std::string name;                  // kind:name, "none" and a word, or "a" and a kind
  std::vector<std::uint32_t> about;  // about_words() of its description
};

struct Lessons {
  std::vector<TaughtClass> classes;  // those that need nothing first, then kinds; each by name
  std::vector<Lesson> lessons;
};

// The same lessons, in any order, give the same bytes. Features that only one lesson has are left out.
std::string learn(const Lessons& lessons);

// By Caution: the fewest points from which the wanted share of at least thirty loads was right, never below a floor.
// never_loaded: no number of points is enough; not_shown: fewer than thirty loads lead by enough.
std::array<std::int32_t, 3> precise_from(const Registry& registry, const Router& router,
                                         const std::vector<KnownPrompt>& prompts);

void put_load_from(std::string& block, const std::array<std::int32_t, 3>& points);

}  // namespace cascade::route
