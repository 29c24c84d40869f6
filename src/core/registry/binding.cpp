// Binds a reference to a manifest. A link or path is looked up by path first. Else the name goes to a hash table whose
// slot gives, for each kind, a run of candidates in the sorted list of names; the first kind with an answer decides.
// Within a kind the referrer's own plugin wins, then the exact name, then an alias that only one manifest has; several
// equal aliases stay ambiguous, because guessing would put a wrong manifest into a bundle. No order comes from the hash
// table.
#include "registry/binding.h"

#include <tuple>

#include "client/built_in.h"
#include "client/listing.h"
#include "client/names.h"
#include "files/paths.h"
#include "manifest/line_words.h"
#include "text/ascii.h"
#include "text/names.h"

namespace cascade::registry {
namespace {

// Reads "c4::agent" and "plugin:name's" as their authors meant them; `room` holds the text if it had to be changed.
std::string_view single_colons(std::string_view name, std::string& room) {
  if (name.find("::") == std::string_view::npos) return name;
  room.clear();
  for (std::size_t i = 0; i < name.size(); ++i)
    if (name[i] != ':' || room.empty() || room.back() != ':') room += name[i];
  return room;
}

using manifest::is_distinctive;

// "`root-cause-tracing.md`", a file without a folder: an agent or a command has a file of its name, a skill never has,
// whatever it is called. In a skill's text it is mostly a file of the skill's own folder.
bool is_lone_file(const Call& call) noexcept {
  return call.via == Via::path && call.name.find('/') == std::string_view::npos;
}

// The kinds that the reference may mean, in the order to try. "/name" is a command, else a skill, and an agent where
// it is hardly a path: texts of other clients start agents so. The Skill tool also runs commands. If the text states
// the kind, an ordinary word means no other kind: "the `review` skill" is not the agent `review`.
Span<Kind> kinds_to_try(const Call& call) {
  static constexpr Kind orders[3][3] = {{Kind::skill, Kind::agent, Kind::command},  // by the first
                                        {Kind::agent, Kind::skill, Kind::command},
                                        {Kind::command, Kind::skill, Kind::agent}};
  static constexpr Kind of_files[] = {Kind::agent, Kind::command}, of_the_tool[] = {Kind::skill, Kind::command};
  if (is_lone_file(call)) return {of_files, 2};
  const Kind* const order = orders[static_cast<std::size_t>(call.via == Via::slash ? Kind::command : call.kind)];
  if (call.via == Via::slash) return {order, is_distinctive(call.name) || call.strength <= Strength::invoked ? 3U : 2U};
  // The client also preloads commands (2.1.328).
  if (call.via == Via::skill ||
      (call.via == Via::frontmatter && call.kind_known && call.kind == Kind::skill && !is_distinctive(call.name)))
    return {of_the_tool, 2};
  // Who does something may be a skill in a list of agents.
  const bool no_other =
      call.kind_known && (!is_distinctive(call.name) || (call.via == Via::prose && !manifest::is_role_name(call.name)));
  return {order, no_other ? 1U : 3U};
}

// "planner" of "01-planner": where manifests are numbered, texts leave the number out.
std::string_view without_number(std::string_view name) noexcept {
  std::size_t at = 0;
  while (at < name.size() && letters::is_digit(name[at])) ++at;
  const bool numbered = at > 0 && at + 2 < name.size() && name[at] == '-' && letters::is_letter(name[at + 1]);
  return numbered ? name.substr(at + 1) : std::string_view{};
}

// "yd-401" of "yd-401-crate-lifter"; empty: the name has no number behind its first word.
std::string_view numbered_head(std::string_view name) noexcept {
  constexpr std::size_t fewest_digits = 2;
  const std::size_t first = name.find('-');
  if (first == std::string_view::npos || first == 0) return {};
  std::size_t end = first + 1;
  while (end < name.size() && letters::is_digit(name[end])) ++end;
  return end - first > fewest_digits && end < name.size() && name[end] == '-' ? name.substr(0, end)
                                                                              : std::string_view();
}

// "dk" for "dock-kit": the letters come in this order, the first one first.
bool abbreviates(std::string_view shorter, std::string_view name) noexcept {
  if (shorter.size() < 2 || name.empty() || shorter.front() != name.front()) return false;
  std::size_t next = 0;
  for (const char c : name)
    if (next < shorter.size() && c == shorter[next]) ++next;
  return next == shorter.size();
}

// "CodeReviewer" for code-reviewer. A call must have the name as it is, because the client tells capitals apart.
std::string parted_humps(std::string_view name) {
  std::string parted;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (i > 0 && letters::is_upper(name[i]) && letters::is_lower(name[i - 1])) parted += '-';
    parted += letters::to_lower(name[i]);
  }
  return parted;
}

// "${CLAUDE_PLUGIN_ROOT}/agents/x.md#steps" -> "agents/x.md"
std::string_view plain(std::string_view written) {
  written = written.substr(0, written.find_first_of("#?"));
  for (const std::string_view prefix :
       {client::variables::below_plugin[0], client::variables::below_project[0], client::variables::below_project[1],
        client::own_folder::in_home, std::string_view("@")})
    if (written.starts_with(prefix)) written.remove_prefix(prefix.size());
  while (!written.empty() && written.back() == '/') written.remove_suffix(1);
  return written;
}

std::string_view tail(std::string_view path) {
  const std::size_t last = path.rfind('/');
  if (last == std::string_view::npos || last == 0) return path;
  const std::size_t before = path.rfind('/', last - 1);
  return before == std::string_view::npos ? path : path.substr(before + 1);
}

// "plan-core/risks", with nothing that marks it as a path: it may as well be a branch or a package.
bool is_bare(std::string_view written) {
  return written.find('.') == std::string_view::npos && written.back() != '/' && letters::is_lower(written.front());
}

// Paths of roots other than the first begin with a label ("user:"), which stays in front while folders are climbed.
std::size_t label_length(std::string_view path) {
  const std::size_t slash = path.find('/'), colon = path.find(':');
  return colon != std::string_view::npos && colon < slash ? colon + 1 : 0;
}

// The greater rank wins. Skills and commands: user beats project; agents: project beats user (client 2.1.328,
// measured). Managed settings beat all; Cascade's own library loses to all.
int rank(Kind kind, Scope scope) noexcept {
  switch (scope) {
    case Scope::managed: return 4;
    case Scope::user: return kind == Kind::agent ? 2 : 3;
    case Scope::project: return kind == Kind::agent ? 3 : 2;
    case Scope::plugin: return 1;
    case Scope::builtin: return 0;
  }
  return 0;
}

}  // namespace

