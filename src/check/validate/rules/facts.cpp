// What the rules about the whole tree need of one manifest: small facts that are kept in the cache, so that those rules
// run without reading any file again. Whatever they are to know of a file belongs here.
#include "validate/rules/facts.h"

#include <algorithm>

#include "client/names.h"
#include "hash/content_hash.h"
#include "manifest/fields.h"
#include "text/ascii.h"
#include "unicode/utf8.h"
#include "validate/reading/plugins.h"

namespace cascade::validation {
namespace {

using syntax::Node;

constexpr std::size_t listed_beside_texts =
    4;  // "- ", ": " and a line feed around name and description, as the client counts

bool is(const Node* value, std::string_view word) {
  return value != nullptr && letters::equals_lower(letters::trim(value->text), word);
}

// Finds references of a manifest to its own name.
void find_itself(const Document& document, ManifestFacts& facts) {
  const std::string_view name = document.manifest()->name;
  const auto look = [&](const Node* value, bool calls) {
    if (value == nullptr || value->kind == syntax::NodeKind::map) return;
    for (const manifest::Item& item : manifest::items_of(*value, document.lines(), true)) {
      std::string target(item.text);
      if (calls) {
        const auto tool = ToolName::parse(item.text);
        if (!tool || (!client::tool_names::starts_agents(tool->tool) && tool->tool != client::tool_names::skill))
          continue;
        target = tool->pattern;
        if ((tool->tool == client::tool_names::skill) != (facts.role == Role::skill)) continue;
      }
      if (target != name) continue;
      facts.names_itself = true;
      facts.itself_at = document.at_line(item.at.line);
      facts.itself_at.column = item.at.column;
    }
  };
  look(document.field("tools"), true);
  look(document.field("allowed-tools"), true);
  const Node* metadata = document.field("metadata");
  if (!is_map(metadata)) return;
  const char* own = facts.role == Role::skill ? "skills" : facts.role == Role::agent ? "agents" : "commands";
  look(metadata->find(own), false);
  look(metadata->find(std::string("cascade-") + own), false);
}

void hash_lines(const Document& document, ManifestFacts& facts) {
  const syntax::LineIndex& lines = document.lines();
  for (std::uint32_t line = document.line_of(document.frontmatter().body); line <= lines.lines(); ++line) {
    const std::string_view text = letters::trim(lines.line(line));
    if (text.empty()) continue;
    facts.line_hashes.push_back(hash::hash64(text));
    facts.line_numbers.push_back(line);
  }
}

}  // namespace

ManifestFacts facts_of(const Document& document, bool with_lines) {
  ManifestFacts facts;
  facts.id = document.manifest()->id;
  facts.role = document.role();
  facts.base = document.place().base;
  facts.in_plugin = document.place().in_plugin;
  const Node *name = document.field("name"), *description = document.field("description");
  if (facts.role == Role::skill && is_text(name) && name->text != document.manifest()->name)
    facts.alias = letters::trim(name->text);
  facts.name_at = name == nullptr ? document.at_line(1) : document.at(*name);
  facts.description_at = description == nullptr ? document.at_line(1) : document.at(*document.field_key("description"));
  if (is_text(description)) facts.description = description->text;
  std::size_t shown = unicode::count_code_points(facts.description);
  if (const Node* when = document.field("when_to_use"); is_text(when))
    shown += unicode::count_code_points(when->text) + 3;
  facts.listed =
      unicode::count_code_points(document.manifest()->name) + std::min<std::size_t>(shown, 1536) + listed_beside_texts;
  const Node* closed = document.field("disable-model-invocation");
  facts.for_model = !is(closed, "true") && !is(closed, "yes");
  facts.for_user = !is(document.field("user-invocable"), "false");
  facts.closed_at =
      closed == nullptr ? document.at_line(1) : document.at(*document.field_key("disable-model-invocation"));
  find_itself(document, facts);
  if (with_lines) hash_lines(document, facts);
  return facts;
}

}  // namespace cascade::validation
