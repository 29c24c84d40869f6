// Recognises sets of alternatives that are only shorter and longer forms of one text: sorts the forms by cost, drops
// those that a cheaper one beats, and links the rest into a chain if value and every cost grow along it. The kernel
// then holds each form as the difference to the one before it, a child below its parent. The tree states "at most one
// form" by itself then, which a pack would state only through a price, with a weaker bound.
#include "budget/chains.h"

#include <algorithm>
#include <tuple>

namespace cascade::budget {
namespace {

// Whether only its place, one living carrier and this set decide about the content.
bool is_free(const Model& model, const Alive& alive, std::uint32_t content, std::uint32_t place) {
  if (place >= merged_bit || model.sets[content].size != 1) return false;
  std::uint32_t carriers = 0;
  for (std::uint32_t g : model.carriers[content]) {
    if (alive.group[g] == 0) continue;
    ++carriers;
    const Span<std::uint32_t> needs = model.needs[g];
    if (std::find(needs.begin(), needs.end(), content) != needs.end()) return false;
  }
  return carriers == 1;
}

// Whether `b` costs at least as much as `a` in every dimension.
bool no_cheaper(const Model& model, std::uint32_t b, std::uint32_t a) {
  for (std::uint32_t d = 0; d < model.dims; ++d) {
    if (model.cost_of(d, b) < model.cost_of(d, a)) return false;
  }
  return true;
}

// Sorts the forms by cost without those that a cheaper one beats; empty: they are not a chain.
std::vector<std::uint32_t> order_forms(const Model& model, std::vector<std::uint32_t> forms) {
  auto key = [&](std::uint32_t k) {
    return std::make_tuple(model.cost_of(token_dim, k), model.cost_of(char_dim, k), -model.value[k], k);
  };
  std::sort(forms.begin(), forms.end(), [&](std::uint32_t a, std::uint32_t b) { return key(a) < key(b); });
  std::vector<std::uint32_t> chain;
  for (std::uint32_t k : forms) {
    if (chain.empty()) {
      chain.push_back(k);
      continue;
    }
    const std::uint32_t last = chain.back();
    if (!no_cheaper(model, k, last)) return {};
    if (model.value[k] > model.value[last]) {
      chain.push_back(k);
      continue;
    }
    const bool dearer = model.cost_of(token_dim, k) > model.cost_of(token_dim, last) ||
                        model.cost_of(char_dim, k) > model.cost_of(char_dim, last);
    if (model.value[k] == model.value[last] && !dearer) return {};  // equal ones: canonical order decides
  }
  return chain;
}

}  // namespace

Chains find_chains(const Model& model, const Alive& alive, Places& places) {
  Chains chains{std::vector<std::uint32_t>(model.contents, none), std::vector<std::uint32_t>(model.contents, none),
                std::vector<std::uint8_t>(model.alternatives.size(), 0)};
  if (model.ordered) return chains;
  for (std::uint32_t set = 0; set < model.alternatives.size(); ++set) {
    std::vector<std::uint32_t> forms;
    bool good = true;
    for (std::uint32_t k : model.alternatives[set]) {
      if (places[k] == none) continue;
      good = good && is_free(model, alive, k, places[k]) && (forms.empty() || places[k] == places[forms[0]]);
      forms.push_back(k);
    }
    if (!good || forms.size() < 2) continue;
    const std::vector<std::uint32_t> chain = order_forms(model, forms);
    if (chain.empty()) continue;
    chains.set[set] = 1;
    for (std::uint32_t k : forms) {
      if (std::find(chain.begin(), chain.end(), k) == chain.end()) places[k] = none;
    }
    for (std::size_t i = 1; i < chain.size(); ++i) {
      chains.shorter[chain[i]] = chain[i - 1];
      chains.longer[chain[i - 1]] = chain[i];
    }
  }
  return chains;
}

}  // namespace cascade::budget
