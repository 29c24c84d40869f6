#include "cli/schema.h"

#include <set>

namespace cascade::test {
namespace {

using syntax::Node;
using syntax::NodeKind;

std::string type_of(const Node& node) {
  switch (node.kind) {
    case NodeKind::null: return "null";
    case NodeKind::boolean: return "boolean";
    case NodeKind::number: return node.text.find_first_of(".eE") == std::string::npos ? "integer" : "number";
    case NodeKind::string: return "string";
    case NodeKind::list: return "array";
    case NodeKind::map: return "object";
  }
  return "";
}

class Checker {
 public:
  explicit Checker(const Node& schema) : root_(schema) {}

  void check(const Node& schema, const Node& value, const std::string& at) {
    for (std::size_t i = 0; i < schema.size(); ++i) keyword(schema.key(i).text, schema.value(i), value, at);
  }

  std::vector<std::string> faults;

 private:
  void keyword(const std::string& name, const Node& argument, const Node& value, const std::string& at) {
    if (name == "$ref") {
      const std::string prefix = "#/$defs/";
      const Node* defs = root_.find("$defs");
      const Node* target = defs == nullptr ? nullptr : defs->find(argument.text.substr(prefix.size()));
      if (target == nullptr) return fault(at, "no definition " + argument.text);
      check(*target, value, at);
    } else if (name == "type") {
      check_type(argument, value, at);
    } else if (name == "const") {
      if (argument.text != value.text) fault(at, "is not " + argument.text);
    } else if (name == "enum") {
      for (const Node& one : argument.items)
        if (one.kind == value.kind && one.text == value.text) return;
      fault(at, "'" + value.text + "' is none of the values");
    } else if (name == "minimum") {
      if (value.kind == NodeKind::number && std::stoll(value.text) < std::stoll(argument.text))
        fault(at, "is too small");
    } else if (name == "maximum") {
      if (value.kind == NodeKind::number && std::stoll(value.text) > std::stoll(argument.text))
        fault(at, "is too large");
    } else if (name == "minItems") {
      if (value.kind == NodeKind::list && value.items.size() < std::stoull(argument.text)) fault(at, "is too short");
    } else if (name == "properties") {
      check_properties(argument, value, at);
    } else if (name == "required") {
      for (const Node& key : argument.items)
        if (value.kind == NodeKind::map && value.find(key.text) == nullptr) fault(at, "lacks " + key.text);
    } else if (name == "items") {
      for (std::size_t i = 0; value.kind == NodeKind::list && i < value.items.size(); ++i)
        check(argument, value.items[i], at + "[" + std::to_string(i) + "]");
    } else {
      static const std::set<std::string> notes = {"$schema", "$id", "$defs", "title", "description"};
      if (notes.count(name) == 0) fault(at, "unknown keyword " + name);
    }
  }

  void check_type(const Node& types, const Node& value, const std::string& at) {
    const std::string seen = type_of(value);
    if (types.kind == NodeKind::string && types.text == seen) return;
    for (const Node& type : types.items)
      if (type.text == seen) return;
    fault(at, "is " + seen);
  }

  void check_properties(const Node& properties, const Node& value, const std::string& at) {
    if (value.kind != NodeKind::map) return;
    for (std::size_t i = 0; i < value.size(); ++i) {
      const std::string& key = value.key(i).text;
      const Node* schema = properties.find(key);
      if (schema == nullptr) {
        fault(at, "undocumented key " + key);
      } else {
        check(*schema, value.value(i), at + "." + key);
      }
    }
  }

  void fault(const std::string& at, const std::string& what) { faults.push_back(at + ": " + what); }

  const Node& root_;
};

}  // namespace

std::vector<std::string> schema_faults(const syntax::Node& schema, const syntax::Node& document) {
  Checker checker(schema);
  checker.check(schema, document, "$");
  return checker.faults;
}

}  // namespace cascade::test
