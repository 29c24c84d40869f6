// Prompts with known answers to the table that route/learned.h reads, by counting.
#pragma once

#include <string>
#include <string_view>
#include <vector>

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

// The same lessons, in any order, give the same bytes: integers only. Linear in the features of all lessons, but for
// sorting them. Features that only one lesson has are left out.
std::string learn(const Lessons& lessons);

}  // namespace cascade::route
