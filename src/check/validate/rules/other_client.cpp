#include "validate/rules/findings.h"

#include <algorithm>
#include <iterator>

#include "client/built_in.h"
#include "files/paths.h"
#include "manifest/fields.h"
#include "manifest/parse.h"
#include "text/ascii.h"
#include "text/suggestion.h"

namespace cascade::validation {
namespace {

using syntax::Node, syntax::NodeKind;

std::size_t keys_of_others(const Node& fields) {
  const std::vector<std::string_view> known = letters::names_of(client_fields());
  std::size_t count = 0;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const std::string& key = fields.key(i).text;
    count += find_client_field(key) == nullptr && letters::did_you_mean(key, known).empty() ? 1 : 0;
  }
  return count;
}

// Tools that are no other spelling of one of the client's; 0 if one of the tools is the client's, a server's or `*`.
std::size_t tools_of_others(const Document& document, const Node& tools) {
  std::size_t unlike_any = 0;
  for (const manifest::Item& item : manifest::items_of(tools, document.lines(), true)) {
    const auto tool = item.balanced ? ToolName::parse(item.text) : std::nullopt;
    if (!tool || !tool->server.empty() || tool->tool == "*" || client::find_tool(tool->tool) != nullptr) return 0;
    unlike_any += letters::did_you_mean(tool->tool, letters::names_of(client::known_tools())).empty() ? 1 : 0;
  }
  return unlike_any;
}

}  // namespace

bool lists_other_tools(const Document& document, const Node& tools) { return tools_of_others(document, tools) > 0; }

bool is_named_for_another_client(const Document& document) {
  return document.role() == Role::agent && files::stem(document.path()).ends_with(".agent");
}

bool lists_tools_for_several(const Document& document, const Node& tools) {
  constexpr std::size_t most = 64;
  std::vector<std::string> known, unknown;
  for (const manifest::Item& item : manifest::items_of(tools, document.lines(), true)) {
    const auto tool = item.balanced ? ToolName::parse(item.text) : std::nullopt;
    if (!tool || !tool->server.empty() || known.size() + unknown.size() == most) continue;
    (client::find_tool(tool->tool) != nullptr ? known : unknown).push_back(tool->tool);
  }
  const auto is_of_another = [&](const std::string& name) {
    const auto differs_by_case = [&](std::string_view other) { return letters::equals_folded(other, name); };
    return std::ranges::any_of(known, differs_by_case) ||
           (client::is_tool_of_another_client(name) &&
            std::ranges::none_of(letters::names_of(client::known_tools()), differs_by_case));
  };
  return !known.empty() && std::ranges::count_if(unknown, is_of_another) >= 2;
}

bool is_written_for_several(const Document& document) {
  return std::ranges::any_of(tool_fields, [&](std::string_view field) {
    const Node* tools = document.field(field);
    return tools != nullptr && lists_tools_for_several(document, *tools);
  });
}

bool is_misspelt(std::string_view tool) {
  return !client::is_tool_of_another_client(tool) &&
         !letters::did_you_mean(tool, letters::names_of(client::known_tools())).empty();
}

bool is_for_another_client(const Document& document) {
  if (document.role() != Role::agent || document.data().kind != NodeKind::map) return false;
  const Node* tools = document.field("tools");
  if (tools == nullptr) return false;
  const std::size_t others = tools_of_others(document, *tools);
  if (others == 0) return false;
  return is_named_for_another_client(document) || keys_of_others(document.data()) >= (others == 1 ? 2U : 1U);
}

Location at_item(const Document& document, const manifest::Item& item) {
  return {document.path(), item.at.line, item.at.column, item.at.line,
          item.at.column + static_cast<std::uint32_t>(item.text.size())};
}

bool is_about_authoring(const Context& context, const Document& document) {
  std::optional<ManifestView> about = document.manifest();
  if (!about && document.place().skill)
    if (const auto id = context.layout.manifest_at(files::join(*document.place().skill, "SKILL.md")))
      about = context.registry[*id];
  if (about) return manifest::teaches_authoring(about->name, about->description);
  // A skill of another client is in no registry.
  const syntax::Node* said = document.role() == Role::skill ? document.field("description") : nullptr;
  return document.place().skill && manifest::teaches_authoring(files::file_name(*document.place().skill),
                                                               is_text(said) ? said->text : std::string_view());
}

}  // namespace cascade::validation
