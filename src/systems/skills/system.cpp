// `cascade skills`: what comes by itself, what is offered, what waits for its name, what is off, and who said so; and
// the lines that change it. A line of the user's own file can loosen, one of the project's only tighten; so what a
// project keeps out is not switched on here.
#include <cascade/registry.h>
#include <cascade/validate.h>

#include <algorithm>
#include <array>
#include <functional>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cli/call.h"
#include "cli/environment.h"
#include "cli/verb_allow.h"
#include "cli/verbs.h"
#include "client/built_in.h"
#include "files/atomic_write.h"
#include "files/file_lock.h"
#include "files/paths.h"
#include "files/tree.h"
#include "hash/content_hash.h"
#include "listed/standing.h"
#include "policy/skill_switches.h"
#include "render/parts.h"
#include "request/task.h"
#include "syntax/frontmatter.h"
#include "syntax/put.h"
#include "syntax/yaml.h"
#include "system/system.h"
#include "text/names.h"
#include "text/suggestion.h"
#include "unicode/utf8.h"
#include "workspace/contents.h"

// Whether a manifest is safe to load: the validator's rules of security, asked about its own files alone, as they stand
// on the disk. A project's cascade.yaml has no word in it, since it came the same way.

namespace cascade::cli {
namespace {

constexpr std::string_view family = "SEC";

// What is asked for stays cheap: none of the other families is judged. What came from elsewhere is judged as a
// stranger's, and no file that came with it is obeyed; for the user's own, the exceptions in cascade.yaml count.
RulePolicy security_alone(const Workspace& library, bool is_foreign) {
  RulePolicy policy;
  if (is_foreign)
    policy.profile = to_string(Profile::install);
  else
    policy.ignore = library.rule_policy().ignore;
  for (const RuleInfo& rule : rules())
    if (rule.id.substr(0, family.size()) != family) policy.rules.push_back({std::string(rule.id), Severity::off});
  return policy;
}

// The rules read the file themselves, and ask the registry for the name alone: the front matter has it, and a hook
// waits for whatever else is cut, counted and looked up here.
Manifest parsed(const ManifestView& manifest, const std::string& text) {
  const syntax::Frontmatter front = syntax::find_frontmatter(text);
  ManifestSource source;
  source.kind = manifest.kind;
  source.path = manifest.path;
  source.text = std::string_view(text).substr(0, front.end > front.begin ? front.body : text.size());
  return parse_manifest(source, TokenCounter::estimating());
}

// What was judged, by which rules and as whose, in one hash: where it is kept nothing needs to be judged again.
std::string name_of(const Workspace& library, const ManifestView& manifest, const ValidateRequest& request,
                    bool is_foreign) {
  std::string all = std::string(workspace::program_id) + (is_foreign ? " others " : " own ");
  all += library.folder(manifest);
  for (const Ignore& ignore : request.policy.ignore) all += '\n' + ignore.path + ' ' + letters::listed(ignore.rules);
  for (const std::string& file : request.files) {
    const auto text = request.read(file);
    all += '\n' + file + ' ' + (text ? hash::sha256(*text) : std::string("unread"));
  }
  return hash::sha256(all);
}

constexpr std::uint64_t most_kept = 64 << 10;

bool is_kept(const std::string& path, const std::string& name) {
  const auto text = path.empty() ? Result<std::string>(Error{}) : files::DiskTree().read(path, 2 * most_kept);
  return text && text->find(name) != std::string::npos;
}

// A log that is full is begun anew. One that cannot be written costs time alone.
void keep(const std::string& path, const std::string& name) {
  if (path.empty()) return;
  static_cast<void>(files::extend_log(
      path, most_kept, [&](std::string_view) { return name; }, [](std::string_view) { return std::string(); }));
}

// A skill is judged with everything in its folder, an agent or a command by its file.
std::string fault_of(const Workspace& library, const ManifestView& manifest, bool is_foreign,
                     const std::string& state) {
  const std::string folder = library.folder(manifest), path(manifest.path);
  const std::string prefix = path.substr(0, path.size() - files::file_name(path).size());
  const auto text = library.read_file(manifest.path);
  if (!text) return {};
  const auto all = TreeFiles::list(folder, 1);
  if (!all) return {};
  const auto inner = [&](const std::string& whole) { return whole.substr(std::min(prefix.size(), whole.size())); };
  ValidateRequest request;
  request.policy = security_alone(library, is_foreign);
  constexpr std::size_t most_files = 500;  // more than a skill brings: SKILL.md lies in a repository of its own
  if (manifest.kind == Kind::skill && all->files().size() <= most_files)
    for (const std::string& file : all->files()) request.files.push_back(prefix + file);
  else
    request.files = {path};
  request.read = [&](const std::string& whole) { return all->read(inner(whole)); };
  const std::string name = name_of(library, manifest, request, is_foreign);
  const std::string kept = state.empty() ? state : files::join(state, "vetted");
  if (is_kept(kept, name)) return {};
  const Registry registry = Registry::build({parsed(manifest, *text)});
  const Validation found = validate(registry, request);
  for (const Diagnostic& finding : found.found)
    if (finding.severity == Severity::error && finding.rule.substr(0, family.size()) == family)
      return finding.rule + " in " + files::join(folder, inner(finding.at.path)) + ":" +
             std::to_string(finding.at.line) + ": " + finding.message;
  keep(kept, name);
  return {};
}

}  // namespace

// What the user took with `cascade library` was judged then, and what was found accepted.
std::function<std::string(const ManifestView&)> vetting(const Environment& environment, const Workspace& library) {
  return [&library, roots = WorkspaceContents::others_roots(library), home = environment.home,
          state = environment.state](const ManifestView& manifest) {
    const std::string& root = roots[manifest.root];
    if (root.empty() || WorkspaceContents::is_added(library, manifest.root)) return std::string();
    const bool is_foreign =
        manifest.scope == Scope::plugin ||
        (manifest.scope == Scope::project && !listing::clone_around(files::DiskTree(), root, home).empty());
    return fault_of(library, manifest, is_foreign, state);
  };
}

namespace {

using listing::Standing;
using policy::Use;

constexpr std::uint64_t most_file_bytes = 1 << 20;

struct SkillsOptions {
  bool here = false, all = false;
  std::vector<std::string> words;
};

struct Row {
  ManifestId id{};
  Standing standing = Standing::open;
  std::string reason;
};

constexpr letters::Names<Standing::off> standing_words("load", "offer", "name", "off");
std::string_view word_of(Standing standing) { return standing_words.of(standing); }

// As a conversation has it: nobody gets what is not safe.
void judge(const Registry& registry, const listing::Switches& switches, std::vector<Row>& rows) {
  for (Row& row : rows) {
    const std::string fault = row.standing == Standing::off ? std::string() : switches.fault(registry[row.id]);
    if (!fault.empty()) row = {row.id, Standing::off, "its files are not safe: " + fault};
  }
}

std::vector<Row> rows_of(const Registry& registry, const listing::Switches& switches) {
  std::vector<Row> rows;
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestId id{i};
    const ManifestView view = registry[id];
    if (view.document || client::is_entry_name(view.name)) continue;
    rows.push_back({id, listing::standing(registry, id, switches), listing::reason(registry, id, switches)});
  }
  return rows;
}

std::string profile_text(const policy::SkillSwitches& own) {
  std::string text;
  if (!own.profile.empty()) {
    const bool known = std::ranges::find(own.profiles, own.profile) != own.profiles.end();
    text = "profile " + unicode::displayable(own.profile) + ", by " + unicode::displayable(own.profile_from) +
           (known ? "\n" : "; no cascade.yaml has a profile of this name\n");
  } else if (!own.profiles.empty()) {
    text = "profiles: " + unicode::displayable(letters::listed(own.profiles)) + "; none is in use";
    if (!own.profile_from.empty()) text += ", by " + unicode::displayable(own.profile_from);
    if (files::is_absolute(own.profile_from) && !own.of_branches.empty())
      text += "; the branch chooses again after cascade skills profile branch";
    text += '\n';
  }
  return text;
}

// Names one after the other, in lines that fit; without `all` the first of them.
std::string names_text(const std::vector<std::string>& names, bool all, std::size_t width) {
  constexpr std::size_t shown_first = 12;
  const std::string indent = "    ";
  const std::size_t shown = all ? names.size() : std::min(names.size(), shown_first);
  std::string text, line = indent;
  const auto add = [&](const std::string& word) {
    if (line.size() > indent.size() && line.size() + word.size() + 1 > width) {
      text += line + "\n";
      line = indent;
    }
    line += (line.size() > indent.size() ? " " : "") + word;
  };
  for (std::size_t i = 0; i < shown; ++i) add(names[i] + (i + 1 < names.size() ? "," : ""));
  if (shown < names.size()) add("and " + std::to_string(names.size() - shown) + " more");
  return text + line + "\n";
}

// By word, and below it by who says so, so that one line of a file is read once for all that it switches.
std::string shown_text(const Registry& registry, const std::vector<Row>& rows, const policy::SkillSwitches& own,
                       bool all, rendering::Paint paint) {
  constexpr std::size_t usual_width = 100;
  const std::size_t width = paint.width() == 0 ? usual_width : paint.width();
  std::array<std::map<std::string, std::vector<std::string>>, 4> groups;
  std::array<std::size_t, 4> counts{};
  for (const Row& row : rows) {
    const auto at = static_cast<std::size_t>(row.standing);
    ++counts[at];
    groups[at][row.reason].push_back(rendering::id_of(registry[row.id]));
  }
  std::string text = std::to_string(counts[0]) + " come by themselves, " + std::to_string(counts[1]) +
                     " are only offered, " + std::to_string(counts[2]) + " wait to be called by name, " +
                     std::to_string(counts[3]) + " are off\n" + profile_text(own);
  for (std::size_t at = groups.size(); at-- > (all ? 0 : 1);) {
    if (groups[at].empty()) continue;
    text += "\n" + paint.bold(word_of(static_cast<Standing>(at))) + "\n";
    for (const auto& [reason, names] : groups[at])
      text += (reason.empty() ? "" : "  " + unicode::displayable(reason) + "\n") + names_text(names, all, width);
  }
  return text;
}

std::string shown_json(const Registry& registry, const std::vector<Row>& rows, const policy::SkillSwitches& own) {
  syntax::JsonWriter json = rendering::document("cascade.skills/1");
  put(json, "profile", syntax::or_null(own.profile));
  json.key("profile_from");
  own.profile.empty() ? json.null() : json.string(own.profile_from);
  put(json, "profiles", own.profiles);
  json.key("manifests").objects(rows, [&](const Row& row) {
    put(json, "name", to_string(symbol_of(registry[row.id])), "path", registry[row.id].path, "use",
        word_of(row.standing), "reason", row.reason);
  });
  return rendering::finish(json);
}

Exit show(Call& call, bool all) {
  const auto format = call.format({Format::text, Format::json});
  if (!format) return call.console().fail(format.error());
  auto workspace = call.open();
  if (!workspace) return call.console().fail(workspace.error());
  const Registry registry = workspace->registry();
  const listing::Switches switches = switches_here(call, *workspace);
  std::vector<Row> rows = rows_of(registry, switches);
  judge(registry, switches, rows);
  return call.console().show(*format == Format::json
                                 ? shown_json(registry, rows, switches.own)
                                 : shown_text(registry, rows, switches.own, all, call.console().paint()));
}

// The user's own file, or with --here the one of this project that is the user's alone.
Result<std::string> file_to_write(const Call& call, bool here) {
  const files::DiskTree tree;
  if (here)
    return files::join(policy::project_folder(tree, tree.real_path(".").value_or(".")),
                       std::string(policy::local_file));
  const std::string& own = call.environment().users_configuration;
  if (own.empty()) return misuse("there is no place for your own cascade.yaml", "set HOME, or give --here");
  return tree.real_path(own).value_or(own);
}

Result<void> write(const std::string& path, const std::optional<std::string>& before, const std::string& after) {
  if (before) return files::replace_user_file(path, *before, after);
  if (auto made = files::make_directories(std::string(files::parent(path))); !made) return made;
  return files::write_user_file(path, after, 0600);
}

// How many a line of `skills` switches here.
std::size_t count_switched(const Registry& registry, const listing::Switches& switches, const std::string& name) {
  const std::string line = "skills: " + name + ": ";
  std::size_t count = 0;
  for (const Row& row : rows_of(registry, switches)) count += row.reason.starts_with(line) ? 1 : 0;
  return count;
}

// Whether a line for this name would be about anything here.
bool is_met(const Call& call, const Registry& registry, const listing::Switches& here, const std::string& name) {
  listing::Switches alone;
  alone.roots = here.roots;
  const syntax::Parsed line = syntax::parse_settings(policy::with_switch({}, name, Use::off).value_or(""));
  if (const syntax::Node* skills = line.root.find("skills"))
    static_cast<void>(policy::read_skills(*skills, {}, {}, call.environment().home, alone.own.files.emplace_back()));
  return count_switched(registry, alone, name) > 0;
}

bool is_pattern(const std::string& name) { return name.find_first_of("*?") != std::string::npos; }

// What may have been meant by a name that nothing here has.
std::string meant_by(const Registry& registry, const std::string& name) {
  if (name.starts_with("root:")) return "root: takes a folder, or one of user, project, plugin, builtin";
  if (name.starts_with("plugin:")) return "cascade skills --all";
  const auto found = request::find_manifest(registry, name);  // by its path
  return found ? letters::did_you_mean(to_string(symbol_of(registry[*found]))) : found.error().help;
}

// "root:~/.gemini*", "root:*acme*": what a folder may be called. "root:acme*" is none, since each begins at the top.
bool may_be_folder(const std::string& name) {
  const std::string_view rest = std::string_view(name).substr(name.find(':') + 1);
  return !rest.empty() &&
         (std::string_view("~/*?").find(rest.front()) != std::string_view::npos || files::is_absolute(rest));
}

// A name without any manifest, plugin or root; a pattern, and a folder that may come, need none yet.
std::optional<Exit> tell_unknown(Call& call, const Registry& registry, const listing::Switches& switches,
                                 const std::string& name, std::optional<Use> use) {
  const bool is_root = name.starts_with("root:");
  if ((is_root ? may_be_folder(name) : is_pattern(name)) || is_met(call, registry, switches, name)) return std::nullopt;
  const std::string shown = unicode::displayable(name);
  call.console().complain("there is no '" + shown +
                          "' here, so nothing was changed\n  help: " + unicode::displayable(meant_by(registry, name)) +
                          (use && !is_root && registry.candidates(name).empty()
                               ? "\n  help: what is not here yet is named by a pattern: cascade skills " +
                                     std::string(to_string(*use)) + " '" + shown + "*'"
                               : std::string()));
  return Exit::no;
}

void tell_change(Call& call, const Registry& registry, const listing::Switches& switches, std::optional<Use> use,
                 const std::string& name, const std::string& path) {
  std::string line =
      unicode::displayable(name) + ": " + std::string(use ? to_string(*use) : "as it was") + " in " + path;
  if (use && (is_pattern(name) || name.find(':') != std::string::npos))
    line += ", for " + std::to_string(count_switched(registry, switches, name)) + " here; cascade skills names them";
  for (const ManifestId id : registry.candidates(name)) {
    const std::string why = listing::reason(registry, id, switches);
    if (!use && !why.empty())
      line += "\n" + to_string(symbol_of(registry[id])) + " is still " +
              std::string(word_of(listing::standing(registry, id, switches))) + ": " + unicode::displayable(why);
  }
  call.console().print(line + "\n");
}

Exit change(Call& call, std::optional<Use> use, const SkillsOptions& options) {
  const auto path = file_to_write(call, options.here);
  if (!path) return call.console().fail(path.error());
  const files::DiskTree tree;
  auto before = tree.read_if_there(*path, most_file_bytes);
  if (!before) return call.console().fail(before.error());
  auto workspace = call.open();
  if (!workspace) return call.console().fail(workspace.error());
  const Registry registry = workspace->registry();
  const listing::Switches was = switches_here(call, *workspace);
  std::string text = before->value_or("");
  for (std::size_t i = 1; i < options.words.size(); ++i) {
    const std::string& name = options.words[i];
    auto made = policy::with_switch(text, name, use);
    if (!made) {
      Error fault = made.error();
      fault.path = *path;
      return call.console().fail(fault);
    }
    if (use || *made == text)  // a line that is there can be taken out
      if (const auto ended = tell_unknown(call, registry, was, name, use)) return *ended;
    text = *std::move(made);
  }
  // The project's file that is the user's alone goes with its last line.
  const bool is_needless = options.here && *before && letters::trim(text).empty();
  if (is_needless) {
    if (auto gone = files::remove_file(*path); !gone) return call.console().fail(gone.error());
  } else if (text != before->value_or("")) {
    if (auto written = write(*path, *before, text); !written) return call.console().fail(written.error());
  }
  const listing::Switches switches = switches_here(call, *workspace);
  for (std::size_t i = 1; i < options.words.size(); ++i)
    tell_change(call, registry, switches, use, options.words[i], *path);
  return Exit::yes;
}

// All profiles that the files which hold here have.
std::vector<std::string> profiles_here(const Environment& environment) {
  const files::DiskTree tree;
  return policy::read_skill_switches(
             tree, {environment.users_configuration, tree.real_path(".").value_or("."), environment.home, {}})
      .profiles;
}

// None of that name: what to do.
std::optional<Exit> tell_unknown_profile(Call& call, const std::vector<std::string>& profiles,
                                         const std::string& name) {
  if (std::ranges::find(profiles, name) != profiles.end()) return std::nullopt;
  const std::string_view near = letters::nearest_name(name, {profiles.begin(), profiles.end()});
  call.console().complain("there is no profile '" + name + "'" +
                          (near.empty() ? "" : "; " + letters::did_you_mean("'" + std::string(near) + "'")) +
                          "\n  help: " +
                          (profiles.empty() ? "no cascade.yaml that holds here has `profiles`; see cascade help skills"
                                            : "there are " + letters::listed(profiles)));
  return Exit::no;
}

Exit choose_profile(Call& call, const std::vector<std::string>& words) {
  if (words.size() > 2) return call.console().fail(misuse("one profile at a time", "cascade skills profile NAME"));
  const std::string path = policy::profile_file(call.environment().users_configuration);
  if (words.size() == 1) return show(call, false);
  if (path.empty()) return call.console().fail(misuse("there is no place for your choice", "set HOME"));
  const std::vector<std::string> profiles = profiles_here(call.environment());
  const bool takes_back = words[1] == "branch" && std::ranges::find(profiles, words[1]) == profiles.end();
  if (!takes_back && words[1] != policy::no_profile)
    if (const auto ended = tell_unknown_profile(call, profiles, words[1])) return *ended;
  if (takes_back) {
    if (auto gone = files::remove_file(path); !gone) return call.console().fail(gone.error());
  } else {
    if (auto made = files::make_directories(std::string(files::parent(path))); !made)
      return call.console().fail(made.error());
    if (auto done = files::write_atomically(path, words[1] + "\n", 0600); !done)
      return call.console().fail(done.error());
  }
  return show(call, false);
}

Error unknown_word(const std::string& word) {
  const std::string_view near = letters::nearest_word(word, {"off", "on", "name", "offer", "load", "profile"});
  return misuse(
      "unknown word '" + word + "'" + (near.empty() ? "" : "; " + letters::did_you_mean("'" + std::string(near) + "'")),
      "one of on, off, name, offer, load, profile");
}

}  // namespace

