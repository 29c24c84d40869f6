#include <cascade/validate.h>

#include "cli/call.h"
#include "cli/validated_paths.h"
#include "files/paths.h"
#include "files/tree.h"
#include "render/findings.h"
#include "render/rules.h"

#include <algorithm>

namespace cascade::cli {
namespace {

struct ValidateOptions {
  std::vector<std::string> paths;
  std::string fail_on, profile, explain;
  bool allow_empty = false, list_rules = false;
};

// One root with its files. `prefix` stands before its paths when there are several roots.
struct ValidatedRoot {
  std::string prefix;
  TreeFiles files;
};

// Reads without the index: what is checked must not depend on what was indexed. Token counts matter to one profile
// only; the others do with the estimate.
Result<Workspace> open_root(Call& call, const std::string& root, const std::string& profile) {
  WorkspaceOptions options = call.workspace_options();
  options.default_roots = false;
  options.roots = {{root, Scope::project}};
  options.directory = root;  // its cascade.yaml, not that of the folder one happens to stand in
  options.cache_directory.clear();
  const std::string vocabulary = std::exchange(options.vocabulary_path, {});
  auto workspace = call.open(options);
  if (!workspace) return workspace;
  if ((profile.empty() ? workspace->rule_policy().profile : profile) != to_string(Profile::cascade)) return workspace;
  options.vocabulary_path = vocabulary;
  return call.open(std::move(options));
}

class Validated {
 public:
  Validated(Call& call, const ValidateOptions& options, const ValidatedPaths& paths)
      : call_(call), options_(options), paths_(paths) {}

  Result<void> run() {
    for (const std::string& root : paths_.roots)
      if (auto looked = look_at(root); !looked) return looked.error();
    std::sort(all_.found.begin(), all_.found.end());
    return {};
  }

  const Validation& all() const { return all_; }
  Severity fail_on() const { return fail_on_; }

  rendering::FindingsContext context() const {
    rendering::FindingsContext context;
    context.version = CASCADE_VERSION;
    context.profile = profile_;
    context.checked = all_.checked;
    context.suppressed = all_.suppressed;
    context.read = [this](const std::string& path) -> Result<std::string> {
      for (const ValidatedRoot& root : roots_)
        if (path.compare(0, root.prefix.size(), root.prefix) == 0)
          return root.files.read(path.substr(root.prefix.size()));
      return Error{ErrorCode::not_found, "no such file", path, ""};
    };
    return context;
  }

 private:
  Result<void> look_at(const std::string& root) {
    auto workspace = open_root(call_, root, options_.profile);
    if (!workspace) return workspace.error();
    call_.step("open");
    auto files = TreeFiles::list(root);
    if (!files) return files.error();
    roots_.push_back({paths_.roots.size() > 1 ? paths_.shown(root) + "/" : "", std::move(*files)});
    call_.step("list");
    ValidateRequest request = make_request(*workspace, roots_.back().files);
    Validation validation = validate(workspace->registry(), request);
    call_.step("validate");
    profile_ = request.policy.profile;
    fail_on_ = request.policy.fail_on;
    take(std::move(validation), roots_.back().prefix);
    return {};
  }

  ValidateRequest make_request(const Workspace& workspace, const TreeFiles& files) const {
    ValidateRequest request;
    request.policy = workspace.rule_policy();
    if (!options_.profile.empty()) request.policy.profile = options_.profile;
    request.files = files.files();
    const Registry registry = workspace.registry();  // a manifest may be read through a link
    for (std::uint32_t i = 0; i < registry.size(); ++i) request.files.emplace_back(registry[ManifestId{i}].path);
    request.read = [&files](const std::string& path) { return files.read(path); };
    request.look = [&files](const std::string& path) { return files.look(path); };
    request.each = [&files](std::size_t count, const std::function<void(std::size_t)>& work) {
      files.for_each(count, work);
    };
    request.known = workspace.problems();
    request.known.insert(request.known.end(), files.problems().begin(), files.problems().end());
    return request;
  }

