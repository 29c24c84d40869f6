#include "syntax/members.h"

namespace cascade::syntax {

std::string text_of(const Node& object, std::string_view key) {
  const Node* node = object.find(key);
  return node != nullptr && node->kind == NodeKind::string ? node->text : std::string();
}

std::vector<std::string> texts_of(const Node& object, std::string_view key) {
  std::vector<std::string> texts;
  if (const Node* list = object.find(key))
    for (const Node& item : list->items) texts.push_back(item.text);
  return texts;
}

}  // namespace cascade::syntax
