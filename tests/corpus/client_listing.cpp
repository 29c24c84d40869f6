#include "corpus/client_listing.h"

#include "unicode/utf8.h"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

namespace cascade::client {
namespace {

std::string_view field(const Registry& registry, ManifestId id, std::string_view key) {
  return registry.field(id, key).value_or(std::string_view());
}

bool is_set(std::string_view flag) { return flag == "true" || flag == "yes" || flag == "on"; }

// "\n" written as two characters in an agent's description is a line feed to the client.
std::string with_line_feeds(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] == '\\' && i + 1 < text.size() && text[i + 1] == 'n')
      out += '\n', ++i;
    else
      out += text[i];
  return out;
}

// "Read, Grep", "All tools", "All tools except Write": the list as it was written.
std::string tools_text(const Registry& registry, ManifestId id) {
  std::string listed;
  for (const ToolName& tool : registry.tools(id)) listed += (listed.empty() ? "" : ", ") + to_string(tool);
  if (!listed.empty()) return listed;
  const std::string_view denied = field(registry, id, "disallowedTools");
  return denied.empty() ? "All tools" : "All tools except " + std::string(denied);
}

Line agent_line(const Registry& registry, const ManifestView& manifest) {
  Line line;
  line.id = manifest.id;
  line.name = manifest.name;
  line.description = with_line_feeds(manifest.description);
  line.tools = tools_text(registry, manifest.id);
  return line;
}

Line skill_line(const Registry& registry, const ManifestView& manifest, const Limits& limits) {
  Line line;
  line.id = manifest.id;
  line.name = manifest.name;
  std::string text(manifest.description);
  if (text.empty()) text = manifest.kind == Kind::skill ? "Skill" : "Custom command";
  if (const std::string_view when = field(registry, manifest.id, "when_to_use"); !when.empty())
    text += " - " + std::string(when);
  line.description = normalised(text, limits.description);
  const std::string_view declared = field(registry, manifest.id, "name");
  const std::string_view own = line.name;
  if (manifest.kind == Kind::skill && !declared.empty() && own.substr(own.rfind(':') + 1) != declared &&
      declared.find_first_of(" /") == std::string_view::npos)
    line.alias = declared;
  return line;
}

// The client lists users' skills, then projects', then commands, each by name.
auto order(const ManifestView& manifest) {
  return std::make_tuple(manifest.kind == Kind::command, -static_cast<int>(manifest.scope == Scope::user),
                         manifest.name);
}

// Takes descriptions away from the end until the lines fit.
void fit(std::vector<Line>& lines, std::uint32_t limit) {
  std::uint64_t total = 0;
  for (const Line& line : lines) total += unicode::count_utf16(to_text(line)) + 1;
  for (auto line = lines.rbegin(); line != lines.rend() && total > limit; ++line) {
    total -= unicode::count_utf16(to_text(*line));
    line->described = false;
    total += unicode::count_utf16(to_text(*line));
  }
}

Cost cost_of(const std::vector<Line>& lines, const TokenCounter& counter) {
  std::string text;
  for (const Line& line : lines) text += to_text(line) + '\n';
  return counter.count(text);
}

// ".../skills/x/SKILL.md", or SKILL.md beside the components: deeper ones are not looked for.
bool lies_one_level_deep(std::string_view path) {
  std::size_t slashes = 0;
  std::size_t at = path.rfind("skills/");
  if (at == std::string_view::npos) return true;
  for (char c : path.substr(at + 7)) slashes += c == '/' ? 1 : 0;
  return slashes == 1;
}

std::string_view folder_of(std::string_view path) { return path.substr(0, path.find_last_of('/') + 1); }
std::string_view base_name(std::string_view path) { return path.substr(path.find_last_of('/') + 1); }

// Command folders that a SKILL.md turns into one command.
std::set<std::string_view> folders_with_skill(const Registry& registry) {
  std::set<std::string_view> out;
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestView manifest = registry[ManifestId{i}];
    if (manifest.kind == Kind::command && base_name(manifest.path) == "SKILL.md") out.insert(folder_of(manifest.path));
  }
  return out;
}

bool has_problem(const Registry& registry, ManifestId id, std::initializer_list<std::string_view> rules) {
  const std::vector<Diagnostic> problems = registry.problems(id);
  return std::any_of(problems.begin(), problems.end(), [&](const Diagnostic& problem) {
    return std::find(rules.begin(), rules.end(), problem.rule) != rules.end();
  });
}

bool is_too_large(const Registry& registry, ManifestId id) { return has_problem(registry, id, {"BD007"}); }

bool is_agent_loaded(const Registry& registry, const ManifestView& manifest) {
  const bool named = !field(registry, manifest.id, "name").empty() || manifest.scope == Scope::plugin;
  return named && !field(registry, manifest.id, "description").empty() &&
         base_name(manifest.path).find(".md") != std::string_view::npos &&
         !has_problem(registry, manifest.id, {"FM001", "FM002", "FM003", "FM004"});
}

// Of several skills with one alias only the first in the listing shows it.
void keep_first_aliases(std::vector<Line>& lines) {
  std::set<std::string> seen;
  for (Line& line : lines)
    if (!line.alias.empty() && !seen.insert(line.alias).second) line.alias.clear();
}

}  // namespace

std::string to_text(const Line& line) {
  std::string out = "- " + line.name;
  if (!line.alias.empty()) out += " (" + line.alias + ')';
  if (line.described) out += ": " + line.description;
  if (!line.tools.empty()) out += " (Tools: " + line.tools + ')';
  return out;
}

std::vector<ManifestId> loaded(const Registry& registry) {
  const std::set<std::string_view> covered = folders_with_skill(registry);
  std::vector<ManifestId> out;
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestId id{i};
    const ManifestView manifest = registry[id];
    if (registry.shadowed_in_favour_of(id) || is_too_large(registry, id)) continue;
    switch (manifest.kind) {
      case Kind::skill:
        if (lies_one_level_deep(manifest.path)) out.push_back(id);
        break;
      case Kind::agent:
        if (is_agent_loaded(registry, manifest)) out.push_back(id);
        break;
      case Kind::command: {
        const std::optional<ManifestId> skill = registry.find({Kind::skill, std::string(manifest.name)});
        const bool shadowed = skill && registry[*skill].name == manifest.name;
        const bool covers = base_name(manifest.path) == "SKILL.md";
        if (!shadowed && (covers || covered.count(folder_of(manifest.path)) == 0)) out.push_back(id);
        break;
      }
    }
  }
  return out;
}

Listing client_listing(const Registry& registry, const TokenCounter& counter, const Limits& limits) {
  std::vector<ManifestView> views;
  for (ManifestId id : loaded(registry)) views.push_back(registry[id]);
  std::stable_sort(views.begin(), views.end(),
                   [](const ManifestView& a, const ManifestView& b) { return order(a) < order(b); });
  Listing out;
  for (const ManifestView& view : views) {
    if (view.kind == Kind::agent)
      out.agents.push_back(agent_line(registry, view));
    else if (!is_set(field(registry, view.id, "disable-model-invocation")) && field(registry, view.id, "paths").empty())
      out.skills.push_back(skill_line(registry, view, limits));
  }
  keep_first_aliases(out.skills);
  fit(out.skills, limits.total);
  out.skills_cost = cost_of(out.skills, counter);
  out.agents_cost = cost_of(out.agents, counter);
  return out;
}

}  // namespace cascade::client
