// Every fault at its place. Rules judge; what parsing and binding found is one of their sources.
#ifndef CASCADE_VALIDATE_H
#define CASCADE_VALIDATE_H

#include <cascade/diagnostic.h>
#include <cascade/registry.h>

#include <array>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cascade CASCADE_EXPORT {

// agent_skills: the open standard alone. claude_code: what the client loads, and what it drops in silence. cascade: for
// collections that the resolver serves.
enum class Profile : std::uint8_t { agent_skills, claude_code, cascade };
std::string_view to_string(Profile profile) noexcept;                  // "agent-skills" ...
std::optional<Profile> parse_profile(std::string_view text) noexcept;  // the inverse

// safe: the meaning that the client reads stays, or the file becomes loadable. none: for a person to mend.
enum class FixKind : std::uint8_t { none, safe, unsafe };
std::string_view to_string(FixKind fix) noexcept;

// One rule: when it fires (`condition`), why that matters, what is wrong and what is right.
struct RuleInfo {
  std::string_view id, slug;
  std::array<Severity, 3> by_profile{};  // off: does not run there
  FixKind fix = FixKind::none;
  std::string_view condition, reason, bad, good;

  Severity severity(Profile profile) const noexcept { return by_profile[static_cast<std::size_t>(profile)]; }
};

// By id: the rules that findings may carry.
Span<RuleInfo> rules();
const RuleInfo* find_rule(std::string_view id_or_slug) noexcept;  // null when there is none
// What a configuration may name: an id, a slug, a family ("FM"), or a rule of the catalogue that is not checked yet.
bool is_rule_name(std::string_view name) noexcept;

// What is at a path. outside: it leaves the root, by itself or through a link.
enum class PathState : std::uint8_t { missing, file, executable, folder, outside };

// The tree under test. `files`: every file of it, sorted, as in Location; links are not followed. `read`: any of them,
// whole. `look`: any path, also one that was not listed. `each`: calls `work(0)` to `work(count - 1)` in any order and
// from several threads (empty: one after the other); the other two must then bear it.
struct ValidateRequest {
  RulePolicy policy;
  std::vector<std::string> files;
  std::function<Result<std::string>(const std::string& path)> read;
  std::function<PathState(const std::string& path)> look;
  std::function<void(std::size_t count, const std::function<void(std::size_t index)>& work)> each;
  std::vector<Diagnostic> known;  // what reading the tree has found: links that leave it, folders that are too deep
};

// How much was looked at: the answer to "did it see my files at all".
struct Checked {
  std::size_t skills = 0, agents = 0, commands = 0, hooks = 0, plugins = 0, files = 0;
  std::size_t components() const noexcept { return skills + agents + commands + hooks + plugins; }
};

// `found` is sorted and as the policy wants it. `suppressed`: dropped by the configuration or by a comment in the file.
struct Validation {
  std::vector<Diagnostic> found;
  std::size_t suppressed = 0;
  Checked checked;
};

// Deterministic, whatever the order of threads. At most 50 findings of one rule in one file; the last says so.
Validation validate(const Registry& registry, const ValidateRequest& request);

// Drops what the policy ignores, sets severities, sorts by path, line, column, rule, message. Deterministic.
std::vector<Diagnostic> apply(const RulePolicy& policy, std::vector<Diagnostic> found);

}  // namespace cascade

#endif  // CASCADE_VALIDATE_H
