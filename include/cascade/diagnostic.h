// What is wrong in a user's manifests: always with a place, a rule and a next step.
#ifndef CASCADE_DIAGNOSTIC_H
#define CASCADE_DIAGNOSTIC_H

#include <cascade/result.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cascade CASCADE_EXPORT {

enum class Severity : std::uint8_t { off, info, warning, error };

// Lines and columns count from 1, columns in code points; line 0 means the whole file, column 0 the whole line.
// `path` is relative to its root, with `/`; another root than the first is named before it ("user:skills/x/SKILL.md").
struct Location {
  std::string path;
  std::uint32_t line = 0, column = 0, end_line = 0, end_column = 0;
};

// Another place that belongs to a finding, and why.
struct Related {
  Location at;
  std::string message;
};

// Replaces `length` bytes at byte `offset` of `path` by `text`.
struct Edit {
  std::string path;
  std::uint64_t offset = 0, length = 0;
  std::string text;
};

// `safe`: the meaning that the client reads stays the same, or the file becomes loadable.
struct Fix {
  bool safe = false;
  std::vector<Edit> edits;
};

// `rule` is an id of rules() in validate.h ("RF001"). `fingerprint` identifies the offending text independent of its
// line.
struct Diagnostic {
  Severity severity = Severity::warning;
  std::string rule;
  Location at;
  std::string message, help, fingerprint;
  std::vector<Related> related;
  std::optional<Fix> fix;
};

// `rule` is an id ("FM007"), a slug ("field-unknown") or a family ("FM"); later settings win.
struct RuleSetting {
  std::string rule;
  Severity severity = Severity::warning;
};

// Findings of `rules` (empty: all) in files that match the glob `path` are dropped.
struct Ignore {
  std::string path;
  std::vector<std::string> rules;
  std::string reason;
};

// Sizes in characters (listing_budget) and o200k tokens (bundle_budget).
struct RuleLimits {
  std::uint32_t listing_budget = 8000, bundle_budget = 20000, max_agents_per_skill = 3, max_depth = 6;
};

// Names that the tree under test cannot show but that exist for its users.
struct Known {
  std::vector<std::string> tools, mcp_servers, models, agents;
};

// What a configuration says of the rules (docs/formats/cascade-yaml.md). `profile`: a name that parse_profile() of
// validate.h knows. `fail_on`: the least severity for which a run of the validator fails.
struct RulePolicy {
  std::string profile = "claude-code";
  Severity fail_on = Severity::warning;
  std::vector<RuleSetting> rules;
  std::vector<Ignore> ignore;
  RuleLimits limits;
  Known known;
};

// The order of every list of findings: path, line, column, rule, message.
bool operator<(const Diagnostic& a, const Diagnostic& b);

std::string_view to_string(Severity severity) noexcept;                  // "off", "info", "warning", "error"
std::optional<Severity> parse_severity(std::string_view text) noexcept;  // the inverse

}  // namespace cascade

#endif  // CASCADE_DIAGNOSTIC_H
