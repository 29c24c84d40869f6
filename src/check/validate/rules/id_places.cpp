// ID009: files that lie where the client does not look. The folders of the path below its plugin or library say which
// mistake it is; a path that plugin.json lists is right anywhere.
#include <algorithm>

#include "client/events.h"
#include "client/names.h"
#include "files/paths.h"
#include "text/ascii.h"
#include "validate/rules/checks.h"

namespace cascade::validation {
namespace {

// Splits the part of a path below the folder that contains skills/, agents/ and commands/ into folders and name.
std::vector<std::string_view> parts_below(std::string_view base, std::string_view path) {
  if (!base.empty()) path.remove_prefix(base.size() + 1);
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    parts.push_back(path.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

class PlaceCheck {
 public:
  PlaceCheck(const Context& context, const Document& document, Findings& findings)
      : context_(context), document_(document), findings_(findings), base_(document.place().base) {}

  void run() {
    if (context_.facts.is_listed(document_.path())) return;
    const std::vector<std::string_view> parts = parts_below(base_, document_.path());
    if (parts.front() == ".claude-plugin" && parts.size() > 2) return inside_plugin_folder(parts[1]);
    if (is_nobodys()) return;
    if (document_.is_misplaced() && document_.role() == Role::agent && parts.front() != "agents") return elsewhere();
    if (parts.front() == "skills") return in_skills(parts);
    if (is_left_out(parts.front())) return left_out(parts.front());
    if (parts.front() == "agents" && parts.size() >= 2) return in_agents(parts.back());
    if (parts.front() == "hooks" && document_.place().in_plugin && document_.role() == Role::markdown) in_hooks();
  }

 private:
  void report(const std::string& message, const std::string& help) {
    findings_.add("ID009", document_.whole(), message, help);
  }
  // A folder that is no plugin, no .claude and not the root: no client reads it. What lies there is put into its place
  // by a program, or by hand.
  bool is_nobodys() const {
    return !base_.empty() && !document_.place().in_plugin && files::file_name(base_) != client::own_folder::name;
  }
  std::string below_base(const std::string& path) const { return files::join(base_, path); }

  void inside_plugin_folder(std::string_view component) {
    if (component != "skills" && component != "agents" && component != "commands" && component != "hooks") return;
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
    if (base_.empty() && !document_.place().in_plugin && context_.facts.grouped_skills) return in_group();
    if (const syntax::Node* name = document_.field("name");
        name != nullptr && is_told_to_one_client(document_.path(), name->text))
      return to_one_client();
    report("the client looks one folder deep; this skill is not loaded",
           "move it to " + below_base("skills/" + std::string(parts[parts.size() - 2])) +
               ", or list its folder in plugin.json");
  }

  // Every skill has its group, and nothing here is loaded as it lies: a program or a person takes the skills out.
  void in_group() {
    findings_.add("ID009", Severity::info, document_.whole(),
                  "the client looks one folder deep: it finds no skill where skills/ is copied as it is",
                  "leave it, if an installer takes the skills out of their groups");
  }

  void to_one_client() {
    findings_.add("ID009", Severity::info, document_.whole(),
                  "the client looks one folder deep: it does not find the skill where skills/ is copied as it is",
                  "leave it, if an installer takes the one that its client needs");
  }

  // Whether it is an agent or a command of a plugin whose plugin.json lists others instead of the folder.
  bool is_left_out(std::string_view component) const {
    const PluginFacts* plugin = context_.facts.plugin(base_);
    if (plugin == nullptr || !document_.path().ends_with(".md") || document_.field("description") == nullptr ||
        (component == "agents" && document_.field("name") == nullptr))
      return false;
    if (document_.role() != Role::markdown && document_.role() != Role::agent && document_.role() != Role::command)
      return false;
    const std::string folder = below_base(std::string(component));
    return std::find(plugin->replaced.begin(), plugin->replaced.end(), folder) != plugin->replaced.end() &&
           std::none_of(plugin->listed.begin(), plugin->listed.end(),
                        [&](const std::string& listed) { return files::is_within(listed, document_.path()); });
  }

  void left_out(std::string_view component) {
    findings_.add("ID009", Severity::info, document_.whole(),
                  "plugin.json lists " + std::string(component) + " and not this one; it is not loaded",
                  "add it to the list, or leave the list out: then the client reads the whole folder");
  }

  void in_agents(std::string_view name) {
    if (document_.is_misplaced())
      report("the client reads agents from .md files only",
             "rename the file to " + std::string(files::stem(name)) + ".md");
  }

  // In a folder of a collection, out of which somebody copies it.
  void elsewhere() {
    findings_.add("ID009", Severity::info, document_.whole(), "no client reads an agent in this place",
                  "copy it to " + std::string(client::own_folder::name) + "/agents/ to use it, or put it into agents/");
  }

  // Front matter with "event: PreToolUse".
  void in_hooks() {
    const std::string_view text = document_.text().substr(0, document_.frontmatter().body);
    const std::size_t at = text.find("\nevent:");
    if (at == std::string_view::npos) return;
    const std::string_view rest = text.substr(at + 7);
    if (client::find_event(letters::trim(rest.substr(0, rest.find('\n')))) == nullptr) return;
    report("the client reads hooks from hooks/hooks.json, not from Markdown",
           "write it there, with type, matcher and prompt or command");
  }

  const Context& context_;
  const Document& document_;
  Findings& findings_;
  std::string_view base_;
};

}  // namespace

void check_places(const Context& context, const Document& document, Findings& findings) {
  if (!document.is_binary()) PlaceCheck(context, document, findings).run();
}

}  // namespace cascade::validation
