// Each file is read once, however many rows ask it. A name is compared whatever the case of its letters, and in each of
// its forms: a no that was meant for a manifest must not miss it by its spelling.
#include "client/switches.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "client/dialect.h"
#include "client/user_switches.h"
#include "files/paths.h"
#include "files/process.h"
#include "syntax/json.h"
#include "syntax/toml.h"
#include "syntax/yaml.h"
#include "text/ascii.h"
#include "text/names.h"
#include "text/words.h"

namespace cascade::client {
namespace {

using syntax::Node, syntax::NodeKind;

constexpr std::uint64_t most_settings_bytes = 1 << 20;

struct Source {
  std::string path;
  Node root;
};

std::optional<Node> parse(const std::string& path, const std::string& text) {
  if (path.ends_with(".toml")) return syntax::read_toml(text).parsed.root;
  const std::string plain = syntax::without_comments(text);
  syntax::Parsed parsed = syntax::parse_json(plain);
  if (!parsed.complete) parsed = syntax::parse_yaml(plain);  // JSON in which clients allow a last comma
  if (parsed.root.kind != NodeKind::map) return std::nullopt;
  return std::move(parsed.root);
}

void add(const files::Tree& tree, const std::string& path, std::vector<Source>& sources) {
  const auto text = tree.read(path, most_settings_bytes);
  if (!text) return;
  if (auto root = parse(path, *text)) sources.push_back({path, *std::move(root)});
}

// "{CODEX_HOME}.codex/config.toml": below the folder that the variable names, else below the user's.
std::string users_path(std::string_view written, const std::string& home) {
  if (written.starts_with('{')) {
    const std::size_t end = written.find('}');
    const std::string_view below = written.substr(end + 1);
    if (const auto folder = files::variable(std::string(written.substr(1, end - 1)).c_str());
        folder && files::is_absolute(*folder))
      return files::join(*folder, std::string(below.substr(below.find('/') + 1)));
    written = below;
  }
  return home.empty() ? std::string() : files::join(home, std::string(written));
}

// The folders whose settings count, the outermost first: from the repository's, or from below the user's folder.
std::vector<std::string> folders_above(const files::Tree& tree, const UserPlace& user, const std::string& directory) {
  std::vector<std::string> folders;
  for (std::string folder = files::normalise(directory); !folder.empty() && folder != user.home;
       folder = files::parent(folders.back())) {
    folders.push_back(folder);
    if (tree.stat(files::join(folder, ".git")) || files::parent(folder) == folder) break;
  }
  std::ranges::reverse(folders);
  return folders;
}

std::vector<Source> sources_of(const SwitchFiles& files, const files::Tree& tree, const UserPlace& user,
                               const std::vector<std::string>& folders) {
  std::vector<Source> sources;
  for (const std::string_view name : files.user)
    if (const std::string path = users_path(name, user.home); !path.empty()) add(tree, path, sources);
  for (const std::string& folder : folders)
    for (const std::string_view name : files.project) add(tree, files::join(folder, std::string(name)), sources);
  for (const std::string_view name : files.managed) add(tree, std::string(name), sources);
  return sources;
}

std::vector<Source> sources_of_usual(const files::Tree& tree, const UserPlace& user, const std::string& directory) {
  std::vector<Source> sources;
  for (SettingsFile& file : settings_files(tree, user, directory))
    if (file.text.find("permissions") != std::string::npos)
      if (auto root = parse(file.path, file.text)) sources.push_back({std::move(file.path), *std::move(root)});
  return sources;
}

// Turns what stands under a row's key into rules.
class RowReader {
 public:
  RowReader(const SwitchRow& row, const Source& source, const std::string& directory, const std::string& home,
            std::vector<SwitchRule>& rules)
      : row_(row), source_(source), directory_(directory), home_(home), rules_(rules) {}

  void read() { descend(source_.root, row_.key, {}, {}); }

