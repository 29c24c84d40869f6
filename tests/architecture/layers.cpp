#include "architecture/layers.h"

#include <algorithm>
#include <map>
#include <utility>

namespace cascade::architecture {
namespace {

constexpr std::string_view public_folder = "cascade/";

bool starts_with(std::string_view text, std::string_view prefix) { return text.substr(0, prefix.size()) == prefix; }

// The module that a public header, as "cascade/name.h", belongs to.
std::string module_of_public(std::string_view target) {
  target.remove_prefix(public_folder.size());
  const std::string name(target.substr(0, target.find('.')));
  if (name == "cascade") return "c";
  return name == "result" || name == "export" ? "diagnostic" : name;
}

// The folders of a path: "validate/rules/table.h" lies in the inner module validate/rules.
std::string folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string() : std::string(path.substr(0, slash));
}

std::string module_of_target(std::string_view target) {
  if (starts_with(target, public_folder)) return module_of_public(target);
  return folder_of(target);
}

bool lists(const Layer& layer, std::string_view name) {
  return std::find(layer.may_include.begin(), layer.may_include.end(), name) != layer.may_include.end();
}

const Layer* find(const std::vector<Layer>& layers, std::string_view module) {
  const auto at = std::find_if(layers.begin(), layers.end(), [&](const Layer& l) { return l.module == module; });
  return at == layers.end() ? nullptr : &*at;
}

std::string place(const Include& include) { return include.file + ":" + std::to_string(include.line) + ": "; }

std::string stem(std::string_view path) { return std::string(path.substr(0, path.rfind('.'))); }

// Our own headers are written "module/file.h", public ones also <cascade/name.h>.
bool is_ours(const Include& include) { return !include.angled || starts_with(include.target, public_folder); }

// "src/wing/module/file.h" as an include writes it; a public header as <cascade/name.h>.
std::string as_included(std::string_view path) {
  constexpr std::string_view headers = "include/", sources = "src/", lone_wing = "client/";
  if (starts_with(path, headers)) return std::string(path.substr(headers.size()));
  if (!starts_with(path, sources)) return {};
  path.remove_prefix(sources.size());
  return std::string(starts_with(path, lone_wing) ? path : path.substr(path.find('/') + 1));
}

// The lines of a fenced block of that name, as "name: words".
std::vector<std::pair<std::string, std::vector<std::string>>> block_in(std::string_view document, const char* name) {
  std::vector<std::pair<std::string, std::vector<std::string>>> rows;
  bool inside = false;
  for (const std::string& line : lines_of(document)) {
    if (starts_with(line, "```")) {
      if (inside) break;
      inside = line == std::string("```") + name;
    } else if (inside) {
      const std::size_t colon = line.find(':');
      if (colon != std::string::npos)
        rows.emplace_back(line.substr(0, colon), words_of(std::string_view(line).substr(colon + 1)));
    }
  }
  return rows;
}

// Where a module's wing stands in the list; its length where it has none.
std::size_t wing_of(const std::vector<Wing>& wings, std::string_view module) {
  const std::string outer(module.substr(0, module.find('/')));
  const auto at = std::find_if(wings.begin(), wings.end(), [&](const Wing& wing) {
    return std::find(wing.modules.begin(), wing.modules.end(), outer) != wing.modules.end();
  });
  return static_cast<std::size_t>(at - wings.begin());
}

using Graph = std::map<std::string, std::set<std::string>>;

bool reaches(const Graph& graph, const std::string& from, const std::string& to, std::set<std::string>& seen) {
  const auto at = graph.find(from);
  if (at == graph.end() || !seen.insert(from).second) return false;
  return std::any_of(at->second.begin(), at->second.end(),
                     [&](const std::string& next) { return next == to || reaches(graph, next, to, seen); });
}

}  // namespace

std::vector<Layer> layers_in(std::string_view document) {
  std::vector<Layer> layers;
  for (auto& [module, may_include] : block_in(document, "layers"))
    layers.push_back({std::move(module), std::move(may_include)});
  return layers;
}

