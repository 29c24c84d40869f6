// Rows about the keys that a client reads in manifests, plugins and lists of servers.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string_view>

namespace cascade::client {

// field: a key of front matter. list: a list or one string. `standard`: one of the six keys of the open skill standard.
enum class ValueType : std::uint8_t { text, boolean, integer, list, map, any };
struct ClientField {
  std::string_view name;
  ValueType type = ValueType::any;
  bool standard = false;
};

// ineffective: a key that the client knows but that does nothing in a manifest of this kind.
struct IneffectiveKey {
  std::string_view name, kind, help;
  bool in_plugins_only = false;
};

// values: a key whose value must be one of a few words. Compared as the client does: ignoring case where the client
// ignores it.
struct ClosedField {
  std::string_view name;
  Span<std::string_view> values;
  bool integers = false;  // a whole number is also allowed
};

// plugin_key: a key of plugin.json or of a marketplace's entries. path: one path or a list of them, each from "./".
enum class PluginValue : std::uint8_t { text, texts, boolean, author, path, paths_or_map, any };
struct PluginField {
  std::string_view name;
  PluginValue value = PluginValue::any;
  bool entry_only = false;  // means something in a marketplace's entry only
};

// transport: `type` of an MCP server; `remote`: it needs a url, else a command.
struct McpTransport {
  std::string_view type;
  bool remote = false;
};

// Names alone: alias, a word for a model; marketplace, a name that the client keeps for its vendor.

}  // namespace cascade::client
