#include "client/plugin.h"

#include "syntax/json.h"

#include <algorithm>

namespace cascade::client {
namespace {

bool is_file(const syntax::Node& path) {
  constexpr std::string_view ending = ".md";
  return path.text.size() >= ending.size() &&
         path.text.compare(path.text.size() - ending.size(), ending.size(), ending) == 0;
}

}  // namespace

std::string refused_plugin(std::string_view plugin_json) {
  const syntax::Parsed parsed = syntax::parse_json(plugin_json);
  const syntax::Node* name = parsed.root.find("name");
  const syntax::Node* agents = parsed.root.find("agents");
  if (name == nullptr || agents == nullptr) return {};
  const bool all = agents->kind == syntax::NodeKind::list
                       ? std::all_of(agents->items.begin(), agents->items.end(), is_file)
                       : agents->kind != syntax::NodeKind::string || is_file(*agents);
  return all ? std::string() : name->text;
}

}  // namespace cascade::client
