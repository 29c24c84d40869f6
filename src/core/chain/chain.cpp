// Reads the three keys and checks them against the steps that exist.
#include "chain/chain.h"

#include "text/ascii.h"
#include "text/names.h"

namespace cascade::chain {
namespace {

class TextReader {
 public:
  explicit TextReader(std::string_view text, std::size_t begin = 0) : text_(text), at_(begin) { skip(); }

  std::size_t at() const noexcept { return at_; }
  bool is_done() const noexcept { return at_ >= text_.size(); }
  char next() const noexcept { return is_done() ? '\0' : text_[at_]; }
  std::string_view rest() const noexcept { return text_.substr(at_); }

  bool take(char c) {
    if (next() != c || is_done()) return false;
    ++at_;
    skip();
    return true;
  }
  // Reads a number from 1 to 999; nothing, and nothing taken, if there is none.
  std::optional<std::uint32_t> number() {
    std::uint32_t value = 0;
    std::size_t end = at_;
    // Four digits are read though three are allowed, so that 1000 is refused and not taken for 100.
    for (; end < text_.size() && letters::is_digit(text_[end]) && end - at_ < 4; ++end)
      value = value * 10 + static_cast<std::uint32_t>(text_[end] - '0');
    if (value == 0 || value > 999) return std::nullopt;
    at_ = end;
    skip();
    return value;
  }
  // Reads up to one of `ends` or the end of the text, without surrounding blanks.
  std::string_view until(std::string_view ends) {
    const std::size_t end = std::min(text_.find_first_of(ends, at_), text_.size());
    const std::string_view taken = letters::trim(text_.substr(at_, end - at_));
    at_ = end;
    return taken;
  }

