// HK006, HK008 and HK010: the scripts that hooks call. A command is read as a shell reads it, or as it stands where the
// client starts it without a shell. Paths below a variable that names the plugin or the project are certain; a relative
// one counts only in a plugin, and only until the command changes its folder.
#include <algorithm>

#include "client/names.h"
#include "files/paths.h"
#include "manifest/skill_hooks.h"
#include "text/names.h"
#include "unicode/utf8.h"
#include "validate/reading/plugins.h"
#include "validate/reading/shell.h"
#include "validate/rules/checks.h"
#include "validate/rules/commands.h"

namespace cascade::validation {
namespace {

using syntax::Node;

// Such files need neither the executable bit nor a first line.
bool ends_in_windows_script(std::string_view path) { return ends_with_part(path, {".cmd", ".bat", ".ps1", ".exe"}); }

// What a program of the system begins with, or a script that says what runs it.
bool says_what_runs_it(std::string_view text) {
  return text.starts_with("#!") || text.substr(0, 4) == "\177ELF" || text.find('\0') != std::string_view::npos;
}

// The client starts hooks of its settings in the project's folder. A name without its own folder may come from PATH.
bool is_of_project_alone(std::string_view word) {
  const std::string own = std::string(client::own_folder::name) + "/";
  return word.starts_with(own) || word.starts_with("./" + own);
}

class ScriptCheck : FileJudge {
 public:
  using FileJudge::FileJudge;

  void check(const Node& handler) {
    const Node* command = handler.find("command");
    if (!is_text(command)) return;
    place_ = document_.at(*command);
    const Node* arguments = handler.find("args");
    if (is_list(arguments)) return exec_form(*command, *arguments);
    changed_folder_ = false;
    for (const ShellCommand& part : parse_shell(command->text)) shell_command(part);
  }

 private:
  // Started without a shell: the program and its arguments are used unchanged.
  void exec_form(const Node& program, const Node& arguments) {
    ShellCommand command;
    command.words.push_back(program.text);
    for (const Node& argument : arguments.items) command.words.push_back(argument.text);
    shell_command(command);
  }

  void shell_command(const ShellCommand& command) {
    const std::string_view program = command.program();
    if (program.empty()) return;
    if (program == "cd" || program == "pushd") changed_folder_ = true;  // relative paths are not judged from here on
    const std::size_t first = command.first_argument();
    script(command.words[first - 1], true);
    if (!is_interpreter(program)) return;
    bool script_seen = false;
    for (std::size_t i = first; i < command.words.size(); ++i) {
      const std::string& word = command.words[i];
      if (word == "-c" || word == "-e" || word == "-m" || word == "-Command") return;
      if (!word.empty() && word.front() == '-') continue;
      if (!script_seen || word.find(client::variables::prefix) != std::string::npos) script(word, false);
      script_seen = true;
    }
  }

  void script(const std::string& word, bool direct) {
    for (const std::string_view variable : client::variables::below_plugin)
      if (word.starts_with(variable)) return below_plugin(word.substr(variable.size()), direct);
    for (const std::string_view variable : client::variables::below_project)
      if (word.starts_with(variable)) return below_project(variable, word.substr(variable.size()), direct);
    if (document_.role() == Role::settings && !document_.place().other && is_of_project_alone(word) &&
        !changed_folder_) {
      const ResolvedPath own = FileTree::resolve(files::parent(document_.place().base), word);
      if (is_of_own_folder() && !is_open(word) && !own.escapes &&
          context_.tree.state(own.path) != PathState::folder)  // python and node run those
        called(own, false);
      return;
    }
    relative(word);
  }

  bool is_of_own_folder() const { return files::file_name(document_.place().base) == client::own_folder::name; }

  static bool is_open(std::string_view path) {
    return path.empty() || path.find_first_of("$*?\x01{") != std::string_view::npos;
  }

  void below_plugin(const std::string& path, bool direct) {
    if (is_open(path)) return;
    const ResolvedPath resolved = FileTree::resolve(document_.place().base, path);
    if (!leaves_plugin(resolved)) called(resolved, direct && !ends_in_windows_script(path));
  }

  void below_project(std::string_view variable, const std::string& path, bool direct) {
    if (is_open(path)) return;
    if (document_.role() != Role::settings)
      from_the_top(path, variable);  // a plugin's hook runs in a project that is not here
    else
      called(FileTree::resolve(files::parent(document_.place().base), path), direct && !ends_in_windows_script(path));
  }

  // `direct`: the script is called itself, not handed to an interpreter, so it must be executable and say what runs it.
  void called(const ResolvedPath& resolved, bool direct) {
    const PathState state = resolved.escapes ? PathState::outside : context_.tree.state(resolved.path);
    if (state == PathState::missing || state == PathState::folder) {
      findings_.add("HK006", place_, "the script " + resolved.path + " does not exist", "the hook fails at each event");
    } else if (direct) {
      if (state == PathState::file)
        findings_.add("HK008", place_, resolved.path + " is called but is not executable",
                      "chmod +x, or call it through its interpreter");
      else if (const auto text = context_.tree.read(resolved.path);
               state == PathState::executable && text && !text->empty() && !says_what_runs_it(*text))
        findings_.add("HK008", place_, resolved.path + " is called but has no #! line",
                      "begin it with #!/bin/sh or another interpreter");
    }
  }

