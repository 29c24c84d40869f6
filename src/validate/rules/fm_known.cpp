// FM007 and FM014: keys that the client does not know, and keys that it knows but ignores in this kind of file. Text
// that only looks like a key, in front matter that is not valid YAML, is reported only if it resembles a known one.
#include "client/built_in.h"
#include "manifest/client_keys.h"
#include "text/ascii.h"
#include "text/suggestion.h"
#include "validate/rules/checks.h"

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

void report_unknown(const Document& document, const Node& key, bool standard_only, Findings& findings) {
  const std::string near = letters::did_you_mean(key.text, known_keys(standard_only));
  const std::string who = standard_only ? "the open standard has" : "the client knows";
  findings.add(
      "FM007", document.at(key), who + " no key \"" + key.text + "\"",
      near.empty() ? "put it below metadata, or remove it (keys of " + std::string(client::version) + ")" : near);
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
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const Node& key = fields.key(i);
    const ClientField* known = find_client_field(key.text);
    if (known == nullptr || (standard_only && !known->standard)) {
      // A key salvaged from broken YAML may not be a key at all.
      const bool certain =
          document.parsed().complete || !letters::did_you_mean(key.text, known_keys(standard_only)).empty();
      if (!is_free(key.text) && certain) report_unknown(document, key, standard_only, findings);
      continue;
    }
    if (const IneffectiveField* field = ineffective(document, key.text))
      findings.add("FM014", document.at(key),
                   key.text + " does nothing in " + (field->kind == Kind::agent ? "an " : "a ") +
                       std::string(to_string(field->kind)) + (field->in_plugins_only ? " of a plugin" : ""),
                   std::string(field->help));
    else if (key.text == "agent" && document.role() != Role::agent && !forks(document))
      findings.add("FM014", document.at(key), "agent does nothing without context: fork",
                   "add context: fork, or remove it");
  }
}

}  // namespace cascade::validation
