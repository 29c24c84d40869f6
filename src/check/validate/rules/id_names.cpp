// Checks the names of skills, agents and commands: their form and length, the folder or file that should have the same
// one, reserved words, and the client's own commands and agents. A name that spells its folder otherwise is one fault
// of form, not also a mismatch.
#include <algorithm>
#include <map>
#include <tuple>

#include "client/built_in.h"
#include "client/names.h"
#include "files/paths.h"
#include "text/ascii.h"
#include "text/letter_case.h"
#include "text/names.h"
#include "text/suggestion.h"
#include "text/word_set.h"
#include "text/words.h"
#include "unicode/utf8.h"
#include "validate/reading/links.h"
#include "validate/reading/plugins.h"
#include "validate/reading/read_places.h"
#include "validate/rules/checks.h"
#include "validate/rules/findings.h"

namespace cascade::validation {
namespace {

using syntax::Node;

constexpr std::size_t longest_name = 64;

bool has_word(std::string_view name, std::string_view word) {
  return ("-" + letters::to_lower(name) + "-").find("-" + std::string(word) + "-") != std::string::npos;
}

// Whether `name` is `folder` written as a title or as a path ("Core Part" and "kit/core-part" in core-part): one fault,
// not also a mismatch.
bool spells(std::string_view name, std::string_view folder) {
  return name != folder && (letters::hyphenated(name.substr(name.find_last_of("/:") + 1)) == folder ||
                            letters::hyphenated(name) == folder);
}

// Folders named for the sort of thing in them, from which a skill is copied to a folder of its own name.
bool is_storage(std::string_view folder) {
  return letters::is_one_of(folder, {"assets", "content", "dist", "doc", "docs", "lib", "resources", "skill", "src",
                                     "template", "templates"});
}

// Whether the name holds punctuation, white space or pictures of any script, which are neither letters nor digits.
bool has_sign(std::string_view name) {
  for (std::size_t at = 0; at < name.size();) {
    const unicode::Decoded decoded = unicode::decode(name, at);
    const char32_t c = decoded.code_point;
    const bool is_joiner = c == 0x200C || c == 0x200D;  // parts of words in some scripts
    if ((is_sign(c) && !is_joiner) || !decoded.valid) return true;
    at += decoded.length;
  }
  return false;
}

class NameCheck : FileJudge {
 public:
  using FileJudge::FileJudge;

  void skill() {
    // skills/SKILL.md, where plugin.json lists "./skills", has no folder of its own.
    const std::string_view place = files::parent(document_.path());
    const bool is_shared = place == files::join(document_.place().base, "skills");
    const std::string_view folder = is_shared ? std::string_view() : files::file_name(place);
    const Node* declared = document_.field("name");
    const bool is_declared = is_text(declared) && !declared->text.empty();
    const std::string name = is_declared ? declared->text : std::string(folder);
    if (name.empty() || (document_.is_misplaced() && !is_declared))
      return;  // at the root, whose name is not ours to judge
    if (is_form(folder)) return;
    at_ = is_declared ? document_.at(*declared) : document_.at_line(1);
    const bool is_spelt = spells(name, folder) && letters::is_hyphenated(folder, true);
    format(name, is_spelt ? grade_of_prefixed(name) : std::nullopt,
           is_spelt ? std::string(folder) : letters::hyphenated(name));
    if (const std::size_t length = unicode::count_code_points(name); length > longest_name)
      findings_.add("ID002", at_, "the name has " + std::to_string(length) + " characters",
                    std::to_string(longest_name) + " at most");
    if ((has_word(name, "claude") || has_word(name, "anthropic")) && !context_.facts.is_of_vendor(document_.path()))
      findings_.add("ID004", at_, "\"" + name + "\" holds a reserved word", "leave out claude and anthropic");
    // A skill at a plugin's root has no folder of its own.
    if (document_.is_misplaced()) return;
    const bool is_shelf = place == folder && is_storage(folder);
    if (is_declared && !folder.empty() && !is_spelt && !is_shelf && composed(name) != composed(folder) &&
        !is_told_to_one_client(document_.path(), name) && place != document_.place().base && !is_called_by_key(name))
      findings_.add("ID003", at_, "name is \"" + name + "\", the folder is \"" + std::string(folder) + "\"",
                    "rename the folder or the field");
    if (client::is_builtin_command(folder.empty() ? std::string_view(name) : folder))
      shadows("a command", "/" + (folder.empty() ? name : std::string(folder)));
  }