 private:
  void descend(const Node& node, std::string_view key, const std::string& named, const std::string& said) {
    if (key.empty()) return value(node, named, said);
    const std::size_t end = std::min(key.find('.'), key.size());
    const std::string_view part = key.substr(0, end), rest = key.substr(std::min(end + 1, key.size()));
    const auto below = [&](const Node& key_of, const Node& value_of, const std::string& name) {
      descend(value_of, rest, name, said + (said.empty() ? "" : ".") + key_of.text);
    };
    for (std::size_t i = 0; node.is_entry(i); ++i)
      if (part == "*")
        below(node.key(i), node.value(i), node.key(i).text);
      else if (node.key(i).text == part)
        below(node.key(i), node.value(i), named);
  }

  void value(const Node& node, const std::string& named, const std::string& said) {
    switch (row_.form) {
      case SwitchForm::names:
        for (const Node& item : node.items) add_name(item.text, row_.means, said + ": " + item.text);
        break;
      case SwitchForm::is_on:
      case SwitchForm::is_off: flag(node, named, said); break;
      case SwitchForm::rules:
        for (const Node& item : node.items) rule(item.text, said + ": " + item.text);
        break;
      case SwitchForm::entries:
        for (const Node& item : node.items) entry(item, said);
        break;
      case SwitchForm::tools: tools(node, said); break;
      case SwitchForm::places: places(node, named, said); break;
    }
  }

  SwitchRule& put(SwitchRule::Match by, std::string pattern, SwitchMeans means, std::string said) {
    return rules_.emplace_back(SwitchRule{by, row_.of, means, std::move(pattern), std::move(said), source_.path});
  }

  SwitchRule* add_name(std::string_view name, SwitchMeans means, const std::string& said) {
    if (name.empty()) return nullptr;
    if (row_.of == SwitchOf::plugin) name = name.substr(0, name.find('@'));  // of a marketplace
    return &put(SwitchRule::Match::name, std::string(name), means, said);
  }

  void flag(const Node& node, const std::string& named, const std::string& said) {
    if (node.kind != NodeKind::boolean) return;
    const bool is_no = node.text == (row_.form == SwitchForm::is_on ? "false" : "true");
    const std::string words = said + ": " + node.text;
    const SwitchMeans means = is_no ? row_.means : SwitchMeans::on;
    if (row_.key.find('*') == std::string_view::npos)
      put(SwitchRule::Match::all, {}, means, words);
    else
      add_name(named, means, words);
  }

  // "Skill", "Skill(x)", "Skill(x:*)", "Skill(x *)", and the same of agents.
  void rule(std::string_view text, const std::string& said) {
    text = letters::trim(text);
    const std::size_t open = text.find('(');
    const std::string_view tool = text.substr(0, open);
    const bool agent = tool == "Agent" || tool == "Task";
    if (!agent && tool != "Skill" && tool != "SlashCommand") return;
    std::string_view name = open == std::string_view::npos ? std::string_view() : text.substr(open + 1);
    if (!name.empty() && name.back() == ')') name.remove_suffix(1);
    name = letters::trim(name);
    if (name.starts_with('/')) name.remove_prefix(1);
    if (name.empty() || name == "*") {
      put(SwitchRule::Match::all, {}, row_.means, said);
    } else if (name.ends_with(":*")) {
      put(SwitchRule::Match::prefix, std::string(name.substr(0, name.size() - 2)), row_.means, said);
    } else {
      if (name.ends_with(" *")) name.remove_suffix(2);  // with any arguments
      add_name(name, row_.means, said);
    }
    rules_.back().of = agent ? SwitchOf::agent : SwitchOf::skill;
  }

