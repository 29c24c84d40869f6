#include "manifest/client_keys.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "client/facts/claude_code.h"
#include "text/ascii.h"

namespace cascade {
namespace {

namespace facts = client::claude_code_facts;

constexpr Kind kind_named(std::string_view word) {
  return word == "agent" ? Kind::agent : word == "command" ? Kind::command : Kind::skill;
}

constexpr auto ineffective = [] {
  std::array<IneffectiveField, std::size(facts::ineffective)> all;
  std::transform(std::begin(facts::ineffective), std::end(facts::ineffective), all.begin(),
                 [](const client::IneffectiveKey& row) {
                   return IneffectiveField{kind_named(row.kind), row.name, row.help, row.in_plugins_only};
                 });
  return all;
}();

}  // namespace

const ClientField* find_client_field(std::string_view key) noexcept { return client::find_by_name(facts::fields, key); }
Span<ClientField> client_fields() noexcept { return client::all_of(facts::fields); }

Span<IneffectiveField> ineffective_fields() noexcept { return {ineffective.data(), ineffective.size()}; }

const ClosedField* find_closed_field(std::string_view key) noexcept {
  for (const ClosedField& field : facts::values)
    if (field.name == key) return &field;
  return nullptr;
}

Span<std::string_view> model_aliases() noexcept { return client::all_of(facts::aliases); }

// An alias or anything that names Claude; the client passes full names on without looking at them. "[1m]" asks for the
// long window.
bool is_model_name(std::string_view name) noexcept {
  constexpr std::string_view long_window = "[1m]";
  if (name.size() > long_window.size() && letters::equals_lower(name.substr(name.size() - 4), long_window))
    name.remove_suffix(4);
  for (const std::string_view alias : facts::aliases)
    if (letters::equals_lower(name, alias)) return true;
  return name.find("claude-") != std::string_view::npos;
}

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
