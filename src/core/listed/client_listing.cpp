// The manifests that the client loads are found by its own rules, which differ from the registry's; their lines are
// worded and ordered as in the client, and descriptions are handed out until its limit is reached. It offers no way to
// ask for this list, so its rules were observed (2.1.328 to 2.1.330) and rebuilt here.
#include "listed/client_listing.h"

#include <set>
#include <utility>

#include "client/names.h"
#include "files/paths.h"
#include "syntax/frontmatter.h"
#include "syntax/yaml.h"
#include "text/letter_case.h"

namespace cascade::listing {
namespace {

std::string_view field(const Registry& registry, ManifestId id, std::string_view key) {
  return registry.field(id, key).value_or(std::string_view());
}

// The client treats a backslash and an "n" in an agent's description as a line feed.
std::string with_line_feeds(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] == '\\' && i + 1 < text.size() && text[i + 1] == 'n')
      out += '\n', ++i;
    else
      out += text[i];
  return out;
}

// "Read, Grep", "All tools", "All tools except Write": the list as the author wrote it.
std::string tools_text(const Registry& registry, ManifestId id) {
  std::string listed;
  const std::string_view written = field(registry, id, "tools");
  for (const ToolName& tool : registry.tools(id)) {
    constexpr std::string_view every_tool = "__*";  // of a server that is named alone
    std::string name = to_string(tool);
    const bool ends_so = name.size() > every_tool.size() && name.ends_with(every_tool);
    if (ends_so && written.find(name) == std::string_view::npos) name.resize(name.size() - every_tool.size());
    listed += (listed.empty() ? "" : ", ") + name;
  }
  if (!listed.empty()) return listed;
  const std::string_view denied = field(registry, id, "disallowedTools");
  return denied.empty() ? "All tools" : "All tools except " + std::string(denied);
}

Line agent_line(const Registry& registry, const ManifestView& manifest) {
  Line line;
  line.id = manifest.id;
  line.name = listed_name(manifest);
  const std::string_view written = field(registry, manifest.id, "description");
  line.description = with_line_feeds(manifest.plugin.empty() ? written : letters::trim(written));
  line.tools = tools_text(registry, manifest.id);
  return line;
}

Line skill_line(const Registry& registry, const ManifestView& manifest, const client::ListingSettings& settings) {
  Line line;
  line.id = manifest.id;
  line.name = listed_name(manifest);
  std::string text(manifest.description);
  if (text.empty()) text = manifest.kind == Kind::skill ? client::undescribed_skill : client::undescribed_command;
  if (const std::string_view when = field(registry, manifest.id, "when_to_use"); !when.empty())
    text += " - " + std::string(when);
  line.description = normalised(text, settings.max_description);
  const std::string_view declared = field(registry, manifest.id, "name");
  const std::string_view own = line.name;
  if (manifest.kind == Kind::skill && !declared.empty() && own.substr(own.rfind(':') + 1) != declared &&
      declared.find_first_of(" /") == std::string_view::npos)
    line.alias = std::string(own.substr(0, own.rfind(':') + 1)) + std::string(declared);
  line.whole_chars = unicode::count_utf16(to_text(line));
  return line;
}

// The order is users' skills, projects' skills, commands of both by name, plugins' commands, plugins' skills.
bool comes_before(const ManifestView& a, const ManifestView& b) {
  const auto group = [](const ManifestView& manifest) {
    const bool command = manifest.kind == Kind::command;
    if (!manifest.plugin.empty()) return command ? 3 : 4;
    return command ? 2 : manifest.scope == Scope::user ? 0 : 1;
  };
  if (group(a) != group(b)) return group(a) < group(b);
  if (const int plugins = client::compare_names(a.plugin, b.plugin); plugins != 0) return plugins < 0;
  return client::compare_names(listed_name(a), listed_name(b)) < 0;
}

std::string name_text(const Line& line) {
  return "- " + line.name + (line.alias.empty() ? std::string() : " (" + line.alias + ')');
}