  void entry(const Node& item, const std::string& said) {
    const Node *enabled = item.find("enabled"), *name = item.find("name"), *path = item.find("path");
    if (enabled == nullptr) return;
    const SwitchMeans means = enabled->text == "false" ? row_.means : SwitchMeans::on;
    const std::string tail = ", enabled = " + enabled->text;
    if (name != nullptr && !name->text.empty()) add_name(name->text, means, said + ": name = " + name->text + tail);
    if (path == nullptr || path->text.empty()) return;
    std::string written = path->text;
    if (written.starts_with("~/") && !home_.empty()) written = files::join(home_, written.substr(2));
    put(SwitchRule::Match::path,
        files::normalise(files::join(std::string(files::parent(source_.path)), files::from_native(written))), means,
        said + ": path = " + path->text + tail);
  }

  void words_for(const Node& given, SwitchOf of, const std::string& said) {
    const auto means = [&](const Node& word) { return word.text == "deny" ? row_.means : SwitchMeans::on; };
    if (given.kind == NodeKind::string) put(SwitchRule::Match::all, {}, means(given), said + ": " + given.text).of = of;
    for (std::size_t i = 0; given.is_entry(i); ++i)
      if (SwitchRule* const made = add_name(given.key(i).text, means(given.value(i)),
                                            said + "." + given.key(i).text + ": " + given.value(i).text))
        made->of = of;
  }

  void tools(const Node& node, const std::string& said) {
    if (node.kind == NodeKind::string) return words_for(node, SwitchOf::everything, said);
    for (std::size_t i = 0; node.is_entry(i); ++i) {
      const std::string& tool = node.key(i).text;
      for (const auto& [name, of] : {std::pair("skill", SwitchOf::skill), std::pair("task", SwitchOf::agent)})
        if (matches_name(tool, name)) words_for(node.value(i), of, said + "." + tool);
    }
  }

  void places(const Node& node, const std::string& named, const std::string& said) {
    const std::string here = directory_ + "/";
    const Node* last = nullptr;
    for (const Node& item : node.items) {
      std::string_view place = item.text;
      if (place.starts_with('!')) place.remove_prefix(1);
      const bool deep = place.ends_with('*');
      if (deep) place.remove_suffix(1);
      std::string folder(place);
      if (!folder.ends_with('/')) folder += '/';
      if (deep ? here.starts_with(folder) : here == folder) last = &item;
    }
    if (last != nullptr && last->text.starts_with('!')) add_name(named, row_.means, said + ": " + last->text);
  }

