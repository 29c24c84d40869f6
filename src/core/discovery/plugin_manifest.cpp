// Reads what locates manifests and nothing else; the validator judges the rest of these files. A path that leaves the
// plugin is reported and left out, because an installed copy of the plugin would lack it.
#include "discovery/plugin_manifest.h"

#include "files/paths.h"
#include "syntax/json.h"
#include "syntax/members.h"

namespace cascade::discovery {
namespace {

using syntax::Node;
using syntax::NodeKind;

Location place(const std::string& path, const syntax::Position& at) {
  Location location;
  location.path = path;
  location.line = at.line;
  location.column = at.column;
  return location;
}

Diagnostic finding(std::string rule, Location at, std::string message, std::string help) {
  Diagnostic diagnostic;
  diagnostic.severity = Severity::error;
  diagnostic.rule = std::move(rule);
  diagnostic.at = std::move(at);
  diagnostic.message = std::move(message);
  diagnostic.help = std::move(help);
  return diagnostic;
}

class PluginReader {
 public:
  PluginReader(const std::string& path, std::vector<Diagnostic>& problems) : path_(path), problems_(problems) {}

  Node parse(std::string_view json) {
    syntax::Parsed parsed = syntax::parse_json(json);
    for (const syntax::Fault& fault : parsed.faults) {
      if (fault.kind == syntax::FaultKind::duplicate_key) continue;
      problems_.push_back(finding("PL001", place(path_, fault.at), "not valid JSON: " + fault.message,
                                  "the client refuses the whole file; fix the syntax at this place"));
      break;
    }
    return std::move(parsed.root);
  }

  std::optional<ComponentPath> component(const Node& node, const std::string& base = "") {
    if (node.kind != NodeKind::string || node.text.empty()) return std::nullopt;
    const Location at = place(path_, node.at);
    const std::string path = files::normalise(files::join(base, node.text));
    if (files::is_absolute(path) || path == ".." || path.compare(0, 3, "../") == 0) {
      problems_.push_back(finding("PL013", at, "the path \"" + node.text + "\" leaves the plugin",
                                  "move the files inside; an installed copy would lack them"));
      return std::nullopt;
    }
    return ComponentPath{path, at};
  }

  // A string or a list of strings; nothing if the key is absent.
  std::optional<std::vector<ComponentPath>> components(const Node& object, std::string_view key) {
    const Node* node = object.find(key);
    if (node == nullptr) return std::nullopt;
    std::vector<ComponentPath> found;
    if (node->kind == NodeKind::list) {
      for (const Node& item : node->items)
        if (auto path = component(item)) found.push_back(std::move(*path));
    } else if (auto path = component(*node)) {
      found.push_back(std::move(*path));
    }
    return found;
  }

  PluginManifest plugin(const Node& object) {
    PluginManifest manifest;
    manifest.name = syntax::text_of(object, "name");
    manifest.skills = components(object, "skills").value_or(std::vector<ComponentPath>{});
    manifest.agents = components(object, "agents");
    manifest.commands = components(object, "commands");
    return manifest;
  }

 private:
  const std::string& path_;
  std::vector<Diagnostic>& problems_;
};

}  // namespace

PluginManifest read_plugin_manifest(std::string_view json, const std::string& path, std::vector<Diagnostic>& problems) {
  PluginReader reader(path, problems);
  return reader.plugin(reader.parse(json));
}

Marketplace read_marketplace(std::string_view json, const std::string& path, std::vector<Diagnostic>& problems) {
  PluginReader reader(path, problems);
  const Node root = reader.parse(json);
  Marketplace marketplace;
  marketplace.name = syntax::text_of(root, "name");
  std::string base;
  if (const Node* metadata = root.find("metadata")) base = syntax::text_of(*metadata, "pluginRoot");
  const Node* plugins = root.find("plugins");
  if (plugins == nullptr || plugins->kind != NodeKind::list) return marketplace;
  for (const Node& entry : plugins->items) {
    if (entry.kind != NodeKind::map) continue;
    MarketplaceEntry read;
    read.plugin = reader.plugin(entry);
    // pluginRoot applies to bare names; "./plugins/x" is relative to the marketplace's own folder.
    if (const Node* source = entry.find("source"))
      read.source =
          reader.component(*source, source->text.find('/') == std::string::npos && source->text != "." ? base : "");
    marketplace.entries.push_back(std::move(read));
  }
  return marketplace;
}

}  // namespace cascade::discovery
