// The typed chain of a playbook: the order of its steps, what ends each of them, where it may branch.
//
// It is written in three flat texts of the front matter (docs/playbooks.md): cascade-chain "1 > 2&3 > (4 > 5)*",
// cascade-exits "1: red; 3: green tests/", cascade-branches "1 old-only > skill:regression-bisection > 3".
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::chain {

// A part of a text that cannot be read: the byte where it begins, what is wrong, what to write instead.
struct Fault {
  std::size_t at = 0;
  std::string message, help;
};

// A step, or several in an order. A repeated node has one item.
struct Node {
  enum class Kind : std::uint8_t { step, sequence, side_by_side, repeated };
  Kind kind = Kind::sequence;
  std::uint32_t step = 0;  // of a step: its number
  std::size_t at = 0;      // byte in the text
  std::vector<Node> items{};
};

// An empty text is an empty sequence. Each step occurs once, numbers are 1 to 999, parentheses nest at most 8 deep.
Node read_order(std::string_view text, std::vector<Fault>& faults);
std::string to_string(const Node& order);  // in the written form, "1 > 2&3"

// Whether `later` can begin only after `earlier`. False for parallel steps, and for a step and itself.
bool comes_after(const Node& order, std::uint32_t earlier, std::uint32_t later);
// Returns the steps of the innermost repeated part that contains `step`; empty: none does.
std::vector<std::uint32_t> round_of(const Node& order, std::uint32_t step);

// The observation that a step needs before it may end.
enum class ExitKind : std::uint8_t {
  said,      // nothing: it ends when somebody says so
  red,       // a check failed
  green,     // a check passed
  artefact,  // a file was written
  commit,    // a commit was made
  witness,   // an outside effect was seen through another interface
  user,      // the user says so
};
std::string_view to_string(ExitKind kind) noexcept;

struct Exit {
  std::uint32_t step = 0;
  ExitKind kind = ExitKind::said;
  std::string
      words;  // red, green: words of the commands (ways_of); artefact: a path pattern; witness: kinds and targets
  std::size_t at = 0;  // byte in the text
};
std::string to_string(const Exit& exit);  // "red tests/"
// The words of an exit of kind red or green, one text for each command that will do: "mypy|pyright" are two. An empty
// text, written "*", is any run of tests; an exit without words has it alone.
std::vector<std::string_view> ways_of(const Exit& exit);
std::vector<Exit> read_exits(std::string_view text, std::vector<Fault>& faults);

// A way from a step, by a label and optional skills outside the chain, to another step or the end of the playbook.
struct Branch {
  std::uint32_t step = 0;
  std::string label;
  std::vector<std::string> detours;  // names of skills
  std::optional<std::uint32_t> to;   // nothing: the end
  std::size_t at = 0;                // byte in the text
};
std::string to_string(const Branch& branch);  // "1 old-only > skill:regression-bisection > 3"
std::vector<Branch> read_branches(std::string_view text, std::vector<Fault>& faults);

// A whole chain. `order` holds every step.
struct Chain {
  Node order;
  std::vector<Exit> exits;  // a step without one ends when somebody says so
  std::vector<Branch> branches;

  Exit exit_of(std::uint32_t step) const;
};

// The three texts, empty if the front matter lacks them, and the faults of each.
struct Keys {
  std::string_view order, exits, branches;
};
struct KeyFaults {
  std::vector<Fault> order, exits, branches;

  bool is_empty() const noexcept { return order.empty() && exits.empty() && branches.empty(); }
};
// Reads the chain of a playbook with these steps, in the order of its table. Without an order the steps follow one
// another. Unreadable parts are left out; a step that no key mentions, or that only a key mentions, is a fault.
Chain read_chain(const Keys& keys, const std::vector<std::uint32_t>& steps, KeyFaults& faults);

constexpr std::string_view order_key = "cascade-chain", exits_key = "cascade-exits", branches_key = "cascade-branches";

}  // namespace cascade::chain
