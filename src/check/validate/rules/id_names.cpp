// Checks the names of skills, agents and commands: their form and length, the folder or file that should have the same
// one, reserved words, and the client's own commands and agents. A name that spells its folder otherwise is one fault
// of form, not also a mismatch.
#include "client/built_in.h"
#include "files/paths.h"
#include "text/ascii.h"
#include "text/hyphenated.h"
#include "text/letter_case.h"
#include "unicode/utf8.h"
#include "validate/reading/json_values.h"
#include "validate/reading/normal_form.h"
#include "validate/rules/checks.h"
#include "validate/rules/other_client.h"

namespace cascade::validation {
namespace {

using syntax::Node;

constexpr std::size_t longest_name = 64;

bool has_word(std::string_view name, std::string_view word) {
  for (std::size_t begin = 0; begin <= name.size();) {
    const std::size_t end = std::min(name.find('-', begin), name.size());
    if (letters::equals_lower(name.substr(begin, end - begin), word)) return true;
    begin = end + 1;
  }
  return false;
}

// Whether `name` is `folder` written as a title or as a path ("Core Part" and "kit/core-part" in core-part): one fault,
// not also a mismatch.
bool spells(std::string_view name, std::string_view folder) {
  return name != folder && (letters::hyphenated(name.substr(name.find_last_of("/:") + 1)) == folder ||
                            letters::hyphenated(name) == folder);
}

// Folders named for the sort of thing in them, from which a skill is copied to a folder of its own name.
bool is_storage(std::string_view folder) {
  for (const std::string_view name :
       {"assets", "content", "dist", "doc", "docs", "lib", "resources", "skill", "src", "template", "templates"})
    if (folder == name) return true;
  return false;
}

// Whether the name holds punctuation, white space or pictures of any script, which are neither letters nor digits.
bool has_sign(std::string_view name) {
  for (std::size_t at = 0; at < name.size();) {
    const unicode::Decoded decoded = unicode::decode(name, at);
    const char32_t c = decoded.code_point;
    const bool is_joiner = c == 0x200C || c == 0x200D;  // parts of words in some scripts
    const bool is_sign = (c >= 0x80 && c <= 0xBF && c != 0xAA && c != 0xB5 && c != 0xBA) || c == 0xD7 || c == 0xF7 ||
                         (c >= 0x2000 && c <= 0x206F && !is_joiner) || (c >= 0x2190 && c <= 0x2BFF) ||
                         (c >= 0x3000 && c <= 0x3004) || (c >= 0x3008 && c <= 0x3020) || c == 0x30FB ||
                         (c >= 0xE000 && c <= 0xF8FF) || (c >= 0xFE10 && c <= 0xFE6F) || (c >= 0xFF01 && c <= 0xFF0F) ||
                         (c >= 0xFF1A && c <= 0xFF20) || (c >= 0x1F000 && c <= 0x1FAFF) || !decoded.valid;
    if (is_sign) return true;
    at += decoded.length;
  }
  return false;
}

class NameCheck {
 public:
  NameCheck(const Context& context, const Document& document, Findings& findings)
      : context_(context), document_(document), findings_(findings) {}

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
      shadows_command(folder.empty() ? name : std::string(folder));
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
    shadows_command(std::string(document_.manifest()->name));
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
    const std::string_view called = document_.manifest()->name;
    return called.substr(called.rfind(':') + 1) == name;
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

  void shadows_command(const std::string& name) { shadows("a command", "/" + name); }

  // In a plugin both can be called, the plugin's with its prefix: only who leaves that out gets the client's.
  void shadows(const std::string& what, const std::string& name) {
    const bool prefixed = document_.manifest() && !document_.manifest()->plugin.empty();
    if (prefixed)
      findings_.add("ID007", Severity::info, at_,
                    "without the plugin's name " + name + " is " + what + " of the client",
                    "write the plugin's name before it wherever it is called");
    else
      findings_.add("ID007", at_, name + " is " + what + " of the client", "choose another name");
  }

  const Context& context_;
  const Document& document_;
  Findings& findings_;
  Location at_;
};

}  // namespace

void check_names(const Context& context, const Document& document, Findings& findings) {
  NameCheck check(context, document, findings);
  if (document.role() == Role::skill) check.skill();
  if (document.role() == Role::agent) check.agent();
  if (document.role() == Role::command) check.command();
}

}  // namespace cascade::validation
