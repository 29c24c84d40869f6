// Of the lines that the files have for a manifest the strictest counts, so a project can only tighten. Within a file
// the last one counts, which is where `cascade skills` writes.
#include "policy/skill_switches.h"

#include <algorithm>
#include <utility>

#include "files/paths.h"
#include "git/expected.h"
#include "syntax/json.h"
#include "syntax/yaml.h"
#include "text/ascii.h"
#include "text/lines.h"
#include "text/names.h"
#include "text/word_set.h"

namespace cascade::policy {
namespace {

using syntax::Node, syntax::NodeKind;

constexpr letters::Names<Use::off> use_names("load", "offer", "name", "off");
constexpr std::uint64_t most_switch_bytes = 1 << 20;
constexpr std::string_view shared_file = "cascade.yaml";

SkillSwitch line_of_key(const std::string& key, const std::string& home) {
  SkillSwitch made;
  made.written = made.pattern = key;
  const std::size_t colon = key.find(':');
  const std::string_view word = std::string_view(key).substr(0, colon);
  if (colon == std::string::npos) return made;
  std::string rest = key.substr(colon + 1);
  if (word == "plugin") {
    made.what = SkillSwitch::What::plugin;
  } else if (word == "root") {
    made.what = SkillSwitch::What::root;
    if (rest.starts_with("~/") && !home.empty()) rest = files::join(home, rest.substr(2));
    while (rest.size() > 1 && rest.back() == '/') rest.pop_back();
  } else if (const auto kind = parse_kind(word)) {
    made.kind = kind;
  } else {
    return made;  // "plugin-name:skill" is a name
  }
  made.pattern = std::move(rest);
  return made;
}

struct Profile {
  std::string name;
  std::vector<std::string> branches;
  std::vector<SkillSwitch> lines;
};

struct SwitchFile {
  std::vector<SkillSwitch> lines;
  std::vector<Profile> profiles;
};

SwitchFile read_switch_file(const std::string& text, const std::string& path, const std::string& home) {
  SwitchFile read;
  if (text.find("skills") == std::string::npos) return read;  // most files are not parsed
  const syntax::Parsed parsed = syntax::parse_settings(text);
  if (const Node* skills = parsed.root.find("skills")) read_skills(*skills, path, {}, home, read.lines);
  const Node* profiles = parsed.root.find("profiles");
  for (std::size_t i = 0; profiles != nullptr && profiles->is_entry(i); ++i) {
    Profile& profile = read.profiles.emplace_back();
    profile.name = profiles->key(i).text;
    if (const Node* branches = profiles->value(i).find("branches"))
      for (const Node& branch : branches->items) profile.branches.push_back(branch.text);
    if (const Node* skills = profiles->value(i).find("skills"))
      read_skills(*skills, path, profile.name, home, profile.lines);
  }
  return read;
}

// The branch of the repository around a folder; empty: none, or a commit alone.
std::string branch_of(const files::Tree& tree, const std::string& folder) {
  constexpr std::string_view reference = "ref: refs/heads/";
  const std::string root = repository::work_tree_root(folder, tree);
  const std::string git = root.empty() ? std::string() : repository::git_dir_of(root, tree);
  if (git.empty()) return {};
  const auto head = tree.read(files::join(git, "HEAD"), most_switch_bytes);
  if (!head || !head->starts_with(reference)) return {};
  return std::string(letters::trim(std::string_view(*head).substr(reference.size())));
}

// A choice by name; "none" is one as well, which no branch overrides.
void choose(SkillSwitches& into, std::string_view name, std::string_view by) {
  into.profile = name == no_profile ? std::string_view() : name;
  into.profile_from = by;
}

// Who chose the profile: the variable, the file that `cascade skills profile` writes, or the branch.
void choose_profile(const files::Tree& tree, const SwitchPlaces& places, const std::vector<SwitchFile>& files,
                    SkillSwitches& into) {
  bool by_branch = false;
  for (const SwitchFile& file : files)
    for (const Profile& profile : file.profiles) {
      if (std::ranges::find(into.profiles, profile.name) == into.profiles.end()) into.profiles.push_back(profile.name);
      by_branch = by_branch || !profile.branches.empty();
      for (const std::string& branch : profile.branches) into.of_branches.push_back(profile.name + ": " + branch);
    }
  if (!places.asked.empty()) return choose(into, places.asked, "CASCADE_PROFILE");
  if (into.profiles.empty()) return;
  const std::string chosen = profile_file(places.users_file);
  if (const auto text = chosen.empty() ? Result<std::string>(Error{}) : tree.read(chosen, most_switch_bytes)) {
    if (const std::string_view name = letters::trim(*text); !name.empty()) return choose(into, name, chosen);
  }
  const std::string branch = by_branch ? branch_of(tree, files::normalise(places.directory)) : std::string();
  for (const SwitchFile& file : files)
    for (const Profile& profile : file.profiles)
      for (const std::string& pattern : profile.branches)
        if (!branch.empty() && into.profile.empty() && client::matches_name(pattern, branch))
          choose(into, profile.name, "the branch " + branch);
}

bool is_about(const SkillSwitch& line, const client::Subject& subject, std::string_view root) {
  switch (line.what) {
    case SkillSwitch::What::plugin:
      return !subject.plugin.empty() && client::matches_name(line.pattern, subject.plugin);
    case SkillSwitch::What::root:
      return client::matches_name(line.pattern, root) || files::is_within(line.pattern, root);
    case SkillSwitch::What::name: break;
  }
  if (line.kind && *line.kind != subject.kind) return false;
  return client::matches_name(line.pattern, subject.name) ||
         (line.pattern.find(':') == std::string::npos &&
          client::matches_name(line.pattern, subject.name.substr(subject.name.rfind(':') + 1))) ||
         (!subject.plugin.empty() &&
          client::matches_name(line.pattern, std::string(subject.plugin) + ":" + std::string(subject.name)));
}

// Only lines are moved, so that all else of the user's file stays, and what comes out must say exactly what was meant.
constexpr std::string_view head = "skills:";

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  for (const letters::Line line : letters::lines(text)) lines.emplace_back(line);
  return lines;
}

bool is_of_block(std::string_view line) {
  return line.empty() || letters::is_blank(line.front()) || line.front() == '#';
}

// A name that YAML would read as something else, or break, stands in quotes.
std::string written_key(std::string_view key) {
  const bool plain = !key.empty() && std::ranges::all_of(key, letters::is_name) && letters::is_letter(key.front()) &&
                     !letters::is_one_of(key, {"on", "off", "yes", "no", "true", "false", "null", "y", "n"});
  return plain ? std::string(key) : syntax::quote_json(key);
}

// The key of a line "  name: word  # why"; empty: it is none.
std::string key_of(std::string_view line) {
  const syntax::Parsed parsed = syntax::parse_yaml(letters::trim(line));
  return parsed.root.size() == 1 && parsed.root.is_entry(0) ? parsed.root.key(0).text : std::string();
}

bool says(std::string_view text, std::string_view key, std::optional<Use> use) {
  const syntax::Parsed parsed = syntax::parse_settings(std::string(text));
  const syntax::Node* skills = parsed.root.find("skills");
  const syntax::Node* value = skills == nullptr ? nullptr : skills->find(key);
  return use ? value != nullptr && value->text == to_string(*use) : value == nullptr;
}

}  // namespace