  void agent() {
    const Node* declared = document_.field("name");
    if (!is_text(declared) || declared->text.empty()) return;
    at_ = document_.at(*declared);
    const std::string_view stem = files::stem(document_.path());
    // Elsewhere the name of x.agent.md is a title.
    std::optional<Severity> severity;
    if (findings_.profile() == Profile::claude_code)
      severity = is_named_for_another_client(document_) ? Severity::info : Severity::warning;
    format(declared->text, severity, letters::hyphenated(declared->text));
    if (findings_.profile() == Profile::cascade && composed(declared->text) != composed(stem))
      findings_.add("ID003", Severity::warning, at_,
                    "name is \"" + declared->text + "\", the file is \"" + std::string(stem) + ".md\"",
                    "rename the file or the field");
    if (client::is_builtin_agent(declared->text)) shadows("an agent", declared->text);
  }

  void command() {
    if (!document_.manifest() || !client::is_builtin_command(document_.manifest()->name)) return;
    at_ = document_.at_line(1);
    shadows("a command", "/" + std::string(document_.manifest()->name));
  }

 private:
  // templates/SKILL.md beside skills/: a form that is copied and then named.
  bool is_form(std::string_view folder) const {
    return (folder == "template" || folder == "templates") &&
           files::parent(files::parent(document_.path())) == document_.place().base;
  }

  // A folder that plugin.json lists as a skill: the client takes the key for the name, the open standard the folder.
  bool is_called_by_key(std::string_view name) const {
    if (!document_.manifest() || findings_.profile() == Profile::agent_skills) return false;
    return letters::last_part(document_.manifest()->name) == name;
  }

  // "harbour:moor" in moor/: to the client an alias that it takes as it is. The open standard refuses it.
  std::optional<Severity> grade_of_prefixed(std::string_view name) const {
    const bool prefixed =
        name.find(':') != std::string_view::npos && name.find_first_of(" /") == std::string_view::npos;
    return prefixed && findings_.profile() == Profile::claude_code ? std::optional(Severity::info) : std::nullopt;
  }

  void format(const std::string& name, std::optional<Severity> severity, const std::string& better) {
    const bool any_script = findings_.profile() == Profile::agent_skills;
    if (letters::is_hyphenated(name, any_script) && !letters::has_capital(name) && !has_sign(name)) return;
    findings_.add("ID001", severity, at_, "\"" + name + "\" is not lower-case words joined by hyphens",
                  !better.empty() ? "as in \"" + better + "\""
                  : any_script    ? "use small letters of any script, digits and -"
                                  : "use a-z, 0-9 and -");
  }

  // In a plugin both can be called, the plugin's with its prefix: only who leaves that out gets the client's.
  void shadows(const std::string& what, const std::string& name) {
    if (document_.manifest() && !document_.manifest()->plugin.empty())
      findings_.add("ID007", Severity::info, at_,
                    "without the plugin's name " + name + " is " + what + " of the client",
                    "write the plugin's name before it wherever it is called");
    else
      findings_.add("ID007", at_, name + " is " + what + " of the client", "choose another name");
  }

