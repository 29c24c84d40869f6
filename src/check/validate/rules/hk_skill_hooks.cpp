// HK012 to HK015: hooks that a skill declares below `metadata`. Their form is read by the same code that runs them;
// here it is also checked that the program can run, or that the command is there.
#include <algorithm>

#include "files/paths.h"
#include "manifest/skill_hooks.h"
#include "unicode/utf8.h"
#include "validate/rules/checks.h"

namespace cascade::validation {
namespace {

using manifest::SkillHook;
using manifest::SkillHookFault;

std::string_view rule_of(SkillHookFault::Kind kind) {
  switch (kind) {
    case SkillHookFault::Kind::event:
    case SkillHookFault::Kind::matcher: return "HK012";
    case SkillHookFault::Kind::missing: return "HK013";
    case SkillHookFault::Kind::shell: return "HK015";
    case SkillHookFault::Kind::outside: return "HK014";
  }
  return "HK013";
}

// The value of the key below `metadata`; null: there is none, or it is not text.
const syntax::Node* declared(const Document& document) {
  const syntax::Node* metadata = document.field("metadata");
  if (metadata == nullptr || metadata->kind != syntax::NodeKind::map) return nullptr;
  const syntax::Node* value = metadata->find(manifest::hooks_key.substr(manifest::hooks_key.find('.') + 1));
  return value != nullptr && value->kind == syntax::NodeKind::string ? value : nullptr;
}

bool is_callable(const Context& context, const std::string& name) {
  const std::vector<ManifestId> found = context.registry.candidates(name);
  return std::any_of(found.begin(), found.end(),
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
  } else if (const auto text = context.tree.read(path);
             text && text->substr(0, 2) != "#!" && text->find('\0') == std::string::npos) {
    findings.add("HK013", at, shown + " has no #! line", "begin it with #!/bin/sh or another interpreter");
  }
}

}  // namespace

void check_skill_hooks(const Context& context, const Document& document, Findings& findings) {
  if (!document.manifest()) return;
  const syntax::Node* value = declared(document);
  if (value == nullptr) return;
  const std::string_view text = value->text;
  const manifest::SkillHooks read = manifest::read_skill_hooks(text);
  for (const SkillHookFault& fault : read.faults)
    findings.add(rule_of(fault.kind), document.at_part(*value, text.substr(fault.offset, fault.entry.size())),
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