 private:
  void skip() {
    while (at_ < text_.size() && letters::is_space(text_[at_])) ++at_;
  }
  std::string_view text_;
  std::size_t at_ = 0;
};

bool contains(const std::vector<std::uint32_t>& steps, std::uint32_t step) {
  return std::ranges::find(steps, step) != steps.end();
}

Fault no_step(std::size_t at, std::uint32_t step, const char* help = "a step of the chain") {
  return {at, "there is no step " + std::to_string(step), help};
}

// Only for an order that was read without a fault: the tree of another is not complete.
void find_places(const Node& node, const std::vector<std::uint32_t>& steps, std::vector<Fault>& faults) {
  if (node.kind == Node::Kind::step && !contains(steps, node.step))
    faults.push_back(no_step(node.at, node.step, "a row of the table below Chain"));
  for (const Node& item : node.items) find_places(item, steps, faults);
}

// Reads what stands between semicolons: "1: red; 3: green", in one pass from left to right.
template <typename Entry>
std::vector<Entry> read_entries(std::string_view text,
                                void (*read)(TextReader&, std::vector<Entry>&, std::vector<Fault>&),
                                std::vector<Fault>& faults) {
  std::vector<Entry> entries;
  TextReader reader(text);
  while (!reader.is_done()) {
    if (reader.next() != ';') read(reader, entries, faults);
    reader.take(';');
  }
  return entries;
}

constexpr std::string_view prefix = "skill:";
constexpr const char* example = "as in 1 old-only > skill:regression-bisection > 3, or 1 harmless > end";

// Reads the text after a ">": a detour, a step or the end. False: it is none of these.
bool read_target(std::string_view target, Branch& branch, bool& ended) {
  if (target.starts_with(prefix) && target.size() > prefix.size()) {
    branch.detours.emplace_back(target.substr(prefix.size()));
    return target.find_first_of(" \t") == std::string_view::npos;
  }
  ended = true;
  if (target == "end") return true;
  TextReader number(target);
  branch.to = number.number();
  return branch.to && number.is_done();
}

// NUMBER LABEL (> skill:NAME)* > (NUMBER | end)
// After a fault the rest of the entry is skipped up to its semicolon, so that the entries after it are still read.
void read_branch(TextReader& text, std::vector<Branch>& branches, std::vector<Fault>& faults) {
  Branch branch;
  branch.at = text.at();
  const auto fail = [&](std::size_t at, std::string message) {
    faults.push_back({at, std::move(message), example});
    text.until(";");
  };
  const auto number = text.number();
  if (!number) return fail(branch.at, "expected a step's number and a label");
  branch.step = *number;
  const std::size_t label_at = text.at();
  branch.label = std::string(text.until(">;"));
  if (branch.label.empty() || !letters::is_letter(branch.label.front()) ||
      !std::ranges::all_of(branch.label, letters::is_name))
    return fail(label_at, "\"" + branch.label + "\" is not a label");
  bool ended = false;
  while (text.take('>')) {
    const std::size_t at = text.at();
    const std::string target(text.until(">;"));
    if (ended) return fail(at, "nothing can follow the step that a branch leads to");
    if (!read_target(target, branch, ended)) return fail(at, "\"" + target + "\" is not a place to branch to");
  }
  if (!ended) return fail(branch.at, "the branch leads nowhere");
  const bool twice = std::ranges::any_of(
      branches, [&](const Branch& other) { return other.step == branch.step && other.label == branch.label; });
  if (twice) return fail(branch.at, "step " + std::to_string(branch.step) + " has two branches " + branch.label);
  branches.push_back(std::move(branch));
}

constexpr letters::Names<ExitKind::user> kind_names("said", "red", "green", "artefact", "commit", "witness", "user");
constexpr const char* known = "one of red, green, artefact PATTERN, commit, witness, user, said";

// The words say which test, file or page is meant.
bool takes_words(ExitKind kind) {
  return kind == ExitKind::red || kind == ExitKind::green || kind == ExitKind::artefact || kind == ExitKind::witness;
}

// The parts of a text that "|" separates, one at least.
std::vector<std::string_view> between_bars(std::string_view text) {
  std::vector<std::string_view> parts;
  for (std::size_t bar = text.find('|'); bar != std::string_view::npos; bar = text.find('|')) {
    parts.push_back(letters::trim(text.substr(0, bar)));
    text.remove_prefix(bar + 1);
  }
  parts.push_back(letters::trim(text));
  return parts;
}

// One with a fault is dropped, and its step ends by the model's word: a weaker exit, never another than was written.
void read_exit(TextReader& text, std::vector<Exit>& exits, std::vector<Fault>& faults) {
  Exit exit;
  exit.at = text.at();
  const auto fail = [&](std::size_t at, std::string message, const char* help) {
    faults.push_back({at, std::move(message), help});
    text.until(";");
  };
  const auto number = text.number();
  if (!number || !text.take(':')) return fail(exit.at, "expected a step's number and a colon", "as in 1: red");
  exit.step = *number;
  const std::size_t at = text.at();
  const std::string_view word = text.until("; \t\r\n");
  const auto kind = kind_names.find(word);
  if (!kind) return fail(at, "there is no exit \"" + std::string(word) + "\"", known);
  exit.kind = *kind;
  exit.words = std::string(text.until(";"));
  if (!exit.words.empty() && !takes_words(exit.kind))
    return fail(at, std::string(to_string(exit.kind)) + " takes no words", known);
  if (exit.words.empty() && exit.kind == ExitKind::artefact)
    return fail(at, "artefact needs a pattern of paths", "as in 2: artefact docs/spec.md");
  const std::vector<std::string_view> parts = between_bars(exit.words);
  if (exit.kind != ExitKind::artefact && parts.size() > 1 &&
      std::ranges::find(parts, std::string_view()) != parts.end())
    return fail(at, "a command is missing beside \"|\"", "as in 2: green mypy|pyright, and * for any run of tests");
  const bool twice = std::ranges::any_of(exits, [&](const Exit& other) { return other.step == exit.step; });
  if (twice) return fail(exit.at, "step " + std::to_string(exit.step) + " has two exits", "leave one of them");
  exits.push_back(std::move(exit));
}

// Bounds the recursion, here and in the functions that walk the tree.
constexpr int most_depth = 8;
constexpr std::size_t most_bytes = 4'096;
constexpr const char* order_example = "as in 1 > 2&3 > (4 > 5)*";

// order := side (">" side)*,  side := part ("&" part)*,  part := (number | "(" order ")") "*"?
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
    const std::size_t at = items.front().at;
    return {kind, 0, at, std::move(items)};
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
    Node node{Node::Kind::sequence, 0, text_.at()};
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
      if (std::ranges::find(seen_, *number) != seen_.end())
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
      Node repeated{Node::Kind::repeated, 0, node.at};
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

// `outer`: the node around this one, or null. Parentheses stand only where the text would read as another tree.
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
         std::ranges::any_of(node.items, [&](const Node& item) { return holds(item, step); });
}

// The innermost repeated part that holds the step; null: it does not repeat.
const Node* round(const Node& node, std::uint32_t step) {
  if (!holds(node, step)) return nullptr;
  for (const Node& item : node.items)
    if (const Node* inner = round(item, step)) return inner;
  return node.kind == Node::Kind::repeated ? &node : nullptr;
}

// One after the other.
Node linear(const std::vector<std::uint32_t>& steps) {
  Node order;
  for (const std::uint32_t step : steps) order.items.push_back({Node::Kind::step, step});
  return order;
}

std::vector<std::uint32_t> steps_of(const Node& order) {
  std::vector<std::uint32_t> steps;
  collect(order, steps);
  return steps;
}

}  // namespace

