#include "client/skill_overrides.h"

#include "files/paths.h"
#include "syntax/json.h"

namespace cascade::client {
namespace {

constexpr std::uint64_t max_bytes = 1 << 20;
constexpr const char* managed_settings = "/etc/claude-code/managed-settings.json";

std::optional<SkillListing> listing_of(std::string_view word) {
  for (const SkillListing listing :
       {SkillListing::on, SkillListing::name_only, SkillListing::user_invocable_only, SkillListing::off})
    if (word == to_string(listing)) return listing;
  return std::nullopt;
}

// False when the file is not there.
bool add_from(const files::Tree& tree, const std::string& path, std::vector<SkillOverride>& overrides) {
  const auto text = tree.read(path, max_bytes);
  if (!text) return false;
  if (text->find("skillOverrides") == std::string::npos) return true;  // most settings: no need to parse them
  const syntax::Parsed parsed = syntax::parse_json(*text);
  const syntax::Node* given = parsed.root.find("skillOverrides");
  if (given == nullptr || given->kind != syntax::NodeKind::map) return true;
  for (std::size_t i = 0; i < given->size(); ++i)
    if (const auto listing = listing_of(given->value(i).text))
      overrides.push_back({given->key(i).text, *listing, path});
  return true;
}

const SkillOverride* first(const std::vector<SkillOverride>& overrides, std::string_view skill) {
  for (const SkillOverride& one : overrides)
    if (one.skill == skill) return &one;
  return nullptr;
}

}  // namespace

std::string_view to_string(SkillListing listing) noexcept {
  switch (listing) {
    case SkillListing::on: return "on";
    case SkillListing::name_only: return "name-only";
    case SkillListing::user_invocable_only: return "user-invocable-only";
    case SkillListing::off: return "off";
  }
  return "on";
}

SkillOverrides SkillOverrides::read(const files::Tree& tree, const std::string& home, const std::string& directory) {
  SkillOverrides overrides;
  add_from(tree, managed_settings, overrides.managed_);
  // The client reads the folder that the session started in; a session that moved on works somewhere below it.
  for (std::string folder = files::normalise(directory); !folder.empty() && folder != home;) {
    const bool local = add_from(tree, files::join(folder, ".claude/settings.local.json"), overrides.own_);
    const bool shared = add_from(tree, files::join(folder, ".claude/settings.json"), overrides.own_);
    if (local || shared) break;
    const std::string above(files::parent(folder));
    if (above == folder) break;
    folder = above;
  }
  if (!home.empty()) add_from(tree, files::join(home, ".claude/settings.json"), overrides.own_);
  return overrides;
}

const SkillOverride* SkillOverrides::find(std::string_view skill, bool of_plugin) const noexcept {
  if (const SkillOverride* managed = first(managed_, skill)) return managed;
  return of_plugin ? nullptr : first(own_, skill);
}

}  // namespace cascade::client
