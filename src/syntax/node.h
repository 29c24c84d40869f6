// One tree for YAML and JSON, with the place of every node.
#pragma once

#include "syntax/lines.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cascade::syntax {

enum class NodeKind : std::uint8_t { null, boolean, number, string, list, map };

// Scalars keep their text as written after unquoting and unfolding ("1.10" stays "1.10"). `quoted`: written with quotes
// or as a block scalar, so that its type is string beyond doubt. A map keeps every entry in order, duplicates included.
struct Node {
  NodeKind kind = NodeKind::null;
  std::string text;
  bool quoted = false;
  Position at, end;         // begin of the node; one past its last character where known, else == at
  std::vector<Node> items;  // list: elements. map: key, value, key, value ...

  std::size_t size() const noexcept { return kind == NodeKind::map ? items.size() / 2 : items.size(); }
  // A map's entries. Of any other node, and beyond the last entry, both give the node itself: hostile settings have
  // lists where a map belongs, and reading one as the other must stay inside it.
  const Node& key(std::size_t index) const noexcept { return is_entry(index) ? items[2 * index] : *this; }
  const Node& value(std::size_t index) const noexcept { return is_entry(index) ? items[2 * index + 1] : *this; }
  bool is_entry(std::size_t index) const noexcept { return kind == NodeKind::map && index < items.size() / 2; }
  // The last entry with this key (as the client reads duplicates, 2.1.328); null when absent or not a map.
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
  tab,            // a tab indents a line: the client takes it, strict readers refuse it
  repaired,       // read only thanks to quoting one value (the client's tolerant second try)
  comment_cut,    // ` #` cut the rest of a plain value off
  salvaged,       // the whole did not parse; this key was read on its own
};

struct Fault {
  FaultKind kind = FaultKind::syntax;
  Position at;
  std::string message;  // lower case, no full stop; names the key where there is one
};

struct Parsed {
  Node root;                  // kind null when nothing could be read
  std::vector<Fault> faults;  // in order of position
  bool complete = true;       // false: root holds only what could be salvaged
};

// What a text may cost. `nodes` counts scalars, lists, maps and keys, `alias_nodes` those that aliases stand for.
struct NodeLimits {
  std::size_t bytes = 1 << 20;
  std::uint32_t depth = 32;
  std::uint32_t nodes = 20'000;
  std::uint32_t alias_nodes = 1'000;
};

// One fault of kind duplicate_key for every key of `map` that an earlier entry has, at the later place. O(n log n).
void report_duplicates(const Node& map, std::vector<Fault>& faults);

}  // namespace cascade::syntax
