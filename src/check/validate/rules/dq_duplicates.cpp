// Descriptions that share nine words in ten. Each is a set of words, sorted from the rarest on, and is compared only
// with those that share one of its rarest tenth; of each word only with the last 64, so that a library of copies is not
// quadratic.
#include <algorithm>
#include <unordered_map>
#include <utility>
#include <vector>

#include "unicode/utf8.h"
#include "validate/reading/description.h"
#include "validate/rules/tree_checks.h"

namespace cascade::validation {
namespace {

constexpr unsigned nearly_equal = 900;                        // in thousandths of all words
constexpr std::size_t least_words = 4, most_candidates = 64;  // of a description; of each rare word, the last ones

struct Described {
  const ManifestFacts* facts = nullptr;
  WordSet words, rare_first;
};

// Two sets that share nine words in ten also share one of their rarest tenth: only those words are looked up.
class SimilarPairs {
 public:
  explicit SimilarPairs(std::vector<Described>& all) : all_(all) { order_words(); }

  template <typename Visit>
  void for_each(const Visit& visit) {
    std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> by_word;
    for (std::uint32_t i = 0; i < all_.size(); ++i) {
      const std::size_t prefix = all_[i].words.size() / 10 + 1;
      std::vector<std::uint32_t> candidates;
      for (std::size_t w = 0; w < prefix; ++w) {
        std::vector<std::uint32_t>& others = by_word[all_[i].rare_first[w]];
        const std::size_t from = others.size() - std::min(others.size(), most_candidates);
        candidates.insert(candidates.end(), others.begin() + static_cast<std::ptrdiff_t>(from), others.end());
        others.push_back(i);
      }
      std::sort(candidates.begin(), candidates.end());
      candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
      for (const std::uint32_t other : candidates)
        if (similarity(all_[other].words, all_[i].words) >= nearly_equal) {
          visit(all_[other], all_[i]);
          break;
        }
    }
  }

 private:
  void order_words() {
    std::unordered_map<std::uint64_t, std::uint32_t> counts;
    for (const Described& one : all_)
      for (const std::uint64_t word : one.words) ++counts[word];
    std::vector<std::pair<std::uint32_t, std::uint64_t>> order;  // the number of sets with the word, and the word
    for (Described& one : all_) {
      order.clear();
      for (const std::uint64_t word : one.words) order.emplace_back(counts.at(word), word);
      std::sort(order.begin(), order.end());
      for (const auto& [count, word] : order) one.rare_first.push_back(word);
    }
  }

  std::vector<Described>& all_;
};

// The words of a name, with those of its plugin.
WordSet words_of_name(std::string_view name) {
  std::string words(name);
  std::replace_if(
      words.begin(), words.end(), [](char c) { return c == '-' || c == '_' || c == ':'; }, ' ');
  return word_set(words);
}

bool has(const WordSet& words, std::uint64_t word) { return std::binary_search(words.begin(), words.end(), word); }

// "... for frontend tasks" of frontend-planner and "... for backend tasks" of backend-planner: each says what its name
// says and the other's does not.
bool says_own_name(const WordSet& own_name, const WordSet& other_name, const WordSet& own, const WordSet& other) {
  return std::any_of(own_name.begin(), own_name.end(),
                     [&](std::uint64_t word) { return !has(other_name, word) && has(own, word) && !has(other, word); });
}

bool are_told_apart(std::string_view name, const WordSet& words, std::string_view other_name, const WordSet& others) {
  const WordSet own = words_of_name(name), other = words_of_name(other_name);
  return says_own_name(own, other, words, others) && says_own_name(other, own, others, words);
}

}  // namespace

void check_duplicate_descriptions(const Context& context, const std::vector<ManifestFacts>& manifests,
                                  Findings& findings) {
  if (!findings.runs("DQ003")) return;
  for (const Role role : {Role::skill, Role::agent, Role::command}) {
    std::vector<Described> all;
    for (const ManifestFacts& facts : manifests)
      if (facts.role == role && !facts.description.empty() && !is_deprecated(facts.description)) {
        Described one{&facts, word_set(facts.description), {}};
        if (one.words.size() >= least_words) all.push_back(std::move(one));
      }
    std::sort(all.begin(), all.end(),
              [](const Described& a, const Described& b) { return a.facts->name_at.path < b.facts->name_at.path; });
    SimilarPairs(all).for_each([&](const Described& first, const Described& second) {
      const ManifestView other = context.registry[first.facts->id];
      const ManifestView own = context.registry[second.facts->id];
      if (other.name == own.name) return;  // ID005 reports this
      if (are_told_apart(own.name, second.words, other.name, first.words)) return;
      // Copies in plugins that are installed one by one.
      const bool apart = first.facts->in_plugin && second.facts->in_plugin && first.facts->base != second.facts->base;
      findings
          .add("DQ003", apart ? std::optional(Severity::info) : std::nullopt, second.facts->description_at,
               "the description is nearly that of " + unicode::displayable(other.name), "say how the two differ")
          .related.push_back({first.facts->description_at, "the other"});
    });
  }
}

}  // namespace cascade::validation