bool is_client_skill(std::string_view name) noexcept {
  const auto skills = client::built_in_skills();
  return std::ranges::any_of(skills, [&](const auto& line) { return line.name == name; });
}

bool is_explicit(Via via) noexcept { return via == Via::frontmatter || via == Via::task || via == Via::skill; }

std::uint64_t first_of(Kind kind, std::string_view name) noexcept {
  std::uint64_t first = static_cast<std::uint64_t>(kind);
  for (std::size_t i = 0; i < 7; ++i) first = first << 8 | (i < name.size() ? static_cast<unsigned char>(name[i]) : 0);
  return first;
}

Names collect_names(const std::vector<Part>& manifests, const std::vector<std::uint32_t>& shadower) {
  Names names;
  std::vector<Name>& all = names.sorted;
  const auto make = [&](std::string_view plugin, std::string_view name) -> std::string_view {
    std::string& made = names.made.emplace_back(plugin);
    return made.append(":").append(name);
  };
  for (std::uint32_t id = 0; id < manifests.size(); ++id) {
    const Part& manifest = manifests[id];
    if (manifest.document) continue;
    const Kind kind = manifest.kind;
    const bool shadowed = shadower[id] != no_shadower;
    // Two plugins of one marketplace may share a name: the loser still answers inside its plugin, and to plugin:name.
    if (shadowed && (manifest.plugin.empty() || manifests[shadower[id]].plugin == manifest.plugin)) continue;
    all.push_back({kind, manifest.name, shadowed, id});
    if (const std::string_view plain = without_number(letters::last_part(manifest.name)); is_distinctive(plain))
      all.push_back({kind, plain, true, id});
    for (const TextRef ref : manifest.aliases)
      if (const std::string_view alias = manifest.shown(ref); !alias.empty()) all.push_back({kind, alias, true, id});
    if (manifest.plugin.empty()) continue;
    // plugin:folder:name answers to plugin:name, and a root plugin's name to plugin:name
    const std::string_view last = letters::last_part(manifest.name);
    all.push_back({kind, make(manifest.plugin, last), true, id});
    all.push_back({kind, last, true, id});
    for (const TextRef ref : manifest.aliases) {
      const std::string_view alias = manifest.shown(ref);
      if (!alias.empty() && alias.find(':') == std::string_view::npos)
        all.push_back({kind, make(manifest.plugin, alias), true, id});
    }
  }
  for (Name& name : all) name.first = first_of(name.kind, name.name);
  const auto key = [](const Name& name) { return std::tie(name.first, name.name, name.alias, name.id); };
  std::ranges::sort(all, [&](const Name& a, const Name& b) { return key(a) < key(b); });
  const auto repeated = [](const Name& a, const Name& b) {
    return a.kind == b.kind && a.name == b.name && a.id == b.id;
  };
  all.erase(std::unique(all.begin(), all.end(), repeated), all.end());
  return names;
}

