// `cascade names manifests|sessions`: the completions that a shell offers after a verb, one name per line. It runs at
// each key press, so it uses the index as it is and does not report faults.
#include <set>

#include "cli/call.h"
#include "session/ledger.h"

namespace cascade::cli {
namespace {

std::set<std::string> manifest_names(Call& call) {
  WorkspaceOptions options = call.workspace_options();
  options.freshness = Freshness::off;
  options.log = {};
  std::set<std::string> names;
  const auto workspace = call.open(std::move(options));
  if (!workspace) return names;
  const Registry registry = workspace->registry();
  for (std::uint32_t i = 0; i < registry.size(); ++i)
    if (const ManifestView manifest = registry[ManifestId{i}]; !manifest.document) names.emplace(manifest.name);
  return names;
}

// After `session` come actions, sessions and manifests.
std::set<std::string> session_names(Call& call) {
  std::set<std::string> names = manifest_names(call);
  names.insert({"list", "show", "why", "drop"});
  for (const session::SessionSummary& each : session::list_sessions(call.environment().state))
    names.insert(each.session_id);
  return names;
}

}  // namespace

Exit run_names(Call& call) {
  std::vector<std::string> words;
  Arguments arguments("names");
  arguments.words("KIND", words, 1, 1);
  if (const auto ended = call.read(arguments)) return *ended;
  std::set<std::string> names;
  const std::string& what = words.front();
  if (what == "manifests") names = manifest_names(call);
  if (what == "sessions") names = session_names(call);
  for (const std::string& name : names)
    if (name.find_first_of(" \t\n'\"\\$`") == std::string::npos) call.console().print(name + "\n");
  return names.empty() ? Exit::no : Exit::yes;
}

}  // namespace cascade::cli
