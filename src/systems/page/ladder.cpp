#include "page/ladder.h"

#include <cassert>
#include <map>
#include <tuple>

namespace cascade::page {
namespace {

// Numbers each section in each form once.
class Parts {
 public:
  Parts(const Registry& registry, const std::vector<std::uint32_t>& node_of, std::vector<LadderPart>& parts)
      : registry_(registry), node_of_(node_of), parts_(parts) {}

  std::uint32_t of(ManifestId id, std::uint32_t section, Form form, const Cost& cost) {
    const bool whole = form == Form::card || form == Form::resource;
    const std::uint32_t shown = whole ? 0 : registry_.section(id, section).shorter_of;
    const auto [at, is_new] = known_.try_emplace({index(id), shown, form}, static_cast<std::uint32_t>(parts_.size()));
    if (is_new) parts_.push_back({node_of_[index(id)], shown, form, cost, 0});
    return at->second;
  }

 private:
  const Registry& registry_;
  const std::vector<std::uint32_t>& node_of_;
  std::vector<LadderPart>& parts_;
  std::map<std::tuple<std::uint32_t, std::uint32_t, Form>, std::uint32_t> known_;
};

}  // namespace

Ladder ladder_of(const Registry& registry, std::uint32_t root, const std::vector<Bundle>& bundles,
                 const std::vector<std::uint32_t>& node_of) {
  assert(bundles.size() <= most_rungs);
  Ladder ladder;
  ladder.root = root;
  ladder.rungs.resize(bundles.size());
  Parts parts(registry, node_of, ladder.parts);
  for (std::size_t i = 0; i < bundles.size(); ++i) {  // the largest first, so that parts have the order of its text
    const Bundle& bundle = bundles[i];
    const std::size_t place = bundles.size() - 1 - i;
    LadderRung& rung = ladder.rungs[place];
    rung.budget = bundle.budget.limit.tokens;
    rung.status = bundle.status;
    rung.cost = bundle.cost;
    rung.min_budget = bundle.min_budget;
    rung.certificate = bundle.certificate;
    for (const Piece& piece : bundle.pieces) {
      const std::uint32_t part = parts.of(piece.id, piece.section, piece.form, piece.cost);
      ladder.parts[part].in |= 1U << place;
    }
    for (const Omission& omission : bundle.omissions) {
      const std::uint32_t part = parts.of(omission.id, omission.section, omission.form, omission.cost);
      rung.out.push_back({part, omission.shortfall, omission.reason});
    }
  }
  return ladder;
}

}  // namespace cascade::page
