// cascade_validate.
#include <cascade/validate.h>

#include <algorithm>

#include "c/handle.h"
#include "c/task.h"
#include "render/findings.h"

namespace cascade::c {
namespace {

// The workspace of one root alone, read without an index: what is checked must not depend on what was indexed. Token
// counts matter to one profile only; the others do with the estimate.
Result<Workspace> open_root(const cascade_workspace& handle, const std::string& root, const std::string& profile) {
  WorkspaceOptions options = handle.options;
  options.default_roots = false;
  options.roots = {{root, Scope::project}};
  options.directory = root;
  options.cache_directory.clear();
  const std::string vocabulary = std::exchange(options.vocabulary_path, {});
  auto workspace = Workspace::open(options);
  if (!workspace) return workspace;
  if ((profile.empty() ? workspace->rule_policy().profile : profile) != to_string(Profile::cascade)) return workspace;
  options.vocabulary_path = vocabulary;
  return Workspace::open(std::move(options));
}

// One root, looked at. `prefix` stands before its paths when there are several.
struct Checkup {
  std::string prefix;
  TreeFiles files;
  Validation validation;
  RulePolicy policy;
};

Result<Checkup> look_at(const cascade_workspace& handle, const std::string& root, const std::string& profile) {
  const auto workspace = open_root(handle, root, profile);
  if (!workspace) return workspace.error();
  auto listed = TreeFiles::list(root, handle.options.threads);
  if (!listed) return listed.error();
  Checkup checkup{{}, *std::move(listed), {}, workspace->rule_policy()};
  const TreeFiles& files = checkup.files;
  if (!profile.empty()) checkup.policy.profile = profile;
  ValidateRequest request;
  request.policy = checkup.policy;
  request.files = files.files();
  const Registry registry = workspace->registry();  // a manifest may be read through a link
  for (std::uint32_t i = 0; i < registry.size(); ++i) request.files.emplace_back(registry[ManifestId{i}].path);
  request.read = [&files](const std::string& path) { return files.read(path); };
  request.look = [&files](const std::string& path) { return files.look(path); };
  request.each = [&files](std::size_t count, const std::function<void(std::size_t)>& work) {
    files.for_each(count, work);
  };
  request.known = workspace->problems();
  request.known.insert(request.known.end(), files.problems().begin(), files.problems().end());
  checkup.validation = validate(registry, request);
  return checkup;
}

// All roots' findings as those of one tree.
Validation merged(std::vector<Checkup>& checkups) {
  Validation all;
  for (Checkup& one : checkups) {
    for (Diagnostic& finding : one.validation.found) {
      finding.at.path = one.prefix + finding.at.path;
      for (Related& other : finding.related) other.at.path = one.prefix + other.at.path;
      all.found.push_back(std::move(finding));
    }
    const Checked& checked = one.validation.checked;
    all.suppressed += one.validation.suppressed;
    all.checked.skills += checked.skills;
    all.checked.agents += checked.agents;
    all.checked.commands += checked.commands;
    all.checked.hooks += checked.hooks;
    all.checked.plugins += checked.plugins;
    all.checked.files += checked.files;
  }
  std::sort(all.found.begin(), all.found.end());
  return all;
}

Result<Answer> validate_roots(cascade_workspace& handle, Request& request) {
  const std::string profile = request.text("profile").value_or("");
  if (!profile.empty() && !parse_profile(profile)) request.fail("profile", "one of agent-skills, claude-code, cascade");
  const Format wanted = format(request, {Format::json, Format::text, Format::github});
  if (auto done = request.finish(); !done) return done.error();
  std::vector<Checkup> checkups;
  const std::vector<Root>& roots = handle.workspace.roots();
  for (const Root& root : roots) {
    auto checkup = look_at(handle, root.path, profile);
    if (!checkup) return checkup.error();
    checkups.push_back(*std::move(checkup));
    if (roots.size() > 1) checkups.back().prefix = root.path + "/";
  }
  if (checkups.empty()) return Error{ErrorCode::not_found, "there is no root to validate", {}, {}};
  const Validation all = merged(checkups);
  const RulePolicy& policy = checkups.back().policy;
  rendering::FindingsContext context;
  context.version = cascade_version();
  context.profile = policy.profile;
  context.checked = all.checked;
  context.suppressed = all.suppressed;
  context.read = [&](const std::string& path) -> Result<std::string> {
    for (const Checkup& one : checkups)
      if (path.compare(0, one.prefix.size(), one.prefix) == 0) return one.files.read(path.substr(one.prefix.size()));
    return Error{ErrorCode::not_found, "no such file", path, {}};
  };
  auto text = rendering::findings(all.found, context, wanted, rendering::Paint());
  if (!text) return text.error();
  const bool clean = std::none_of(all.found.begin(), all.found.end(),
                                  [&](const Diagnostic& finding) { return finding.severity >= policy.fail_on; });
  return Answer{*std::move(text), clean};
}

}  // namespace
}  // namespace cascade::c

cascade_code cascade_validate(cascade_workspace* workspace, const char* request, char** answer) {
  return cascade::c::answered_by(workspace, request, answer, cascade::c::validate_roots);
}