Binder::Binder(const std::vector<Part>& manifests, const std::vector<Name>& names)
    : manifests_(manifests), names_(names), paths_(manifests) {
  slots_.reserve(names.size());
  for (std::uint32_t i = 0; i < names.size(); ++i) {
    Slot& slot = (*slots_.try_add(names[i].name, {}).first)[static_cast<std::size_t>(names[i].kind)];
    if (slot.count++ == 0) slot.first = i;
    const std::size_t hyphen = names[i].name.find('-');
    if (hyphen == std::string_view::npos) continue;
    const std::string_view tail = names[i].name.substr(hyphen + 1);
    if (is_distinctive(tail) && tail.find(':') == std::string_view::npos) tails_.try_add(tail, true);
    if (const std::string_view head = numbered_head(names[i].name); !head.empty()) {
      std::uint32_t& id = *heads_.try_add(head, names[i].id).first;
      if (id != names[i].id) id = no_shadower;
    }
  }
}

const Binder::Slots& Binder::find(std::string_view name) const {
  static constexpr Slots none{};
  const Slots* const found = slots_.find(name);
  return found == nullptr ? none : *found;
}

Binding Binder::in_kind(std::uint32_t from, Slot slot) const {
  if (slot.count == 0) return {};
  const std::string_view plugin = manifests_[from].plugin;
  std::uint32_t own = no_shadower, other = no_shadower, owns = 0, exact = no_shadower;
  for (std::uint32_t i = slot.first; i < slot.first + slot.count; ++i) {
    const Name& candidate = names_[i];
    if (!candidate.alias) exact = candidate.id;
    if (!plugin.empty() && manifests_[candidate.id].plugin == plugin) {
      own = candidate.id;
      ++owns;
    }
    other = candidate.id;
  }
  if (owns == 1) return {Binding::Outcome::bound, own, false};
  if (exact != no_shadower) return {Binding::Outcome::bound, exact, false};
  if (slot.count == 1) return {Binding::Outcome::bound, other, false};
  return {Binding::Outcome::ambiguous, 0, false};
}

// "/ship-log" for the command ship:log: other clients know no folders of commands, so installers join the two names.
Binding Binder::in_folder(std::uint32_t from, std::string_view name) const {
  std::string parted(name);
  for (std::size_t hyphen = name.find('-'); hyphen != std::string_view::npos; hyphen = name.find('-', hyphen + 1)) {
    parted[hyphen] = ':';
    const Binding binding = in_kind(from, find(parted)[static_cast<std::size_t>(Kind::command)]);
    if (binding.outcome == Binding::Outcome::bound) return binding;
    parted[hyphen] = '-';
  }
  return {};
}

// "/log:tide" for the command or skill log-tide, "/ship:log:tide" for ship:log-tide: texts of a client that has folders
// of commands.
Binding Binder::in_one_word(std::uint32_t from, std::string_view name) const {
  std::string joined(name);
  for (std::size_t colon = name.find(':'); colon != std::string_view::npos; colon = name.find(':', colon + 1)) {
    joined[colon] = '-';
    const Slots& slots = find(joined);
    for (const Kind kind : {Kind::command, Kind::skill}) {
      const Binding binding = in_kind(from, slots[static_cast<std::size_t>(kind)]);
      if (binding.outcome != Binding::Outcome::dangling) return binding;
    }
    joined[colon] = ':';
  }
  return {};
}