  Location at_;
};

}  // namespace

void check_names(const Context& context, const Document& document, Findings& findings) {
  NameCheck check(context, document, findings);
  if (document.role() == Role::skill) check.skill();
  if (document.role() == Role::agent) check.agent();
  if (document.role() == Role::command) check.command();
}

// ID005 and ID006: names that the client cannot tell apart, and paths and names that only some systems can. Names are
// compared within one root, kind and scope; between roots precedence decides, and that is no fault.
namespace {

// Folds case, full-width forms and, in names, `_` to `-`.
std::string folded(std::string_view text, bool name) {
  std::string out = case_folded(text);
  if (name) std::replace(out.begin(), out.end(), '_', '-');
  return out;
}

bool is_material(const Context& context, const ManifestFacts& facts) {
  return facts.role == Role::skill && is_in_another_skill(context.tree, facts.base, facts.name_at.path);
}

// In a plugin the folders below agents/ are part of an agent's name (client 2.1.328).
bool are_told_apart_by_folders(const ManifestFacts& a, const ManifestFacts& b) {
  return a.role == Role::agent && a.in_plugin && b.in_plugin && a.base == b.base &&
         files::parent(a.name_at.path) != files::parent(b.name_at.path);
}

// The platform whose skills a repository keeps in agents/<platform>/<skill>/SKILL.md; empty: it is no such skill.
std::string_view platform_of(const ManifestFacts& facts) {
  constexpr std::string_view agents = "agents/";
  const std::string_view path = facts.name_at.path;
  if (facts.role != Role::skill || !facts.base.empty() || facts.in_plugin || !path.starts_with(agents)) return {};
  return path.substr(agents.size(), path.find('/', agents.size()) - agents.size());
}

// Whether it is the first of its name for its platform.
bool is_first_of_platform(const std::vector<const ManifestFacts*>& same, std::size_t at) {
  const std::string_view platform = platform_of(*same[at]);
  return !platform.empty() && std::none_of(same.begin(), same.begin() + static_cast<std::ptrdiff_t>(at),
                                           [&](const ManifestFacts* facts) { return platform_of(*facts) == platform; });
}

}  // namespace

void check_duplicate_names(const Context& context, const std::vector<ManifestFacts>& manifests, Findings& findings) {
  using Key = std::tuple<Kind, Scope, std::uint32_t, std::string>;
  std::map<Key, std::vector<const ManifestFacts*>> by_name;
  for (const ManifestFacts& facts : manifests) {
    const ManifestView view = context.registry[facts.id];
    by_name[{view.kind, view.scope, view.root, std::string(view.name)}].push_back(&facts);
    // A skill can be called by its declared name as well as its folder's; in a plugin both carry the plugin's name.
    if (facts.alias.empty() || facts.alias == "SKILL") continue;  // the file's name says nothing: ID003
    const std::string alias = std::string(view.name.substr(0, view.name.rfind(':') + 1)) + facts.alias;
    if (alias != view.name) by_name[{view.kind, view.scope, view.root, alias}].push_back(&facts);
  }
  for (auto& [key, same] : by_name) {
    if (same.size() < 2) continue;
    std::ranges::sort(same, {}, [](const ManifestFacts* facts) { return std::string_view(facts->name_at.path); });
    const std::string what =
        std::string(to_string(std::get<0>(key))) + " \"" + unicode::displayable(std::get<3>(key)) + "\"";
    for (std::size_t i = 1; i < same.size(); ++i) {
      if (is_told_to_one_client(same[i]->name_at.path, std::get<3>(key)) || is_material(context, *same[i]) ||
          is_first_of_platform(same, i))
        continue;
      const bool apart = are_told_apart_by_folders(*same.front(), *same[i]);
      findings
          .add("ID005", apart ? std::optional(Severity::warning) : std::nullopt, same[i]->name_at,
               "there is another " + what + (apart ? " in another folder" : ""),
               apart ? "the client calls them by plugin, folder and name; readers may take one for the other"
                     : "rename one of them; the client silently loads one of them")
          .related.push_back({same.front()->name_at, "the first"});
    }
  }
}

void check_collisions(const Context& context, const std::vector<ManifestFacts>& manifests, Findings& findings) {
  std::map<std::string, std::string_view> paths;
  for (const std::string& path : context.tree.files()) {
    const auto [first, added] = paths.emplace(folded(path, false), path);
    if (added) continue;
    findings
        .add("ID006", {path, 0, 0, 0, 0}, "on a system that folds case this is " + unicode::displayable(first->second),
             "rename one of them")
        .related.push_back({{std::string(first->second), 0, 0, 0, 0}, "the other"});
  }
  std::map<std::pair<Kind, std::string>, const ManifestFacts*> names;
  for (const ManifestFacts& facts : manifests) {
    const ManifestView view = context.registry[facts.id];
    const auto [first, added] = names.emplace(std::make_pair(view.kind, folded(view.name, true)), &facts);
    if (added) continue;
    const ManifestView other = context.registry[first->second->id];
    if (other.name == view.name || folded(other.path, false) == folded(view.path, false)) continue;
    findings
        .add("ID006", facts.name_at,
             "\"" + unicode::displayable(view.name) + "\" and \"" + unicode::displayable(other.name) +
                 "\" differ in case or signs only",
             "rename one of them")
        .related.push_back({first->second->name_at, "the other"});
  }
}

// ID009: files that lie where the client does not look. The folders of the path below its plugin or library say which
// mistake it is; a path that plugin.json lists is right anywhere.
namespace {

// Splits the part of a path below the folder that contains skills/, agents/ and commands/ into folders and name.
std::vector<std::string_view> parts_below(std::string_view base, std::string_view path) {
  if (!base.empty()) path.remove_prefix(base.size() + 1);
  return letters::parts(path, '/');
}

class PlaceCheck : FileJudge {
 public:
  using FileJudge::FileJudge;

