#include "route/requirements.h"

namespace cascade::route {

std::vector<std::string_view> requirements_of(const Registry& registry, ManifestId id) {
  std::vector<std::string_view> needs;
  for (const std::string_view key : {"metadata.cascade-requires-all", "cascade-requires-all"}) {
    std::string_view value = registry.field(id, key).value_or(std::string_view());
    while (!value.empty()) {
      const std::size_t end = value.find_first_of(" ,");
      const std::string_view need = value.substr(0, end);
      if (need.substr(0, 4) == "bin:" || need.substr(0, 4) == "mcp:" || need.substr(0, 5) == "file:")
        needs.push_back(need);
      if (end == std::string_view::npos) break;
      value.remove_prefix(end + 1);
    }
  }
  return needs;
}

}  // namespace cascade::route
