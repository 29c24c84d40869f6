// Whether a manifest is safe to load: the validator's rules of security, asked about its own files alone, as they stand
// on the disk. A project's cascade.yaml has no word in it, since it came the same way.
#include <cascade/registry.h>
#include <cascade/validate.h>

#include <algorithm>
#include <functional>

#include "cli/environment.h"
#include "files/file_lock.h"
#include "files/paths.h"
#include "files/tree.h"
#include "hash/content_hash.h"
#include "listed/standing.h"
#include "syntax/frontmatter.h"
#include "text/suggestion.h"
#include "workspace/contents.h"

namespace cascade::cli {
namespace {

constexpr std::string_view family = "SEC";

// What is asked for stays cheap: none of the other families is judged. What came from elsewhere is judged as a
// stranger's, and no file that came with it is obeyed; for the user's own, the exceptions in cascade.yaml count.
RulePolicy security_alone(const Workspace& library, bool is_foreign) {
  RulePolicy policy;
  if (is_foreign)
    policy.profile = to_string(Profile::install);
  else
    policy.ignore = library.rule_policy().ignore;
  for (const RuleInfo& rule : rules())
    if (rule.id.substr(0, family.size()) != family) policy.rules.push_back({std::string(rule.id), Severity::off});
  return policy;
}

// The rules read the file themselves, and ask the registry for the name alone: the front matter has it, and a hook
// waits for whatever else is cut, counted and looked up here.
Manifest parsed(const ManifestView& manifest, const std::string& text) {
  const syntax::Frontmatter front = syntax::find_frontmatter(text);
  ManifestSource source;
  source.kind = manifest.kind;
  source.path = manifest.path;
  source.text = std::string_view(text).substr(0, front.end > front.begin ? front.body : text.size());
  return parse_manifest(source, TokenCounter::estimating());
}

// What was judged, by which rules and as whose, in one hash: where it is kept nothing needs to be judged again.
std::string name_of(const Workspace& library, const ManifestView& manifest, const ValidateRequest& request,
                    bool is_foreign) {
  std::string all = std::string(workspace::program_id) + (is_foreign ? " others " : " own ");
  all += library.folder(manifest);
  for (const Ignore& ignore : request.policy.ignore) all += '\n' + ignore.path + ' ' + letters::listed(ignore.rules);
  for (const std::string& file : request.files) {
    const auto text = request.read(file);
    all += '\n' + file + ' ' + (text ? hash::sha256(*text) : std::string("unread"));
  }
  return hash::sha256(all);
}

constexpr std::uint64_t most_kept = 64 << 10;

bool is_kept(const std::string& path, const std::string& name) {
  const auto text = path.empty() ? Result<std::string>(Error{}) : files::DiskTree().read(path, 2 * most_kept);
  return text && text->find(name) != std::string::npos;
}

// A log that is full is begun anew. One that cannot be written costs time alone.
void keep(const std::string& path, const std::string& name) {
  if (path.empty()) return;
  static_cast<void>(files::extend_log(
      path, most_kept, [&](std::string_view) { return name; }, [](std::string_view) { return std::string(); }));
}

// A skill is judged with everything in its folder, an agent or a command by its file.
std::string fault_of(const Workspace& library, const ManifestView& manifest, bool is_foreign,
                     const std::string& state) {
  const std::string folder = library.folder(manifest), path(manifest.path);
  const std::string prefix = path.substr(0, path.size() - files::file_name(path).size());
  const auto text = library.read_file(manifest.path);
  if (!text) return {};
  const auto all = TreeFiles::list(folder, 1);
  if (!all) return {};
  const auto inner = [&](const std::string& whole) { return whole.substr(std::min(prefix.size(), whole.size())); };
  ValidateRequest request;
  request.policy = security_alone(library, is_foreign);
  constexpr std::size_t most_files = 500;  // more than a skill brings: SKILL.md lies in a repository of its own
  if (manifest.kind == Kind::skill && all->files().size() <= most_files)
    for (const std::string& file : all->files()) request.files.push_back(prefix + file);
  else
    request.files = {path};
  request.read = [&](const std::string& whole) { return all->read(inner(whole)); };
  const std::string name = name_of(library, manifest, request, is_foreign);
  const std::string kept = state.empty() ? state : files::join(state, "vetted");
  if (is_kept(kept, name)) return {};
  const Registry registry = Registry::build({parsed(manifest, *text)});
  const Validation found = validate(registry, request);
  for (const Diagnostic& finding : found.found)
    if (finding.severity == Severity::error && finding.rule.substr(0, family.size()) == family)
      return finding.rule + " in " + files::join(folder, inner(finding.at.path)) + ":" +
             std::to_string(finding.at.line) + ": " + finding.message;
  keep(kept, name);
  return {};
}

}  // namespace

// What the user took with `cascade library` was judged then, and what was found accepted.
std::function<std::string(const ManifestView&)> vetting(const Environment& environment, const Workspace& library) {
  return [&library, roots = WorkspaceContents::others_roots(library), home = environment.home,
          state = environment.state](const ManifestView& manifest) {
    const std::string& root = roots[manifest.root];
    if (root.empty() || WorkspaceContents::is_added(library, manifest.root)) return std::string();
    const bool is_foreign =
        manifest.scope == Scope::plugin ||
        (manifest.scope == Scope::project && !listing::clone_around(files::DiskTree(), root, home).empty());
    return fault_of(library, manifest, is_foreign, state);
  };
}

}  // namespace cascade::cli
