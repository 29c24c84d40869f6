// Manifests in the folders of other clients, judged by the rows `key`, `tool` and `strict` of each client's own table.
// What a client passes over without harm is not reported: a key that it does not know counts only where it drops the
// whole file for it, or where the key is another one misspelt.
#include <algorithm>

#include "client/documents.h"
#include "files/paths.h"
#include "manifest/items.h"
#include "text/ascii.h"
#include "text/suggestion.h"
#include "validate/reading/json_values.h"
#include "validate/rules/checks.h"

namespace cascade::validation {
namespace {

using client::ManifestKey;
using syntax::Node;
using syntax::NodeKind;

class OtherManifest {
 public:
  OtherManifest(const Document& document, Findings& findings)
      : document_(document), findings_(findings), tables_(document.place().tables()) {}

  void run() {
    kind_ = document_.role() == Role::skill ? "skill" : document_.role() == Role::agent ? "agent" : "command";
    if (!syntax()) return;
    required();
    const Node& fields = document_.data();
    for (std::size_t i = 0; i < fields.size(); ++i) {
      const ManifestKey* known = tables_.key(kind_, fields.key(i).text);
      if (known == nullptr)
        unknown(fields.key(i));
      else
        type(fields.key(i), fields.value(i), *known);
    }
    tools();
  }

 private:
  std::string title() const { return std::string(tables_.title); }

  // Whether the fields could be read.
  bool syntax() {
    for (const syntax::Fault& fault : document_.parsed().faults) {
      if (fault.kind != syntax::FaultKind::syntax) continue;
      Location at = document_.at_line(fault.at.line);
      at.column = fault.at.column;
      findings_.add("FM004", at, (document_.path().ends_with(".toml") ? "not TOML: " : "not YAML: ") + fault.message,
                    title() + " drops the file");
      return false;
    }
    return true;
  }

  static bool is_empty(const Node* value) {
    return value == nullptr || value->kind == NodeKind::null ||
           (value->kind == NodeKind::string && letters::trim(value->text).empty());
  }

  void required() {
    for (const ManifestKey& key : tables_.keys) {
      if (!key.required || key.kind != kind_ || !is_empty(document_.field(key.name))) continue;
      const Node* written = document_.field_key(key.name);
      findings_.add("FM006", document_.role() == Role::skill ? Severity::warning : Severity::error,
                    written == nullptr ? document_.at_line(1) : document_.at(*written),
                    std::string(key.name) + (written == nullptr ? " is missing" : " is empty"),
                    title() + " drops the " + std::string(kind_) + " without it");
    }
  }

  void unknown(const Node& key) {
    std::vector<std::string_view> names;
    for (const ManifestKey& known : tables_.keys)
      if (known.kind == kind_) names.push_back(known.name);
    if (names.empty()) return;
    const std::string near = letters::did_you_mean(key.text, names);
    const bool strict = tables_.is_strict(kind_);
    if (!strict && (near.empty() || document_.role() == Role::skill)) return;
    findings_.add(
        "FM007", strict ? Severity::error : Severity::warning, document_.at(key),
        title() + " knows no key \"" + key.text + "\" of " + (kind_ == "agent" ? "an " : "a ") + std::string(kind_),
        !near.empty() ? near : "remove it; the client drops the file for it");
  }

  void type(const Node& key, const Node& value, const ManifestKey& known) {
    if (value.kind == NodeKind::null) return;
    if (const char* wanted = wrong(value, known.type); wanted != nullptr) {
      findings_.add(
          "FM008", document_.at(key), key.text + " is " + std::string(describe(value.kind)) + " and must be " + wanted,
          title() + " drops the " + std::string(kind_) + (key.text == "argument-hint" ? "; put it in quotes" : ""));
      return;
    }
    if (known.values.empty() || value.kind != NodeKind::string ||
        std::find(known.values.begin(), known.values.end(), value.text) != known.values.end())
      return;
    const std::string near = letters::did_you_mean(value.text, letters::names_of(known.values));
    findings_.add("FM009", document_.at(value), key.text + " cannot be \"" + value.text + "\"",
                  near.empty() ? "one of " + letters::listed(known.values) : near);
  }

  // What the value must be; null: it is that.
  static const char* wrong(const Node& value, client::ValueType type) {
    const bool compound = value.kind == NodeKind::list || value.kind == NodeKind::map;
    switch (type) {
      case client::ValueType::text: return compound ? "a text" : nullptr;
      case client::ValueType::boolean: return value.kind == NodeKind::boolean ? nullptr : "true or false";
      case client::ValueType::integer: return is_count(value) ? nullptr : "a whole number above 0";
      case client::ValueType::list: return value.kind == NodeKind::map ? "a list" : nullptr;
      case client::ValueType::map: return value.kind == NodeKind::map ? nullptr : "a map";
      case client::ValueType::any: return nullptr;
    }
    return nullptr;
  }
  static bool is_count(const Node& value) {
    return value.kind == NodeKind::number && !value.text.empty() && value.text != "0" &&
           std::all_of(value.text.begin(), value.text.end(), [](char c) { return letters::is_digit(c); });
  }

  // A list of tools: a name that is one of the client's but for its spelling.
  void tools() {
    const Node* list = document_.field("tools");
    if (list == nullptr || list->kind == NodeKind::map || document_.role() == Role::skill) return;
    for (const manifest::Item& item : manifest::items_of(*list, document_.lines(), true)) {
      const std::string_view name = item.text;
      if (tables_.tool(name) != nullptr || name.find_first_of("*/_") == 0 || name.starts_with("mcp") ||
          name.find('/') != std::string_view::npos || name.find('*') != std::string_view::npos)
        continue;
      const std::string near = letters::did_you_mean(name, letters::names_of(tables_.tools));
      const bool strict = tables_.is_strict(kind_);
      if (near.empty() && !strict) continue;
      Location at = document_.at_line(item.at.line);
      at.column = item.at.column;
      findings_.add("TL001", strict ? Severity::error : Severity::warning, at,
                    title() + " has no tool \"" + std::string(name) + "\"",
                    !near.empty() ? near : "the client drops the file for it");
    }
  }

  const Document& document_;
  Findings& findings_;
  const client::Tables& tables_;
  std::string_view kind_;
};

}  // namespace

void check_other_manifests(const Context&, const Document& document, Findings& findings) {
  const auto& other = document.place().other;
  if (!other || findings.profile() == Profile::install) return;
  if (other->kind == client::FileKind::misplaced && !client::is_document_name(files::file_name(document.path())))
    findings.add(
        "ID009", document.whole(),
        std::string(other->tables->title) + " reads only files that end in " + std::string(other->ending) + " here",
        "rename it, or write it in that form");
  if (is_manifest(document.role())) OtherManifest(document, findings).run();
}

}  // namespace cascade::validation
