// Finds what must be open in every answer, and the cheapest valid selection that holds it.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "budget/model.h"

namespace cascade::budget {

// A selection grown from open groups by their requirements; nothing optional. Every step can be undone.
class Closure {
 public:
  explicit Closure(const Model& model);

  // Opens `group` and all that it directly requires. False at a contradiction (see clash()); the trail keeps what was
  // done so far.
  bool open(std::uint32_t group);
  // Returns the first any row, in order of opening from `cursor` on, that no open group satisfies. The cursor stays
  // valid for later calls as long as nothing opened before it is undone.
  struct Cursor {
    std::uint32_t group = 0, row = 0;
  };
  std::optional<std::uint32_t> unmet(Cursor& cursor);
  void take_optional(std::uint32_t content) { take(none, content); }

  // Groups and contents opened, and row members looked at, since the start.
  std::uint64_t work() const noexcept { return work_; }
  void charge(std::uint64_t work) noexcept { work_ += work; }

  std::size_t mark() const noexcept { return trail_.size(); }
  void undo(std::size_t mark);
  // Keeps `group` from opening until allow(). Counted, so bans can nest.
  void ban(std::uint32_t group) { ++banned_[group]; }
  void allow(std::uint32_t group) { --banned_[group]; }
  bool banned(std::uint32_t group) const noexcept { return banned_[group] != 0; }

  const Selection& selection() const noexcept { return selection_; }
  const std::vector<std::uint64_t>& used() const noexcept { return used_; }
  // The open groups in order of opening.
  const std::vector<std::uint32_t>& order() const noexcept { return order_; }
  bool within_limits() const noexcept;
  // The groups that excluded each other when open() last failed: two, or one that excludes itself.
  const std::vector<std::uint32_t>& clash() const noexcept { return clash_; }

 private:
  bool admit(std::uint32_t group);
  bool take(std::uint32_t group, std::uint32_t content);
  std::uint32_t opener_of(std::uint32_t content) const;

  const Model& model_;
  Selection selection_;
  std::vector<std::uint64_t> used_;
  std::vector<std::uint32_t> banned_, in_set_;  // in_set_: the content taken from an alternative set, or none
  std::vector<std::uint32_t> order_;            // open groups in order of opening
  std::vector<std::uint32_t> trail_;            // group, or content + groups
  std::vector<std::uint32_t> clash_;
  std::uint64_t work_ = 0;
};

struct Mandatory {
  enum class Outcome : std::uint8_t { found, none, stopped } outcome = Outcome::none;
  Selection selection;  // found: the best one
  std::vector<std::uint64_t> used;
  std::vector<std::uint32_t> clash;  // none: the groups of the first contradiction met
  std::uint64_t nodes = 0;
};

// cheapest: the valid selection with the fewest tokens, then the fewest chars, regardless of the limits. fitting: the
// first one within all limits (parts included). Exact unless `stopped` by the node limit; then `selection` is empty. A
// node is a second or later choice at one row, so the first way down costs none; from then on every 1,024 groups,
// contents and row members looked at count as another node, so the limit also bounds the time.
enum class Seek : std::uint8_t { cheapest, fitting };
Mandatory find_mandatory(const Model& model, Seek seek, std::uint64_t node_limit);

// Finds the groups and contents that can be in a valid selection, as far as this shows without a search.

// `hopeless`: something that every selection holds is not alive.
struct Alive {
  std::vector<std::uint8_t> group, content;
  bool hopeless = false;
};

// The groups that the roots reach, except those that contradict themselves or what every selection holds, that need a
// dead group, or that bring a text too large for what is left of a budget. Linear.
Alive find_alive(const Model& model);

}  // namespace cascade::budget
