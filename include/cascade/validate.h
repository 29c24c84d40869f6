// Judges manifests by rules and reports every fault at its place. What parsing and binding found is one of the rules'
// sources.
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

// What a library is judged by.
enum class Profile : std::uint8_t {
  agent_skills,  // the open standard alone
  claude_code,   // what the client loads, and what it drops without a word
  cascade        // what a library needs that Cascade serves
};
std::string_view to_string(Profile profile) noexcept;                  // "agent-skills" ...
std::optional<Profile> parse_profile(std::string_view text) noexcept;  // the inverse

// How a rule's findings are mended: by a person, by a fix that keeps the meaning or makes the file loadable, or by one
// that may change the meaning.
enum class FixKind : std::uint8_t { none, safe, unsafe };
std::string_view to_string(FixKind fix) noexcept;

// One rule. All texts are static.
struct RuleInfo {
  // "FM007" and "field-unknown".
  std::string_view id, slug;
  // Indexed by Profile. off: it does not run there.
  std::array<Severity, 3> by_profile{};
  FixKind fix = FixKind::none;
  // When it fires, why that matters, an example that is wrong and the same one put right.
  std::string_view condition, reason, bad, good;

  Severity severity(Profile profile) const noexcept { return by_profile[static_cast<std::size_t>(profile)]; }
};

// Every rule that a finding may carry, by id.
Span<RuleInfo> rules();
const RuleInfo* find_rule(std::string_view id_or_slug) noexcept;  // null if there is no such rule
// Whether a configuration may use this name: an id, a slug, a family ("FM"), or a rule that is listed but not checked
// yet.
bool is_rule_name(std::string_view name) noexcept;

// What stands at a path. outside: the path leaves the root, by itself or through a link.
enum class PathState : std::uint8_t { missing, file, executable, folder, outside };

// What judging files has given before. The program's own: a library leaves it out.
class FindingsCache;

// The tree to judge, and how to look at it.
struct ValidateRequest {
  RulePolicy policy;
  // Every file of the tree, sorted, written as in Location. Links are not followed.
  std::vector<std::string> files;
  // Reads one of `files`, whole.
  std::function<Result<std::string>(const std::string& path)> read;
  // Looks at any path, whether it is one of `files` or not.
  std::function<PathState(const std::string& path)> look;
  // Calls work(0) to work(count - 1) in any order and possibly from several threads; `read` and `look` must allow that.
  // Empty: one after the other.
  std::function<void(std::size_t count, const std::function<void(std::size_t index)>& work)> each;
  // Files that are what they were, and depend on nothing that is not, are not judged anew. None: all of them are.
  std::shared_ptr<FindingsCache> cache;
  // What listing the tree has found: links that leave it, folders that are too deep.
  std::vector<Diagnostic> known;
};

// How much was looked at, so that a user can see that his files were. `documents` (README.md beside manifests) are
// among the manifests, as a registry counts them.
struct Checked {
  std::size_t skills = 0, agents = 0, commands = 0, documents = 0, hooks = 0, plugins = 0, files = 0;
  std::size_t components() const noexcept { return skills + agents + commands + hooks + plugins; }
};

struct Validation {
  // Sorted, with the policy's severities.
  std::vector<Diagnostic> found;
  // The number of findings that the configuration or a comment in the file dropped.
  std::size_t suppressed = 0;
  Checked checked;
};

// Runs every rule. The result does not depend on the order of threads. A rule reports at most 50 findings in one file,
// and the last of them says so.
Validation validate(const Registry& registry, const ValidateRequest& request);

// Drops what the policy ignores, sets severities, and sorts by path, line, column, rule, message.
std::vector<Diagnostic> apply(const RulePolicy& policy, std::vector<Diagnostic> found);

}  // namespace cascade

#endif  // CASCADE_VALIDATE_H
