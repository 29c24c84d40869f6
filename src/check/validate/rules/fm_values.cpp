// FM016: the length of compatibility. FM009: values of keys that take a closed set of words, models and tiers. What a
// project lists as known in its cascade.yaml is known.
#include <algorithm>

#include "manifest/client_keys.h"
#include "text/ascii.h"
#include "text/suggestion.h"
#include "unicode/utf8.h"
#include "validate/rules/checks.h"
#include "validate/rules/other_client.h"

namespace cascade::validation {
namespace {

using syntax::Node;
using syntax::NodeKind;

bool is_integer(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return letters::is_digit(c); });
}

bool contains(Span<std::string_view> values, std::string_view text) {
  return std::find(values.begin(), values.end(), text) != values.end();
}

void check_model(const Context& context, const Document& document, const Node& value, Findings& findings) {
  const std::vector<std::string>& known = context.policy().known.models;
  const std::string_view text = letters::trim(value.text), word = text.substr(0, text.find_first_of(" \t\n"));
  if ((word == text && is_model_name(value.text)) || std::find(known.begin(), known.end(), value.text) != known.end())
    return;
  if (is_for_another_client(document)) return;
  // The line below was indented, or its key was lost.
  if (word != text && is_model_name(word)) {
    findings.add("FM009", document.at(value), "more words follow the model \"" + std::string(word) + "\"",
                 "a model is one word; a line below that is indented belongs to it");
    return;
  }
  const std::string near = letters::did_you_mean(value.text, letters::names_of(model_aliases()));
  findings.add("FM009", document.at(value), "\"" + value.text + "\" is not a model that the client knows",
               near.empty() ? "an alias (" + letters::listed(model_aliases()) +
                                  "), a full name (claude-...), or list it in " + "cascade.yaml's known.models"
                            : near);
}

// The tiers of the shipped library, and those listed in the project's cascade.yaml.
void check_tier(const Context& context, const Document& document, Findings& findings) {
  const Node* const metadata = document.field("metadata");
  const Node* const tier = metadata == nullptr ? nullptr : metadata->find("cascade-tier");
  if (tier == nullptr || letters::trim(tier->text).empty()) return;
  std::vector<std::string_view> known = {"light", "standard", "deep"};
  for (const std::string& name : context.policy().known.tiers)
    if (std::find(known.begin(), known.end(), name) == known.end()) known.emplace_back(name);
  const bool is_name = tier->kind != NodeKind::list && tier->kind != NodeKind::map;
  if (is_name && std::find(known.begin(), known.end(), letters::trim(tier->text)) != known.end()) return;
  const std::string near = letters::did_you_mean(tier->text, known);
  findings.add("FM009", document.at(*tier), "\"" + tier->text + "\" is not a tier",
               near.empty()
                   ? "one of " + letters::listed({known.data(), known.size()}) + ", or list it in cascade.yaml's tiers"
                   : near);
}

void check_compatibility(const Document& document, Findings& findings) {
  constexpr std::size_t most = 500;
  const Node* const value = document.role() == Role::skill ? document.field("compatibility") : nullptr;
  if (value == nullptr || value->kind == NodeKind::list || value->kind == NodeKind::map) return;
  const std::size_t length = unicode::count_code_points(letters::trim(value->text));
  if (length == 0)
    findings.add("FM016", document.at(*value), "compatibility is empty", "say what the skill needs, or leave it out");
  else if (length > most)
    findings.add("FM016", document.at(*value), "compatibility has " + std::to_string(length) + " characters",
                 std::to_string(most) + " at most");
}

}  // namespace

void check_field_values(const Context& context, const Document& document, Findings& findings) {
  const Node& fields = document.data();
  if (!is_manifest(document.role()) || fields.kind != NodeKind::map) return;
  check_compatibility(document, findings);
  if (findings.profile() == Profile::agent_skills) return;  // the open standard has no such keys
  check_tier(context, document, findings);
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const Node &key = fields.key(i), &value = fields.value(i);
    if (value.kind == NodeKind::list || value.kind == NodeKind::map || value.kind == NodeKind::null ||
        letters::trim(value.text).empty())
      continue;
    if (key.text == "model") {
      check_model(context, document, value, findings);
      continue;
    }
    const ClosedField* closed = find_closed_field(key.text);
    if (closed == nullptr || contains(closed->values, letters::trim(value.text))) continue;
    if (closed->integers && is_integer(value.text)) continue;
    const std::string near = letters::did_you_mean(value.text, letters::names_of(closed->values));
    // A wrong colour costs nothing but the colour.
    findings.add("FM009", key.text == "color" ? std::optional(Severity::warning) : std::nullopt, document.at(value),
                 key.text + " cannot be \"" + value.text + "\"",
                 near.empty() ? "one of " + letters::listed(closed->values) : near);
  }
}

}  // namespace cascade::validation
