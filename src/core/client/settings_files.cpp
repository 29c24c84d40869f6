#include "client/settings_files.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "client/names.h"
#include "files/paths.h"
#include "syntax/json.h"
#include "text/names.h"

namespace cascade::client {
namespace {

constexpr std::uint64_t max_bytes = 1 << 20;
#ifdef __APPLE__
constexpr const char* managed_settings = "/Library/Application Support/ClaudeCode/managed-settings";
#elif defined(_WIN32)
constexpr const char* managed_settings = "C:/Program Files/ClaudeCode/managed-settings";
#else
constexpr const char* managed_settings = "/etc/claude-code/managed-settings";
#endif

// False: the file does not exist.
bool add(const files::Tree& tree, std::string path, bool managed, std::vector<SettingsFile>& found) {
  auto text = tree.read(path, max_bytes);
  if (!text) return false;
  found.push_back({std::move(path), *std::move(text), managed});
  return true;
}

// Settings files are read in the order of precedence, and the first that names a skill counts. Managed settings are
// kept apart, because they also reach the skills of plugins, which the user's own settings do not.
constexpr letters::Names<SkillListing::off> listing_names("on", "name-only", "user-invocable-only", "off");

void add_from(const SettingsFile& file, std::vector<SkillOverride>& overrides) {
  if (file.text.find("skillOverrides") == std::string::npos) return;  // most settings: no need to parse them
  const syntax::Parsed parsed = syntax::parse_json(file.text);
  const syntax::Node* given = parsed.root.find("skillOverrides");
  if (given == nullptr || given->kind != syntax::NodeKind::map) return;
  for (std::size_t i = 0; i < given->size(); ++i)
    if (const auto listing = listing_names.find(given->value(i).text))
      overrides.push_back({given->key(i).text, *listing, file.path});
}

const SkillOverride* first(const std::vector<SkillOverride>& overrides, std::string_view skill) {
  return letters::find_first(overrides, &SkillOverride::skill, skill);
}

// The client weighs a skill's uses by 2^(-age in weeks). Here integers do, so that the order of skills is the same
// whatever library computes powers elsewhere.
constexpr std::uint64_t most_state_bytes = 16 << 20;
constexpr syntax::NodeLimits limits{.bytes = most_state_bytes, .depth = 32, .nodes = 200'000, .alias_nodes = 0};

// 0 for anything but digits, with or without a fraction, which is left out.
std::int64_t number_in(const syntax::Node& object, std::string_view key) {
  const syntax::Node* node = object.find(key);
  if (node == nullptr || node->kind != syntax::NodeKind::number) return 0;
  std::int64_t value = 0;
  const char* const end = node->text.data() + node->text.size();
  const auto read = std::from_chars(node->text.data(), end, value);
  return read.ec == std::errc() && (read.ptr == end || *read.ptr == '.') ? value : 0;
}

// The weight of a use, in millionths: it halves with every week, down to one tenth. Within a week a parabola stands for
// the power, which it meets at both ends and in the middle.
std::uint64_t weight_after(std::int64_t milliseconds) {
  constexpr std::int64_t week = std::int64_t{7} * 24 * 3600 * 1000, million = 1'000'000;
  constexpr std::int64_t least = million / 10, slope = 671'573, curve = 171'573;
  if (milliseconds <= 0) return million;
  if (milliseconds >= 4 * week) return least;
  const std::int64_t part = milliseconds % week * million / week;
  const std::int64_t weight = million - (slope - curve * part / million) * part / million;
  return static_cast<std::uint64_t>(std::max(weight >> milliseconds / week, least));
}

}  // namespace

std::vector<SettingsFile> settings_files(const files::Tree& tree, const UserPlace& user, const std::string& directory) {
  std::vector<SettingsFile> found;
  // A folder of further files may lie beside it; the last of these counts most.
  if (const auto further = tree.list(std::string(managed_settings) + ".d")) {
    std::vector<std::string> names;
    for (const files::Entry& entry : *further)
      if (entry.name.ends_with(".json") && entry.name[0] != '.') names.push_back(entry.name);
    std::sort(names.rbegin(), names.rend());
    for (const std::string& name : names)
      add(tree, files::join(std::string(managed_settings) + ".d", name), true, found);
  }
  add(tree, std::string(managed_settings) + ".json", true, found);
  // The client reads the folder in which the session started; a session that moved on works somewhere below it.
  for (std::string folder = files::normalise(directory); !folder.empty() && folder != user.home;) {
    const bool local = add(tree, files::join(folder, ".claude/settings.local.json"), false, found);
    const bool shared = add(tree, files::join(folder, ".claude/settings.json"), false, found);
    if (local || shared) break;
    const std::string above(files::parent(folder));
    if (above == folder) break;
    folder = above;
  }
  if (!user.folder.empty()) add(tree, files::join(user.folder, "settings.json"), false, found);
  return found;
}

std::string_view to_string(SkillListing listing) noexcept { return listing_names.of(listing); }

SkillOverrides SkillOverrides::read(const files::Tree& tree, const UserPlace& user, const std::string& directory) {
  SkillOverrides overrides;
  for (const SettingsFile& file : settings_files(tree, user, directory))
    add_from(file, file.managed ? overrides.managed_ : overrides.own_);
  return overrides;
}

SkillOverrides SkillOverrides::with(const std::vector<std::string>& skills, SkillListing listing,
                                    const std::string& path) const {
  SkillOverrides more = *this;
  for (const std::string& skill : skills) more.own_.push_back({skill, listing, path});
  return more;
}

SkillOverrides SkillOverrides::without(const std::vector<std::string>& skills, SkillListing listing,
                                       const std::string& path) const {
  SkillOverrides fewer = *this;
  const auto is_gone = [&](const SkillOverride& one) {
    return one.path == path && one.listing == listing && std::ranges::find(skills, one.skill) != skills.end();
  };
  std::erase_if(fewer.own_, is_gone);
  return fewer;
}

const SkillOverride* SkillOverrides::find(std::string_view skill, bool of_plugin) const noexcept {
  if (const SkillOverride* managed = first(managed_, skill)) return managed;
  return of_plugin ? nullptr : first(own_, skill);
}

SkillUsage SkillUsage::read(const files::Tree& tree, const UserPlace& user, std::int64_t now) {
  SkillUsage usage;
  if (user.state.empty()) return usage;
  const auto text = tree.read(user.state, most_state_bytes);
  if (!text || text->find("skillUsage") == std::string::npos) return usage;
  const syntax::Parsed parsed = syntax::parse_json(*text, limits);
  const syntax::Node* given = parsed.root.find("skillUsage");
  if (given == nullptr) return usage;
  const std::int64_t at = std::max<std::int64_t>(now, 0) * 1000;
  for (std::size_t i = 0; given->is_entry(i); ++i) {
    constexpr std::int64_t most_uses = 1'000'000'000;
    const auto uses = std::clamp<std::int64_t>(number_in(given->value(i), "usageCount"), 0, most_uses);
    const std::int64_t last = std::clamp<std::int64_t>(number_in(given->value(i), "lastUsedAt"), 0, at);
    const std::uint64_t weight = weight_after(at - last);
    usage.scores_[given->key(i).text] = static_cast<std::uint64_t>(uses) * weight;
  }
  return usage;
}

std::uint64_t SkillUsage::score(std::string_view skill) const noexcept {
  const auto found = scores_.find(skill);
  return found == scores_.end() ? 0 : found->second;
}

UserPlace user_place(const std::string& home, const std::optional<std::string>& variable,
                     const std::string& directory) {
  UserPlace place;
  place.home = home;
  if (!home.empty()) {
    place.folder = files::join(home, own_folder::name);
    place.state = files::join(home, own_folder::state);
  }
  if (!variable) return place;
  const std::string folder = variable->empty() ? directory : files::join(directory, *variable);
  if (!files::is_absolute(folder)) return place;
  place.folder = files::normalise(folder);
  if (!variable->empty()) place.state = files::join(place.folder, own_folder::state);
  return place;
}

}  // namespace cascade::client
