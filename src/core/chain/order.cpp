// Reads the order of steps by recursive descent over  order := side (">" side)*,  side := part ("&" part)*, part :=
// (number | "(" order ")") "*"?
#include <algorithm>

#include "chain/chain.h"
#include "chain/text_reader.h"

namespace cascade::chain {
namespace {

// Bounds the recursion, here and in the functions that walk the tree.
constexpr int most_depth = 8;
constexpr std::size_t most_bytes = 4'096;
constexpr const char* order_example = "as in 1 > 2&3 > (4 > 5)*";

class OrderReader {
 public:
  OrderReader(std::string_view text, std::vector<Fault>& faults) : text_(text), faults_(faults) {}

  Node read() {
    Node order = sequence(0);
    if (!text_.is_done() && !failed_)
      fail(text_.next() == ')' ? "a parenthesis is closed that was not opened"
                               : "'" + std::string(1, text_.next()) + "' cannot stand here");
    return order;
  }

 private:
  void fail(std::string message) {
    if (!failed_) faults_.push_back({text_.at(), std::move(message), order_example});
    failed_ = true;
  }

  // A node of one item is the item.
  static Node joined(Node::Kind kind, std::vector<Node> items) {
    if (items.size() == 1) return std::move(items.front());
    Node node;
    node.kind = kind;
    node.at = items.empty() ? 0 : items.front().at;
    node.items = std::move(items);
    return node;
  }

  // Each method reads one level of the grammar, the loosest first. After a fault none of them goes on, so one mistake
  // is told once; the nesting is limited because the recursion is as deep as the parentheses.
  Node sequence(int depth) {
    std::vector<Node> items;
    do items.push_back(side(depth));
    while (!failed_ && text_.take('>'));
    return joined(Node::Kind::sequence, std::move(items));
  }

  Node side(int depth) {
    std::vector<Node> items;
    do items.push_back(part(depth));
    while (!failed_ && text_.take('&'));
    return joined(Node::Kind::side_by_side, std::move(items));
  }

  Node part(int depth) {
    Node node;
    node.at = text_.at();
    if (text_.take('(')) {
      if (depth >= most_depth) {
        fail("more than 8 parentheses in each other");
        return node;
      }
      node = sequence(depth + 1);
      if (!failed_ && !text_.take(')')) fail("a parenthesis is not closed");
    } else if (const auto number = text_.number()) {
      node.kind = Node::Kind::step;
      node.step = *number;
      if (std::find(seen_.begin(), seen_.end(), *number) != seen_.end())
        faults_.push_back({node.at, "step " + std::to_string(*number) + " stands in the chain twice",
                           "a part that repeats is written (4 > 5)*"});
      seen_.push_back(*number);
    } else {
      fail("a step's number is expected");
      return node;
    }
    // "**" repeats no more than "*".
    while (text_.take('*')) {
      if (node.kind == Node::Kind::repeated) continue;
      Node repeated;
      repeated.kind = Node::Kind::repeated;
      repeated.at = node.at;
      repeated.items.push_back(std::move(node));
      node = std::move(repeated);
    }
    return node;
  }

  TextReader text_;
  std::vector<Fault>& faults_;
  // Searched from its beginning for each step: a text of most_bytes has at most 2,048 of them.
  std::vector<std::uint32_t> seen_;
  bool failed_ = false;
};

// `outer`: the node around this one; null: none. Parentheses are written only where the text would otherwise be read as
// another tree.
void write(const Node& node, const Node* outer, std::string& text) {
  const bool in_sequence = outer != nullptr && outer->kind == Node::Kind::sequence;
  const bool repeats = outer != nullptr && outer->kind == Node::Kind::repeated;
  const bool alone = outer == nullptr || node.kind == Node::Kind::repeated ||
                     (node.kind == Node::Kind::step && !repeats) ||
                     (node.kind == Node::Kind::side_by_side && in_sequence);
  if (!alone) text += "(";
  if (node.kind == Node::Kind::step) text += std::to_string(node.step);
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    if (i > 0) text += node.kind == Node::Kind::sequence ? " > " : "&";
    write(node.items[i], &node, text);
  }
  if (node.kind == Node::Kind::repeated) text += "*";
  if (!alone) text += ")";
}

void collect(const Node& node, std::vector<std::uint32_t>& steps) {
  if (node.kind == Node::Kind::step) steps.push_back(node.step);
  for (const Node& item : node.items) collect(item, steps);
}

// Linear in the tree. Trees are small, so no node stores which steps it holds.
bool holds(const Node& node, std::uint32_t step) {
  return (node.kind == Node::Kind::step && node.step == step) ||
         std::any_of(node.items.begin(), node.items.end(), [&](const Node& item) { return holds(item, step); });
}

// The innermost repeated part that holds the step; null: it does not repeat.
const Node* round(const Node& node, std::uint32_t step) {
  if (!holds(node, step)) return nullptr;
  for (const Node& item : node.items)
    if (const Node* inner = round(item, step)) return inner;
  return node.kind == Node::Kind::repeated ? &node : nullptr;
}

}  // namespace

Node read_order(std::string_view text, std::vector<Fault>& faults) {
  if (letters::trim(text).empty()) return {};
  if (text.size() > most_bytes) {
    faults.push_back({0, "the chain is longer than 4096 bytes", order_example});
    return {};
  }
  return OrderReader(text, faults).read();
}

Node linear(const std::vector<std::uint32_t>& steps) {
  Node order;
  for (const std::uint32_t step : steps) {
    Node node;
    node.kind = Node::Kind::step;
    node.step = step;
    order.items.push_back(std::move(node));
  }
  return order;
}

std::string to_string(const Node& order) {
  std::string text;
  write(order, nullptr, text);
  return text;
}

std::vector<std::uint32_t> steps_of(const Node& order) {
  std::vector<std::uint32_t> steps;
  collect(order, steps);
  return steps;
}

// Goes down to the node in which the two part ways. Only a sequence orders its items; side by side, neither comes after
// the other.
bool comes_after(const Node& order, std::uint32_t earlier, std::uint32_t later) {
  for (std::size_t i = 0; i < order.items.size(); ++i) {
    if (!holds(order.items[i], earlier)) continue;
    if (holds(order.items[i], later)) return comes_after(order.items[i], earlier, later);
    if (order.kind != Node::Kind::sequence) return false;
    return std::any_of(order.items.begin() + static_cast<std::ptrdiff_t>(i), order.items.end(),
                       [&](const Node& item) { return holds(item, later); });
  }
  return false;
}

std::vector<std::uint32_t> round_of(const Node& order, std::uint32_t step) {
  const Node* node = round(order, step);
  return node == nullptr ? std::vector<std::uint32_t>() : steps_of(*node);
}

}  // namespace cascade::chain
