// Checks manifests against rules and reports every fault at its place. The findings of parsing and binding are
// included.
#ifndef CASCADE_VALIDATE_H
#define CASCADE_VALIDATE_H

#include <cascade/diagnostic.h>
#include <cascade/registry.h>

#include <array>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cascade CASCADE_EXPORT {

// The set of rules that a library is checked against.
enum class Profile : std::uint8_t {
  agent_skills,  // the open standard alone
  claude_code,   // what the client loads, and what it silently drops
  cascade,       // what a library needs to be served by Cascade
  install        // what a stranger's skill does to the machine beyond what it promises
};
std::string_view to_string(Profile profile) noexcept;                  // "agent-skills" ...
std::optional<Profile> parse_profile(std::string_view text) noexcept;  // the inverse of to_string()

// How a rule's findings are fixed: by a person, by a fix that keeps the meaning or makes the file loadable, or by one
// that may change the meaning.
enum class FixKind : std::uint8_t { none, safe, unsafe };
std::string_view to_string(FixKind fix) noexcept;

// One rule. All texts are static.
struct RuleInfo {
  // Such as "FM007" and "field-unknown".
  std::string_view id, slug;
  // Indexed by Profile. off: the rule does not run there.
  std::array<Severity, 4> by_profile{};
  FixKind fix = FixKind::none;
  // When it fires, why that matters, a wrong example, and the same example corrected.
  std::string_view condition, reason, bad, good;

  Severity severity(Profile profile) const noexcept { return by_profile[static_cast<std::size_t>(profile)]; }
};

// Every rule that a finding may carry, by id.
Span<RuleInfo> rules();
const RuleInfo* find_rule(std::string_view id_or_slug) noexcept;  // null if there is no such rule
// Whether a configuration may use this name: an id, a slug, a family ("FM"), or a rule that is listed but not checked
// yet.
bool is_rule_name(std::string_view name) noexcept;

// The kind of thing at a path. outside: the path leaves the root, by itself or through a link.
enum class PathState : std::uint8_t { missing, file, executable, folder, outside };

// Findings of earlier runs. Internal to the program: users of the library leave it out.
class FindingsCache;

// The tree to check, and the functions that read it.
struct ValidateRequest {
  RulePolicy policy;  // the profile, severities, limits, known names, and what is ignored
  // Every file of the tree, sorted, written as in Location. Links are not followed.
  std::vector<std::string> files;
  // Reads the whole of one of `files`. Must be set. A file that it cannot read is not checked.
  std::function<Result<std::string>(const std::string& path)> read;
  // Looks at any path, whether it is one of `files` or not. Empty: only `files` and their folders exist.
  std::function<PathState(const std::string& path)> look;
  // Calls work(0) to work(count - 1) in any order and possibly from several threads; `read` and `look` must allow that.
  // Empty: one after the other.
  std::function<void(std::size_t count, const std::function<void(std::size_t index)>& work)> each;
  // Files that have not changed, and depend only on unchanged files, are not checked again. Empty: all files are
  // checked.
  std::shared_ptr<FindingsCache> cache;
  // Findings from listing the tree: links that leave it, folders that are too deep.
  std::vector<Diagnostic> known;
  // Which files are meant: the others are read with them and not counted. Empty: all.
  std::function<bool(std::string_view path)> meant;
};

// How many files were checked, so that users can see that theirs were. `documents` (README.md next to manifests) are
// included in the manifests, as a registry counts them. `instructions`: memory, rules, styles.
struct Checked {
  std::size_t skills = 0, agents = 0, commands = 0, documents = 0, hooks = 0, plugins = 0, files = 0, instructions = 0;
  std::size_t components() const noexcept { return skills + agents + commands + hooks + plugins + instructions; }
};

struct Validation {
  // Sorted, with the policy's severities.
  std::vector<Diagnostic> found;
  // The number of findings that were dropped by the configuration or by a comment in the file.
  std::size_t suppressed = 0;
  Checked checked;
};

// Runs every rule. The result does not depend on the order of threads. A rule reports at most 50 findings in one file;
// the last of them says that there are more.
Validation validate(const Registry& registry, const ValidateRequest& request);

// Drops what the policy ignores, sets severities, and sorts by path, line, column, rule, message.
std::vector<Diagnostic> apply(const RulePolicy& policy, std::vector<Diagnostic> found);

}  // namespace cascade

#endif  // CASCADE_VALIDATE_H
