// Sections become items with values, the packer chooses, the chosen ranges are read and emitted, what was left out is
// listed, and the costs are added up. Should the sum exceed the budget, the excess is reserved and all is repeated.
#include <cascade/bundle.h>

#include <algorithm>
#include <cassert>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "bundle/items.h"
#include "text/names.h"

namespace cascade {

constexpr letters::Names<OmittedFor::already_loaded> omitted_for_names("budget", "duplicate", "already_loaded");
std::string_view to_string(OmittedFor reason) noexcept { return omitted_for_names.of(reason); }

std::string text(const Bundle& bundle) {
  std::size_t size = 0;
  for (const Piece& piece : bundle.pieces) size += piece.text.size();
  std::string out;
  out.reserve(size);
  for (const Piece& piece : bundle.pieces) out += piece.text;
  for (const QuotedPiece& quote : bundle.quotes) out += quote.text;
  return out;
}

namespace bundle {
namespace {

// A shortfall is the cost of a text and of what leads to it or is required, less the mark or name that is no longer
// needed and the room that is left. A sum, not a packing: the smallest budget that brings it in may be another.

class Pricing {
 public:
  Pricing(const BundleRequest& request, const Items& items, const Packing& packing)
      : request_(request),
        items_(items),
        packing_(packing),
        chosen_(chosen_nodes(items, packing)),
        seen_for_(items.nodes.size(), no_node) {}

  // Every head and section that is not shown whole, and what the conversation holds, in the order of emission.
  std::vector<Omission> all() {
    std::vector<Omission> found;
    for (const Text& text : items_.texts) {
      found.insert(found.end(), text.held.begin(), text.held.end());
      if (chosen_[text.card] == 0 && !text.card_held) found.push_back(omission(text.card, name_of(text.id)));
      for (std::size_t i = 0; i < text.sections.size(); ++i)
        if (chosen_[text.sections[i].full] == 0) found.push_back(omission(text, i));
    }
    return found;
  }

 private:
  Omission without_shortfall(std::uint32_t number) const {
    const Node& node = items_.nodes[number];
    return {node.id, node.section, node.form, OmittedFor::budget, node.value, node.cost, {}};
  }

  // `back`: the cost that is saved when it comes in.
  Omission omission(std::uint32_t number, const Cost& back) {
    Omission out = without_shortfall(number);
    out.shortfall = shortfall(needed_by(number), back);
    return out;
  }

  // The cost of the line that names the manifest instead of its card, and of the line above it if no other needs that.
  Cost name_of(ManifestId id) const {
    Cost name, above;
    std::size_t names = 0;
    for (std::uint32_t number = 0; number < items_.nodes.size(); ++number) {
      const Node& node = items_.nodes[number];
      if (chosen_[number] == 0) continue;
      if (node.role == Role::names) above = node.cost;
      if (node.role != Role::name) continue;
      ++names;
      if (node.id == id) name = node.cost;
    }
    if (names == 1 && name != Cost{}) name += above;
    return name;
  }

  Omission omission(const Text& text, std::size_t place) {
    const SectionNodes& section = text.sections[place];
    Omission out = without_shortfall(section.full);
    if (section.same != no_node && chosen_[section.same] != 0) {
      out.reason = OmittedFor::duplicate;
      return out;
    }
    // The mark disappears with the last section that it covers.
    const bool after = place == 0 || shown_node(chosen_, text.sections[place - 1]) != no_node;
    const bool marked = after && chosen_[section.cut] != 0;
    const bool ends = place + 1 == text.sections.size() || shown_node(chosen_, text.sections[place + 1]) != no_node;
    out.shortfall = shortfall(needed_by(section.full), marked && ends ? items_.nodes[section.cut].cost : Cost{});
    return out;
  }

  Cost shortfall(const Cost& needed, const Cost& back) const {
    const Budget& budget = request_.budget;
    const std::uint64_t tokens = needed.tokens > back.tokens ? needed.tokens - back.tokens : 0;
    const std::uint64_t chars = needed.chars > back.chars ? needed.chars - back.chars : 0;
    return {lacking(budget.limit.tokens, tokens + budget.reserve.tokens + packing_.cost.tokens),
            lacking(budget.limit.chars, chars + budget.reserve.chars + packing_.cost.chars)};
  }

  // With the nodes that lead to it, and what these require: the cheapest of each choice.
  Cost needed_by(std::uint32_t number) {
    Cost cost;
    std::vector<std::uint32_t>& queue = queue_;
    queue.assign(1, number);
    while (!queue.empty()) {
      const std::uint32_t node = queue.back();
      queue.pop_back();
      if (node == no_node || chosen_[node] != 0 || seen_for_[node] == number) continue;
      seen_for_[node] = number;
      const PackingGroup& group = items_.problem.groups[node];
      cost += group.items.front().cost;
      queue.push_back(items_.nodes[node].up);
      queue.insert(queue.end(), group.requires_all.begin(), group.requires_all.end());
      for (const std::vector<std::uint32_t>& any : group.requires_any) queue.push_back(cheapest(any, number));
    }
    return cost;
  }

