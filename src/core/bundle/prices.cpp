// Finds prices by packing again: doubles from a guess until the wanted text is in, then halves the interval, first for
// tokens, then for characters, until neither can be less. Each packing is remembered by its budget. A price computed
// from costs alone would be wrong, because more room changes what else is chosen; a packed one is always true.
#include "bundle/prices.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace cascade::bundle {
namespace {

constexpr std::uint64_t most_nodes = 100'000;
constexpr std::size_t most_packings = 500;

std::uint32_t more(std::uint32_t limit, std::uint32_t by) {
  return limit == unlimited
             ? limit
             : static_cast<std::uint32_t>(std::min<std::uint64_t>(std::uint64_t{limit} + by, unlimited - 1));
}

class PriceSearch {
 public:
  PriceSearch(const BundleRequest& request, const Items& items, const Packing& now)
      : request_(request), items_(items), now_(now), problem_(items.problem) {
    std::uint64_t tokens = 0, chars = 0;
    for (const PackingGroup& group : problem_.groups) {
      for (const PackingItem& item : group.items) {
        tokens += item.cost.tokens;
        chars += item.cost.chars;
      }
    }
    const Budget& budget = problem_.budget;
    everything_.tokens = room_for(tokens, budget.limit.tokens, budget.reserve.tokens);
    everything_.chars = room_for(chars, budget.limit.chars, budget.reserve.chars);
  }

  Cost price(const Omission& omission) {
    const auto place = place_of(omission);
    if (!place) return omission.shortfall;
    return least([&](const Packing& packing) { return holds(packing, *place); }, omission.shortfall).value_or(Cost{});
  }

  // The value never falls as the budget grows, so this is the least budget that gives more.
  std::optional<NextIn> next(const Cost& guess) {
    const auto is_worth_more = [&](const Packing& packing) {
      return packing.certificate.value > now_.certificate.value;
    };
    const std::optional<Cost> needed = least(is_worth_more, guess);
    if (!needed) return {};
    const auto packing = at(*needed);
    if (!packing) return {};
    const Packing& then = *packing;
    std::optional<PackedItem> found;
    for (const PackedItem& item : then.selected) {
      if (std::find(now_.selected.begin(), now_.selected.end(), item) != now_.selected.end()) continue;
      const Role role = items_.nodes[item.group].role;
      if ((role != Role::form && role != Role::card) || has_longer(then, item)) continue;
      if (!found || role == Role::form) found = item;  // prefers a section to a head
      if (role == Role::form) break;
    }
    if (!found) return {};
    const Node& node = items_.nodes[found->group];
    return NextIn{node.id, node.section, node.form, *needed};
  }

  const std::optional<Error>& error() const { return error_; }

 private:
  static std::uint32_t room_for(std::uint64_t all, std::uint32_t limit, std::uint32_t reserve) {
    if (limit == unlimited || all + reserve <= limit) return 0;
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(all + reserve - limit, unlimited - 1));
  }

  std::optional<PackedItem> place_of(const Omission& omission) const {
    for (std::uint32_t number = 0; number < items_.nodes.size(); ++number) {
      const Node& node = items_.nodes[number];
      const bool head = omission.form == Form::card;
      if (node.id == omission.id && node.section == omission.section && node.form == omission.form &&
          node.role == (head ? Role::card : Role::form))
        return PackedItem{number, 0};
    }
    return {};
  }

  // Whether a longer form of the same section is chosen too.
  bool has_longer(const Packing& packing, const PackedItem& item) const {
    return items_.nodes[item.group].role == Role::form &&
           std::any_of(packing.selected.begin(), packing.selected.end(),
                       [&](const PackedItem& other) { return items_.nodes[other.group].shorter == item.group; });
  }

  // Whether the text is shown there, or a mark says that it is elsewhere.
  bool holds(const Packing& packing, const PackedItem& place) const {
    const Node& wanted = items_.nodes[place.group];
    return std::any_of(packing.selected.begin(), packing.selected.end(), [&](const PackedItem& item) {
      const Node& node = items_.nodes[item.group];
      return item == place || (node.form == Form::same && node.id == wanted.id && node.section == wanted.section);
    });
  }

  // Returns the packing with this much more budget; nothing once the permitted work is used up.
  const Packing* at(const Cost& added) {
    const std::pair<std::uint32_t, std::uint32_t> key{added.tokens, added.chars};
    if (const auto known = known_.find(key); known != known_.end()) return &known->second;
    if (error_ || nodes_ > most_nodes || known_.size() >= most_packings) return nullptr;
    PackingProblem problem = problem_;
    problem.budget.limit = {more(problem.budget.limit.tokens, added.tokens),
                            more(problem.budget.limit.chars, added.chars)};
    Result<Packing> packing = pack(problem, request_.limits);
    if (!packing) {
      error_ = packing.error();
      return nullptr;
    }
    nodes_ += packing->certificate.nodes;
    return &known_.emplace(key, *std::move(packing)).first->second;
  }

  // Searches within the guess if that is enough, else within everything: first the least tokens, with enough
  // characters, then the least characters, and again until neither can be less.
  template <typename Wanted>
  std::optional<Cost> least(Wanted wanted, const Cost& guess) {
    const auto is_enough = [&](const Cost& added) {
      const Packing* packing = at(added);
      return packing != nullptr && packing->status == PackingStatus::ok && wanted(*packing);
    };
    Cost found = is_enough(guess) ? guess : everything_;
    if (!is_enough(found)) return {};
    for (Cost before{unlimited, unlimited}; found != before;) {
      before = found;
      found.tokens = least_of(
          [&](std::uint32_t n) {
            return is_enough({n, before.chars});
          },
          guess.tokens, found.tokens);
      found.chars = least_of([&](std::uint32_t n) { return is_enough({found.tokens, n}); }, guess.chars, found.chars);
    }
    return found;
  }

  // Returns a number that is enough while the one before it is not. REQUIRES: `enough` is.
  template <typename Enough>
  static std::uint32_t least_of(Enough is_enough, std::uint32_t guess, std::uint32_t enough) {
    if (enough == 0 || is_enough(0)) return 0;
    if (!is_enough(enough - 1)) return enough;
    std::uint32_t too_little = 0;
    for (std::uint64_t n = std::max(guess, 1U); n < enough; n *= 2) {
      const auto tried = static_cast<std::uint32_t>(n);
      (is_enough(tried) ? enough : too_little) = tried;
    }
    while (enough - too_little > 1) {
      const std::uint32_t middle = too_little + (enough - too_little) / 2;
      (is_enough(middle) ? enough : too_little) = middle;
    }
    return enough;
  }

  const BundleRequest& request_;
  const Items& items_;
  const Packing& now_;
  const PackingProblem& problem_;
  Cost everything_;  // more budget in each dimension than anything needs
  std::map<std::pair<std::uint32_t, std::uint32_t>, Packing> known_;
  std::uint64_t nodes_ = 0;
  std::optional<Error> error_;
};

}  // namespace

Result<Bundle> with_prices(const BundleRequest& request, const Items& items, const Packing& packing, Bundle bundle) {
  PriceSearch search(request, items, packing);
  std::optional<Cost> guess;
  for (Omission& omission : bundle.omissions) {
    if (omission.reason != OmittedFor::budget) continue;
    if (!guess || omission.shortfall.tokens < guess->tokens) guess = omission.shortfall;
    if (omission.id == request.priced) omission.shortfall = search.price(omission);
  }
  if (guess) bundle.next = search.next(*guess);
  if (search.error()) return *search.error();
  return bundle;
}

}  // namespace cascade::bundle
