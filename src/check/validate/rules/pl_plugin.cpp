// plugin.json, field by field, after the client's own schema (manifest/client_plugins.h). An unknown field is a warning
// and a wrong type an error, because the client refuses the whole plugin for the second only.
#include "manifest/client_keys.h"
#include "text/ascii.h"
#include "text/suggestion.h"
#include "validate/reading/json_values.h"
#include "validate/rules/checks.h"
#include "validate/rules/plugin_paths.h"

namespace cascade::validation {
namespace {

using syntax::Node;
using syntax::NodeKind;

// 1.2.3, with an optional -pre.release and +build.
bool is_version(std::string_view text) {
  const std::string_view core = text.substr(0, text.find_first_of("-+"));
  int numbers = 0;
  std::size_t at = 0;
  while (at <= core.size()) {
    const std::size_t dot = std::min(core.find('.', at), core.size());
    const std::string_view number = core.substr(at, dot - at);
    if (number.empty() || (number.size() > 1 && number.front() == '0')) return false;
    for (const char c : number)
      if (!letters::is_digit(c)) return false;
    ++numbers;
    at = dot + 1;
  }
  return numbers == 3 && (core.size() == text.size() || core.size() + 1 < text.size());
}

class PluginCheck {
 public:
  // `base`: the plugin's folder, at which paths begin.
  PluginCheck(const Context& context, const Document& document, std::string_view base, Findings& findings)
      : document_(document), findings_(findings), paths_(context, document, base, findings) {}

  void entry_paths(const Node& entry) {
    for (std::size_t i = 0; i < entry.size(); ++i) {
      const PluginField* known = find_plugin_field(entry.key(i).text);
      if (known != nullptr && (known->value == PluginValue::path || known->value == PluginValue::paths_or_map))
        path(entry.key(i), entry.value(i), known->value);
    }
  }

  // Checks the fields of a marketplace's entry that a plugin also has.
  void entry_types(const Node& entry) {
    for (std::size_t i = 0; i < entry.size(); ++i) {
      const PluginField* known = find_plugin_field(entry.key(i).text);
      const bool of_plugin = known != nullptr && !known->entry_only && known->value != PluginValue::path &&
                             known->value != PluginValue::paths_or_map;
      if (of_plugin && entry.key(i).text != "name") type(entry.key(i), entry.value(i), known->value);
    }
  }

  void run() {
    const Node& root = document_.data();
    if (root.kind != NodeKind::map) {
      findings_.add("PL001", document_.at_line(1), "plugin.json must hold one object", "");
      return;
    }
    name(root);
    for (std::size_t i = 0; i < root.size(); ++i) field(root.key(i), root.value(i));
  }

 private:
  void name(const Node& root) {
    const Node* value = root.find("name");
    if (!is_text(value) || value->text.empty()) {
      findings_.add("PL002", value == nullptr ? document_.at_line(1) : document_.at(*value), "the plugin has no name",
                    "add \"name\"");
      return;
    }
    check_plugin_name(document_, *value, "PL002", findings_);
  }

  void field(const Node& key, const Node& value) {
    const PluginField* known = find_plugin_field(key.text);
    if (known == nullptr) {
      if (key.text.substr(0, 2) == "x-") return;
      const std::string near = letters::starts_with_lower(key.text, "mcp")
                                   ? letters::did_you_mean("mcpServers")
                                   : letters::did_you_mean(key.text, letters::names_of(plugin_fields()));
      findings_.add("PL005", document_.at(key), "the client knows no field \"" + key.text + "\" of a plugin",
                    near.empty() ? "put it below metadata, or remove it" : near);
      return;
    }
    if (known->entry_only)
      findings_.add("PL005", document_.at(key), key.text + " means something only in a marketplace's entry",
                    "move it there, or remove it");
    if (key.text == "version" && value.kind == NodeKind::string && !is_version(value.text))
      findings_.add("PL006", document_.at(value), "\"" + value.text + "\" is not a version", "write MAJOR.MINOR.PATCH");
    type(key, value, known->value);
  }

  void wrong(const Node& key, const Node& value, const std::string& wanted) {
    findings_.add("PL014", document_.at(key),
                  key.text + " is " + std::string(describe(value.kind)) + " and must be " + wanted,
                  "the client refuses the plugin");
  }

  void type(const Node& key, const Node& value, PluginValue wanted) {
    switch (wanted) {
      case PluginValue::text:
        if (value.kind != NodeKind::string) wrong(key, value, "a text");
        return;
      case PluginValue::boolean:
        if (value.kind != NodeKind::boolean) wrong(key, value, "true or false");
        return;
      case PluginValue::texts: return texts(key, value);
      case PluginValue::author:
        if (value.kind != NodeKind::map)
          wrong(key, value, "an object with a name");
        else if (!is_text(value.find("name")))
          findings_.add("PL014", document_.at(key), "author has no name", "{ \"name\": ... }");
        return;
      case PluginValue::path:
      case PluginValue::paths_or_map: return path(key, value, wanted);
      case PluginValue::any: return;
    }
  }

  void texts(const Node& key, const Node& value) {
    if (value.kind != NodeKind::list) return wrong(key, value, "a list of texts");
    for (const Node& item : value.items)
      if (item.kind != NodeKind::string) return wrong(key, item, "a list of texts");
  }

  void path(const Node& key, const Node& value, PluginValue wanted) {
    if (value.kind == NodeKind::map && wanted == PluginValue::paths_or_map) return command_map(key, value);
    if (value.kind == NodeKind::string) return paths_.component(key.text, value);
    if (value.kind != NodeKind::list) return wrong(key, value, "a path or a list of paths");
    for (const Node& item : value.items) {
      if (item.kind == NodeKind::string)
        paths_.component(key.text, item);
      else if (wanted == PluginValue::path)
        wrong(key, item, "a path or a list of paths");
    }
  }

  // Commands may be a map from names to { "source": path }; hooks and servers are maps of their own.
  void command_map(const Node& key, const Node& value) {
    if (key.text != "commands") return;
    for (std::size_t i = 0; i < value.size(); ++i)
      if (const Node* source = value.value(i).find("source"); is_text(source)) paths_.component(key.text, *source);
  }

  const Document& document_;
  Findings& findings_;
  ComponentPaths paths_;
};

}  // namespace

void check_plugin_name(const Document& document, const Node& name, std::string_view rule, Findings& findings) {
  bool capitals = false, other = false;
  for (std::size_t i = 0; i < name.text.size(); ++i) {
    const char c = name.text[i];
    const bool hyphen = c == '-' && i > 0 && i + 1 < name.text.size() && name.text[i - 1] != '-';
    capitals = capitals || letters::is_upper(c);
    other = other || !(letters::is_letter(c) || letters::is_digit(c) || hyphen);
  }
  if (!capitals && !other) return;
  findings.add(rule, other ? std::optional<Severity>() : Severity::warning, document.at(name),
               "\"" + name.text + "\" is not a valid name for a plugin", "lower-case words joined by hyphens");
}

void check_entry_types(const Context& context, const Document& document, const Node& entry, Findings& findings) {
  PluginCheck(context, document, document.place().base, findings).entry_types(entry);
}

void check_entry_paths(const Context& context, const Document& document, const Node& entry, std::string_view folder,
                       Findings& findings) {
  PluginCheck(context, document, folder, findings).entry_paths(entry);
}

void check_plugin(const Context& context, const Document& document, Findings& findings) {
  if (document.role() == Role::plugin && document.parsed().complete)
    PluginCheck(context, document, document.place().base, findings).run();
}

}  // namespace cascade::validation
