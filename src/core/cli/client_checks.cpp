#include "cli/client_checks.h"

#include "client/dialect.h"
#include "files/paths.h"
#include "files/program_path.h"
#include "files/run_program.h"
#include "files/tree.h"
#include "init/hook_entries.h"

namespace cascade::cli {
namespace {

using rendering::Check;
using rendering::CheckState;

// Asks the client itself which of our hooks it does not run. Its server ends when its input ends, so the connection
// stays open as long as needed.
Check trust_check(const Environment& environment, const HookedSettings& hooked, Check check) {
  const client::Settings& settings = hooked.client->settings;
  const std::string program = files::program_on_path(files::DiskTree(), environment.search_path, settings.program);
  if (settings.untrusted == nullptr || program.empty()) return check;
  files::ProgramCall call;
  call.words = {"/bin/sh", "-c", "{ cat; sleep 3; } | \"$0\" " + std::string(settings.trust_words), program};
  call.input = settings.trust_lines(files::DiskTree().real_path(".").value_or("/"));
  call.environment = files::process_environment();
  call.milliseconds = 20'000;
  const auto run = files::run_program(call);
  if (!run || run->output.find("hooks") == std::string::npos) {
    check.state = CheckState::warning;
    check.detail += "; whether it trusts them could not be asked";
  } else if (const std::uint32_t untrusted = settings.untrusted(run->output, hooked.path); untrusted > 0) {
    check.state = CheckState::bad;
    check.detail += "; it does not trust " + std::to_string(untrusted) + " of them and runs none of those";
    check.help = settings.remains;
  } else {
    check.detail += ", trusted";
  }
  return check;
}

// Checks the programs that clients start as MCP servers.
void add_servers(const Environment& environment, std::vector<Check>& checks) {
  const files::DiskTree tree;
  for (const ServedFile& file : find_served_files(environment)) {
    const std::string title(file.client->title);
    if (files::is_absolute(file.program) && !tree.stat(file.program))
      checks.push_back({"server", CheckState::bad, file.path + " names " + file.program + ", which is not there",
                        "cascade init --client " + std::string(file.client->name) + " --mcp"});
    else
      checks.push_back({"server", CheckState::good, title + " starts the MCP server of " + file.path, ""});
  }
}

}  // namespace

void add_clients(const Environment& environment, std::vector<Check>& checks) {
  const files::DiskTree tree;
  const std::vector<HookedSettings> all = find_hooked_settings(environment);
  for (const client::Dialect* client : client::dialects()) {
    if (client == &client::usual_dialect()) continue;
    const std::string title(client->title);
    bool is_hooked = false;
    for (const HookedSettings& hooked : all) {
      if (hooked.client != client) continue;
      is_hooked = true;
      checks.push_back(trust_check(environment, hooked,
                                   {"client", CheckState::good, title + " calls the hooks of " + hooked.path, ""}));
    }
    for (const std::string& path : find_switches(environment, *client))
      checks.push_back(
          {"client", CheckState::bad,
           title + " calls no hooks: " + path + " switches them off with " + std::string(client->settings.switch_key),
           "take it out of the file"});
    const std::string folder = files::join(environment.home, std::string(client->settings.folder));
    const bool is_here = !files::program_on_path(tree, environment.search_path, client->settings.program).empty() ||
                         (!environment.home.empty() && tree.stat(folder));
    if (!is_hooked && is_here)
      checks.push_back({"client", CheckState::warning, title + " is installed, but has no hooks of Cascade",
                        "cascade init --client " + std::string(client->name)});
  }
  add_servers(environment, checks);
}

}  // namespace cascade::cli
