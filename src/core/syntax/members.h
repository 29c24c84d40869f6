// Reads members of objects that another program wrote. All are lenient: a member that is absent, or of another kind,
// reads as empty, because such objects come from clients and older versions, and one odd member must not cost the rest.
#pragma once

#include "syntax/node.h"

#include <string>
#include <string_view>
#include <vector>

namespace cascade::syntax {

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
