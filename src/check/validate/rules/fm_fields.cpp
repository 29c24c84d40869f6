// FM007 and FM014: keys that the client does not know, and keys that it knows but ignores in this kind of file. Text
// that only looks like a key, in front matter that is not valid YAML, is reported only if it resembles a known one.
#include <algorithm>
#include <iterator>

#include "client/built_in.h"
#include "manifest/fields.h"
#include "text/ascii.h"
#include "text/suggestion.h"
#include "text/word_set.h"
#include "unicode/utf8.h"
#include "validate/reading/lists.h"
#include "validate/reading/plugins.h"
#include "validate/rules/checks.h"
#include "validate/rules/findings.h"

namespace cascade::validation {
namespace {

using syntax::Node, syntax::NodeKind;

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
  const Node* value = document.field(key);
  return letters::is_one_of(key, {"permission", "is_background", "capabilities"}) ||
         (key == "mode" && value != nullptr && letters::is_one_of(value->text, {"subagent", "primary", "all"}));
}

void report_unknown(const Document& document, const Node& key, bool standard_only, bool of_others, Findings& findings) {
  const std::string near = letters::did_you_mean(key.text, known_keys(standard_only));
  const std::string who = standard_only ? "the open standard has" : "the client knows";
  const bool spelt_by_others =
      is_key_of_others(document, key.text) ||
      ((key.text == "user-invokable" || key.text == "mcp-servers") && is_named_for_another_client(document));
  const bool harmless =
      !standard_only &&
      (spelt_by_others || (near.empty() ? of_others || letters::is_one_of(key.text, lists::describing_keys) ||
                                              letters::is_one_of(key.text, lists::relating_keys)
                                        : lists_tools_of_others(document, key.text)));
  findings.add(
      "FM007", harmless ? std::optional(Severity::info) : std::nullopt, document.at(key),
      who + " no key \"" + key.text + "\"",
      near.empty() ? "put it below metadata, or remove it (keys of " + std::string(client::version) + ")" : near);
}

// A known key that has no effect in this kind of file.
const IneffectiveKey* ineffective(const Document& document, std::string_view key) {
  for (const IneffectiveKey& field : ineffective_fields())
    if (field.name == key && field.kind == to_string(kind_of(document.role())) &&
        (!field.in_plugins_only || document.place().in_plugin))
      return &field;
  return nullptr;
}

bool says(const Document& document, std::string_view field, std::string_view word) {
  const Node* value = document.field(field);
  return value != nullptr && value->text == word;
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
    if (const IneffectiveKey* field = ineffective(document, key.text)) {
      // permissionMode: default would do nothing anywhere.
      const bool harmless = is_named_for_another_client(document) || is_written_for_several(document) ||
                            (key.text == "permissionMode" && says(document, key.text, "default"));
      findings.add("FM014", harmless ? std::optional(Severity::info) : std::nullopt, document.at(key),
                   key.text + " does nothing in " + (field->kind == "agent" ? "an " : "a ") + std::string(field->kind) +
                       (field->in_plugins_only ? " of a plugin" : ""),
                   std::string(field->help));
    } else if (key.text == "agent" && document.role() != Role::agent && !says(document, "context", "fork"))
      findings.add("FM014", document.at(key), "agent does nothing without context: fork",
                   "add context: fork, or remove it");
  }
}

// FM010 and FM011: bytes that the client reads as other characters, or not at all. Only the first of each kind is
// reported, since the rest of such a file usually has the same fault.
namespace {

std::string hex_of(char byte) {
  constexpr char digits[] = "0123456789ABCDEF";
  const auto value = static_cast<unsigned char>(byte);
  return {'0', 'x', digits[value >> 4], digits[value & 15]};
}

}  // namespace

void check_encoding(const Context&, const Document& document, Findings& findings) {
  const Role role = document.role();
  if (!is_json(role) && !is_read_by_model(role)) return;
  const std::string_view text = document.text();
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    findings.add("FM010", document.at_line(1), "the file is UTF-16", "save it as UTF-8");
    return;
  }
  if (text.starts_with(unicode::byte_order_mark) && (is_manifest(role) || is_json(role)))
    findings.add("FM011", document.at(0, 0), "the file begins with a byte order mark",
                 "save it as UTF-8 without the mark");
  if (const std::size_t at = unicode::first_invalid(text); at < text.size())
    findings.add("FM010", document.at(at, 1), "byte " + hex_of(text[at]) + " is not UTF-8", "save the file as UTF-8");
  if (const std::size_t at = text.find('\0'); at != std::string_view::npos)
    findings.add("FM010", document.at(at, 1), "the text holds a NUL", "remove it");
}

