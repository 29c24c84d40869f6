// Draws a selection as a tree: each manifest below the one that pulled it in, with the place of the link. The tree is
// walked with a stack of its own, because a chain of manifests may be deeper than the program's stack.
#include "render/resolution.h"

#include "render/parts.h"
#include "render/playbook.h"
#include "unicode/utf8.h"

#include <map>

namespace cascade::rendering {
namespace {

using Children = std::map<ManifestId, std::vector<const Selected*>>;

struct TreeLine {
  const Selected* selected;
  std::string prefix, branch;  // the beginning of this line; the beginning of its children's lines
};

std::string described(const Registry& registry, const Selected& selected, Paint paint) {
  const ManifestView manifest = registry[selected.id];
  std::string text = paint.bold(id_of(manifest));
  text += selected.card_only ? "  card" : "  " + count_of(manifest.body.tokens, "token");
  if (selected.pulled_in_by)
    text += "  " + paint.faint(std::string(to_string(selected.pulled_in_by->strength)) + " at " +
                               place_of(registry, *selected.pulled_in_by));
  return text;
}

}  // namespace

std::string resolution_text(const Registry& registry, const Resolution& resolution, Paint paint) {
  Children children;
  std::vector<TreeLine> stack;  // the last one is printed next
  std::vector<const Selected*> roots;
  for (const Selected& selected : resolution.selected) {
    if (selected.pulled_in_by) {
      children[selected.pulled_in_by->from].push_back(&selected);
    } else {
      roots.push_back(&selected);
    }
  }
  for (auto root = roots.rbegin(); root != roots.rend(); ++root) stack.push_back({*root, "", ""});
  std::string out;
  while (!stack.empty()) {
    const TreeLine line = stack.back();
    stack.pop_back();
    out += line.prefix + described(registry, *line.selected, paint) + "\n";
    const std::vector<const Selected*>& below = children[line.selected->id];
    for (std::size_t i = below.size(); i-- > 0;) {
      const bool last = i + 1 == below.size();
      stack.push_back({below[i], line.branch + (last ? "└─ " : "├─ "), line.branch + (last ? "   " : "│  ")});
    }
  }
  for (const Selected& selected : resolution.selected)
    if (const auto plan = selected.card_only ? std::nullopt : playbook::plan_of(registry, selected.id))
      out += chain_text(*plan, paint);
  std::string tools;
  for (const ToolName& tool : resolution.tools)
    tools += (tools.empty() ? "" : ", ") + unicode::displayable(to_string(tool));
  if (!tools.empty()) out += "\ntools: " + tools + "\n";
  if (!resolution.problems.empty()) out += "\n" + paint.bold("problems") + "\n";
  for (const Diagnostic& problem : resolution.problems)
    out += "  " + place_of(problem.at) + ": " + std::string(to_string(problem.severity)) + "[" + problem.rule + "] " +
           unicode::displayable(problem.message) + "\n";
  return out;
}

Result<std::string> resolution(const Registry& registry, const Request& request, const Resolution& resolution,
                               Format format, Paint paint) {
  switch (format) {
    case Format::text: return resolution_text(registry, resolution, paint);
    case Format::json: return resolution_json(registry, request, resolution);
    case Format::dot: return resolution_dot(registry, request, resolution);
    case Format::mermaid: return resolution_mermaid(registry, request, resolution);
    default: return no_format("resolve", format);
  }
}

}  // namespace cascade::rendering