std::string_view to_string(Use use) noexcept { return use_names.of(use); }
std::optional<Use> parse_use(std::string_view word) noexcept { return use_names.find(word); }

std::optional<Fault> read_skills(const Node& value, const std::string& file, const std::string& profile,
                                 const std::string& home, std::vector<SkillSwitch>& into) {
  if (value.kind == NodeKind::null) return std::nullopt;
  constexpr const char* example = "skills: { \"deploy-*\": off }";
  if (value.kind != NodeKind::map) return Fault{value.at, "expected names with load, offer, name or off", example};
  std::optional<Fault> fault;
  const auto note = [&](Fault found) {
    if (!fault) fault = std::move(found);
  };
  for (std::size_t i = 0; i < value.size(); ++i) {
    SkillSwitch line = line_of_key(value.key(i).text, home);
    const auto use = parse_use(value.value(i).text);
    line.use = use.value_or(Use::load);
    line.file = file;
    line.profile = profile;
    line.line = value.key(i).at.line;
    if (!use)
      note(
          {value.value(i).at, "\"" + value.value(i).text + "\" is not a known value", "one of load, offer, name, off"});
    else if (line.pattern.empty())
      note({value.key(i).at, "a name is missing", example});
    else
      into.push_back(std::move(line));
  }
  return fault;
}

std::optional<Fault> check_profiles(const Node& value) {
  if (value.kind == NodeKind::null) return std::nullopt;
  constexpr const char* example = "profiles: { review: { branches: [\"review/*\"], skills: { \"deploy-*\": off } } }";
  if (value.kind != NodeKind::map) return Fault{value.at, "expected profiles with their skills", example};
  for (std::size_t i = 0; i < value.size(); ++i) {
    const Node& profile = value.value(i);
    if (profile.kind != NodeKind::map) return Fault{profile.at, "expected skills and branches of the profile", example};
    for (std::size_t j = 0; j < profile.size(); ++j) {
      const Node& key = profile.key(j);
      std::vector<SkillSwitch> ignored;
      if (key.text == "skills") {
        if (auto fault = read_skills(profile.value(j), {}, {}, {}, ignored)) return fault;
      } else if (key.text != "branches") {
        return Fault{key.at, "unknown key \"" + key.text + "\" in a profile", "known keys: branches, skills"};
      } else if (profile.value(j).kind != NodeKind::list) {
        return Fault{profile.value(j).at, "expected a list of patterns of branches", example};
      }
    }
  }
  return std::nullopt;
}

