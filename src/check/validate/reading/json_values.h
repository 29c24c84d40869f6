// Reads settings from a tree of values.
#pragma once

#include "syntax/node.h"

#include <string>
#include <string_view>

namespace cascade::validation {

inline bool is_map(const syntax::Node* node) noexcept { return node != nullptr && node->kind == syntax::NodeKind::map; }
inline bool is_list(const syntax::Node* node) noexcept {
  return node != nullptr && node->kind == syntax::NodeKind::list;
}
inline bool is_text(const syntax::Node* node) noexcept {
  return node != nullptr && node->kind == syntax::NodeKind::string;
}

// The key of an entry, for its place; null if absent.
inline const syntax::Node* key_of(const syntax::Node& map, std::string_view name) noexcept {
  if (map.kind != syntax::NodeKind::map) return nullptr;
  for (std::size_t i = map.size(); i-- > 0;)
    if (map.key(i).text == name) return &map.key(i);
  return nullptr;
}

// The path of the key, value or item that is written at a place: `hooks.PreToolUse[0].matcher`. Empty: none is, or it
// is a key at the top. Linear in the nodes.
std::string path_at(const syntax::Node& root, const syntax::Position& at);

std::string_view describe(syntax::NodeKind kind) noexcept;  // "a list", "a number" ...

}  // namespace cascade::validation
