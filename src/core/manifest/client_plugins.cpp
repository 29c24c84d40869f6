#include "client/facts/claude_code.h"
#include "manifest/client_keys.h"
#include "text/ascii.h"

namespace cascade {

namespace facts = client::claude_code_facts;

// One by one: a plugin file has few keys and is read once.
const PluginField* find_plugin_field(std::string_view key) noexcept {
  for (const PluginField& field : facts::plugin_keys)
    if (field.name == key) return &field;
  return nullptr;
}
Span<PluginField> plugin_fields() noexcept { return client::all_of(facts::plugin_keys); }

bool is_reserved_marketplace(std::string_view name) noexcept {
  for (const std::string_view taken : facts::marketplaces)
    if (letters::equals_lower(name, taken)) return true;
  return false;
}

const McpTransport* find_mcp_transport(std::string_view type) noexcept {
  for (const McpTransport& transport : facts::transports)
    if (transport.type == type) return &transport;
  return nullptr;
}

}  // namespace cascade