Exit run_skills(Call& call) {
  SkillsOptions options;
  Arguments arguments("skills");
  arguments.flag("--here", options.here);
  arguments.flag("--all", options.all);
  arguments.words("WORD", options.words, 0, 1000);
  if (const auto ended = call.read(arguments)) return *ended;
  if (options.words.empty()) return show(call, options.all);
  const std::string& verb = options.words.front();
  const bool is_on = verb == "on";
  const std::optional<Use> use = is_on ? std::nullopt : policy::parse_use(verb);
  if (!is_on && !use && verb != "profile") return call.console().fail(unknown_word(verb));
  if (verb != "profile" && options.words.size() < 2)
    return call.console().fail(misuse("which one?", "cascade skills " + verb + " NAME"));
  const bool loosens = is_on || verb == "profile" || use == Use::load;
  if (loosens && options.words.size() > 1 && is_run_by_client(call.environment()))
    return call.console().fail(only_a_person());
  return verb == "profile" ? choose_profile(call, options.words) : change(call, use, options);
}

}  // namespace cascade::cli

namespace cascade::core {
namespace {

using cli::Group, cli::Words;
constexpr cli::Verb skills_verbs[] = {
    {"skills", Group::day, 40, "switch skills, agents and commands on and off, and say who did", cli::run_skills,
     Words::manifests, "on, off, name, offer, load, profile"},
};

}  // namespace

extern const System skills_system = {
    .name = "skills",
    .verbs = {skills_verbs, std::size(skills_verbs)},
    .vets = cli::vetting,
};

}  // namespace cascade::core