// Gives descriptions to the lines that fit, by use and then by place: a shorter one may fit behind one that does not.
void fit(std::vector<Line>& lines, std::uint32_t budget, const std::function<std::uint64_t(std::string_view)>& usage) {
  std::uint64_t total = lines.empty() ? 0 : lines.size() - 1;
  for (const Line& line : lines) total += utf16_of(line);
  if (total <= budget) return;
  std::vector<std::pair<std::uint64_t, Line*>> open;
  for (Line& line : lines) {
    if (line.shown != Shown::whole || line.protected_text) continue;
    total -= line.whole_chars;
    line.shown = Shown::cut;
    total += utf16_of(line);
    open.emplace_back(usage ? usage(line.name) : 0, &line);
  }
  std::ranges::stable_sort(open, [](const auto& a, const auto& b) { return a.first > b.first; });
  for (const auto& [used, line] : open) {
    const std::uint64_t more = line->whole_chars - utf16_of(*line);
    if (total + more > budget) continue;
    total += more;
    line->shown = Shown::whole;
  }
}

// How a skill is listed; nothing if the client does not list it.
std::optional<Shown> shown(const client::SkillOverride* said) {
  if (said == nullptr || said->listing == client::SkillListing::on) return Shown::whole;
  if (said->listing == client::SkillListing::name_only) return Shown::name_only;
  return std::nullopt;
}

// The client lists only those of a plugin's manifests that have a description.
bool is_hidden(const Registry& registry, ManifestId id) {
  if (!registry[id].plugin.empty() && field(registry, id, "description").empty() &&
      field(registry, id, "when_to_use").empty())
    return true;
  return is_set(field(registry, id, "disable-model-invocation")) || !field(registry, id, "paths").empty();
}

Line own_line(const client::BuiltInLine& known, std::uint32_t max_description) {
  Line line;
  line.name = known.name;
  line.protected_text = known.protected_text;
  // A shorter limit set by the user cuts these descriptions as well; the tokens of the rest are estimated.
  const auto most = static_cast<std::uint32_t>(known.name.size() + std::string_view("- : ").size()) + max_description;
  line.whole_chars = std::min<std::uint32_t>(known.chars, most);
  line.cost = {(known.tokens * line.whole_chars + known.chars - 1U) / known.chars, line.whole_chars + 1U};
  return line;
}

// What `permissions.deny` takes out of the listing (2.1.332): each agent that a rule of `Agent` names, and with a rule
// for the whole of `Skill` all skills, since the tool itself is gone. A skill that is denied by its name stays listed.
bool is_denied(const ListingRequest& request, Kind kind, std::string_view name) {
  return client::find_no(request.denied, client::usual_dialect().name, {kind, name, {}, {}}) != nullptr;
}

void add_own_skills(std::vector<Line>& lines, const ListingRequest& request) {
  for (const client::BuiltInLine& known : client::built_in_skills()) {
    const auto how = shown(request.overrides.find(known.name));
    const bool taken = std::ranges::any_of(lines, [&](const Line& line) { return line.name == known.name; });
    if (!how || (known.bundled && !request.settings.bundled) || taken) continue;
    Line line = own_line(known, request.settings.max_description);
    line.shown = *how;
    lines.push_back(std::move(line));
  }
}

constexpr std::uint32_t whole_description = 1'000'000;  // agents have no limit

void add_own_agents(std::vector<Line>& lines, const ListingRequest& request) {
  for (const client::BuiltInLine& known : client::built_in_agents(request.model))
    if (!is_denied(request, Kind::agent, known.name) &&
        std::ranges::none_of(lines, [&](const Line& line) { return line.name == known.name; }))
      lines.push_back(own_line(known, whole_description));
}

// Whether the path is ".../skills/x/SKILL.md", or SKILL.md next to the components: the client looks no deeper.
bool lies_one_level_deep(std::string_view path) {
  constexpr std::string_view folder = "/skills/";
  std::size_t at = path.substr(0, folder.size() - 1) == folder.substr(1) ? 0 : path.rfind(folder);
  if (at == std::string_view::npos) return true;
  at += at == 0 ? folder.size() - 1 : folder.size();
  return std::ranges::count(path.substr(at), '/') == 1;
}

std::string_view folder_of(std::string_view path) { return path.substr(0, path.find_last_of('/') + 1); }

// The command folders that a SKILL.md turns into one command.
std::set<std::string_view> folders_with_skill(const Registry& registry) {
  std::set<std::string_view> out;
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestView manifest = registry[ManifestId{i}];
    if (manifest.kind == Kind::command && files::file_name(manifest.path) == "SKILL.md")
      out.insert(folder_of(manifest.path));
  }
  return out;
}

bool has_problem(const Registry& registry, ManifestId id, std::initializer_list<std::string_view> rules) {
  const std::vector<Diagnostic> problems = registry.problems(id);
  return std::ranges::any_of(
      problems, [&](const Diagnostic& problem) { return std::ranges::find(rules, problem.rule) != rules.end(); });
}