// "/work:init" in the plugin acme-work: texts leave out what all plugins of a collection begin with, or write
// "aw:init".
Binding Binder::in_own_plugin(std::uint32_t from, std::string_view name, bool is_slash) const {
  const std::string_view plugin = manifests_[from].plugin, prefix = name.substr(0, name.find(':'));
  if (prefix.size() == name.size() || plugin.size() < prefix.size() + 2) return {};
  const bool ends = plugin.ends_with(prefix) && plugin[plugin.size() - prefix.size() - 1] == '-';
  if (!ends && !abbreviates(prefix, plugin)) return {};
  const Slots& slots = find(std::string(plugin).append(name.substr(prefix.size())));
  for (const Kind kind : {Kind::command, Kind::skill, Kind::agent}) {
    if (is_slash && kind == Kind::agent) break;
    const Binding binding = in_kind(from, slots[static_cast<std::size_t>(kind)]);
    if (binding.outcome == Binding::Outcome::bound) return binding;
  }
  return {};
}

// "auth-check" in yard-router for yard-auth-check: texts leave out what the names of a collection begin with. Most
// dangling names end no other name, which one look-up tells.
Binding Binder::in_family(std::uint32_t from, const Call& call, std::string_view name) const {
  if (is_explicit(call.via) || name.find('-') == std::string_view::npos || tails_.find(name) == nullptr) return {};
  constexpr std::size_t shortest = 2;
  const std::string_view own = letters::last_part(manifests_[from].name);
  const std::size_t hyphen = own.find('-');
  if (hyphen == std::string_view::npos || hyphen < shortest) return {};
  const Slots& slots = find(std::string(own.substr(0, hyphen + 1)).append(name));
  for (const Kind kind : kinds_to_try(call)) {
    const Binding binding = in_kind(from, slots[static_cast<std::size_t>(kind)]);
    if (binding.outcome == Binding::Outcome::bound && manifests_[binding.id].plugin == manifests_[from].plugin)
      return binding;
  }
  return {};
}

Binding Binder::in_humps(std::uint32_t from, const Call& call, std::string_view name) const {
  if (name.empty() || !letters::is_upper(name.front()) || is_explicit(call.via)) return {};
  const bool parts = name.find('-') != std::string_view::npos || manifest::has_hump(name);
  // "Deploy" may be any word, and "MULTI-MODEL" is shouted.
  if (!parts || std::ranges::none_of(name, letters::is_lower)) return {};
  const Slots& slots = find(parted_humps(name));
  for (const Kind kind : kinds_to_try(call)) {
    const Binding binding = in_kind(from, slots[static_cast<std::size_t>(kind)]);
    if (binding.outcome == Binding::Outcome::bound) return binding;
  }
  return {};
}

// "/help" is the client's own command, whatever the commands of other plugins are called.
bool Binder::is_clients_own(std::uint32_t from, const Call& call, std::string_view name, const Binding& found) const {
  if (call.via != Via::slash || found.outcome != Binding::Outcome::bound) return false;
  const std::string_view plugin = manifests_[found.id].plugin;
  return !plugin.empty() && plugin != manifests_[from].plugin && client::is_builtin_command(name);
}

Binding Binder::bind(std::uint32_t from, const Call& call) const {
  if (call.via == Via::link || (call.via == Via::path && !is_lone_file(call))) {
    const std::uint32_t id = paths_.find(from, call.name);
    if (id != no_manifest) return {Binding::Outcome::bound, id, false};
  }
  std::string room;
  const std::string_view folded = single_colons(call.name, room);
  const Span<Kind> kinds = kinds_to_try(call);
  const Slots& slots = find(folded);
  const auto in = [&](Kind kind) { return in_kind(from, slots[static_cast<std::size_t>(kind)]); };
  const Binding first = in(kinds[0]);
  if (is_clients_own(from, call, folded, first)) return {Binding::Outcome::builtin, 0, false};
  if (first.outcome != Binding::Outcome::dangling) return first;
  if ((kinds[0] == Kind::agent && client::is_client_agent(folded)) ||
      (call.via == Via::skill && is_client_skill(folded)))
    return {Binding::Outcome::builtin, 0, false};
  for (std::size_t i = 1; i < kinds.size; ++i) {
    Binding next = in(kinds[i]);
    if (next.outcome == Binding::Outcome::dangling) continue;
    if (next.outcome == Binding::Outcome::ambiguous && call.kind_known) continue;  // not even of the right kind
    next.other_kind = call.kind_known && call.via != Via::skill;
    return next;
  }
  if (const Binding parted = in_humps(from, call, folded); parted.outcome == Binding::Outcome::bound) return parted;
  if (const Binding family = in_family(from, call, folded); family.outcome == Binding::Outcome::bound) return family;
  // "yd-401" for the one manifest whose name begins so.
  if (!folded.empty() && letters::is_digit(folded.back()) && !is_explicit(call.via) && !is_lone_file(call))
    if (const std::uint32_t* const head = heads_.find(folded); head != nullptr && *head != no_shadower)
      return {Binding::Outcome::bound, *head, false};
  if (call.via != Via::slash && call.via != Via::qualified) return first;
  const Binding own = in_own_plugin(from, folded, call.via == Via::slash);
  if (own.outcome == Binding::Outcome::bound) return own;
  if (call.via != Via::slash) return first;
  const Binding joined = in_one_word(from, folded);
  return joined.outcome == Binding::Outcome::bound ? joined : in_folder(from, folded);
}

