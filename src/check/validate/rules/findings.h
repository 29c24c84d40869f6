// Collects the findings of rules in one file, or in the tree.
#pragma once

#include <cascade/validate.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "manifest/fields.h"
#include "validate/reading/document.h"
#include "validate/reading/plugins.h"

namespace cascade::validation {

// A row of rules.tsv; its severities are those of the profiles.
struct RuleRow {
  std::string_view id, slug;
  Severity standard, client, cascade, install;
  FixKind fix;
  std::string_view condition, reason, bad, good;
};

Span<RuleInfo> rule_table() noexcept;

// Reserved ids of rules that are not checked yet: configurations may already name them.
bool is_planned(std::string_view id) noexcept;

// A rule's number in rule_table().
std::optional<std::size_t> rule_number(std::string_view id) noexcept;

// True when `name` (an id, a slug or a family) means the rule.
bool names_rule(std::string_view name, const RuleInfo& rule) noexcept;

// A profile decides which rules run. A setting for a rule's id or slug turns it on or off and fixes its severity; one
// for a family only affects rules that run. Later settings win.
class Switches {
 public:
  explicit Switches(const RulePolicy& policy);

  Profile profile() const noexcept { return profile_; }
  bool runs(std::string_view rule) const noexcept;
  // The severity of a finding: the setting, else `situation` (if the rule distinguishes cases), else the profile's.
  Severity severity(std::string_view rule, std::optional<Severity> situation) const noexcept;

 private:
  struct State {
    Severity severity = Severity::off;
    bool set = false;
  };
  Profile profile_;
  std::vector<State> states_;
};

// How TL011 begins about a tool that older agents list: file after file has it.
inline constexpr std::string_view no_longer_has = "the client no longer has ";

// A file full of one fault must not fill memory or the reader's screen; nor is it searched to its end for more.
constexpr std::uint32_t findings_of_a_rule_in_a_file = 50, most_looked_for = 1000;

// The switches must outlive it.
class Findings {
 public:
  // `limit`: findings of one rule that are kept; 0: all.
  explicit Findings(const Switches& switches, std::uint32_t limit = findings_of_a_rule_in_a_file);

  bool runs(std::string_view rule) const noexcept { return switches_.runs(rule); }
  Profile profile() const noexcept { return switches_.profile(); }

  // Returns the finding, for adding help or related places; valid until the next call. Findings of a rule that is off,
  // or above its limit, are discarded.
  Diagnostic& add(std::string_view rule, Location at, std::string message, std::string help = {});
  Diagnostic& add(std::string_view rule, std::optional<Severity> situation, Location at, std::string message,
                  std::string help = {});

  // As which this rule's findings count here, where no situation makes them less.
  Severity severity(std::string_view rule) const noexcept { return switches_.severity(rule, std::nullopt); }

  // Whether the rule has found so many, as grave as it knows, that looking for more tells nobody anything.
  bool has_enough(std::string_view rule) const noexcept;

  // Returns the findings, with a note if a limit was reached.
  std::vector<Diagnostic> take();

 private:
  struct Count {
    std::uint32_t found = 0, kept = 0;
    std::size_t last = 0;  // index of the last one kept
    Severity worst = Severity::off;
  };
  const Switches& switches_;
  std::uint32_t limit_;
  std::vector<Count> counts_;
  std::vector<Diagnostic> found_;
  Diagnostic dropped_;
};

// Shared between threads; nothing in it changes while rules run.
struct Context {
  const ValidateRequest& request;
  const Registry& registry;
  const FileTree& tree;
  const TreeFacts& facts;
  const Layout& layout;

  const RulePolicy& policy() const noexcept { return request.policy; }
};

// The base of a check with a state of its own: what it reads, and where its findings go.
class FileJudge {
 public:
  FileJudge(const Context& context, const Document& document, Findings& findings)
      : context_(context), document_(document), findings_(findings) {}

 protected:
  const Context& context_;
  const Document& document_;
  Findings& findings_;
};

// Facts about each manifest for the rules about the whole tree: small, so that no text must stay in memory.
struct ManifestFacts {
  ManifestId id{};
  Role role = Role::skill;
  std::string_view base;           // of its place
  std::string description, alias;  // alias: a skill's declared name, if it differs from its folder's
  std::size_t listed = 0;          // characters in the client's listing
  bool for_model = true, for_user = true, in_plugin = false;
  Location name_at, description_at, closed_at;  // closed_at: the field that closes it to the model
  bool names_itself = false;
  Location itself_at;
  // Lines that are not blank: hash and number. Only if a rule compares bodies.
  std::vector<std::uint64_t> line_hashes;
  std::vector<std::uint32_t> line_numbers;
};

ManifestFacts facts_of(const Document& document, bool with_lines);

// Whether a manifest was written for another program than the client.

// No tool of the client, and one at least that is no other spelling of such a tool.
bool lists_other_tools(const Document& document, const syntax::Node& tools);

// An agent that lists tools of which the client has none, and has two or more keys that the client does not know, one
// where two of its tools are unlike any of the client's, or a name such as x.agent.md. One sign alone is a mistake:
// tools by wrong names, or keys that somebody made up. O(fields).
bool is_for_another_client(const Document& document);

// x.agent.md: agents that another program reads, too. Keys of that program have no effect here and harm nobody.
bool is_named_for_another_client(const Document& document);

// A list of tools for several programs: the client's, and beside them two of other programs ("ask_user"). A name that
// differs from one of the client's by its case only ("read") counts where that one is listed, too, which nobody does by
// mistake.
// O(entries of the list squared), 64 at most.
bool lists_tools_for_several(const Document& document, const syntax::Node& tools);

// A manifest with such a list. Keys that mean nothing here are meant for the other program. O(fields).
bool is_written_for_several(const Document& document);

// Whether the name is neither another program's nor unlike all of the client's.
bool is_misspelt(std::string_view tool);

// The keys that hold lists of tools.
constexpr std::string_view tool_fields[] = {"tools", "allowed-tools", "disallowedTools", "disallowed-tools"};

Location at_item(const Document& document, const manifest::Item& item);

// A key of a file that a client adds to its instructions by itself.
struct InstructionKey {
  std::string_view files, client, key, forms;
};
bool is_instruction_file(std::string_view path);  // a rule, a style or the like, or a client's memory
std::span<const InstructionKey> instruction_keys() noexcept;

// Whether a file belongs to a manifest about making plugins, skills and hooks: its own, or that of its skill.
bool is_about_authoring(const Context& context, const Document& document);

}  // namespace cascade::validation