  // ${CLAUDE_PLUGIN_ROOT}/../shared/x.py: the client copies the plugin's folder alone.
  bool leaves_plugin(const ResolvedPath& resolved) {
    const std::string_view base = document_.place().base;
    if (!document_.place().in_plugin || base.empty() || resolved.escapes) return false;
    if (resolved.path.starts_with(std::string(base) + "/")) return false;
    findings_.add("HK006", place_, "the script " + resolved.path + " lies outside of the plugin",
                  "the plugin is installed without it; move it into the plugin's folder");
    return true;
  }

  // Only a word that looks like a path of the plugin: with ./ or ../, or one that is a file of the plugin.
  void relative(const std::string& word) {
    const bool in_plugin = document_.role() == Role::hooks || document_.role() == Role::plugin;
    const bool of_component = is_manifest(document_.role()) && document_.place().in_plugin;
    if ((!in_plugin && !of_component) || changed_folder_ || word.find('/') == std::string::npos ||
        word.find_first_of("$~\x01:") != std::string::npos)
      return;
    if (files::is_absolute(word)) return;
    if (of_component) {  // "./scripts/x.sh" in a skill may mean its own folder
      from_the_top(word, "");
      return;
    }
    // Nobody installs a .claude folder as a plugin: it is put into the project as it is, where its paths hold.
    if ((is_of_own_folder() && !document_.place().in_plugin) || from_the_top(word, "")) return;
    const bool dotted = word.compare(0, 2, "./") == 0 || word.compare(0, 3, "../") == 0;
    const ResolvedPath resolved = FileTree::resolve(document_.place().base, word);
    if (dotted || (!resolved.escapes && context_.tree.has_file(resolved.path)))
      findings_.add("HK010", place_, "hooks run in the user's project, where " + word + " is not",
                    "write \"" + std::string(client::variables::plugin_folder) + "\"/" + files::normalise(word));
  }

  // A file of the plugin by its path from the top of a library of plugins, where the plugin is not when it is
  // installed.
  bool from_the_top(const std::string& path, std::string_view variable) {
    const std::string_view base = document_.place().base;
    const ResolvedPath resolved = FileTree::resolve("", path);
    if (base.empty() || resolved.escapes || !context_.tree.has_file(resolved.path)) return false;
    if (resolved.path.compare(0, base.size(), base) != 0 || resolved.path[base.size()] != '/') return false;
    findings_.add(
        "HK010", place_, "hooks run in the user's project, where " + std::string(variable) + path + " is not",
        "write \"" + std::string(client::variables::plugin_folder) + "\"" + resolved.path.substr(base.size()));
    return true;
  }

  Location place_;
  bool changed_folder_ = false;
};

}  // namespace

void check_hook_scripts(const Context& context, const Document& document, Findings& findings) {
  const Node* map = hook_map(document);
  if (map == nullptr) return;
  ScriptCheck check(context, document, findings);
  for_each_handler(*map, [&](const Node& handler) { check.check(handler); });
}

// HK012 to HK015: hooks that a skill declares below `metadata`. Their form is read by the same code that runs them;
// here it is also checked that the program can run, or that the command is there.
namespace {

using manifest::SkillHook, manifest::SkillHookFault;

// By the kind of a fault: event, matcher, missing, shell, outside.
constexpr letters::Names<SkillHookFault::Kind::outside> rules_of_faults("HK012", "HK012", "HK013", "HK015", "HK014");

bool is_callable(const Context& context, const std::string& name) {
  return std::ranges::any_of(context.registry.candidates(name),
                             [&](ManifestId id) { return context.registry[id].kind != Kind::agent; });
}

void check_program(const Context& context, const Document& document, const SkillHook& hook, const Location& at,
                   Findings& findings) {
  const ManifestView manifest = *document.manifest();
  if (manifest.kind != Kind::skill || files::file_name(manifest.path) != "SKILL.md") {
    findings.add("HK014", at, "only a skill with a folder of its own can bring programs",
                 "move it to skills/NAME/SKILL.md");
    return;
  }
  const std::string path = files::join(files::parent(manifest.path), hook.words.front());
  const std::string shown = unicode::displayable(path);
  const PathState state = context.tree.state(path);
  if (state == PathState::file) {
    findings.add("HK013", at, shown + " is not executable", "chmod +x " + unicode::displayable(hook.words.front()));
  } else if (state != PathState::executable) {
    findings.add("HK013", at, "there is no program " + shown, "a file of the skill's folder");
  } else if (const auto text = context.tree.read(path); text && !says_what_runs_it(*text)) {
    findings.add("HK013", at, shown + " has no #! line", "begin it with #!/bin/sh or another interpreter");
  }
}

}  // namespace

void check_skill_hooks(const Context& context, const Document& document, Findings& findings) {
  if (!document.manifest()) return;
  const Node* value = document.metadata(manifest::hooks_key.substr(manifest::hooks_key.find('.') + 1));
  if (!is_text(value)) return;
  const std::string_view text = value->text;
  const manifest::SkillHooks read = manifest::read_skill_hooks(text);
  for (const SkillHookFault& fault : read.faults)
    findings.add(rules_of_faults.of(fault.kind),
                 document.at_part(*value, text.substr(fault.offset, fault.entry.size())),
                 unicode::displayable(fault.message), fault.help);
  for (const SkillHook& hook : read.hooks) {
    const Location at = document.at_part(*value, text.substr(hook.offset, hook.length));
    if (hook.runs())
      check_program(context, document, hook, at, findings);
    else if (!is_callable(context, hook.command))
      findings.add("HK013", at, "there is no command /" + unicode::displayable(hook.command),
                   "a command that is there");
  }
}

}  // namespace cascade::validation