std::uint32_t Binder::bind(std::uint32_t from, Kind kind, std::string_view name) const {
  std::string room;
  const Binding binding = in_kind(from, find(single_colons(name, room))[static_cast<std::size_t>(kind)]);
  return binding.outcome == Binding::Outcome::bound ? binding.id : no_shadower;
}

PathBinder::PathBinder(const std::vector<Part>& manifests) : manifests_(manifests) {
  by_path_.reserve(manifests.size());
  by_tail_.reserve(manifests.size());
  for (std::uint32_t id = 0; id < manifests.size(); ++id) {
    if (manifests[id].document) continue;
    const std::string_view path = manifests[id].path;
    by_path_.try_add(path, id);
    const auto [entry, is_new] = by_tail_.try_add(tail(path), id);
    if (!is_new) *entry = no_manifest;
    add_end(path);
    if (const std::size_t label = label_length(path); label != 0) add_end(path.substr(label));
  }
}

void PathBinder::add_end(std::string_view path) {
  const std::string_view name = files::file_name(path);
  ends_.try_add(name, 0);
  if (name == "SKILL.md") ends_.try_add(files::file_name(files::parent(path)), 0);
}

// Most links lead to files that are not manifests: their last name shows that without trying folder after folder, each
// of which is a hash look-up.
bool PathBinder::may_end(std::string_view path) const {
  const std::string_view end = files::file_name(path);
  return end == "." || end == ".." || ends_.find(end) != nullptr;
}

// Returns the manifest whose file, or whose skill's folder, is `path`; appends to `path`.
std::uint32_t PathBinder::exact(std::string& path) const {
  const std::uint32_t* found = by_path_.find(path);
  if (found == nullptr) found = by_path_.find(path += "/SKILL.md");
  return found == nullptr ? no_manifest : *found;
}

std::uint32_t PathBinder::find(std::uint32_t from, std::string_view written) const {
  const std::string_view path = plain(written);
  if (path.empty() || files::is_absolute(path) || !may_end(path)) return no_manifest;
  const std::string_view own = manifests_[from].path;
  const std::string label(own.substr(0, label_length(own)));
  std::string_view folder = files::parent(own.substr(label.size()));
  const bool is_normal =
      files::is_normal(path) && (folder.empty() || (files::is_normal(folder) && !files::is_absolute(folder)));
  std::string whole;
  while (true) {
    whole = label;
    if (!is_normal)
      whole += files::normalise(files::join(folder, path));
    else if (folder.empty())
      whole += path;
    else
      (whole += folder).append("/").append(path);
    const std::uint32_t id = exact(whole);
    if (id != no_manifest) return id;
    if (folder.empty()) break;
    folder = files::parent(folder);
  }
  if (path.find('/') == std::string_view::npos || is_bare(written)) return no_manifest;
  const std::uint32_t* found = by_tail_.find(tail(path));
  if (found == nullptr) found = by_tail_.find(std::string(files::file_name(path)) + "/SKILL.md");
  return found == nullptr ? no_manifest : *found;
}

bool wins(const Part& a, const Part& b) {
  const int left = rank(a.kind, a.scope), right = rank(b.kind, b.scope);
  if (left != right) return left > right;
  if (a.root != b.root) return a.root < b.root;
  const auto depth_a = std::ranges::count(a.path, '/');
  const auto depth_b = std::ranges::count(b.path, '/');
  return depth_a != depth_b ? depth_a < depth_b : a.path < b.path;
}

}  // namespace cascade::registry
