// Flattens the tree depth first. A list becomes one entry, its scalars joined by commas; maps inside it add entries of
// their own. Of equal keys the last one's value replaces the first one's, in the first one's place.
#include "manifest/fields.h"

#include "text/ascii.h"
#include "unicode/utf8.h"

#include <cstddef>
#include <map>
#include <string>
#include <utility>

namespace cascade::manifest {
namespace {

using syntax::Node;
using syntax::NodeKind;

constexpr std::size_t max_key = 256;
constexpr int max_depth = 64;  // above syntax::NodeLimits::depth

// All scalars below a list, whatever their nesting, joined by ", ".
void join_scalars(const Node& node, std::string& out) {
  if (node.kind == NodeKind::list) {
    for (const Node& item : node.items) join_scalars(item, out);
  } else if (node.kind != NodeKind::map && node.kind != NodeKind::null) {
    if (!out.empty()) out += ", ";
    out += node.text;
  }
}

class Flattener {
 public:
  Flattener(std::string_view path, std::vector<Field>& out) : path_(path), out_(out) {}

  void add_map(const Node& map, const std::string& prefix, int depth) {
    for (std::size_t i = 0; i < map.size(); ++i) add(prefix + map.key(i).text, map.value(i), depth + 1);
  }

 private:
  void add(const std::string& key, const Node& value, int depth) {
    if (key.size() > max_key || depth > max_depth) return;
    if (value.kind == NodeKind::map) return add_map(value, key + '.', depth);
    Field field{key, value.text, location_of(path_, value), value.kind == NodeKind::list};
    if (field.list) {
      field.value.clear();
      join_scalars(value, field.value);
    } else if (value.kind == NodeKind::null) {
      field.value.clear();
    }
    field.value = unicode::replace_invalid(field.value);
    put(std::move(field));
    if (value.kind == NodeKind::list)
      for (std::size_t i = 0; i < value.items.size(); ++i)
        if (value.items[i].kind == NodeKind::map) add_map(value.items[i], key + '.' + std::to_string(i) + '.', depth);
  }

  void put(Field field) {
    const auto [known, fresh] = places_.try_emplace(field.key, out_.size());
    if (fresh)
      out_.push_back(std::move(field));
    else
      out_[known->second] = std::move(field);
  }

  std::string_view path_;
  std::vector<Field>& out_;
  std::map<std::string, std::size_t> places_;
};

}  // namespace

std::vector<Field> flatten(const Node& root, std::string_view path) {
  std::vector<Field> out;
  if (root.kind == NodeKind::map) Flattener(path, out).add_map(root, "", 0);
  return out;
}

std::string_view scalar_text(const Node* value) {
  if (value == nullptr || value->kind == NodeKind::null || value->kind == NodeKind::list ||
      value->kind == NodeKind::map)
    return {};
  return letters::trim(value->text);
}

Location location_of(std::string_view path, const Node& value) {
  return {std::string(path), value.at.line, value.at.column, value.end.line, value.end.column};
}

}  // namespace cascade::manifest