  std::uint32_t cheapest(const std::vector<std::uint32_t>& any, std::uint32_t number) const {
    std::uint32_t best = no_node;
    for (const std::uint32_t node : any) {
      if (chosen_[node] != 0 || seen_for_[node] == number) return no_node;
      const auto cost = [&](std::uint32_t n) { return items_.problem.groups[n].items.front().cost.tokens; };
      if (best == no_node || cost(node) < cost(best)) best = node;
    }
    return best;
  }

  const BundleRequest& request_;
  const Items& items_;
  const Packing& packing_;
  std::vector<std::uint8_t> chosen_;
  // Of needed_by(): for each node, the number for which it was seen last. A set for each text would cost more.
  std::vector<std::uint32_t> seen_for_, queue_;
};

// Packs again: doubles from a guess until the wanted text is in, then halves the interval. A price computed from costs
// alone would be wrong, because more room changes what else is chosen.

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
    for (const PackingGroup& group : problem_.groups)
      for (const PackingItem& item : group.items) {
        tokens += item.cost.tokens;
        chars += item.cost.chars;
      }
    const Budget& budget = problem_.budget;
    everything_.tokens = std::min(lacking(budget.limit.tokens, tokens + budget.reserve.tokens), unlimited - 1);
    everything_.chars = std::min(lacking(budget.limit.chars, chars + budget.reserve.chars), unlimited - 1);
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
      if (std::ranges::find(now_.selected, item) != now_.selected.end()) continue;
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

  bool has_longer(const Packing& packing, const PackedItem& item) const {
    return items_.nodes[item.group].role == Role::form &&
           std::ranges::any_of(packing.selected, [&](const PackedItem& other) {
             return items_.nodes[other.group].shorter == item.group;
           });
  }