std::string profile_file(const std::string& users_file) {
  return users_file.empty() ? std::string() : files::join(std::string(files::parent(users_file)), "profile");
}

std::string project_folder(const files::Tree& tree, const std::string& directory) {
  std::string folder = files::normalise(directory);
  while (!folder.empty()) {
    if (tree.stat(files::join(folder, shared_file)) || tree.stat(files::join(folder, local_file)) ||
        tree.stat(files::join(folder, ".git")))
      return folder;
    std::string above(files::parent(folder));
    if (above == folder) break;
    folder = std::move(above);
  }
  return files::normalise(directory);
}

SkillSwitches read_skill_switches(const files::Tree& tree, const SwitchPlaces& places) {
  std::vector<SwitchFile> read;
  if (!places.users_file.empty())
    if (const auto text = tree.read(places.users_file, most_switch_bytes))
      read.push_back(read_switch_file(*text, places.users_file, places.home));
  bool project = false, local = false;
  for (std::string folder = files::normalise(places.directory); !places.directory.empty() && !project;) {
    const auto add = [&](std::string_view name, bool& found) {
      const std::string path = files::join(folder, std::string(name));
      if (found || path == places.users_file) return;
      const auto text = tree.read_own(folder, std::string(name), most_switch_bytes);
      if (!text) return;
      found = true;
      read.push_back(read_switch_file(*text, path, places.home));
    };
    add(shared_file, project);
    add(local_file, local);
    std::string above(files::parent(folder));
    if (above.empty() || above == folder) break;
    folder = std::move(above);
  }
  SkillSwitches switches;
  choose_profile(tree, places, read, switches);
  for (SwitchFile& file : read) {
    for (Profile& profile : file.profiles)
      if (profile.name == switches.profile)
        file.lines.insert(file.lines.end(), profile.lines.begin(), profile.lines.end());
    if (!file.lines.empty()) switches.files.push_back(std::move(file.lines));
  }
  return switches;
}

const SkillSwitch* find_switch(const SkillSwitches& switches, const client::Subject& subject, std::string_view root) {
  const SkillSwitch* strictest = nullptr;
  for (const std::vector<SkillSwitch>& lines : switches.files) {
    const auto last = std::find_if(lines.rbegin(), lines.rend(),
                                   [&](const SkillSwitch& line) { return is_about(line, subject, root); });
    if (last != lines.rend() && (strictest == nullptr || last->use > strictest->use)) strictest = &*last;
  }
  return strictest;
}

Result<std::string> with_switch(std::string_view text, std::string_view key, std::optional<Use> use) {
  const Error by_hand{
      ErrorCode::unsupported, "`skills` is written in a form that is not edited here", "",
      "write the line by hand: " + written_key(key) + ": " + std::string(to_string(use.value_or(Use::load)))};
  std::vector<std::string> lines = lines_of(text);
  auto at = std::ranges::find_if(lines, [](const std::string& line) { return line.starts_with(head); });
  if (at == lines.end()) {
    if (!use) return std::string(text);
    at = lines.insert(lines.end(), std::string(head));
  }
  const std::string_view rest = letters::trim(std::string_view(*at).substr(head.size()));
  if (!rest.empty() && rest.front() != '#' && rest != "{}") return by_hand;
  if (rest == "{}") *at = head;
  const std::size_t begin = static_cast<std::size_t>(at - lines.begin()) + 1;
  std::size_t end = begin;
  while (end < lines.size() && is_of_block(lines[end])) ++end;
  while (end > begin && letters::trim(lines[end - 1]).empty()) --end;
  std::string indent = "  ";
  for (std::size_t i = begin; i < end;) {
    const std::string_view line = lines[i];
    const std::string named = letters::trim(line).starts_with('#') ? std::string() : key_of(line);
    if (!named.empty()) indent = line.substr(0, line.find_first_not_of(" \t"));
    if (named == key) {
      lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(i));
      --end;
    } else {
      ++i;
    }
  }
  if (use)
    lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(end),
                 indent + written_key(key) + ": " + std::string(to_string(*use)));
  else if (begin == end)
    lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(begin) - 1);
  std::string made;
  for (const std::string& line : lines) made += line + "\n";
  return says(made, key, use) ? Result<std::string>(std::move(made)) : by_hand;
}

}  // namespace cascade::policy
