#include "syntax/write_node.h"

namespace cascade::syntax {

void write_json(JsonWriter& json, const Node& node) {
  switch (node.kind) {
    case NodeKind::null: json.null(); break;
    case NodeKind::boolean:
    case NodeKind::number: json.literal(node.text); break;
    case NodeKind::string: json.string(node.text); break;
    case NodeKind::list:
      json.begin_array();
      for (const Node& item : node.items) write_json(json, item);
      json.end_array();
      break;
    case NodeKind::map:
      json.begin_object();
      for (std::size_t i = 0; i < node.size(); ++i) {
        json.key(node.key(i).text);
        write_json(json, node.value(i));
      }
      json.end_object();
      break;
  }
}

}  // namespace cascade::syntax