std::vector<std::string> order_faults(const std::vector<Layer>& layers) {
  std::vector<std::string> faults;
  std::set<std::string> above = {"@public"};
  for (const Layer& layer : layers) {
    for (const std::string& name : layer.may_include)
      if (above.count(name) == 0) faults.push_back(layer.module + " names " + name + ", which is not above it");
    if (!above.insert(layer.module).second) faults.push_back(layer.module + " has two lines");
  }
  return faults;
}

std::string module_of_file(std::string_view path) { return module_of_target(as_included(path)); }

std::vector<Wing> wings_in(std::string_view document) {
  std::vector<Wing> wings;
  for (auto& [name, modules] : block_in(document, "wings")) wings.push_back({std::move(name), std::move(modules)});
  return wings;
}

std::vector<std::string> wing_faults(const std::vector<Wing>& wings, const std::vector<SourceFile>& files) {
  std::vector<std::string> faults;
  for (const SourceFile& file : files) {
    if (!starts_with(file.path, "src/")) continue;
    const std::size_t own = wing_of(wings, module_of_file(file.path));
    if (own == wings.size() || !starts_with(file.path, "src/" + wings[own].name + "/")) {
      faults.push_back(file.path + ": not in its module's wing");
      continue;
    }
    for (const Include& include : includes_of(file)) {
      if (!is_ours(include) || starts_with(include.target, public_folder)) continue;
      const std::size_t other = wing_of(wings, module_of_target(include.target));
      if (other > own && other < wings.size())
        faults.push_back(place(include) + wings[own].name + " may not include " + wings[other].name);
    }
  }
  return faults;
}

std::vector<std::string> unlisted(const std::vector<Layer>& layers, const std::vector<SourceFile>& files) {
  std::vector<std::string> faults;
  for (const SourceFile& file : files) {
    const std::string module = module_of_file(file.path);
    const Layer* layer = find(layers, module);
    if (layer == nullptr) {
      faults.push_back(file.path + ": " + module + " has no line");
      continue;
    }
    for (const Include& include : includes_of(file)) {
      if (!is_ours(include)) continue;
      if (include.target.find('/') == std::string::npos) {
        faults.push_back(place(include) + "write \"module/" + include.target + "\"");
        continue;
      }
      const std::string target = module_of_target(include.target);
      const bool open = starts_with(include.target, public_folder) && lists(*layer, "@public");
      if (target != module && !open && !lists(*layer, target))
        faults.push_back(place(include) + module + " may not include " + include.target);
    }
  }
  return faults;
}

std::vector<std::string> unused(const std::vector<Layer>& layers, const std::vector<SourceFile>& files,
                                const std::set<std::string>& standing) {
  std::set<std::pair<std::string, std::string>> needed;
  for (const SourceFile& file : files)
    for (const Include& include : includes_of(file))
      if (is_ours(include)) needed.insert({module_of_file(file.path), module_of_target(include.target)});
  std::vector<std::string> faults;
  for (const Layer& layer : layers)
    for (const std::string& name : layer.may_include)
      if (standing.count(layer.module) != 0 && standing.count(name) != 0 && needed.count({layer.module, name}) == 0)
        faults.push_back(layer.module + " lists " + name + " and does not include it");
  return faults;
}

std::vector<std::string> knots(const std::vector<SourceFile>& files) {
  Graph graph;
  for (const SourceFile& file : files)
    for (const Include& include : includes_of(file))
      if (is_ours(include) && stem(include.target) != stem(as_included(file.path)))
        graph[stem(as_included(file.path))].insert(stem(include.target));
  std::vector<std::string> faults;
  for (const auto& [from, targets] : graph) {
    std::set<std::string> seen;
    if (reaches(graph, from, from, seen)) faults.push_back(from + " includes itself in a circle");
  }
  return faults;
}

}  // namespace cascade::architecture
