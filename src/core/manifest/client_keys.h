// The keys of manifests and plugins that the client knows: rows of client/facts/claude_code.tsv, which keys.h there
// describes.
#pragma once

#include <cascade/manifest.h>

#include <string_view>

#include "client/facts/fact.h"

namespace cascade {

// All look-ups are case-sensitive, as in the client; all tables are sorted by bytes.

using client::ClientField;
using client::ClosedField;
using client::McpTransport;
using client::PluginField;
using client::PluginValue;
using client::ValueType;

const ClientField* find_client_field(std::string_view key) noexcept;
Span<ClientField> client_fields() noexcept;

// A key that the client knows but that does nothing in a manifest of this kind.
struct IneffectiveField {
  Kind kind;
  std::string_view name, help;
  bool in_plugins_only = false;
};
Span<IneffectiveField> ineffective_fields() noexcept;

const ClosedField* find_closed_field(std::string_view key) noexcept;

// An alias ("sonnet", "opus[1m]", "inherit") or one of the vendor's full names ("claude-...", also after a cloud's
// prefix).
bool is_model_name(std::string_view name) noexcept;
Span<std::string_view> model_aliases() noexcept;

const PluginField* find_plugin_field(std::string_view key) noexcept;
Span<PluginField> plugin_fields() noexcept;
bool is_reserved_marketplace(std::string_view name) noexcept;  // names that the client keeps for its vendor

const McpTransport* find_mcp_transport(std::string_view type) noexcept;

}  // namespace cascade
