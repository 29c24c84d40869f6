// Checks marketplace.json: what the client refuses the whole file for, then each entry by itself. A source that is a
// folder of this repository is looked at; others are not here.
#include <map>

#include "files/paths.h"
#include "manifest/client_keys.h"
#include "validate/reading/json_values.h"
#include "validate/rules/checks.h"
#include "validate/rules/plugin_paths.h"

namespace cascade::validation {
namespace {

using syntax::Node;
using syntax::NodeKind;

class MarketplaceCheck {
 public:
  MarketplaceCheck(const Context& context, const Document& document, Findings& findings)
      : context_(context),
        document_(document),
        findings_(findings),
        base_(files::parent(files::parent(document.path()))),
        paths_(context, document, base_, findings) {}

  void run() {
    const Node& root = document_.data();
    if (root.kind != NodeKind::map) {
      findings_.add("PL001", document_.at_line(1), "marketplace.json must hold one object");
      return;
    }
    top(root);
    const Node* entries = root.find("plugins");
    if (!is_list(entries)) return;
    if (const Node* metadata = root.find("metadata"); is_map(metadata)) plugin_root_ = metadata->find("pluginRoot");
    for (const Node& entry : entries->items) check_entry(entry);
  }

 private:
  void missing(const Location& at, const std::string& what) {
    findings_.add("PL009", at, what, "the client refuses it");
  }

  void top(const Node& root) {
    const Node* name = root.find("name");
    if (!is_text(name) || name->text.empty())
      missing(document_.at_line(1), "the marketplace has no name");
    else if (is_reserved_marketplace(name->text) && !context_.facts.is_of_vendor(document_.path()))
      findings_.add("ID004", Severity::error, document_.at(*name), "the client keeps the name \"" + name->text + "\"",
                    "choose a name of your own");
    if (is_text(name) && name->text.find_first_not_of(
                             "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") != std::string::npos)
      findings_.add("PL002", document_.at(*name), "\"" + name->text + "\" is not a valid name for a marketplace",
                    "lower-case words joined by hyphens");
    const Node* owner = root.find("owner");
    if (owner == nullptr)
      missing(document_.at_line(1), "the marketplace has no owner");
    else if (owner->kind != NodeKind::map || !is_text(owner->find("name")))
      missing(document_.at(*key_of(root, "owner")), "the owner has no name");
    if (!is_list(root.find("plugins"))) missing(document_.at_line(1), "the marketplace has no list of plugins");
  }

  void check_entry(const Node& entry) {
    if (entry.kind != NodeKind::map) return missing(document_.at(entry), "an entry is not an object");
    const Node *name = entry.find("name"), *source = entry.find("source");
    if (!is_text(name) || name->text.empty())
      missing(document_.at(entry), "an entry has no name");
    else
      check_name(*name);
    check_entry_types(context_, document_, entry, findings_);
    if (source == nullptr)
      missing(document_.at(entry), "an entry has no source");
    else if (source->kind == NodeKind::string)
      local(entry, *source);
  }

  void check_name(const Node& name) {
    check_plugin_name(document_, name, "PL002", findings_);
    const auto [first, added] = seen_.emplace(name.text, &name);
    if (added) return;
    findings_.add("PL007", document_.at(name), "a second entry is named \"" + name.text + "\"", "rename one of them")
        .related.push_back({document_.at(*first->second), "the first"});
  }

  // A folder of this repository.
  void local(const Node& entry, const Node& source) {
    std::string folder;
    if (is_text(plugin_root_) && source.text.find('/') == std::string::npos && source.text != ".")
      folder = FileTree::resolve(base_, plugin_root_->text + "/" + source.text).path;
    else if (!paths_.check_form(source, folder))
      return;
    if (!context_.tree.has_folder(folder)) {
      findings_.add("PL008", document_.at(source), "the source \"" + source.text + "\" does not exist",
                    "a local source is a folder of this repository");
      return;
    }
    check_entry_paths(context_, document_, entry, folder, findings_);
    if (context_.tree.has_file(files::join(folder, ".claude-plugin/plugin.json")) || has_components(folder)) return;
    // The client (2.1.270) takes them from the entry if there is no plugin.json, whatever `strict` says.
    if (names_components(entry)) return;
    findings_.add("PL008", document_.at(source), "\"" + source.text + "\" holds neither a plugin.json nor components",
                  "add .claude-plugin/plugin.json, or list the components here");
  }

  bool has_components(const std::string& folder) const {
    for (const char* part : {"skills", "agents", "commands", "hooks"})
      if (context_.tree.has_folder(files::join(folder, part))) return true;
    return context_.tree.has_file(files::join(folder, "SKILL.md")) ||
           context_.tree.has_file(files::join(folder, ".mcp.json"));
  }

  static bool names_components(const Node& entry) {
    for (const char* key : {"skills", "agents", "commands", "hooks", "mcpServers", "lspServers", "outputStyles"})
      if (entry.find(key) != nullptr) return true;
    return false;
  }

  const Context& context_;
  const Document& document_;
  Findings& findings_;
  std::string base_;
  ComponentPaths paths_;
  const Node* plugin_root_ = nullptr;
  std::map<std::string_view, const Node*> seen_;
};

}  // namespace

void check_marketplace(const Context& context, const Document& document, Findings& findings) {
  if (document.role() == Role::marketplace && document.parsed().complete)
    MarketplaceCheck(context, document, findings).run();
}

}  // namespace cascade::validation
