// Front matter as flat entries, and look-ups in its tree as the client does them.
#pragma once

#include <cascade/manifest.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "client/facts/fact.h"
#include "syntax/lines.h"
#include "syntax/node.h"

namespace cascade::manifest {

// Every entry of the map `root`: nested keys joined by dots, an element of a list that is itself a map under the
// element's index from 0 ("hooks.Stop.0.timeout"). Of equal keys the last counts. Keys longer than 256 bytes in all are
// left out. Linear in the tree.
std::vector<Field> flatten(const syntax::Node& root, std::string_view path);

// A scalar's text without white space around it; empty for null, a list, a map or a missing node.
std::string_view scalar_text(const syntax::Node* value);

// The decoded `description`; without one, the first line of the body that is not empty, without its heading marks (as
// the client does, 2.1.328). Empty when there is neither: the listing adds the text that the client shows instead
// ("Skill"). Well-formed UTF-8, no white space at its ends.
std::string describe(const syntax::Node& fields, std::string_view body);

// One piece of a split string, in bytes of it. `balanced`: its parentheses match.
struct Piece {
  std::size_t begin = 0, end = 0;
  bool balanced = true;
};

// Splits at commas and white space outside parentheses, as the client does (2.1.328). An open parenthesis that is never
// closed does not swallow what follows: its piece ends at the next comma. Linear.
std::vector<Piece> split_items(std::string_view text);

struct Item {
  std::string text;
  syntax::Position at;
  bool balanced = true;
};

// All entries of a string, a list or a list of maps (of which the entry `name`, `agent`, `skill` or `id` counts).
// Strings are split; an element of a list is split only when `split_elements`. Empty for a map and for null; numbers
// are text.
std::vector<Item> items_of(const syntax::Node& value, const syntax::LineIndex& lines, bool split_elements);

}  // namespace cascade::manifest

// The keys of manifests and plugins that the client knows: rows of client/facts/claude_code.tsv, sorted by bytes. All
// look-ups are case-sensitive, as in the client.

namespace cascade {

using client::ClientField, client::ClosedField, client::IneffectiveKey, client::McpTransport, client::PluginField,
    client::PluginValue, client::ValueType;

const ClientField* find_client_field(std::string_view key) noexcept;
Span<ClientField> client_fields() noexcept;

Span<IneffectiveKey> ineffective_fields() noexcept;

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
