// Counts, for each word, the phrases of each concept that use it, at most six times a concept so that a concept with
// many phrases does not claim every word in them. A concept's share of these counts is its weight; small shares are
// dropped.
#include "route/build/associations.h"

#include <algorithm>
#include <map>

namespace cascade::route {
namespace {

constexpr std::uint32_t most_uses = 6;     // of one word in one concept
constexpr std::uint32_t about_uses = 2;    // the uses that a word in a concept's list of related words counts for
constexpr std::uint32_t least_share = 40;  // per mille
constexpr std::size_t most_concepts = 10;  // of one word

// How often each concept's phrases use each word; each word of a row counts.
class Uses {
 public:
  explicit Uses(const Lexicon& lexicon) : lexicon_(lexicon), rows_(lexicon.sign_terms.size()) {
    for (const RowRecord& row : lexicon.rows) rows_[row.sign] = row;
    for (const PatternRecord& pattern : lexicon.patterns) {
      const std::string& name = lexicon.concepts[pattern.concept_id];
      if (name[0] == '@' || name[0] == '+') continue;
      for (std::uint32_t i = 0; i < pattern.item_count; ++i)
        count(pattern.concept_id, lexicon.items[pattern.items + i]);
    }
    for (const Lexicon::AboutWord& word : lexicon.about) add(word.term, word.concept_id, about_uses);
  }

  const std::map<std::uint32_t, std::map<std::uint32_t, std::uint32_t>>& by_term() const { return uses_; }

 private:
  void count(std::uint32_t concept_id, const ItemRecord& item) {
    if (item.absent != 0) return;
    for (std::uint32_t k = 0; k < item.count; ++k) {
      const std::uint32_t sign = lexicon_.alternatives[item.alternatives + k];
      if (const std::uint32_t term = lexicon_.sign_terms[sign]; term != none) {
        add(term, concept_id, 1);
        continue;
      }
      for (std::uint32_t w = 0; w < rows_[sign].count; ++w)
        if (const std::uint32_t term = lexicon_.sign_terms[lexicon_.row_words[rows_[sign].words + w]]; term != none)
          add(term, concept_id, 1);
    }
  }

  void add(std::uint32_t term, std::uint32_t concept_id, std::uint32_t count) {
    std::uint32_t& uses = uses_[term][concept_id];
    uses = std::min(uses + count, most_uses);
  }

  const Lexicon& lexicon_;
  std::vector<RowRecord> rows_;
  std::map<std::uint32_t, std::map<std::uint32_t, std::uint32_t>> uses_;
};

}  // namespace

std::vector<std::vector<Association>> associate(const Lexicon& lexicon, std::size_t terms) {
  std::vector<std::vector<Association>> found(terms);
  const Uses uses(lexicon);
  for (const auto& [term, concepts] : uses.by_term()) {
    std::uint32_t all = 0;
    for (const auto& [id, count] : concepts) all += count;
    std::vector<Association>& list = found[term];
    for (const auto& [id, count] : concepts)
      if (const std::uint32_t share = count * 1000 / (all + 1); share >= least_share) list.push_back({id, share});
    std::stable_sort(list.begin(), list.end(),
                     [](const Association& a, const Association& b) { return a.weight > b.weight; });
    if (list.size() > most_concepts) list.resize(most_concepts);
  }
  return found;
}

}  // namespace cascade::route