  void run() {
    if (context_.facts.is_listed(document_.path())) return;
    const std::vector<std::string_view> parts = parts_below(base_, document_.path());
    if (parts.front() == ".claude-plugin" && parts.size() > 2) return inside_plugin_folder(parts[1]);
    if (is_nobodys()) return;
    // In a folder of a collection, out of which somebody copies it.
    if (document_.is_misplaced() && document_.role() == Role::agent && parts.front() != "agents")
      return report(
          "no client reads an agent in this place",
          "copy it to " + std::string(client::own_folder::name) + "/agents/ to use it, or put it into agents/",
          Severity::info);
    if (parts.front() == "skills") return in_skills(parts);
    if (is_left_out(parts.front()))
      return report("plugin.json lists " + std::string(parts.front()) + " and not this one; it is not loaded",
                    "add it to the list, or leave the list out: then the client reads the whole folder",
                    Severity::info);
    if (parts.front() == "agents" && parts.size() >= 2 && document_.is_misplaced())
      return report("the client reads agents from .md files only",
                    "rename the file to " + std::string(files::stem(parts.back())) + ".md");
  }

 private:
  void report(const std::string& message, const std::string& help, std::optional<Severity> severity = std::nullopt) {
    findings_.add("ID009", severity, document_.whole(), message, help);
  }
  // A folder that is no plugin, no .claude and not the root: no client reads it. What lies there is put into its place
  // by a program, or by hand.
  bool is_nobodys() const {
    return !base_.empty() && !document_.place().in_plugin && files::file_name(base_) != client::own_folder::name;
  }
  std::string below_base(const std::string& path) const { return files::join(base_, path); }

  void inside_plugin_folder(std::string_view component) {
    if (letters::is_one_of(component, {"skills", "agents", "commands", "hooks"}))
      report("the client looks for " + std::string(component) + " next to .claude-plugin, not in it",
             "move the folder up");
  }

  void in_skills(const std::vector<std::string_view>& parts) {
    const std::string_view name = parts.back();
    if (name == "SKILL.md" && parts.size() > 3) return nested(parts);
    if (!document_.is_misplaced()) return;
    if (parts.size() == 2)
      report("a skill is a folder; this file is not loaded",
             "move it to " + below_base("skills/" + std::string(files::stem(name)) + "/SKILL.md"));
    else
      report("the client reads SKILL.md and no other spelling", "rename the file");
  }

