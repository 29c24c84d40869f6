// Opens the roots and all they require; each "one of these" requirement that is still open is a branch over its
// members, depth first. A member tried before is banned for the later ones, so no set of groups is visited twice. Work
// is counted in groups and members looked at, which bounds the time.
#include "budget/kernel.h"

#include <algorithm>
#include <optional>

namespace cascade::budget {

namespace {

// A selection grown from open groups by their requirements; nothing optional. Every step can be undone.
class Closure {
 public:
  explicit Closure(const Model& model)
      : model_(model), used_(model.dims, 0), banned_(model.groups, 0), in_set_(model.alternatives.size(), none) {
    selection_.open.assign(model.groups, 0);
    selection_.taken.assign(model.contents, 0);
  }

  // And all that it directly requires. False at a contradiction (see clash()); the trail keeps what was done.
  bool open(std::uint32_t group) {
    if (selection_.open[group] != 0) return true;
    std::size_t next = order_.size();
    if (!admit(group)) return false;
    for (; next < order_.size(); ++next)
      for (std::uint32_t required : model_.all[order_[next]])
        if (selection_.open[required] == 0 && !admit(required)) return false;
    return true;
  }

  // The first any row from `cursor` on that no open group satisfies. Valid until what opened before it is undone.
  struct Cursor {
    std::uint32_t group = 0, row = 0;
  };
  std::optional<std::uint32_t> unmet(Cursor& cursor) {
    for (; cursor.group < order_.size(); ++cursor.group, cursor.row = 0) {
      const Span<std::uint32_t> rows = model_.any_owned[order_[cursor.group]];
      ++work_;
      for (; cursor.row < rows.size; ++cursor.row) {
        const Span<std::uint32_t> members = model_.any[rows[cursor.row]];
        work_ += members.size;
        if (std::ranges::none_of(members, [&](std::uint32_t m) { return selection_.open[m] != 0; }))
          return rows[cursor.row];
      }
    }
    return std::nullopt;
  }

  // Groups and contents opened, and row members looked at, since the start.
  std::uint64_t work() const noexcept { return work_; }
  void charge(std::uint64_t work) noexcept { work_ += work; }

  std::size_t mark() const noexcept { return trail_.size(); }
  void undo(std::size_t mark) {
    while (trail_.size() > mark) {
      const std::uint32_t last = trail_.back();
      trail_.pop_back();
      if (last < model_.groups) {
        selection_.open[last] = 0;
        order_.pop_back();
        continue;
      }
      const std::uint32_t content = last - model_.groups;
      selection_.taken[content] = 0;
      for (std::uint32_t set : model_.sets[content]) in_set_[set] = none;
      for (std::uint32_t d = 0; d < model_.dims; ++d) used_[d] -= model_.cost_of(d, content);
    }
  }

  // Keeps `group` from opening until allow(). Counted, so bans can nest.
  void ban(std::uint32_t group) { ++banned_[group]; }
  void allow(std::uint32_t group) { --banned_[group]; }

  const Selection& selection() const noexcept { return selection_; }
  const std::vector<std::uint64_t>& used() const noexcept { return used_; }
  bool within_limits() const noexcept {
    for (std::uint32_t d = 0; d < model_.dims; ++d)
      if (used_[d] > model_.limit[d]) return false;
    return true;
  }

  // The groups that excluded each other when open() last failed: two, or one that excludes itself.
  const std::vector<std::uint32_t>& clash() const noexcept { return clash_; }

 private:
  bool admit(std::uint32_t group) {
    work_ += 1 + model_.conflicts[group].size + model_.all[group].size;
    if (banned_[group] != 0) {
      clash_.clear();
      return false;
    }
    for (std::uint32_t other : model_.conflicts[group]) {
      if (other != group && selection_.open[other] == 0) continue;
      clash_ = {other};
      if (other != group) clash_.push_back(group);
      return false;
    }
    selection_.open[group] = 1;
    order_.push_back(group);
    trail_.push_back(group);
    for (std::uint32_t content : model_.needs[group])
      if (!take(group, content)) return false;
    return true;
  }

  // A text whose alternative is taken clashes: the groups that took the two are named, for the message.
  bool take(std::uint32_t group, std::uint32_t content) {
    work_ += 1 + model_.sets[content].size;
    if (selection_.taken[content] != 0) return true;
    for (std::uint32_t set : model_.sets[content]) {
      if (in_set_[set] == none) continue;
      clash_ = {opener_of(in_set_[set]), group};
      if (clash_[0] == group) clash_.pop_back();
      return false;
    }
    for (std::uint32_t set : model_.sets[content]) in_set_[set] = content;
    selection_.taken[content] = 1;
    for (std::uint32_t d = 0; d < model_.dims; ++d) used_[d] += model_.cost_of(d, content);
    trail_.push_back(model_.groups + content);
    return true;
  }

  std::uint32_t opener_of(std::uint32_t content) const {
    for (std::uint32_t g : model_.carriers[content])
      if (selection_.open[g] != 0 && model_.brings(g, content)) return g;
    return none;
  }

  const Model& model_;
  Selection selection_;
  std::vector<std::uint64_t> used_;
  std::vector<std::uint32_t> banned_, in_set_;  // in_set_: the content taken from an alternative set, or none
  std::vector<std::uint32_t> order_;            // open groups in order of opening
  std::vector<std::uint32_t> trail_;            // group, or content + groups
  std::vector<std::uint32_t> clash_;
  std::uint64_t work_ = 0;
};

constexpr std::uint64_t work_of_node = 1024;

class ClosureSearch {
 public:
  ClosureSearch(const Model& model, Seek seek, std::uint64_t node_limit)
      : model_(model), seek_(seek), node_limit_(node_limit), state_(model) {}