bool is_agent_loaded(const Registry& registry, const ManifestView& manifest) {
  const bool named = !field(registry, manifest.id, "name").empty() || manifest.scope == Scope::plugin;
  return named && !field(registry, manifest.id, "description").empty() &&
         files::file_name(manifest.path).find(".md") != std::string_view::npos &&
         !has_problem(registry, manifest.id, {"FM001", "FM002", "FM003", "FM004"});
}

void drop_alias(Line& line) {
  if (!line.alias.empty()) line.whole_chars -= unicode::count_utf16(" (" + line.alias + ")");
  line.alias.clear();
}

// If several skills share an alias, only the first in the listing shows it.
void keep_first_aliases(std::vector<Line>& lines) {
  std::set<std::string> seen;
  for (Line& line : lines)
    if (!line.alias.empty() && !seen.insert(line.alias).second) drop_alias(line);
}

// Of agents in one tree with one name the client keeps the last by path (2.1.330); by the one that the registry keeps.
std::map<ManifestId, ManifestId> last_twins(const Registry& registry) {
  std::map<ManifestId, ManifestId> last;
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestView loser = registry[ManifestId{i}];
    const auto chosen = registry.shadowed_in_favour_of(loser.id);
    if (loser.kind != Kind::agent || !chosen || !is_agent_loaded(registry, loser)) continue;
    const ManifestView winner = registry[*chosen];
    if (winner.root != loser.root || winner.scope != loser.scope || winner.plugin != loser.plugin) continue;
    const auto best = last.find(*chosen);
    const ManifestView latest = best == last.end() ? winner : registry[best->second];
    if (loser.path > latest.path) last[*chosen] = loser.id;
  }
  return last;
}

// A description's white space is folded, then it is cut, then colour codes are dropped, `<` and `>` escaped and
// invisible characters blanked: the client counts before it escapes.

// Control, direction and invisible characters. A zero-width joiner stays, because emoji need it.
bool becomes_blank(char32_t c) noexcept {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x200B || c == 0x200E || c == 0x200F ||
         (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069);
}

std::string folded(std::string_view text) {
  std::string out;
  bool blank = false;
  for (std::size_t i = 0; i < text.size();) {
    const unicode::Decoded next = unicode::decode(text, i);
    i += next.length;
    if (letters::is_white(next.code_point)) {
      blank = !out.empty();
      continue;
    }
    if (blank) out += ' ';
    blank = false;
    unicode::append(out, next.code_point);
  }
  return out;
}

// The length of a terminal's control sequence at `at` ("ESC [ 31 m"); 0 if there is none.
std::size_t control_sequence(std::string_view text, std::size_t at) {
  if (text.substr(at, 2) != "\x1B[") return 0;
  std::size_t end = at + 2;
  while (end < text.size() && text[end] >= 0x20 && text[end] <= 0x3F) ++end;
  return end < text.size() && text[end] >= 0x40 && text[end] <= 0x7E ? end + 1 - at : 0;
}

// Cuts the text to `limit` UTF-16 units. A cut text ends in an ellipsis, which counts.
std::string cut(const std::string& text, std::uint32_t limit) {
  if (limit == 0 || unicode::count_utf16(text) <= limit) return text;
  std::uint32_t units = 0;
  std::size_t end = 0;
  while (end < text.size()) {
    const unicode::Decoded next = unicode::decode(text, end);
    units += next.code_point > 0xFFFF ? 2 : 1;
    if (units > limit - 1) break;
    end += next.length;
  }
  return text.substr(0, end) + "\xE2\x80\xA6";
}

// Of other clients: each skill of a folder that the client reads is described by facts from its own text (strict YAML
// or not, and so on). The client's dialect then decides which are listed, in which order and with which line.

// The path below the folder of skills, which is called "skills" or "skill".
std::string_view below_skills(std::string_view path) {
  for (const std::string_view folder : {"skills/", "skill/"})
    for (std::size_t at = path.find(folder); at != std::string_view::npos; at = path.find(folder, at + 1))
      if (at == 0 || path[at - 1] == '/') return path.substr(at + folder.size());
  return path;
}

// Whether the last line is text: neither empty nor a key of its own.
bool ends_with_text(std::string_view front_matter) {
  while (!front_matter.empty() && (front_matter.back() == '\n' || front_matter.back() == '\r')) {
    front_matter.remove_suffix(1);
    if (!front_matter.empty() && front_matter.back() == '\n') return false;
  }
  const std::string_view last = front_matter.substr(front_matter.rfind('\n') + 1);
  return !last.empty() && letters::is_blank(last.front());
}

