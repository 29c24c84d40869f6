#include "validate/reading/json_values.h"

#include <algorithm>

#include "text/ascii.h"

namespace cascade::validation {
namespace {

using syntax::Node;
using syntax::Position;

bool is_written_at(const Node& node, const Position& at) {
  if (node.at.line != at.line || node.at.column > at.column) return false;
  const bool scalar = node.kind != syntax::NodeKind::map && node.kind != syntax::NodeKind::list;
  return node.at.column == at.column ||
         (scalar && (node.end.line > at.line || (node.end.line == at.line && at.column < node.end.column)));
}

std::string step(const std::string& key) {
  const bool plain = !key.empty() && std::all_of(key.begin(), key.end(), letters::is_name);
  return plain ? "." + key : "[\"" + key + "\"]";
}

// Adds the steps below `node`; false: nothing below is written there.
bool find(const Node& node, const Position& at, std::string& path, std::size_t& depth) {
  for (std::size_t i = 0; i < node.size(); ++i) {
    const bool map = node.kind == syntax::NodeKind::map;
    const Node& value = map ? node.value(i) : node.items[i];
    const std::size_t before = path.size();
    path += map ? step(node.key(i).text) : "[" + std::to_string(i) + "]";
    ++depth;
    if ((map && is_written_at(node.key(i), at)) || is_written_at(value, at) || find(value, at, path, depth))
      return true;
    --depth;
    path.resize(before);
  }
  return false;
}

}  // namespace

std::string path_at(const syntax::Node& root, const syntax::Position& at) {
  std::string path;
  std::size_t depth = 0;
  if (!find(root, at, path, depth) || depth < 2) return {};
  return path.front() == '.' ? path.substr(1) : path;
}

std::string_view describe(syntax::NodeKind kind) noexcept {
  using syntax::NodeKind;
  switch (kind) {
    case NodeKind::null: return "nothing";
    case NodeKind::boolean: return "true or false";
    case NodeKind::number: return "a number";
    case NodeKind::string: return "a text";
    case NodeKind::list: return "a list";
    case NodeKind::map: return "a map";
  }
  return "nothing";
}

}  // namespace cascade::validation
