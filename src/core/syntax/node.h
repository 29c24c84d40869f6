// One tree for YAML and JSON, with the position of every node.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/lines.h"

namespace cascade::syntax {

enum class NodeKind : std::uint8_t { null, boolean, number, string, list, map };

// Scalars keep their text as written, after unquoting and unfolding ("1.10" stays "1.10"). `quoted`: written with
// quotes or as a block scalar, so its type is certainly string. A map keeps every entry in order, including
// duplicates.
struct Node {
  NodeKind kind = NodeKind::null;
  std::string text;
  bool quoted = false;
  Position at, end;         // begin of the node; one past its last character if known, else == at
  std::vector<Node> items;  // list: elements. map: key, value, key, value ...

  std::size_t size() const noexcept { return kind == NodeKind::map ? items.size() / 2 : items.size(); }
  // The entries of a map. For any other node, and past the last entry, both return the node itself: hostile settings
  // put lists where a map belongs, and reading one as the other must not go out of bounds.
  const Node& key(std::size_t index) const noexcept { return is_entry(index) ? items[2 * index] : *this; }
  const Node& value(std::size_t index) const noexcept { return is_entry(index) ? items[2 * index + 1] : *this; }
  bool is_entry(std::size_t index) const noexcept { return kind == NodeKind::map && index < items.size() / 2; }
  // The last entry with this key (as the client treats duplicates, 2.1.328); null if absent or not a map.
  const Node* find(std::string_view name) const noexcept;
};

enum class FaultKind : std::uint8_t {
  syntax,         // the text is not the format (message of the parser)
  duplicate_key,  // the same key twice in one map
  tag,            // a language tag (!!python/object)
  merge_key,      // <<
  documents,      // more than one document
  aliases,        // expansion above the node limit
  depth,          // nesting above the limit
  size,           // more bytes or nodes than the limit
  encoding,       // ill-formed UTF-8, a lone surrogate escape or a NUL: read as U+FFFD
  tab,            // a tab indents a line: the client accepts it, strict readers refuse it
  repaired,       // readable only after quoting one value (the client's tolerant second try)
  comment_cut,    // ` #` cut off the rest of a plain value
  salvaged,       // the whole did not parse; this key was read by itself
};

struct Fault {
  FaultKind kind = FaultKind::syntax;
  Position at;
  std::string message;  // lower case, no full stop; names the key if there is one
};

struct Parsed {
  Node root;                  // kind null if nothing could be read
  std::vector<Fault> faults;  // in order of position
  bool complete = true;       // false: root holds only the parts that could be salvaged
};

// Limits on the size of a text. `nodes` counts scalars, lists, maps and keys, `alias_nodes` those that aliases expand
// to.
struct NodeLimits {
  std::size_t bytes = 1 << 20;
  std::uint32_t depth = 32;
  std::uint32_t nodes = 20'000;
  std::uint32_t alias_nodes = 1'000;
};

// Reports each key of `map` that an earlier entry has as a duplicate_key at the later place. O(n log n).
void report_duplicates(const Node& map, std::vector<Fault>& faults);

// Builds a tree from the events of a parser, within limits. Keys are added like values: key, value, key, value. The
// first event outside every container is the root. After a call has returned false (a limit, already reported as a
// fault), nothing more may be added.
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

  // The way from the root to the node that was added or closed last; and the node at the end of such a way, valid until
  // the next change.
  using Way = std::vector<std::uint32_t>;
  Way way() const;
  const Node& at(const Way& way) const;

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

// Reads members of objects that another program wrote. All are lenient: a member that is absent, or of another kind,
// reads as empty, because such objects come from clients and older versions, and one odd member must not cost the rest.

// Empty: no string.
inline std::string text_of(const Node& object, std::string_view key) {
  const Node* node = object.find(key);
  return node != nullptr && node->kind == NodeKind::string ? node->text : std::string();
}

// The items of a list, as written.
inline std::vector<std::string> texts_of(const Node& object, std::string_view key) {
  std::vector<std::string> texts;
  if (const Node* list = object.find(key))
    for (const Node& item : list->items) texts.push_back(item.text);
  return texts;
}

}  // namespace cascade::syntax
