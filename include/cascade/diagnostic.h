// Faults in a user's manifests, each with a place, a rule and a next step.
#ifndef CASCADE_DIAGNOSTIC_H
#define CASCADE_DIAGNOSTIC_H

#include <cascade/result.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cascade CASCADE_EXPORT {

// Ordered from the mildest to the worst; `off` means that the rule does not run.
enum class Severity : std::uint8_t { off, info, warning, error };

// A range of text in a user's file.
struct Location {
  // Relative to its root, with '/'. A root other than the first is named before it: "user:skills/x/SKILL.md".
  std::string path;
  // First and last line, counted from 1. 0: the whole file.
  // The columns count code points from 1; `end_column` is one past the end. 0: the whole line.
  std::uint32_t line = 0, column = 0, end_line = 0, end_column = 0;
};

// Another place that a finding is about, such as the other half of a duplicate.
struct Related {
  Location at;
  // Why this place matters: lower case, no full stop.
  std::string message;
};

// One replacement in a file.
struct Edit {
  // See Location::path.
  std::string path;
  // The bytes to replace. A length of 0 inserts.
  std::uint64_t offset = 0, length = 0;
  // The replacement. Empty: the bytes are deleted.
  std::string text;
};

struct Fix {
  // True if the client reads the same meaning afterwards, or could not load the file before. Only such fixes are
  // applied without a request by name.
  bool safe = false;
  // They do not overlap and are applied together or not at all.
  std::vector<Edit> edits;
};

// One finding.
struct Diagnostic {
  Severity severity = Severity::warning;
  // The id of a rule in rules() of validate.h: "RF001".
  std::string rule;
  Location at;
  // `message`: the fault, and what to do about it; lower case, no full stop. `help` may be empty. `fingerprint`
  // identifies the offending text wherever it moves within its file; baselines compare it.
  std::string message, help, fingerprint;
  std::vector<Related> related;
  // Empty if a person must decide.
  std::optional<Fix> fix;
};

// Changes the severity of one rule, or of a family of rules.
struct RuleSetting {
  // An id ("FM007"), a slug ("field-unknown") or a family ("FM"). If two settings name a rule, the later one wins.
  std::string rule;
  Severity severity = Severity::warning;
};

// Drops findings in some files.
struct Ignore {
  // A glob, matched against Location::path.
  std::string path;
  // Ids of rules. Empty: every rule.
  std::vector<std::string> rules;
  // The reason, for people.
  std::string reason;
};

// The limits that some rules check.
struct RuleLimits {
  // The most characters in the client's own listing of skills.
  std::uint32_t listing_budget = 8000;
  // The most o200k tokens in a skill with everything that it calls.
  std::uint32_t bundle_budget = 20000;
  // The most agents that one skill may call.
  std::uint32_t max_agents_per_skill = 3;
  // The most links on the longest path from a skill.
  std::uint32_t max_depth = 6;
};

// Names that exist for a library's users although its files do not show them.
struct Known {
  std::vector<std::string> tools, mcp_servers, models, agents, tiers;  // rules do not report these as unknown
};

// The part of a configuration about rules (docs/formats/cascade-yaml.md).
struct RulePolicy {
  // A name that parse_profile() of validate.h knows.
  std::string profile = "claude-code";
  // Findings of this or a worse severity make a run of the validator fail.
  Severity fail_on = Severity::warning;
  // Applied in this order.
  std::vector<RuleSetting> rules;
  std::vector<Ignore> ignore;
  RuleLimits limits;
  Known known;
};

// Orders every list of findings: by path, line, column, rule, message.
bool operator<(const Diagnostic& a, const Diagnostic& b);

std::string_view to_string(Severity severity) noexcept;                  // "off", "info", "warning", "error"
std::optional<Severity> parse_severity(std::string_view text) noexcept;  // the inverse of to_string()

}  // namespace cascade

#endif  // CASCADE_DIAGNOSTIC_H
