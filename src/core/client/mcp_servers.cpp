#include "client/mcp_servers.h"

#include <set>

#include "files/paths.h"
#include "syntax/json.h"

namespace cascade::client {
namespace {

constexpr std::uint64_t max_bytes = 16 << 20;
constexpr syntax::NodeLimits limits{.bytes = max_bytes, .depth = 32, .nodes = 200'000, .alias_nodes = 0};

void add_servers(const syntax::Node* object, std::set<std::string>& names) {
  const syntax::Node* servers = object == nullptr ? nullptr : object->find("mcpServers");
  for (std::size_t i = 0; servers != nullptr && servers->is_entry(i); ++i) names.insert(servers->key(i).text);
}

}  // namespace

std::vector<std::string> mcp_servers(const files::Tree& tree, const UserPlace& user, const std::string& directory) {
  std::set<std::string> names;
  if (const auto text = tree.read(files::join(directory, ".mcp.json"), max_bytes)) {
    const syntax::Parsed parsed = syntax::parse_json(*text, limits);
    add_servers(&parsed.root, names);
  }
  const auto state = user.state.empty() ? Result<std::string>(Error{}) : tree.read(user.state, max_bytes);
  if (state && state->find("mcpServers") != std::string::npos) {
    const syntax::Parsed parsed = syntax::parse_json(*state, limits);
    add_servers(&parsed.root, names);
    const syntax::Node* projects = parsed.root.find("projects");
    add_servers(projects == nullptr ? nullptr : projects->find(directory), names);
  }
  return {names.begin(), names.end()};
}

}  // namespace cascade::client
