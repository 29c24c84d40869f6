// The JSON reader never crashes, and what it reads, written and read again, is the same.
#include "syntax/json.h"

#include <cstdlib>

using namespace cascade::syntax;

namespace {

void write(JsonWriter& json, const Node& node) {  // nesting is limited to 32 by the reader
  switch (node.kind) {
    case NodeKind::list:
      json.begin_array();
      for (const Node& item : node.items) write(json, item);
      json.end_array();
      return;
    case NodeKind::map:
      json.begin_object();
      for (std::size_t i = 0; i < node.size(); ++i) {
        json.key(node.key(i).text);
        write(json, node.value(i));
      }
      json.end_object();
      return;
    case NodeKind::string: json.string(node.text); return;
    case NodeKind::boolean: json.boolean(node.text == "true"); return;
    case NodeKind::number: json.string(node.text); return;
    case NodeKind::null: json.null(); return;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Parsed parsed = parse_json({reinterpret_cast<const char*>(data), size});
  if (!parsed.complete) {
    if (parsed.faults.empty()) std::abort();
    return 0;
  }
  JsonWriter first, second;
  write(first, parsed.root);
  const std::string text = first.take();
  NodeLimits limits;
  limits.bytes = text.size();
  const Parsed again = parse_json(text, limits);
  if (!again.complete) std::abort();
  write(second, again.root);
  if (second.take() != text) std::abort();
  return 0;
}