  void nested(const std::vector<std::string_view>& parts) {
    if (is_in_another_skill(context_.tree, below_base("skills"), document_.path())) return;
    // Every skill has its group, and nothing here is loaded as it lies: a program or a person takes the skills out.
    if (base_.empty() && !document_.place().in_plugin && context_.facts.grouped_skills)
      return report("the client looks one folder deep: it finds no skill where skills/ is copied as it is",
                    "leave it, if an installer takes the skills out of their groups", Severity::info);
    if (const syntax::Node* name = document_.field("name");
        name != nullptr && is_told_to_one_client(document_.path(), name->text))
      return report("the client looks one folder deep: it does not find the skill where skills/ is copied as it is",
                    "leave it, if an installer takes the one that its client needs", Severity::info);
    report("the client looks one folder deep; this skill is not loaded",
           "move it to " + below_base("skills/" + std::string(parts[parts.size() - 2])) +
               ", or list its folder in plugin.json");
  }

  // Whether it is an agent or a command of a plugin whose plugin.json lists others instead of the folder.
  bool is_left_out(std::string_view component) const {
    const PluginFacts* plugin = context_.facts.plugin(base_);
    if (plugin == nullptr || plugin->listed.empty() || !document_.path().ends_with(".md") ||
        document_.field("description") == nullptr || (component == "agents" && document_.field("name") == nullptr))
      return false;
    if (document_.role() != Role::markdown && document_.role() != Role::agent && document_.role() != Role::command)
      return false;
    return letters::is_one_of(below_base(std::string(component)), plugin->replaced) &&
           std::ranges::none_of(plugin->listed,
                                [&](const std::string& listed) { return files::is_within(listed, document_.path()); });
  }

  std::string_view base_ = document_.place().base;
};

}  // namespace

// ID009 as well: a file that its client would read if it, or its folder, were called or placed a little otherwise:
// AGENT.md, .cursor/rule/x.mdc, .claude/mcp.json. Says nothing where the right one is there, too.
void check_nearly_read(const Context& context, const Document& document, Findings& findings) {
  const std::string_view path = document.path();
  const auto tell = [&](std::string_view client, std::string_view shown, const std::string& right) {
    findings.add("ID009", Severity::warning, document.whole(),
                 std::string(client) + " does not read " + std::string(shown), "it reads " + right);
  };
  for (const MovedFile& file : read_places_rows::moved)
    if (path == file.path && !context.tree.exists(std::string(file.right)))
      return tell(file.client, path, std::string(file.right));
  for (const ReadEnding& row : read_places_rows::endings)
    if (files::is_within(row.folder, path) && !path.ends_with(row.ending) && document.text().starts_with("---") &&
        !client::is_document_name(files::file_name(path)))
      return tell(row.client, path, "files there that end in " + std::string(row.ending));
  for (const ReadPlace& place : read_places_rows::places) {
    const bool is_root = place.folder.empty();
    if (is_root ? path.find('/') != std::string_view::npos : !files::is_within(place.folder, path)) continue;
    const std::string_view inside = is_root ? path : path.substr(place.folder.size() + 1);
    const std::string_view name = inside.substr(0, inside.find('/'));
    const std::string_view near = letters::nearest_name(name, letters::names_of(place.names));
    const bool is_case_alone = letters::edit_distance_of_names(name, near, 0) == 0;
    if (near.empty() || near == name || (is_root && is_case_alone)) continue;  // agents.md, a document
    const std::string right = files::join(place.folder, near);
    if (!context.tree.exists(right)) return tell(place.client, files::join(place.folder, name), right);
  }
}

void check_places(const Context& context, const Document& document, Findings& findings) {
  if (!document.is_binary()) PlaceCheck(context, document, findings).run();
}

}  // namespace cascade::validation