  // Whether the text is shown there, or a mark says that it is elsewhere.
  bool holds(const Packing& packing, const PackedItem& place) const {
    const Node& wanted = items_.nodes[place.group];
    return std::ranges::any_of(packing.selected, [&](const PackedItem& item) {
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

  // Within the guess if that is enough: the least tokens, then the least characters, until neither can be less.
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

// Replaces the shortfall of texts of `request.priced` by their price and sets `bundle.next`. A price is the least that
// a search by halving finds; if a section comes and goes as the budget grows, a lower one may exist.
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

// A bundle inside or around another one: forbidden nodes conflict with the root, and it requires those that must be
// shown.

std::uint32_t gap_ppm(std::uint64_t value, std::uint64_t bound) {
  const std::uint64_t gap = bound - value;
  return static_cast<std::uint32_t>((gap * 1'000'000 + bound - 1) / std::max<std::uint64_t>(bound, 1));
}

// The nodes that show nothing beyond the larger bundle. Marks and names are always allowed.
class Allowed {
 public:
  Allowed(const BundleRequest& request, const Items& items)
      : items_(items), shown_(request.within.begin(), request.within.end()), allowed_(items.nodes.size(), true) {
    for (const Text& text : items.texts) {
      const bool opens = text.opening != no_node && is_shown(text.opening);
      allow(text.card, text.card_held || opens || is_shown(text.card));
      allow(text.opening, text.head_held || opens);
      for (const SectionNodes& section : text.sections) add(section);
    }
    for (const FileNodes& file : items.files) allow(file.node, file.node != no_node && is_shown(file.node));
  }

  bool operator[](std::uint32_t node) const { return allowed_[node]; }

 private:
  bool is_shown(std::uint32_t node) const { return shown_.count(items_.nodes[node].content_hash) != 0; }
  void allow(std::uint32_t node, bool may) {
    if (node != no_node) allowed_[node] = may;
  }

  void add(const SectionNodes& section) {
    bool any = section.same != no_node && is_shown(section.same);
    for (std::uint32_t node = section.full + 1; node-- > section.begin;) {
      any = any || is_shown(node);
      allow(node, any);
    }
    if (section.same != no_node) allow(section.same, any);
  }

  const Items& items_;
  std::set<std::uint64_t> shown_;
  std::vector<bool> allowed_;
};

// Requires what shows the smaller bundle, with the shorter forms. False: one does not exist, so no answer contains it.
bool require_all(const std::vector<std::uint64_t>& containing, const Items& items, PackingProblem& problem) {
  const std::set<std::uint64_t> wanted(containing.begin(), containing.end());
  std::set<std::uint64_t> found;
  std::vector<std::uint32_t>& required = problem.groups[problem.roots.front()].requires_all;
  for (std::uint32_t node = 0; node < items.nodes.size(); ++node) {
    const std::uint64_t hash = items.nodes[node].content_hash;
    if (hash == 0 || wanted.count(hash) == 0 || !found.insert(hash).second) continue;
    for (std::uint32_t at = node; at != no_node; at = items.nodes[at].shorter)
      if (at != problem.roots.front()) required.push_back(at);
  }
  letters::sort_once(required);
  return found.size() == wanted.size();
}

bool narrow(const BundleRequest& request, const Items& items, PackingProblem& problem) {
  if (!request.containing.empty()) return require_all(request.containing, items, problem);
  const Allowed allowed(request, items);
  for (std::uint32_t node = 0; node < problem.groups.size(); ++node)
    if (!allowed[node]) problem.groups[node].conflicts.push_back(problem.roots.front());  // the root is always in
  return true;
}

// Packs freely, then within request.within or around request.containing. The second answer is taken if it loses no more
// than request.most_lost_ppm; its bound is that of the free one, which it cannot exceed.
Result<Packing> pack_nested(const BundleRequest& request, const Items& items, bool& nested) {
  nested = false;
  auto free = pack(items.problem, request.limits);
  const bool asked = !request.within.empty() || !request.containing.empty();
  if (!free || free->status != PackingStatus::ok || !asked || items.problem.roots.empty()) return free;
  PackingProblem problem = items.problem;
  if (!narrow(request, items, problem)) return free;
  auto packing = pack(problem, request.limits);
  if (!packing || packing->status != PackingStatus::ok) return free;
  const Certificate& best = free->certificate;
  Certificate& certificate = packing->certificate;
  if (gap_ppm(std::min(certificate.value, best.value), best.value) > request.most_lost_ppm) return free;
  nested = true;
  certificate.nodes += best.nodes;
  if (packing->selected == free->selected) return free;
  certificate.upper_bound = std::max(certificate.value, best.upper_bound);
  certificate.gap_ppm = gap_ppm(certificate.value, certificate.upper_bound);
  certificate.proof = Proof::bounded;
  certificate.stability_cost = certificate.upper_bound - certificate.value;
  return packing;
}

// The costs of pieces that begin as they were emitted add up exactly (manifest/emission.h). Where a folder was filled
// in at the very beginning, and with an estimate, the whole text is counted.
Cost cost_of(const Bundle& bundle, bool recount, const TokenCounter& counter) {
  if (recount || !counter.exact()) return counter.count(text(bundle));
  Cost sum;
  for (const Piece& piece : bundle.pieces) sum += piece.cost;
  for (const QuotedPiece& quote : bundle.quotes) sum += quote.cost;
  assert(sum == counter.count(text(bundle)));
  return sum;
}

std::uint32_t excess(std::uint32_t used, std::uint32_t limit, std::uint32_t reserve) {
  if (limit == unlimited) return 0;
  const std::uint32_t room = limit > reserve ? limit - reserve : 0;
  return used > room ? used - room : 0;
}

Result<Bundle> assemble_within(const Registry& registry, const BundleRequest& request, const TokenCounter& counter,
                               const ReadSection& read) {
  const Items items = make_items(registry, request, counter);
  Bundle bundle;
  auto packing = pack_nested(request, items, bundle.nested);
  if (!packing) return packing.error();
  bundle.status = packing->status;
  bundle.budget = request.budget;
  bundle.tools = request.resolution.tools;
  bundle.min_budget = packing->min_budget;
  bundle.certificate = packing->certificate;
  for (const std::uint32_t group : packing->clash) bundle.clash.push_back(symbol_of(registry[items.nodes[group].id]));
  if (bundle.status != PackingStatus::ok) return bundle;
  auto pieces = emit_pieces(registry, request, items, *packing, counter, read);
  if (!pieces) return pieces.error();
  bundle.pieces = std::move(pieces->pieces);
  bundle.files = std::move(pieces->files);
  emit_quotes(request, items, *packing, chosen_nodes(items, *packing), bundle);
  bundle.omissions = Pricing(request, items, *packing).all();
  bundle.cost = cost_of(bundle, request.recount || !pieces->begin_as_emitted, counter);
  assert(request.folder || !counter.exact() || bundle.cost.tokens <= packing->cost.tokens);
  if (request.priced) return with_prices(request, items, *packing, std::move(bundle));
  return bundle;
}

}  // namespace
}  // namespace bundle

Result<Bundle> assemble(const Registry& registry, const BundleRequest& request, const TokenCounter& counter,
                        const ReadSection& read) {
  // One round is enough where costs add up; with any other counter the bundle would still never exceed the budget.
  BundleRequest within = request;
  while (true) {
    auto bundle = bundle::assemble_within(registry, within, counter, read);
    if (!bundle || bundle->status != PackingStatus::ok) return bundle;
    const Budget& budget = within.budget;
    const Cost over{bundle::excess(bundle->cost.tokens, budget.limit.tokens, request.budget.reserve.tokens),
                    bundle::excess(bundle->cost.chars, budget.limit.chars, request.budget.reserve.chars)};
    bundle->budget = request.budget;
    if (over == Cost{}) return bundle;
    within.budget.reserve += over;
  }
}

}  // namespace cascade
