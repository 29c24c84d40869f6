#include "client/event_input.h"

namespace cascade::client {

bool is_true(const syntax::Node& object, std::string_view key) {
  const syntax::Node* node = object.find(key);
  return node != nullptr && node->kind == syntax::NodeKind::boolean && node->text == "true";
}

void set_text(syntax::Node& object, std::string_view key, const std::string& text) {
  for (std::size_t i = 0; i < object.size(); ++i)
    if (object.is_entry(i) && object.key(i).text == key) object.items[2 * i + 1].text = text;
}

void add_text(syntax::Node& object, std::string_view key, std::string_view text) {
  syntax::Node name, value;
  name.kind = value.kind = syntax::NodeKind::string;
  name.text = key;
  value.text = text;
  object.items.push_back(std::move(name));
  object.items.push_back(std::move(value));
}

}  // namespace cascade::client
