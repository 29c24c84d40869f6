#include "validate/rules/other_client.h"

#include <algorithm>

#include "client/built_in.h"
#include "files/paths.h"
#include "manifest/client_keys.h"
#include "manifest/items.h"
#include "text/suggestion.h"

namespace cascade::validation {
namespace {

using syntax::Node;
using syntax::NodeKind;

std::size_t keys_of_others(const Node& fields) {
  std::vector<std::string_view> known;
  for (const ClientField& field : client_fields()) known.push_back(field.name);
  std::size_t count = 0;
  for (std::size_t i = 0; i < fields.size(); ++i)
    count +=
        find_client_field(fields.key(i).text) == nullptr && letters::did_you_mean(fields.key(i).text, known).empty()
            ? 1
            : 0;
  return count;
}

}  // namespace

bool lists_other_tools(const Document& document, const Node& tools) {
  if (tools.kind == NodeKind::map) return false;
  bool unlike_any = false;
  for (const manifest::Item& item : manifest::items_of(tools, document.lines(), true)) {
    const auto tool = item.balanced ? ToolName::parse(item.text) : std::nullopt;
    if (!tool || !tool->server.empty() || tool->tool == "*" || client::find_tool(tool->tool) != nullptr) return false;
    unlike_any = unlike_any || letters::did_you_mean(tool->tool, letters::names_of(client::known_tools())).empty();
  }
  return unlike_any;
}

bool is_for_another_client(const Document& document) {
  if (document.role() != Role::agent || document.data().kind != NodeKind::map) return false;
  const Node* tools = document.field("tools");
  if (tools == nullptr || !lists_other_tools(document, *tools)) return false;
  return files::stem(document.path()).ends_with(".agent") || keys_of_others(document.data()) >= 2;
}

}  // namespace cascade::validation
