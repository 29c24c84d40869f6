// Sources: the schemas of plugin.json, marketplace.json and .mcp.json inside the client's package (2.1.328), and the
// messages of its own validator about their fields.
#include "manifest/client_keys.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "text/ascii.h"

namespace cascade {
namespace {

using enum PluginValue;

constexpr PluginField fields[] = {
    {"$schema", text},
    {"agents", path},
    {"author", author},
    {"binaries", any},
    {"category", text, true},
    {"channels", any},
    {"commands", paths_or_map},
    {"defaultEnabled", boolean},
    {"dependencies", any},
    {"description", text},
    {"displayName", text},
    {"engines", any},
    {"experimental", any},
    {"headers", any, true},
    {"headersHelper", text, true},
    {"homepage", text},
    {"hooks", paths_or_map},
    {"icon", any},
    {"id", any, true},
    {"interface", any},  // for Codex, which reads this file where a plugin has none for it
    {"keywords", texts},
    {"license", text},
    {"lspServers", paths_or_map},
    {"mcpServers", paths_or_map},
    {"metadata", any},
    {"monitors", any},
    {"name", text},
    {"network", any},
    {"outputStyles", path},
    {"privacyPolicyUrl", text},
    {"relevance", any, true},
    {"repository", text},
    {"settings", any},
    {"skills", path},
    {"source", any, true},
    {"strict", boolean, true},
    {"supportUrl", text},
    {"tags", texts, true},
    {"termsOfServiceUrl", text},
    {"themes", path},
    {"types", path},
    {"userConfig", any},
    {"version", text},
    {"workflows", path},
};

constexpr std::string_view reserved[] = {
    "agent-skills",
    "anthropic-agent-skills",
    "anthropic-marketplace",
    "anthropic-plugin-directory",
    "anthropic-plugins",
    "builtin",
    "claude-code-marketplace",
    "claude-code-plugins",
    "claude-community",
    "claude-for-financial-services",
    "claude-for-legal",
    "claude-plugin-directory",
    "claude-plugin-test",
    "claude-plugins-community",
    "claude-plugins-official",
    "claude-tag-plugins",
    "financial-services-plugins",
    "first-party-plugins",
    "healthcare",
    "inline",
    "knowledge-work-plugins",
    "life-sciences",
    "skills-dir",
    "synced",
};

constexpr McpTransport transports[] = {
    {"stdio", false}, {"sse", true},     {"http", true},   {"streamable-http", true},
    {"ws", true},     {"sse-ide", true}, {"ws-ide", true},
};

constexpr bool is_sorted(Span<PluginField> table) {
  for (std::size_t i = 1; i < table.size; ++i)
    if (!(table.data[i - 1].name < table.data[i].name)) return false;
  return true;
}
static_assert(is_sorted({fields, std::size(fields)}));

}  // namespace

// One by one: a plugin file has few keys and is read once.
const PluginField* find_plugin_field(std::string_view key) noexcept {
  for (const PluginField& field : fields)
    if (field.name == key) return &field;
  return nullptr;
}
Span<PluginField> plugin_fields() noexcept { return {fields, std::size(fields)}; }

bool is_reserved_marketplace(std::string_view name) noexcept {
  for (const std::string_view taken : reserved)
    if (letters::equals_lower(name, taken)) return true;
  return false;
}

const McpTransport* find_mcp_transport(std::string_view type) noexcept {
  for (const McpTransport& transport : transports)
    if (transport.type == type) return &transport;
  return nullptr;
}

}  // namespace cascade
