// FM013: texts that some YAML reader takes for a date, a number or a switch. Below `metadata` numbers are usual, so
// there only values are reported that would be written back differently.
#include "text/ascii.h"
#include "validate/rules/checks.h"

namespace cascade::validation {
namespace {

using syntax::Node;
using syntax::NodeKind;

// 2024-10-01, optionally with a time.
bool is_date(std::string_view text) {
  constexpr std::string_view shape = "dddd-dd-dd";
  if (text.size() < shape.size()) return false;
  for (std::size_t i = 0; i < shape.size(); ++i)
    if (shape[i] == 'd' ? !letters::is_digit(text[i]) : text[i] != shape[i]) return false;
  return text.size() == shape.size() || text[shape.size()] == 'T' || text[shape.size()] == ' ';
}

bool is_switch(std::string_view text) {
  for (const std::string_view word : {"yes", "no", "on", "off"})
    if (letters::equals_lower(text, word)) return true;
  return false;
}

// Returns the type as which some reader takes a plain value meant as text; empty: all agree on text.
std::string_view read_as(const Node& value) {
  if (value.quoted) return {};
  switch (value.kind) {
    case NodeKind::boolean: return "a switch";
    case NodeKind::number: return "a number";
    case NodeKind::string:
      if (is_date(value.text)) return "a date";
      return is_switch(value.text) ? "a switch" : std::string_view();
    default: return {};
  }
}

// Whether a number is written back unchanged: 1.10 is not.
bool survives(std::string_view number) {
  if (number.find_first_of("xXoOeE_+") != std::string_view::npos) return false;
  if (number.find('.') != std::string_view::npos && (number.back() == '0' || number.back() == '.')) return false;
  return number.size() == 1 || number.front() != '0' || number[1] == '.';
}

void report(const Document& document, const std::string& name, const Node& value, std::string_view type,
            Findings& findings) {
  // No client reads the version of a manifest, of whatever type.
  findings.add("FM013", name == "version" ? std::optional(Severity::info) : std::nullopt, document.at(value),
               name + " is a text, but YAML reads " + value.text + " as " + std::string(type),
               "put it in quotes: \"" + value.text + "\"");
}

constexpr std::string_view text_fields[] = {"name",        "description", "license",       "compatibility",
                                            "when_to_use", "version",     "argument-hint", "agent"};

}  // namespace

void check_implicit_types(const Context&, const Document& document, Findings& findings) {
  if (!is_manifest(document.role())) return;
  for (const std::string_view name : text_fields) {
    const Node* value = document.field(name);
    if (value == nullptr) continue;
    if (const std::string_view type = read_as(*value); !type.empty())
      report(document, std::string(name), *value, type, findings);
  }
  // The standard also has texts below metadata; there it is a fault only if a value is not written back unchanged.
  const Node* metadata = document.field("metadata");
  if (metadata == nullptr || metadata->kind != NodeKind::map) return;
  for (std::size_t i = 0; i < metadata->size(); ++i) {
    const Node& value = metadata->value(i);
    const std::string_view type = read_as(value);
    if (type == "a date" || (type == "a number" && !survives(value.text)))
      report(document, "metadata." + metadata->key(i).text, value, type, findings);
  }
}

}  // namespace cascade::validation