  Mandatory run() {
    for (std::uint32_t root : model_.roots) {
      if (state_.open(root)) continue;
      found_.clash = state_.clash();
      return found_;
    }
    enter({});
    while (!stack_.empty() && found_.outcome != Mandatory::Outcome::stopped && !done_) step();
    return found_;
  }

 private:
  struct Frame {
    std::uint32_t row, next;  // any row, and the member to try next
    std::size_t mark;
    Closure::Cursor cursor;
  };

  bool can_improve() const {
    if (seek_ == Seek::fitting) return state_.within_limits();
    if (found_.outcome != Mandatory::Outcome::found) return true;
    const std::vector<std::uint64_t>& used = state_.used();
    if (used[token_dim] != found_.used[token_dim]) return used[token_dim] < found_.used[token_dim];
    return used[char_dim] < found_.used[char_dim];
  }

  // Records a solution, or pushes a frame for the first unmet row.
  void enter(Closure::Cursor cursor) {
    if (!can_improve()) return;
    if (const std::optional<std::uint32_t> row = state_.unmet(cursor)) {
      stack_.push_back({*row, 0, state_.mark(), cursor});
      return;
    }
    if (seek_ == Seek::fitting && model_.ordered) state_.charge(model_.contents);
    if (seek_ == Seek::fitting && !fits(model_, state_.selection())) return;
    found_.outcome = Mandatory::Outcome::found;
    found_.selection = state_.selection();
    found_.used = state_.used();
    done_ = seek_ == Seek::fitting;
  }

  void step() {
    Frame& frame = stack_.back();
    const Span<std::uint32_t> members = model_.any[frame.row];
    state_.undo(frame.mark);
    if (frame.next > 0) state_.ban(members[frame.next - 1]);
    if (frame.next == members.size) {
      for (std::uint32_t m : members) state_.allow(m);
      stack_.pop_back();
      return;
    }
    if (frame.next > 0) ++found_.nodes;
    if (found_.nodes == 0) way_down_ = state_.work();
    if (found_.nodes + (state_.work() - way_down_) / work_of_node > node_limit_) {
      found_ = {Mandatory::Outcome::stopped, {}, {}, {}, found_.nodes};
      return;
    }
    const std::uint32_t member = members[frame.next++];
    const Closure::Cursor cursor = frame.cursor;
    if (state_.open(member)) {
      enter(cursor);
    } else if (found_.clash.empty()) {
      found_.clash = state_.clash();
    }
  }

  const Model& model_;
  Seek seek_;
  std::uint64_t node_limit_;
  Closure state_;
  std::vector<Frame> stack_;
  Mandatory found_;
  std::uint64_t way_down_ = 0;  // work of the first choices, which do not count
  bool done_ = false;
};

// Removes what no valid selection can hold, before any search: groups that contradict what every selection holds or
// bring a text too large for the room that it leaves, what needs them, and what the roots no longer reach.

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
    for (std::uint32_t g = 0; g < model_.groups; ++g)
      if (alive_.group[g] != 0 && contradicts(g)) kill(g);
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
    for (std::uint32_t d = 0; d < model_.dims; ++d)
      if (room_[d] != no_limit) room_[d] -= std::min<std::uint64_t>(room_[d], model_.cost_of(d, content));
  }

  bool fits_beside_mandatory(std::uint32_t content) const {
    const std::uint32_t chars = model_.cost_of(char_dim, content);
    if (model_.ordered && std::ranges::none_of(model_.parts, [&](std::uint64_t p) { return chars <= p; })) return false;
    if (paid_[content] != 0) return true;
    for (std::uint32_t d = 0; d < model_.dims; ++d)
      if (model_.cost_of(d, content) > room_[d]) return false;
    return true;
  }

  bool contradicts(std::uint32_t group) const {
    for (std::uint32_t other : model_.conflicts[group])
      if (other == group || mandatory_[other] != 0) return true;
    const Span<std::uint32_t> needs = model_.needs[group], any = model_.any_owned[group];
    return std::ranges::any_of(needs, [&](std::uint32_t k) { return !fits_beside_mandatory(k); }) ||
           std::ranges::any_of(any, [&](std::uint32_t row) { return model_.any[row].empty(); });
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
    for (std::uint32_t g = 0; g < model_.groups; ++g)
      for (std::uint32_t row : model_.any_owned[g]) owner[row] = g;
    for (std::size_t at = 0; at < dead_.size(); ++at) {
      for (std::uint32_t g : requirers[dead_[at]])
        if (alive_.group[g] != 0) kill(g);
      for (std::uint32_t row : rows_with[dead_[at]])
        if (--left[row] == 0 && alive_.group[owner[row]] != 0) kill(owner[row]);
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
    for (std::size_t at = 0; at < queue.size(); ++at)
      for (std::uint32_t c : model_.out[queue[at]]) visit(c);
    alive_.group = std::move(seen);
  }

  const Model& model_;
  Alive alive_;
  std::vector<std::uint8_t> mandatory_, paid_, killed_;
  std::vector<std::uint64_t> room_;  // of each limit, less the texts that every selection holds
  std::vector<std::uint32_t> dead_;  // in the order of their deaths
};

}  // namespace

Mandatory find_mandatory(const Model& model, Seek seek, std::uint64_t node_limit) {
  return ClosureSearch(model, seek, node_limit).run();
}

Alive find_alive(const Model& model) { return Pruner(model).run(); }

}  // namespace cascade::budget
