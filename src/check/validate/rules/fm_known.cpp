// FM007 and FM014: keys that the client does not know, and keys that it knows but ignores in this kind of file. Text
// that only looks like a key, in front matter that is not valid YAML, is reported only if it resembles a known one.
#include "client/built_in.h"
#include "manifest/client_keys.h"
#include "text/ascii.h"
#include "text/suggestion.h"
#include "validate/reading/lists.h"
#include "validate/rules/checks.h"
#include "validate/rules/other_client.h"

#include <algorithm>
#include <iterator>

namespace cascade::validation {
namespace {

using syntax::Node;
using syntax::NodeKind;

Kind kind_of(Role role) {
  return role == Role::skill ? Kind::skill : role == Role::agent ? Kind::agent : Kind::command;
}

bool is_free(std::string_view key) {
  return key.size() > 2 && letters::to_lower(key[0]) == 'x' && (key[1] == '-' || key[1] == '_');
}

std::vector<std::string_view> known_keys(bool standard_only) {
  std::vector<std::string_view> names;
  for (const ClientField& field : client_fields())
    if (field.standard || !standard_only) names.push_back(field.name);
  return names;
}

bool relates(std::string_view key) {
  return std::find(std::begin(lists::relating_keys), std::end(lists::relating_keys), key) !=
         std::end(lists::relating_keys);
}

bool describes(std::string_view key) {
  return std::find(std::begin(lists::describing_keys), std::end(lists::describing_keys), key) !=
         std::end(lists::describing_keys);
}

// "allowedTools" with another program's tools: that program's spelling, too.
bool lists_tools_of_others(const Document& document, std::string_view key) {
  const Node* value = document.field(key);
  const bool allows = key == "allowedTools" || key == "allowed_tools";
  return allows && value != nullptr && value->kind == NodeKind::list && lists_other_tools(document, *value);
}

// Keys of agents that other programs read from the same file: how it is started, what it may do, and what the vendor's
// first pages on plugins showed.
bool is_key_of_others(const Document& document, std::string_view key) {
  if (document.role() != Role::agent) return false;
  if (key == "permission" || key == "is_background" || key == "capabilities") return true;
  const Node* value = document.field(key);
  return key == "mode" && value != nullptr &&
         (value->text == "subagent" || value->text == "primary" || value->text == "all");
}

void report_unknown(const Document& document, const Node& key, bool standard_only, bool of_others, Findings& findings) {
  const std::string near = letters::did_you_mean(key.text, known_keys(standard_only));
  const std::string who = standard_only ? "the open standard has" : "the client knows";
  const bool spelt_by_others =
      is_key_of_others(document, key.text) ||
      ((key.text == "user-invokable" || key.text == "mcp-servers") && is_named_for_another_client(document));
  const bool harmless =
      !standard_only && (spelt_by_others || (near.empty() ? of_others || describes(key.text) || relates(key.text)
                                                          : lists_tools_of_others(document, key.text)));
  findings.add(
      "FM007", harmless ? std::optional(Severity::info) : std::nullopt, document.at(key),
      who + " no key \"" + key.text + "\"",
      near.empty() ? "put it below metadata, or remove it (keys of " + std::string(client::version) + ")" : near);
}

// permissionMode: default, where it is ignored: it would do nothing anywhere.
bool is_default(const Document& document, const Node& key) {
  const Node* value = document.field(key.text);
  return key.text == "permissionMode" && value != nullptr && value->text == "default";
}

// A known key that has no effect in this kind of file.
const IneffectiveField* ineffective(const Document& document, std::string_view key) {
  for (const IneffectiveField& field : ineffective_fields())
    if (field.name == key && field.kind == kind_of(document.role()) &&
        (!field.in_plugins_only || document.place().in_plugin))
      return &field;
  return nullptr;
}

bool forks(const Document& document) {
  const Node* context = document.field("context");
  return context != nullptr && context->text == "fork";
}

}  // namespace

void check_known_fields(const Context&, const Document& document, Findings& findings) {
  const bool standard_only = findings.profile() == Profile::agent_skills;
  if (!is_manifest(document.role()) || (standard_only && document.role() != Role::skill)) return;
  const Node& fields = document.data();
  if (fields.kind != NodeKind::map) return;
  std::optional<bool> of_others;  // asked for once, and seldom
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const Node& key = fields.key(i);
    const ClientField* known = find_client_field(key.text);
    if (known == nullptr || (standard_only && !known->standard)) {
      // A key salvaged from broken YAML may not be a key at all.
      const bool certain =
          document.parsed().complete || !letters::did_you_mean(key.text, known_keys(standard_only)).empty();
      if (is_free(key.text) || !certain) continue;
      if (!of_others) of_others = is_for_another_client(document);
      report_unknown(document, key, standard_only, *of_others, findings);
      continue;
    }
    if (const IneffectiveField* field = ineffective(document, key.text))
      findings.add(
          "FM014",
          is_named_for_another_client(document) || is_written_for_several(document) || is_default(document, key)
              ? std::optional(Severity::info)
              : std::nullopt,
          document.at(key),
          key.text + " does nothing in " + (field->kind == Kind::agent ? "an " : "a ") +
              std::string(to_string(field->kind)) + (field->in_plugins_only ? " of a plugin" : ""),
          std::string(field->help));
    else if (key.text == "agent" && document.role() != Role::agent && !forks(document))
      findings.add("FM014", document.at(key), "agent does nothing without context: fork",
                   "add context: fork, or remove it");
  }
}

}  // namespace cascade::validation
