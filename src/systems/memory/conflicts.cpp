// Lists facts that may contradict each other; it never resolves them. Two cases: the same subject in two scopes that
// apply together, and nearly the same text under two subjects.
#include <algorithm>
#include <map>
#include <set>

#include "memory/facts_of_subject.h"
#include "memory/memory.h"
#include "memory/words.h"
#include "text/ascii.h"

namespace cascade::memory {
namespace {

// Whether two facts can apply together: both in one project, or one of them everywhere.
bool meet(const Fact& a, const Fact& b) { return a.scope != b.scope || a.owner == b.owner; }

// Seven words in ten in common. Both are sorted.
bool is_near(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  std::vector<std::string> both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  const std::size_t all = a.size() + b.size() - both.size();
  return both.size() >= 3 && both.size() * 10 >= all * 7;
}

}  // namespace

Result<std::vector<Conflict>> Memory::conflicts() {
  Filter filter;
  filter.states = {State::live};
  const auto facts = list(filter);
  if (!facts) return facts.error();
  std::vector<Conflict> found;
  std::vector<std::vector<std::string>> words;
  std::map<std::string, std::vector<std::size_t>> by_word;
  std::map<std::string, std::vector<std::size_t>> by_subject;
  constexpr std::size_t most_shared = 40;  // a word in more facts than this tells nothing
  for (std::size_t i = 0; i < facts->size(); ++i) {
    const Fact& fact = (*facts)[i];
    for (const std::size_t other : by_subject[folded_subject(fact.subject)])
      if (meet((*facts)[other], fact)) found.push_back({(*facts)[other], fact, "same subject"});
    by_subject[folded_subject(fact.subject)].push_back(i);
    words.push_back(words_of(fact.text));
    for (const std::string& word : words.back()) by_word[word].push_back(i);
  }
  // Only facts that share a rare word are compared, so the cost is at most 40² / 2 pairs for each word and not every
  // fact with every other.
  std::set<std::pair<std::size_t, std::size_t>> pairs;
  for (const auto& [word, having] : by_word)
    if (having.size() <= most_shared)
      for (std::size_t i = 0; i < having.size(); ++i)
        for (std::size_t j = i + 1; j < having.size(); ++j) pairs.emplace(having[i], having[j]);
  for (const auto& [a, b] : pairs) {
    const Fact &first = (*facts)[a], &second = (*facts)[b];
    if (letters::equals_folded(first.subject, second.subject) || !meet(first, second)) continue;
    if (is_near(words[a], words[b])) found.push_back({first, second, "nearly the same text"});
  }
  auto statement = store_.prepare("SELECT first, second FROM conflict ORDER BY first, second");
  if (!statement) return statement.error();
  std::vector<std::pair<std::string, std::string>> shared;
  while (true) {
    const auto row = statement->step();
    if (!row) return row.error();
    if (!*row) break;
    shared.emplace_back(statement->text(0), statement->text(1));
  }
  for (const auto& [a, b] : shared) {
    const auto first = rows("id = ?", {a}), second = rows("id = ?", {b});
    if (!first) return first.error();
    if (!second) return second.error();
    if (!first->empty() && !second->empty())
      found.push_back({first->front(), second->front(), "changed on two machines"});
  }
  return found;
}

}  // namespace cascade::memory
