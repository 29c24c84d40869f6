// Lists skills as another client would. Each skill of a folder that the client reads is described by facts from its own
// text (strict YAML or not, whether a name is declared, and so on), because clients differ in how they treat faulty
// front matter. The client's dialect then decides which skills are listed, in which order and with which line.
#include "listed/client_listing.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "files/paths.h"
#include "listed/standing.h"
#include "syntax/frontmatter.h"
#include "syntax/yaml.h"
#include "text/ascii.h"

namespace cascade::listing {
namespace {

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

class SkillReader {
 public:
  SkillReader(const Registry& registry, const DialectRequest& request) : registry_(registry), request_(request) {}

  // Nothing for a skill that the client does not look at.
  std::optional<client::ListedSkill> skill(const ManifestView& view) const {
    const std::string& root = request_.roots[view.root];
    const client::Owner owner = view.scope == Scope::builtin ? client::Owner::user : owner_of(view.scope);
    if (view.kind != Kind::skill || (view.scope == Scope::builtin && !request_.shipped) ||
        client::is_of_others(*request_.client, owner, root, view.path))
      return std::nullopt;
    if (request_.switches != nullptr && is_hidden_by_client(registry_, view.id, *request_.switches))
      return std::nullopt;
    client::ListedSkill skill;
    skill.path = files::join(root, std::string(below_root(view)));
    skill.inner = below_skills(below_root(view));
    skill.of_user = owner == client::Owner::user;
    skill.place = place_of(owner, skill.path);
    skill.manual = is_set(registry_.field(view.id, "disable-model-invocation").value_or(""));
    describe(view, skill);
    return skill;
  }

 private:
  std::uint32_t place_of(client::Owner owner, std::string_view path) const {
    const Span<std::string_view> folders = client::folders_of(*request_.client, owner);
    std::uint32_t place = 0;
    for (const std::string_view folder : folders) {
      if (path.find("/" + std::string(folder) + "/") != std::string_view::npos) return place;
      ++place;
    }
    return 0;
  }

  void describe(const ManifestView& view, client::ListedSkill& skill) const {
    const auto text = request_.read ? request_.read(view.path) : Result<std::string>(Error{});
    const std::string_view whole = text ? std::string_view(*text) : std::string_view();
    const syntax::Frontmatter found = syntax::find_frontmatter(whole);
    const std::string_view front_matter = whole.substr(found.begin, found.end - found.begin);
    skill.has_front_matter = found.state == syntax::FrontmatterState::client;
    skill.is_strict = is_strict_yaml(front_matter);
    skill.description_ends_it = ends_with_text(front_matter);
    const auto field = [&](std::string_view key) {
      return skill.has_front_matter ? registry_.field(view.id, key) : std::nullopt;
    };
    const auto name = field("name"), description = field("description");
    skill.has_name = name.has_value();
    skill.has_description = description.has_value();
    skill.name = name.value_or(files::file_name(files::parent(skill.path)));
    skill.description = description.value_or(view.description);
  }

  const Registry& registry_;
  const DialectRequest& request_;
};

}  // namespace

Listing dialect_listing(const Registry& registry, const TokenCounter& counter, const DialectRequest& request) {
  const SkillReader reader(registry, request);
  std::vector<client::ListedSkill> skills;
  std::map<std::string, ManifestId> ids;  // by path
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    auto skill = reader.skill(registry[ManifestId{i}]);
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
