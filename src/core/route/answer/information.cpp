// A word says as many bits as it is rare among all lessons, less those that it gives by chance; a manifest shares it in
// full if it is in its name or description. Shared rare words are nearly all that is known of a manifest without
// lessons: how much a prompt sounds like software says nothing about a library of another trade.
#include "route/answer/information.h"

#include <algorithm>
#include <vector>

#include "route/rarity.h"
#include "route/weights.h"

namespace cascade::route {
namespace {

constexpr std::uint32_t bit = 64;

// Per mille, by the best of the fields that have the word.
std::uint32_t field_weight(std::uint32_t mask) {
  const auto has = [&](Field field) { return (mask >> static_cast<unsigned>(field) & 1) != 0; };
  if (has(Field::name) || has(Field::triggers) || has(Field::description)) return 1000;
  if (has(Field::situation) || has(Field::headings) || has(Field::examples)) return 800;
  return has(Field::body) ? 700 : 400;
}

std::uint32_t mark_for(const Tables& tables, std::size_t words) {
  constexpr std::uint32_t least = 10 * bit + bit / 2, most_doublings = 5 * bit + bit / 2, a_word = bit * 35 / 100;
  constexpr std::size_t usual_words = 15;
  const std::uint64_t own = tables.entries.size - tables.counts[0].shipped;
  const auto longer = static_cast<std::uint32_t>(std::max(words, usual_words) - usual_words);
  return least + std::min(log2_of(own * 256 / 12), most_doublings) * 5 / 2 + longer * a_word;
}

}  // namespace

Shared shared_with(const Tables& tables, const Learned& learned, const Prompt& prompt, const Scorer& scorer,
                   std::uint32_t entry) {
  constexpr std::uint32_t most = 16 * bit, by_chance = 6 * bit, guessed = 800;  // guessed: per mille
  constexpr std::uint64_t share_most = 33 * bit + bit / 2, share_grows = 6 * bit;
  std::uint64_t said = 0, shared = 0;
  std::vector<std::uint32_t> seen;
  for (const PromptWord& word : prompt.words) {
    if (!word.counts || word.number || word.foreign || word.word_class == WordClass::function) continue;
    if (word.pasted || std::find(seen.begin(), seen.end(), word.stem) != seen.end()) continue;
    seen.push_back(word.stem);
    const std::uint32_t rarity = std::min(learned.rarity_of(word.stem), most);
    const std::uint32_t sure = word.translated || word.origin == Origin::repaired ? guessed : 1000;
    const std::uint32_t says = (std::max(rarity, by_chance) - by_chance) * sure / 1000;
    said += says;
    const Posting* const posting = word.term == none ? nullptr : scorer.posting_of(word.term, entry);
    if (posting != nullptr && !are_other_words(word.form, static_cast<Form>(posting->form)))
      shared += says * field_weight(posting->mask()) / 1000;
  }
  return {static_cast<std::int32_t>(shared + shared * share_most / (said + share_grows)),
          static_cast<std::int32_t>(mark_for(tables, seen.size()))};
}

}  // namespace cascade::route
