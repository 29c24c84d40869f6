// Builds a Node tree from the events of a parser, within limits. Shared by json.cpp and yaml.cpp.
#pragma once

#include "syntax/node.h"

#include <cstdint>
#include <vector>

namespace cascade::syntax {

// Keys are added like values: key, value, key, value. The first event outside every container is the root. After a
// call has returned false (a limit, already reported as a fault), nothing more may be added.
class TreeBuilder {
 public:
  // Both must outlive the builder.
  TreeBuilder(const NodeLimits& limits, std::vector<Fault>& faults) : limits_(limits), faults_(faults) {}

  bool open(NodeKind kind, Position at);
  bool add(Node scalar);
  void close(Position end);  // reports the duplicate keys of a map

  bool empty() const noexcept { return nodes_ == 0; }
  const Node* top() const noexcept { return open_.empty() ? nullptr : &open_.back(); }
  Node take();  // the root; closes everything still open

 private:
  bool count(Position at);
  void place(Node node);

  const NodeLimits& limits_;
  std::vector<Fault>& faults_;
  std::vector<Node> open_;
  Node root_;
  std::uint32_t nodes_ = 0;
};

// By line, then column; faults of one place stay in their order.
void sort_by_position(std::vector<Fault>& faults);

}  // namespace cascade::syntax
