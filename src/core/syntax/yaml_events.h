// The events of one YAML document as a flat list, and the tree they make. The list holds aliases unexpanded; they are
// expanded while the tree is built, within a limit, so that a short text cannot produce a huge tree.
#pragma once

#include "syntax/node.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace cascade::syntax {

class TreeBuilder;

class YamlEvents {
 public:
  using Anchor = std::size_t;  // 0: none

  void scalar(Node node, Anchor anchor, std::optional<Position> cut_at);  // cut_at: the '#' that ends a plain value
  void alias(Position at, Anchor anchor);
  void open(NodeKind kind, Position at, Anchor anchor);
  void close();

  std::uint32_t nodes() const noexcept { return nodes_; }  // without those from aliases
  std::size_t depth() const noexcept { return open_.size(); }

  // `whole` becomes false if a limit left something out. Merge keys are applied. Linear in list and result.
  Node build(const NodeLimits& limits, std::vector<Fault>& faults, bool& whole) const;

 private:
  struct Event {
    enum class Type : std::uint8_t { scalar, alias, open, close } type = Type::scalar;
    Anchor anchor = 0;  // alias: the anchor it names
    Node node;          // close: unused
    std::optional<Position> cut_at;
  };
  struct Range {
    std::size_t begin = 0, end = 0;  // in events_
  };
  struct Frame {
    std::size_t at = 0, end = 0;
    std::optional<Position> place;  // of the alias whose value is being replayed
  };

  Range range_of(Anchor anchor) const;
  std::vector<std::size_t> sizes_before(std::size_t limit) const;
  Position first_alias() const;
  std::optional<Range> expand(std::size_t index, std::size_t size, std::size_t& budget, std::vector<Fault>& faults,
                              bool& whole) const;
  static bool add(const Event& event, const std::optional<Position>& place, TreeBuilder& tree,
                  std::vector<Fault>& faults);

  std::vector<Event> events_;
  std::vector<Anchor> open_;
  std::map<Anchor, Range> anchors_;
  std::uint32_t nodes_ = 0;
};

}  // namespace cascade::syntax