// Whether the front matter is strict YAML, without the faults that Claude Code and we tolerate.
bool is_strict_yaml(std::string_view front_matter) {
  const syntax::Parsed parsed = syntax::parse_yaml(front_matter);
  return std::ranges::none_of(parsed.faults, [](const syntax::Fault& fault) {
    using syntax::FaultKind;
    return fault.kind == FaultKind::syntax || fault.kind == FaultKind::repaired || fault.kind == FaultKind::salvaged ||
           fault.kind == FaultKind::tab || fault.kind == FaultKind::duplicate_key;
  });
}

std::uint32_t place_of(const client::Dialect& client, client::Owner owner, std::string_view path) {
  const Span<std::string_view> folders = client::folders_of(client, owner);
  for (std::uint32_t place = 0; place < folders.size; ++place)
    if (path.find("/" + std::string(folders[place]) + "/") != std::string_view::npos) return place;
  return 0;
}

void describe(const Registry& registry, const DialectRequest& request, const ManifestView& view,
              client::ListedSkill& skill) {
  const auto text = request.read ? request.read(view.path) : Result<std::string>(Error{});
  const std::string_view whole = text ? std::string_view(*text) : std::string_view();
  const syntax::Frontmatter found = syntax::find_frontmatter(whole);
  const std::string_view front_matter = whole.substr(found.begin, found.end - found.begin);
  skill.has_front_matter = found.state == syntax::FrontmatterState::client;
  skill.is_strict = is_strict_yaml(front_matter);
  skill.description_ends_it = ends_with_text(front_matter);
  const auto field = [&](std::string_view key) {
    return skill.has_front_matter ? registry.field(view.id, key) : std::nullopt;
  };
  const auto name = field("name"), description = field("description");
  skill.has_name = name.has_value();
  skill.has_description = description.has_value();
  skill.name = name.value_or(files::file_name(files::parent(skill.path)));
  skill.description = description.value_or(view.description);
}

// Nothing for a skill that the client does not look at.
std::optional<client::ListedSkill> read_skill(const Registry& registry, const DialectRequest& request,
                                              const ManifestView& view) {
  const std::string& root = request.roots[view.root];
  const client::Owner owner = view.scope == Scope::builtin ? client::Owner::user : owner_of(view.scope);
  if (view.kind != Kind::skill || (view.scope == Scope::builtin && !request.shipped) ||
      client::is_of_others(*request.client, owner, root, view.path) ||
      (request.switches != nullptr && is_hidden_by_client(registry, view.id, *request.switches)))
    return std::nullopt;
  client::ListedSkill skill;
  skill.path = files::join(root, std::string(below_root(view)));
  skill.inner = below_skills(below_root(view));
  skill.of_user = owner == client::Owner::user;
  skill.place = place_of(*request.client, owner, skill.path);
  skill.manual = is_set(field(registry, view.id, "disable-model-invocation"));
  describe(registry, request, view, skill);
  return skill;
}

}  // namespace

std::string to_text(const Line& line) {
  std::string out = name_text(line);
  if (line.shown == Shown::whole && line.id) out += ": " + line.description;
  if (!line.tools.empty()) out += " (Tools: " + line.tools + ')';
  return out;
}

std::uint64_t utf16_of(const Line& line) {
  return line.shown == Shown::whole ? line.whole_chars : unicode::count_utf16(name_text(line));
}

std::string listed_name(const ManifestView& manifest) {
  const std::string prefix = std::string(manifest.plugin) + ":";
  if (manifest.plugin.empty() || manifest.name.starts_with(prefix)) return std::string(manifest.name);
  return prefix + std::string(manifest.name);
}

std::vector<ManifestId> loaded(const Registry& registry) {
  const std::set<std::string_view> covered = folders_with_skill(registry);
  const std::map<ManifestId, ManifestId> twins = last_twins(registry);
  std::vector<ManifestId> out;
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const auto twin = twins.find(ManifestId{i});
    const ManifestId id = twin == twins.end() ? ManifestId{i} : twin->second;
    if (registry.shadowed_in_favour_of(ManifestId{i})) continue;
    const ManifestView manifest = registry[id];
    if (has_problem(registry, id, {"BD007"})) continue;
    switch (manifest.kind) {
      case Kind::skill:
        if (lies_one_level_deep(manifest.path)) out.push_back(id);
        break;
      case Kind::agent:
        if (is_agent_loaded(registry, manifest)) out.push_back(id);
        break;
      case Kind::command: {
        const std::optional<ManifestId> skill = registry.find({Kind::skill, std::string(manifest.name)});
        const bool shadowed =
            skill && registry[*skill].name == manifest.name && registry[*skill].scope != Scope::builtin;
        const bool covers = files::file_name(manifest.path) == "SKILL.md";
        if (!shadowed && (covers || covered.count(folder_of(manifest.path)) == 0)) out.push_back(id);
        break;
      }
    }
  }
  return out;
}