  void take(Validation validation, const std::string& prefix) {
    for (Diagnostic& finding : validation.found) {
      if (!paths_.contains(finding.at.path)) continue;
      finding.at.path = prefix + finding.at.path;
      for (Related& other : finding.related) other.at.path = prefix + other.at.path;
      all_.found.push_back(std::move(finding));
    }
    all_.suppressed += validation.suppressed;
    all_.checked.skills += validation.checked.skills;
    all_.checked.agents += validation.checked.agents;
    all_.checked.commands += validation.checked.commands;
    all_.checked.hooks += validation.checked.hooks;
    all_.checked.plugins += validation.checked.plugins;
    all_.checked.files += validation.checked.files;
  }

  Call& call_;
  const ValidateOptions& options_;
  const ValidatedPaths& paths_;
  std::vector<ValidatedRoot> roots_;
  Validation all_;
  std::string profile_;
  Severity fail_on_ = Severity::warning;
};

bool reaches(const std::vector<Diagnostic>& found, Severity least) {
  return std::any_of(found.begin(), found.end(), [&](const Diagnostic& finding) { return finding.severity >= least; });
}

Exit report(Call& call, const ValidateOptions& options, const Validated& validated, Severity fail_on, Format format) {
  const std::vector<Diagnostic>& found = validated.all().found;
  const auto text = rendering::findings(found, validated.context(), format, rendering::Paint(call.console().colour()));
  if (!text) return call.console().fail(text.error());
  call.console().print(*text);
  call.step("render");
  if (validated.all().checked.components() == 0 && !options.allow_empty && found.empty()) {
    call.console().complain(
        "nothing to validate was found\n  help: name a folder with skills/, agents/ or commands/, "
        "or allow it with --allow-empty");
    return Exit::failed;
  }
  return reaches(found, fail_on) ? Exit::no : Exit::yes;
}

Exit print_rules(Call& call, const ValidateOptions& options) {
  if (!options.explain.empty()) {
    const RuleInfo* rule = find_rule(options.explain);
    if (rule == nullptr)
      return call.console().fail(
          {ErrorCode::misuse, "there is no rule '" + options.explain + "'", {}, "see --list-rules"});
    const auto format = call.format({Format::text});
    if (!format) return call.console().fail(format.error());
    call.console().print(rendering::rule_text(*rule));
    return Exit::yes;
  }
  const auto format = call.format({Format::text, Format::json, Format::markdown});
  if (!format) return call.console().fail(format.error());
  const auto text = rendering::rule_list(*format);
  if (!text) return call.console().fail(text.error());
  call.console().print(*text);
  return Exit::yes;
}

Exit misuse(Call& call, std::string message, std::string help) {
  return call.console().fail({ErrorCode::misuse, std::move(message), {}, std::move(help)});
}

}  // namespace

Exit run_validate(Call& call) {
  ValidateOptions options;
  Arguments arguments("validate");
  arguments.text("--profile", options.profile);
  arguments.text("--fail-on", options.fail_on);
  arguments.flag("--allow-empty", options.allow_empty);
  arguments.text("--explain", options.explain);
  arguments.flag("--list-rules", options.list_rules);
  arguments.words("PATH", options.paths, 0, 100'000);
  bool stop = false;
  if (auto parsed = call.parse(arguments, stop); !parsed) return call.console().fail(parsed.error());
  if (stop) return Exit::yes;
  if (options.list_rules || !options.explain.empty()) return print_rules(call, options);
  const auto given = parse_severity(options.fail_on);
  if (!options.fail_on.empty() && (!given || *given == Severity::off))
    return misuse(call, "unknown severity '" + options.fail_on + "'", "one of info, warning, error");
  if (!options.profile.empty() && !parse_profile(options.profile))
    return misuse(call, "unknown profile '" + options.profile + "'", "one of agent-skills, claude-code, cascade");
  const bool annotate = call.environment().on_github && !call.options().format;
  const auto format =
      annotate ? Result<Format>(Format::github) : call.format({Format::text, Format::json, Format::github});
  if (!format) return call.console().fail(format.error());
  std::vector<std::string> given_paths = options.paths.empty() ? call.options().roots : options.paths;
  if (given_paths.empty()) given_paths = {"."};
  const auto paths = validated_paths(files::DiskTree(), given_paths);
  if (!paths) return call.console().fail(paths.error());
  Validated validated(call, options, *paths);
  if (auto run = validated.run(); !run) return call.console().fail(run.error());
  return report(call, options, validated, given.value_or(validated.fail_on()), *format);
}

}  // namespace cascade::cli
