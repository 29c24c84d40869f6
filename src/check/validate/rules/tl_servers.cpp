// TL002: tools of MCP servers that nothing here configures. Where no server is configured at all, nothing is reported:
// then the configuration is elsewhere.
#include "files/paths.h"
#include "manifest/items.h"
#include "text/suggestion.h"
#include "validate/reading/json_values.h"
#include "validate/rules/checks.h"

namespace cascade::validation {
namespace {

using syntax::Node;

// Servers that a user connects to the account, as mcp__claude_ai_Harbour__list: no file configures them.
constexpr std::string_view connector = "claude_ai_";

// The servers that a manifest may use: those of its own plugin or folder, of the project around it, of the agent
// itself, and those in the configuration. Plugins' servers are also called plugin_<plugin>_<server>.
std::set<std::string> servers_in_scope(const Context& context, const Document& document, bool& declared) {
  std::set<std::string> names;
  declared = false;
  for (const ServerFacts& facts : context.facts.servers) {
    if (!facts.base.empty() && !files::is_within(facts.base, document.path())) continue;
    declared = true;
    names.insert(facts.servers.begin(), facts.servers.end());
    if (const PluginFacts* plugin = context.facts.plugin(facts.base))
      for (const std::string& server : facts.servers) names.insert("plugin_" + plugin->name + "_" + server);
  }
  if (const Node* own = document.field("mcpServers"); own != nullptr) {
    declared = true;
    if (own->kind == syntax::NodeKind::map)
      for (std::size_t i = 0; i < own->size(); ++i) names.insert(own->key(i).text);
    else
      for (const manifest::Item& item : manifest::items_of(*own, document.lines(), true)) names.insert(item.text);
  }
  const std::vector<std::string>& known = context.policy().known.mcp_servers;
  names.insert(known.begin(), known.end());
  return names;
}

// `plugin_harbour_boats`: a server of a plugin that is not here, which no file of this tree could declare.
bool is_of_other_plugin(const Context& context, std::string_view server) {
  constexpr std::string_view prefix = "plugin_";
  if (!server.starts_with(prefix)) return false;
  server.remove_prefix(prefix.size());
  for (const PluginFacts& plugin : context.facts.plugins)
    if (server.starts_with(plugin.name) && server.substr(plugin.name.size(), 1) == "_") return false;
  return true;
}

}  // namespace

void check_tool_servers(const Context& context, const Document& document, Findings& findings) {
  if (!is_manifest(document.role())) return;
  bool declared = false;
  std::optional<std::set<std::string>> servers;
  std::set<std::string> said;  // each server once
  for (const std::string_view field : {"tools", "allowed-tools", "disallowedTools", "disallowed-tools"}) {
    const Node* value = document.field(field);
    if (value == nullptr || value->kind == syntax::NodeKind::map) continue;
    for (const manifest::Item& item : manifest::items_of(*value, document.lines(), true)) {
      const auto tool = ToolName::parse(item.text);
      if (!tool || tool->server.empty()) continue;
      if (!servers) servers = servers_in_scope(context, document, declared);
      if (!declared) return;
      if (tool->server.starts_with(connector)) continue;
      if (servers->count(tool->server) != 0 || !said.insert(tool->server).second) continue;
      const std::vector<std::string_view> known(servers->begin(), servers->end());
      const std::string near = letters::did_you_mean(tool->server, known);
      if (near.empty() && is_of_other_plugin(context, tool->server)) continue;
      Location at = document.at_line(item.at.line);
      at.column = item.at.column;
      at.end_line = at.line;
      at.end_column = at.column + static_cast<std::uint32_t>(item.text.size());
      findings.add("TL002", at, "no configuration declares the server \"" + tool->server + "\"",
                   near.empty() ? "declare it in .mcp.json, or list it in cascade.yaml's known.mcp_servers" : near);
    }
  }
}

}  // namespace cascade::validation