// FM013: texts that some YAML reader takes for a date, a number or a switch. Below `metadata` numbers are usual, so
// there only values are reported that would be written back differently.
namespace {

// 2024-10-01, optionally with a time.
bool is_date(std::string_view text) {
  constexpr std::string_view shape = "dddd-dd-dd";
  if (text.size() < shape.size()) return false;
  for (std::size_t i = 0; i < shape.size(); ++i)
    if (shape[i] == 'd' ? !letters::is_digit(text[i]) : text[i] != shape[i]) return false;
  return text.size() == shape.size() || text[shape.size()] == 'T' || text[shape.size()] == ' ';
}

bool is_switch(std::string_view text) { return letters::is_one_of_lower(text, {"yes", "no", "on", "off"}); }

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
    if (const std::string_view type = value == nullptr ? "" : read_as(*value); !type.empty())
      report(document, std::string(name), *value, type, findings);
  }
  // The standard also has texts below metadata; there it is a fault only if a value is not written back unchanged.
  const Node* metadata = document.field("metadata");
  for (std::size_t i = 0; is_map(metadata) && i < metadata->size(); ++i) {
    const Node& value = metadata->value(i);
    const std::string_view type = read_as(value);
    if (type == "a date" || (type == "a number" && !survives(value.text)))
      report(document, "metadata." + metadata->key(i).text, value, type, findings);
  }
}

// FM002 and FM006: front matter that only the client accepts, and missing names and descriptions. How grave a missing
// field is depends on the kind and the profile, since the client takes a skill's name from its folder. Fields are not
// missed in front matter that could not be read.
namespace {
// The severity of a missing field; nothing: the profile does not require it.
std::optional<Severity> weight(const Document& document, Profile profile, std::string_view field) {
  const bool is_name = field == "name";
  switch (document.role()) {
    case Role::skill:
      if (profile == Profile::claude_code) return is_name ? std::nullopt : std::optional<Severity>(Severity::warning);
      return is_name && profile == Profile::cascade ? Severity::warning : Severity::error;
    case Role::agent:
      if (is_name && is_named_for_another_client(document)) return Severity::info;  // which takes it from the file
      return is_name && document.place().in_plugin ? Severity::warning : Severity::error;
    case Role::command: {
      if (is_name || profile == Profile::agent_skills) return std::nullopt;
      const Node* closed = document.field("disable-model-invocation");
      if (profile == Profile::claude_code && closed != nullptr && closed->text == "true") return std::nullopt;
      return Severity::info;
    }
    default: return std::nullopt;
  }
}

}  // namespace

// The client takes any dashes as the end; other readers want a line of exactly three.
void check_closing(const Document& document, Findings& findings) {
  const syntax::Frontmatter& block = document.frontmatter();
  if (!is_manifest(document.role()) || block.state != syntax::FrontmatterState::client || block.body == 0) return;
  const std::string_view line = document.lines().line(document.line_of(block.body - 1));
  const bool dashes = line.starts_with("---");
  if (dashes && letters::trim(line.substr(3)).empty()) return;
  findings.add(
      "FM002", document.at_line(block.opening_line),
      std::string("the dashes that close the front matter are ") + (dashes ? "followed by something" : "indented"),
      "close it with a line of just ---");
}

void check_required_fields(const Context&, const Document& document, Findings& findings) {
  check_closing(document, findings);
  if (!is_manifest(document.role()) || !document.parsed().complete) return;
  // Without a block of front matter, that is the only fault to report; commands need none.
  const bool has_block = document.frontmatter().end > document.frontmatter().begin;
  if (!has_block && document.role() != Role::command && document.frontmatter().body == 0) return;
  if (document.frontmatter().state == syntax::FrontmatterState::unclosed) return;
  for (const std::string_view field : {"name", "description"}) {
    const Node* value = document.field(field);
    const auto severity = is_nothing(value) ? weight(document, findings.profile(), field) : std::nullopt;
    if (!severity) continue;
    const Location at = value == nullptr ? document.at_line(1) : document.at(*document.field_key(field));
    findings.add("FM006", *severity, at, std::string(field) + (value == nullptr ? " is missing" : " is empty"),
                 field == "name" ? "name it as its folder or file is named" : "say what it does and when to use it");
  }
}

// FM008: values of another type than the client expects. Each type accepts what the client also accepts, such as `yes`
// for a truth value, and a right value in quotes is only a warning.
namespace {

bool is_digits(std::string_view text) { return !text.empty() && std::ranges::all_of(text, letters::is_digit); }
class TypeCheck : FileJudge {
 public:
  using FileJudge::FileJudge;

  void check(const Node& key, const Node& value, ValueType type) {
    key_ = &key;
    if (value.kind == NodeKind::null) return;
    switch (type) {
      case ValueType::text: return text(value);
      case ValueType::boolean: return boolean(value);
      case ValueType::integer: return integer(value);
      case ValueType::list: return list(value);
      case ValueType::map:
        if (value.kind != NodeKind::map) wrong(value, "a map");
        return;
      case ValueType::any: return;
    }
  }

 private:
  void wrong(const Node& value, const std::string& wanted) {
    findings_.add("FM008", document_.at(*key_),
                  key_->text + " is " + std::string(describe(value.kind)) + " and must be " + wanted,
                  "the client drops the value");
  }

