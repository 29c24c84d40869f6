// The form of a statement: clause by clause what it speaks of, and the values that it gives of it. A newer statement
// that says that something has changed takes an older one's place if it speaks of the same and gives another value of
// the same sort.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "memory/claim_words.h"

namespace cascade::memory {

struct Value {
  std::string text;
  Roles sort = 0;    // measures and kinds of values; of a number without a unit `roles::number` alone
  std::string unit;  // what is counted, if it is no measure: "digits"
};

struct Topic {
  std::string word;             // its stem
  bool before = false;          // it stands before the first value
  bool limits = false;          // behind "for", "in", "when"
  std::size_t of = Topic::end;  // the next topic, if that follows at once: "stock" of "stock import"
  static constexpr std::size_t end = ~std::size_t{0};
};

struct Frame {
  std::vector<Topic> topics;
  std::vector<Value> values;
  Texts verbs;
  bool forbids = false, adds = false;  // "never"; "also"
};

// Those of the clauses that give values.
std::vector<Frame> frames_of(std::string_view said);
// REQUIRES: the newer one says that something has changed.
bool gives_another_value(const std::vector<Frame>& older, const std::vector<Frame>& newer);
// Whether both are one clause that speaks of exactly the same, and only a measure or a time differs: "a normal lesson
// lasts 45 minutes", "normal lessons are 60 min long".
bool differ_in_value(const std::vector<Frame>& older, const std::vector<Frame>& newer);
struct Compared {
  bool same = false, another = false;  // a value of both; one of the same sort that the newer one gives of the same
};
Compared compare(const std::vector<Frame>& older, const std::vector<Frame>& newer);

// Of products for one purpose the same, 0: none is known.
std::size_t purpose_of(const std::string& word);
// Whether both are forms of one word: "review" and "reviewer".
bool are_akin(const std::string& a, const std::string& b);

}  // namespace cascade::memory
