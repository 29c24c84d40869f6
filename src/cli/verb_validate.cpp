#include <cascade/validate.h>

#include "cli/call.h"
#include "cli/validated_paths.h"
#include "files/tree.h"
#include "render/findings.h"

namespace cascade::cli {
namespace {

struct ValidateOptions {
  std::vector<std::string> paths;
  std::string fail_on;
  bool allow_empty = false;
};

Result<Workspace> open_validated(Call& call, const ValidatedPaths& paths) {
  WorkspaceOptions options = call.workspace_options();
  options.default_roots = false;
  options.roots.clear();
  for (const std::string& root : paths.roots) options.roots.push_back({root, Scope::project});
  options.directory = paths.roots.front();  // its cascade.yaml, not that of the folder one happens to stand in
  return call.open(std::move(options));
}

rendering::FindingsContext make_context(const Workspace& workspace, const Registry& registry,
                                        const ValidatedPaths& paths) {
  rendering::FindingsContext context;
  context.version = CASCADE_VERSION;
  context.profile = workspace.rule_policy().profile;
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestView manifest = registry[ManifestId{i}];
    if (!paths.contains(manifest.path)) continue;
    context.skills += manifest.kind == Kind::skill ? 1 : 0;
    context.agents += manifest.kind == Kind::agent ? 1 : 0;
    context.commands += manifest.kind == Kind::command ? 1 : 0;
  }
  context.read = [&workspace](const std::string& path) { return workspace.read_file(path); };
  return context;
}

std::vector<Diagnostic> find_faults(const Workspace& workspace, const Registry& registry, const ValidatedPaths& paths) {
  ValidateRequest request;
  request.policy = workspace.rule_policy();
  request.read = [&workspace](std::string_view path) { return workspace.read_file(path); };
  std::vector<Diagnostic> found;
  for (std::vector<Diagnostic> part : {validate(registry, request), workspace.problems()})
    for (Diagnostic& finding : part)
      if (paths.contains(finding.at.path)) found.push_back(std::move(finding));
  return found;
}

bool reaches(const std::vector<Diagnostic>& found, Severity least) {
  for (const Diagnostic& finding : found)
    if (finding.severity >= least) return true;
  return false;
}

Exit report(Call& call, const Workspace& workspace, const ValidatedPaths& paths, const ValidateOptions& options,
            Severity fail_on, Format format) {
  const Registry registry = workspace.registry();
  rendering::FindingsContext context = make_context(workspace, registry, paths);
  std::vector<Diagnostic> found = find_faults(workspace, registry, paths);
  const std::size_t before = found.size();
  found = apply(workspace.rule_policy(), std::move(found));
  context.suppressed = before - found.size();
  const auto text = rendering::findings(found, context, format, rendering::Paint(call.console().colour()));
  if (!text) return call.console().fail(text.error());
  call.console().print(*text);
  const bool empty = context.skills + context.agents + context.commands == 0;
  if (empty && !options.allow_empty && found.empty()) {
    call.console().complain(
        "nothing to validate was found\n  help: name a folder with skills/, agents/ or commands/, "
        "or allow it with --allow-empty");
    return Exit::failed;
  }
  return reaches(found, fail_on) ? Exit::no : Exit::yes;
}

}  // namespace

Exit run_validate(Call& call) {
  ValidateOptions options;
  Arguments arguments("validate");
  arguments.text("--fail-on", options.fail_on);
  arguments.flag("--allow-empty", options.allow_empty);
  arguments.words("PATH", options.paths, 0, 100'000);
  bool stop = false;
  if (auto parsed = call.parse(arguments, stop); !parsed) return call.console().fail(parsed.error());
  if (stop) return Exit::yes;
  const auto given = parse_severity(options.fail_on);
  if (!options.fail_on.empty() && (!given || *given == Severity::off))
    return call.console().fail(
        {ErrorCode::misuse, "unknown severity '" + options.fail_on + "'", {}, "one of info, warning, error"});
  const bool annotate = call.environment().on_github && !call.options().format;
  const auto format =
      annotate ? Result<Format>(Format::github) : call.format({Format::text, Format::json, Format::github});
  if (!format) return call.console().fail(format.error());
  std::vector<std::string> given_paths = options.paths.empty() ? call.options().roots : options.paths;
  if (given_paths.empty()) given_paths = {"."};
  const auto paths = validated_paths(files::DiskTree(), given_paths);
  if (!paths) return call.console().fail(paths.error());
  auto workspace = open_validated(call, *paths);
  if (!workspace) return call.console().fail(workspace.error());
  const Severity fail_on = given.value_or(workspace->rule_policy().fail_on);
  return report(call, *workspace, *paths, options, fail_on, *format);
}

}  // namespace cascade::cli