  void quoted(const Node& value, const std::string& meant) {
    findings_.add("FM008", Severity::warning, document_.at(value), key_->text + " is a text and must be " + meant,
                  "write " + value.text + " without quotes");
  }

  // argument-hint: [file] reads as a list, and everybody writes it that way.
  void text(const Node& value) {
    const bool hint = key_->text == "argument-hint" && value.kind == NodeKind::list;
    if ((value.kind == NodeKind::list || value.kind == NodeKind::map) && !hint) wrong(value, "a text");
  }

  void boolean(const Node& value) {
    if (value.kind == NodeKind::boolean) return;
    if (value.kind == NodeKind::string && !value.quoted && is_switch(value.text)) return;
    if (value.kind == NodeKind::string && letters::is_one_of_lower(value.text, {"true", "false"}))
      return quoted(value, "true or false");
    wrong(value, "true or false");
  }

  void integer(const Node& value) {
    if (value.kind == NodeKind::string && is_digits(value.text)) return quoted(value, "a whole number");
    if (value.kind != NodeKind::number || !is_digits(value.text) ||
        value.text.find_first_not_of('0') == std::string::npos)
      wrong(value, "a whole number above 0");
  }

  void list(const Node& value) {
    if (key_->text == "tools" && document_.role() == Role::skill) return;  // it has no effect: FM014
    if (value.kind == NodeKind::string) return;
    if (value.kind != NodeKind::list) return wrong(value, "a list or a text");
    const auto is_nested = [](const Node& item) { return item.kind == NodeKind::list || item.kind == NodeKind::map; };
    // All of them: the list was written for another reader, which is one fault.
    if (value.size() > 1 && std::ranges::all_of(value.items, is_nested)) {
      findings_.add(
          "FM008", document_.at(value.items.front()),
          "the " + std::to_string(value.size()) + " entries of " + key_->text + " are no texts, as they must be",
          "list plain texts; the client drops the others");
      return;
    }
    for (const Node& item : value.items)
      if (is_nested(item))
        findings_.add("FM008", document_.at(item),
                      "an entry of " + key_->text + " is " + std::string(describe(item.kind)) + " and must be a text",
                      item.kind == NodeKind::map ? "put it in quotes; a colon and a blank make a map of it"
                                                 : "write one flat list");
  }

  const Node* key_ = nullptr;
};

}  // namespace

void check_field_types(const Context& context, const Document& document, Findings& findings) {
  const Node& fields = document.data();
  if (!is_manifest(document.role()) || fields.kind != NodeKind::map) return;
  TypeCheck check(context, document, findings);
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const ClientField* known = find_client_field(fields.key(i).text);
    if (known == nullptr || (findings.profile() == Profile::agent_skills && !known->standard)) continue;
    check.check(fields.key(i), fields.value(i), known->type);
  }
}

// FM016: the length of compatibility. FM009: values of keys that take a closed set of words, models and tiers. What a
// project lists as known in its cascade.yaml is known.
namespace {
void check_model(const Context& context, const Document& document, const Node& value, Findings& findings) {
  const std::vector<std::string>& known = context.policy().known.models;
  const bool one_word = letters::trim(value.text).find_first_of(" \t\n") == std::string_view::npos;
  if ((one_word && is_model_name(value.text)) || letters::is_one_of(value.text, known) ||
      is_for_another_client(document))
    return;
  const std::string near = letters::did_you_mean(value.text, letters::names_of(model_aliases()));
  findings.add("FM009", document.at(value), "\"" + value.text + "\" is not a model that the client knows",
               near.empty() ? "an alias (" + letters::listed(model_aliases()) +
                                  "), a full name (claude-...), or list it in " + "cascade.yaml's known.models"
                            : near);
}

// The tiers of the shipped library, and those listed in the project's cascade.yaml.
void check_tier(const Context& context, const Document& document, Findings& findings) {
  const Node* const tier = document.metadata("cascade-tier");
  if (tier == nullptr || letters::trim(tier->text).empty()) return;
  std::vector<std::string_view> known = {"light", "standard", "deep"};
  for (const std::string& name : context.policy().known.tiers)
    if (!letters::is_one_of(name, known)) known.emplace_back(name);
  const bool is_name = tier->kind != NodeKind::list && tier->kind != NodeKind::map;
  if (is_name && letters::is_one_of(letters::trim(tier->text), known)) return;
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
    if (closed == nullptr || letters::is_one_of(letters::trim(value.text), closed->values)) continue;
    if (closed->integers && is_digits(value.text)) continue;
    const std::string near = letters::did_you_mean(value.text, letters::names_of(closed->values));
    // A wrong colour costs nothing but the colour.
    findings.add("FM009", key.text == "color" ? std::optional(Severity::warning) : std::nullopt, document.at(value),
                 key.text + " cannot be \"" + value.text + "\"",
                 near.empty() ? "one of " + letters::listed(closed->values) : near);
  }
}

}  // namespace cascade::validation