Listing client_listing(const Registry& registry, const TokenCounter& counter, const ListingRequest& request) {
  std::vector<ManifestView> views;
  for (const ManifestId id : loaded(registry)) {
    const ManifestView view = registry[id];
    const bool refused = std::ranges::find(request.refused_plugins, view.plugin) != request.refused_plugins.end();
    if ((request.shipped || view.scope != Scope::builtin) && !refused) views.push_back(view);
  }
  std::ranges::stable_sort(views, comes_before);
  Listing out;
  std::set<std::string> names;
  const bool lists_skills = !is_denied(request, Kind::skill, {});
  for (const ManifestView& view : views) {
    if (view.kind == Kind::agent) {
      // A document (README.md) competes for no name in the registry; to the client it is an ordinary agent.
      if (!is_denied(request, Kind::agent, listed_name(view)) && names.emplace(listed_name(view)).second)
        out.agents.push_back(agent_line(registry, view));
      continue;
    }
    const auto how = shown(request.overrides.find(listed_name(view), !view.plugin.empty()));
    if (!lists_skills || !how || is_hidden(registry, view.id)) continue;
    out.skills.push_back(skill_line(registry, view, request.settings));
    out.skills.back().shown = *how;
    if (*how == Shown::name_only) drop_alias(out.skills.back());
  }
  if (request.built_in && lists_skills) add_own_skills(out.skills, request);
  if (request.built_in) add_own_agents(out.agents, request);
  std::ranges::stable_sort(out.agents,
                           [](const Line& a, const Line& b) { return client::compare_names(a.name, b.name) < 0; });
  keep_first_aliases(out.skills);
  out.budget = client::listing_budget(request.settings, request.model);
  out.whole_chars = out.skills.empty() ? 0 : out.skills.size() - 1;
  for (const Line& line : out.skills) out.whole_chars += utf16_of(line);
  fit(out.skills, out.budget, request.usage);
  for (const auto& [lines, cost] : {std::pair(&out.skills, &out.skills_cost), std::pair(&out.agents, &out.agents_cost)})
    for (Line& line : *lines) {
      if (line.id || line.shown != Shown::whole) line.cost = counter.count(to_text(line) + '\n');
      *cost += line.cost;
    }
  return out;
}

std::string normalised(std::string_view description, std::uint32_t limit) {
  const std::string shown = cut(folded(description), limit);
  std::string out;
  for (std::size_t i = 0; i < shown.size();) {
    if (const std::size_t sequence = control_sequence(shown, i); sequence != 0) {
      i += sequence;
      continue;
    }
    const unicode::Decoded next = unicode::decode(shown, i);
    if (next.code_point == '<')
      out += "&lt;";
    else if (next.code_point == '>')
      out += "&gt;";
    else if (becomes_blank(next.code_point))
      out += ' ';
    else
      out.append(shown, i, next.length);
    i += next.length;
  }
  return out;
}

Listing dialect_listing(const Registry& registry, const TokenCounter& counter, const DialectRequest& request) {
  std::vector<client::ListedSkill> skills;
  std::map<std::string, ManifestId> ids;  // by path
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    auto skill = read_skill(registry, request, registry[ManifestId{i}]);
    if (!skill || !ids.emplace(skill->path, ManifestId{i}).second) continue;
    skills.push_back(*std::move(skill));
  }
  request.client->list(skills, request.window);
  Listing out;
  for (client::ListedSkill& skill : skills) {
    Line line;
    line.id = ids.at(skill.path);
    line.name = std::move(skill.name);
    line.description = std::move(skill.description);
    line.shown = skill.described ? Shown::whole : Shown::cut;
    line.listed = std::move(skill.line);
    line.cost = counter.count(line.listed);
    out.whole_chars += line.cost.chars;
    out.skills_cost += line.cost;
    out.skills.push_back(std::move(line));
  }
  return out;
}

}  // namespace cascade::listing
