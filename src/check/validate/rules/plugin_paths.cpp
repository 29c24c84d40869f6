// PL003, PL004, PL013 and PL014: paths in plugin.json and marketplace.json. The first fault of a path is reported and
// ends its check, since the later ones would only follow from it.
#include "validate/rules/plugin_paths.h"

#include "files/paths.h"

namespace cascade::validation {
namespace {

bool is_remote(std::string_view path) { return path.find("://") != std::string_view::npos; }

bool steps_up(std::string_view path) {
  return path == ".." || path.substr(0, 3) == "../" || path.find("/../") != std::string_view::npos ||
         (path.size() >= 3 && path.substr(path.size() - 3) == "/..");
}

}  // namespace

bool ComponentPaths::check_form(const syntax::Node& path, std::string& resolved) {
  const std::string& text = path.text;
  if (is_remote(text)) return false;
  if (steps_up(text)) {
    findings_.add("PL013", document_.at(path), "\"" + text + "\" leaves the plugin",
                  "a plugin is copied alone; keep what it needs inside");
    return false;
  }
  if (text != "." && text.compare(0, 2, "./") != 0) {
    findings_.add("PL003", document_.at(path), "\"" + text + "\" does not begin with ./", "write \"./" + text + "\"");
    return false;
  }
  resolved = FileTree::resolve(base_, text).path;
  return true;
}

void ComponentPaths::component(std::string_view field, const syntax::Node& path) {
  std::string resolved;
  if (!check_form(path, resolved)) return;
  const PathState state = context_.tree.has_folder(resolved) ? PathState::folder : context_.tree.state(resolved);
  if (state == PathState::missing)
    findings_.add("PL004", document_.at(path), "\"" + path.text + "\" does not exist",
                  "paths begin at the plugin's folder");
  else if (state != PathState::folder && field == "skills")
    findings_.add("PL014", document_.at(path), "skills names the file \"" + path.text + "\"",
                  "name the skill's folder; the client loads nothing from a file");
  else if (field == "hooks" && resolved == files::join(base_, "hooks/hooks.json"))
    findings_.add("PL015", document_.at(path), "hooks names the file that the client loads by itself",
                  "remove the key; the client refuses hooks that it meets twice");
  else if (state == PathState::folder && field == "agents")
    findings_.add("PL014", document_.at(path), "agents names the folder \"" + path.text + "\"",
                  "list the .md files; a folder makes the client refuse the plugin");
}

}  // namespace cascade::validation