// An order with any fault is dropped as a whole and the table's own order holds: to follow half an order would skip
// steps. Exits and branches stand alone, so only those with a fault are dropped.
Chain read_chain(const Keys& keys, const std::vector<std::uint32_t>& steps, KeyFaults& faults) {
  Chain chain;
  chain.order = read_order(keys.order, faults.order);
  const std::vector<std::uint32_t> ordered = steps_of(chain.order);
  if (ordered.empty() && faults.order.empty()) {
    chain.order = linear(steps);
  } else if (faults.order.empty()) {
    find_places(chain.order, steps, faults.order);
    // A step that is left out has no byte in the text, so its fault is placed at the beginning.
    for (const std::uint32_t step : steps)
      if (!contains(ordered, step))
        faults.order.push_back(
            {0, "step " + std::to_string(step) + " of the table is not in the chain", "name every step once"});
  }
  if (!faults.order.empty()) chain.order = linear(steps);
  for (Exit& exit : read_exits(keys.exits, faults.exits))
    if (contains(steps, exit.step))
      chain.exits.push_back(std::move(exit));
    else
      faults.exits.push_back(no_step(exit.at, exit.step));
  for (Branch& branch : read_branches(keys.branches, faults.branches))
    if (!contains(steps, branch.step))
      faults.branches.push_back(no_step(branch.at, branch.step));
    else if (branch.to && !contains(steps, *branch.to))
      faults.branches.push_back(no_step(branch.at, *branch.to));
    else
      chain.branches.push_back(std::move(branch));
  return chain;
}

std::string to_string(const Branch& branch) {
  std::string text = std::to_string(branch.step) + " " + branch.label;
  for (const std::string& detour : branch.detours) text += " > " + std::string(prefix) + detour;
  return text + " > " + (branch.to ? std::to_string(*branch.to) : "end");
}

std::vector<Branch> read_branches(std::string_view text, std::vector<Fault>& faults) {
  return read_entries(text, read_branch, faults);
}

std::string_view to_string(ExitKind kind) noexcept { return kind_names.of(kind); }

std::string to_string(const Exit& exit) {
  return std::string(to_string(exit.kind)) + (exit.words.empty() ? "" : " " + exit.words);
}

std::vector<std::string_view> ways_of(const Exit& exit) {
  std::vector<std::string_view> ways = between_bars(exit.words);
  for (std::string_view& way : ways)
    if (way == "*") way = {};
  return ways;
}

std::vector<Exit> read_exits(std::string_view text, std::vector<Fault>& faults) {
  return read_entries(text, read_exit, faults);
}

// A step without an exit of its own ends when the model says so.
Exit Chain::exit_of(std::uint32_t step) const {
  for (const Exit& exit : exits)
    if (exit.step == step) return exit;
  Exit said;
  said.step = step;
  return said;
}

Node read_order(std::string_view text, std::vector<Fault>& faults) {
  if (letters::trim(text).empty()) return {};
  if (text.size() > most_bytes) {
    faults.push_back({0, "the chain is longer than 4096 bytes", order_example});
    return {};
  }
  return OrderReader(text, faults).read();
}

std::string to_string(const Node& order) {
  std::string text;
  write(order, nullptr, text);
  return text;
}

// Goes down to the node where the two part ways. Only a sequence orders its items.
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
