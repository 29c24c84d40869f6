// Collects without judging: hooks of skills with their states, files that ask for permission or have it, and what the
// client itself would run. `why` is set where something can never run, so that the user is not asked to allow it.
#include "trust/trust_report.h"

#include <algorithm>

#include "client/dialect.h"
#include "files/paths.h"
#include "files/tree.h"
#include "manifest/skill_hooks.h"
#include "policy/policy.h"
#include "rights/rights.h"
#include "trust/consent.h"
#include "trust/run_hook.h"

namespace cascade::cli {
namespace {

using rendering::HookLine;
using rendering::TrustReport;

std::string reason(const Error& error) { return error.message + (error.path.empty() ? "" : ": " + error.path); }

// The state of a folder's hooks; `why` is set if they cannot run at all.
std::string state_of(const Result<trust::SkillFolder>& folder, const trust::Allowed& allowed, std::string& why) {
  if (!folder) {
    why = reason(folder.error());
    return "refused";
  }
  return std::string(to_string(allowed.hooks(folder->manifest_path(), folder->hash)));
}

std::vector<HookLine> lines_of(const std::string& item, const std::string& path, const manifest::SkillHooks& read,
                               const Result<trust::SkillFolder>& folder, const trust::Allowed& allowed) {
  std::vector<HookLine> lines;
  for (const manifest::SkillHook& hook : read.hooks) {
    HookLine line{item, path, hook.event, hook.matcher, hook.what(), "text", {}};
    if (hook.runs()) {
      line.state = state_of(folder, allowed, line.why);
      const auto checked = folder ? trust::check_program(*folder, hook.words.front()) : Result<void>();
      if (!checked) {
        line.state = "refused";
        line.why = checked.error().message;
      }
    }
    lines.push_back(std::move(line));
  }
  for (const manifest::SkillHookFault& fault : read.faults)
    lines.push_back({item, path, {}, {}, fault.entry, "refused", fault.message});
  return lines;
}

void add_files(Call& call, const trust::Allowed& allowed, TrustReport& report) {
  const files::DiskTree tree;
  const auto policy =
      policy::read_policy(tree, call.environment().users_configuration, tree.real_path(".").value_or("/"));
  if (policy && !policy->asleep.empty()) {
    const std::vector<std::string> known = allowed.paths();
    const bool changed = std::find(known.begin(), known.end(), policy->asleep) != known.end();
    report.files.push_back({policy->asleep, "what it would run or contact", changed ? "changed" : "asleep"});
  }
  for (const std::string& path : allowed.paths())
    if (!policy || path != policy->asleep)
      report.files.push_back({path, "allowed by the user", allowed.has(tree, path) ? "allowed" : "changed"});
}

void add_client_hooks(const Workspace& workspace, const Registry& registry, TrustReport& report) {
  const std::vector<std::string> files = workspace.files();
  const difference::LibraryState state{registry, files,
                                       [&](const std::string& path) { return workspace.read_file(path); }};
  for (const difference::Right& right : difference::rights_of(state))
    if (right.kind == difference::RightKind::hook && right.through.empty())
      report.client_hooks.push_back({right.holder, right.path, right.what});
}

}  // namespace

namespace {

std::vector<HookLine> declared_lines(const Registry& registry, ManifestId id, const std::string& path,
                                     const trust::Allowed& allowed) {
  const auto declared = registry.field(id, manifest::hooks_key);
  if (!declared) return {};
  const Symbol symbol = symbol_of(registry[id]);
  const manifest::SkillHooks read = manifest::read_skill_hooks(*declared);
  const bool runs = std::any_of(read.hooks.begin(), read.hooks.end(), [](const auto& hook) { return hook.runs(); });
  const auto folder = runs ? trust::read_skill_folder(symbol, path)
                           : Result<trust::SkillFolder>(Error{ErrorCode::not_found, "", "", ""});
  return lines_of(to_string(symbol), path, read, folder, allowed);
}

// The client runs these when it loads the manifest, and asks `cascade guard` before each (PreSkillShellCommand).
void add_commands_in_text(const ManifestView& view, const std::string& path, const trust::Allowed& allowed,
                          std::vector<HookLine>& lines) {
  if (view.document || (view.kind != Kind::skill && view.kind != Kind::command)) return;
  const files::DiskTree tree;
  constexpr std::uint64_t most_bytes = 4 << 20;
  const std::string real = tree.real_path(path).value_or(path);
  const auto text = tree.read(real, most_bytes);
  if (!text || !client::usual_dialect().runs_commands(*text)) return;
  const trust::Consent consent = trust::consent_to(symbol_of(view), real, allowed);
  HookLine line{to_string(symbol_of(view)),
                path,
                {},
                {},
                "shell commands in its text",
                std::string(to_string(consent.state)),
                {}};
  if (consent.refused) {
    line.state = "refused";
    line.why = reason(*consent.refused);
  }
  lines.push_back(std::move(line));
}

}  // namespace

std::vector<HookLine> hook_lines(const Workspace& workspace, ManifestId id, const std::string& path,
                                 const trust::Allowed& allowed) {
  const Registry registry = workspace.registry();
  std::vector<HookLine> lines = declared_lines(registry, id, path, allowed);
  add_commands_in_text(registry[id], path, allowed, lines);
  return lines;
}

TrustReport trust_report(Call& call, const Workspace& workspace, const trust::Allowed& allowed) {
  TrustReport report;
  report.confines = files::can_confine();
  const Registry registry = workspace.registry();
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestView view = registry[ManifestId{i}];
    const std::string path = files::join(workspace.folder(view), files::file_name(view.path));
    for (HookLine& line : hook_lines(workspace, view.id, path, allowed)) report.hooks.push_back(std::move(line));
  }
  add_files(call, allowed, report);
  add_client_hooks(workspace, registry, report);
  return report;
}

}  // namespace cascade::cli
