// Removes what no valid selection can hold, before any search: finds the groups that every selection holds and charges
// their texts; kills each group that contradicts these or brings a text too large for the room that they leave; then
// what needs a dead group dies too, and last what the roots no longer reach. That ends it: whatever needs a group leads
// to it, so what is not reached is needed only by what is not reached either. Every kill is certain; whatever is left
// is for the search to decide.
#include "budget/alive.h"

#include <algorithm>

namespace cascade::budget {
namespace {

class Pruner {
 public:
  explicit Pruner(const Model& model) : model_(model) {
    alive_.group.assign(model.groups, 0);
    alive_.content.assign(model.contents, 0);
    mandatory_.assign(model.groups, 0);
    paid_.assign(model.contents, 0);
    killed_.assign(model.groups, 0);
  }

  Alive run() {
    collect_mandatory();
    reach();
    for (std::uint32_t g = 0; g < model_.groups; ++g) {
      if (alive_.group[g] != 0 && contradicts(g)) kill(g);
    }
    if (!dead_.empty()) {
      spread();
      reach();
    }
    for (std::uint32_t g = 0; g < model_.groups; ++g) {
      alive_.hopeless = alive_.hopeless || (mandatory_[g] != 0 && alive_.group[g] == 0);
      if (alive_.group[g] == 0) continue;
      for (std::uint32_t k : model_.items[g]) alive_.content[k] = fits_beside_mandatory(k) ? 1 : 0;
    }
    return std::move(alive_);
  }

 private:
  void collect_mandatory() {
    std::vector<std::uint32_t> queue(model_.roots);
    for (std::uint32_t root : queue) mandatory_[root] = 1;
    room_ = model_.limit;
    for (std::size_t at = 0; at < queue.size(); ++at) {
      for (std::uint32_t k : model_.needs[queue[at]]) pay(k);
      for (std::uint32_t c : model_.all[queue[at]]) {
        if (mandatory_[c] == 0) queue.push_back(c);
        mandatory_[c] = 1;
      }
    }
  }

  void pay(std::uint32_t content) {
    if (paid_[content] != 0) return;
    paid_[content] = 1;
    for (std::uint32_t d = 0; d < model_.dims; ++d) {
      if (room_[d] != no_limit) room_[d] -= std::min<std::uint64_t>(room_[d], model_.cost_of(d, content));
    }
  }

  bool fits_beside_mandatory(std::uint32_t content) const {
    const std::uint32_t chars = model_.cost_of(char_dim, content);
    if (model_.ordered &&
        std::none_of(model_.parts.begin(), model_.parts.end(), [&](std::uint64_t p) { return chars <= p; }))
      return false;
    if (paid_[content] != 0) return true;
    for (std::uint32_t d = 0; d < model_.dims; ++d) {
      if (model_.cost_of(d, content) > room_[d]) return false;
    }
    return true;
  }

  bool contradicts(std::uint32_t group) const {
    for (std::uint32_t other : model_.conflicts[group]) {
      if (other == group || mandatory_[other] != 0) return true;
    }
    const Span<std::uint32_t> needs = model_.needs[group], any = model_.any_owned[group];
    return std::any_of(needs.begin(), needs.end(), [&](std::uint32_t k) { return !fits_beside_mandatory(k); }) ||
           std::any_of(any.begin(), any.end(), [&](std::uint32_t row) { return model_.any[row].empty(); });
  }

  void kill(std::uint32_t group) {
    alive_.group[group] = 0;
    killed_[group] = 1;
    dead_.push_back(group);
  }

  // Kills everything that needs a dead group.
  void spread() {
    const Rows requirers = invert(model_.all, model_.groups), rows_with = invert(model_.any, model_.groups);
    std::vector<std::uint32_t> left(model_.any.size()), owner(model_.any.size());  // living members; whose row it is
    for (std::uint32_t row = 0; row < model_.any.size(); ++row) left[row] = model_.any[row].size;
    for (std::uint32_t g = 0; g < model_.groups; ++g) {
      for (std::uint32_t row : model_.any_owned[g]) owner[row] = g;
    }
    for (std::size_t at = 0; at < dead_.size(); ++at) {
      for (std::uint32_t g : requirers[dead_[at]]) {
        if (alive_.group[g] != 0) kill(g);
      }
      for (std::uint32_t row : rows_with[dead_[at]]) {
        if (--left[row] == 0 && alive_.group[owner[row]] != 0) kill(owner[row]);
      }
    }
  }

  // Leaves alive the groups that the roots reach through groups that are not dead.
  void reach() {
    std::vector<std::uint8_t> seen(model_.groups, 0);
    std::vector<std::uint32_t> queue;
    auto visit = [&](std::uint32_t g) {
      if (seen[g] != 0 || killed_[g] != 0) return;
      seen[g] = 1;
      queue.push_back(g);
    };
    for (std::uint32_t root : model_.roots) visit(root);
    for (std::size_t at = 0; at < queue.size(); ++at) {
      for (std::uint32_t c : model_.out[queue[at]]) visit(c);
    }
    alive_.group = std::move(seen);
  }

  const Model& model_;
  Alive alive_;
  std::vector<std::uint8_t> mandatory_, paid_, killed_;
  std::vector<std::uint64_t> room_;  // of each limit, less the texts that every selection holds
  std::vector<std::uint32_t> dead_;  // in the order of their deaths
};

}  // namespace

Alive find_alive(const Model& model) { return Pruner(model).run(); }

}  // namespace cascade::budget