  const SwitchRow& row_;
  const Source& source_;
  const std::string &directory_, &home_;
  std::vector<SwitchRule>& rules_;
};

bool is_of(const SwitchRule& rule, const Subject& subject) {
  switch (rule.of) {
    case SwitchOf::everything: return true;
    case SwitchOf::agent: return subject.kind == Kind::agent;
    case SwitchOf::skill: return subject.kind != Kind::agent;
    case SwitchOf::plugin: return !subject.plugin.empty();
  }
  return false;
}

// All the names by which a client may know it: whole, without its plugin's, and that of its folder or file.
std::array<std::string_view, 3> names_of(const Subject& subject) {
  const bool is_skill = subject.kind == Kind::skill;
  return {subject.name, letters::last_part(subject.name),
          is_skill ? files::file_name(files::parent(subject.path)) : files::stem(subject.path)};
}

bool matches(const SwitchRule& rule, const Subject& subject) {
  if (!is_of(rule, subject)) return false;
  const auto any = [&](const auto& test) {
    if (rule.of == SwitchOf::plugin) return test(subject.plugin);
    const auto names = names_of(subject);
    return std::ranges::any_of(names, test);
  };
  switch (rule.by) {
    case SwitchRule::Match::all: return true;
    case SwitchRule::Match::name: return any([&](std::string_view name) { return matches_name(rule.pattern, name); });
    case SwitchRule::Match::prefix:
      return any([&](std::string_view name) { return matches_name(rule.pattern + "*", name); });
    case SwitchRule::Match::path: return files::is_within(rule.pattern, subject.path);
  }
  return false;
}

// The state file of a client may have megabytes, of which one member is needed: no tree is made of JSON.
bool is_trusted_in(syntax::JsonSlice at, std::string_view key, std::string_view value,
                   const std::vector<std::string>& folders) {
  if (value == "*") {
    bool found = false;
    at.find(key).each_item([&](const syntax::JsonSlice& item) {
      found = found || std::ranges::find(folders, item.text()) != folders.end();
    });
    return found;
  }
  const std::size_t star = key.find('*');
  if (star > 0) at = at.find(key.substr(0, star - 1));
  const std::string_view rest = key.substr(std::min(star + 2, key.size()));
  return std::ranges::any_of(folders, [&](const std::string& folder) {
    const std::string quoted = syntax::quote_json(folder);
    syntax::JsonSlice said = at.find(std::string_view(quoted).substr(1, quoted.size() - 2));
    if (!rest.empty()) said = said.find(rest);
    return said.raw() == value || said.is(value);
  });
}

bool is_trusted_in(const Node& root, const std::vector<std::string>& folders) {
  const Node* projects = root.find("projects");
  if (projects == nullptr) return false;
  return std::ranges::any_of(folders, [&](const std::string& folder) {
    const Node* project = projects->find(folder);
    const Node* level = project == nullptr ? nullptr : project->find("trust_level");
    return level != nullptr && level->text == "trusted";
  });
}

}  // namespace

bool matches_name(std::string_view pattern, std::string_view text) noexcept {
  return letters::matches_wildcard(
      pattern, text, [](char p, char c) { return p == '?' || letters::to_lower(p) == letters::to_lower(c); });
}

bool is_trusted(const files::Tree& tree, const UserPlace& user, const std::vector<std::string>& folders) {
  constexpr std::uint64_t most_state_bytes = 16 << 20;
  return std::ranges::any_of(switch_tables::trusts, [&](const TrustRow& row) {
    const std::string path = row.file.starts_with('~') ? user.state : users_path(row.file, user.home);
    const auto text = path.empty() ? Result<std::string>(Error{}) : tree.read(path, most_state_bytes);
    if (!text) return false;
    if (path.ends_with(".toml")) return is_trusted_in(syntax::read_toml(*text).parsed.root, folders);
    std::string plain = row.file.starts_with('~') ? *text : syntax::without_comments(*text);
    const auto whole = syntax::JsonSlice::of_line(plain);
    return whole && is_trusted_in(*whole, row.key, row.value, folders);
  });
}

std::vector<SwitchRules> read_switches(const files::Tree& tree, const UserPlace& user, const std::string& directory) {
  std::vector<SwitchRules> all;
  const std::vector<std::string> folders = folders_above(tree, user, directory);
  std::string_view client;
  std::vector<Source> sources;
  for (const SwitchRow& row : switch_tables::rows) {
    if (row.client != client) {
      client = row.client;
      sources = client == usual_dialect().name ? sources_of_usual(tree, user, directory) : std::vector<Source>();
      for (const SwitchFiles& files : switch_tables::files)
        if (files.client == client) sources = sources_of(files, tree, user, folders);
    }
    SwitchRules read{&row, {}};
    for (const Source& source : sources)
      if (row.file.empty() || files::file_name(source.path) == row.file)
        RowReader(row, source, directory, user.home, read.rules).read();
    if (!read.rules.empty()) all.push_back(std::move(read));
  }
  return all;
}

const SwitchRule* find_no(const std::vector<SwitchRules>& all, std::string_view client, const Subject& subject) {
  const SwitchRule* strictest = nullptr;
  for (const SwitchRules& read : all) {
    if (read.row->client != client) continue;
    const SwitchRule* said = nullptr;
    for (const SwitchRule& rule : read.rules)
      if ((said == nullptr || read.row->joins == SwitchJoins::last) && matches(rule, subject)) said = &rule;
    if (said != nullptr && said->means != SwitchMeans::on && (strictest == nullptr || said->means > strictest->means))
      strictest = said;
  }
  return strictest;
}

}  // namespace cascade::client
