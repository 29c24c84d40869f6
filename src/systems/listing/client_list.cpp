// Gathers everything that decides what a client lists by itself: its settings, the user's switches, how often each
// skill was used, the model's window, refused plugins, and the order in which the client finds files.
#include "listing/listing.h"

#include <algorithm>
#include <ctime>
#include <memory>

#include "cli/hook_entries.h"
#include "client/installers.h"
#include "client/models.h"
#include "client/plugin.h"
#include "client/settings_files.h"
#include "files/folder.h"
#include "files/paths.h"
#include "files/tree.h"
#include "listed/client_listing.h"
#include "session/ledger.h"

namespace cascade::cli {
namespace {

std::string model_name(const Call& call, const Workspace& workspace) {
  if (!call.options().model.empty()) return call.options().model;
  return call.environment().model.empty() ? workspace.preferences().model : call.environment().model;
}

// Manifests that Cascade gave to sessions in this folder count as used there.
void add_ledgers(const std::string& state, const std::string& directory, listing::Uses& uses) {
  for (const session::SessionSummary& one : session::list_sessions(state)) {
    if (!files::is_within(directory, one.directory)) continue;
    const session::Ledger ledger(state, one.session_id);
    for (const std::string& root : ledger.active(session::main_conversation))
      if (const auto symbol = Symbol::parse(root); symbol && symbol->kind != Kind::agent) ++uses[symbol->name];
  }
}

// The client leaves out a whole plugin if it does not like its description.
std::vector<std::string> refused_plugins(Call& call, const Workspace& workspace) {
  std::vector<std::string> refused;
  for (const std::string& path : workspace.files()) {
    if (files::file_name(path) != "plugin.json") continue;
    const auto text = workspace.read_file(path);
    const std::string name = text ? client::refused_plugin(*text) : std::string();
    if (name.empty()) continue;
    refused.push_back(name);
    call.console().note("the client does not load the plugin '" + name + "': in " + path +
                        " each of its agents has to be a path that ends in .md");
  }
  return refused;
}

// Up to 2.1.329 the client kept the agent of a name that the disk listed last; from 2.1.330 on it keeps the last by
// path.
bool walks_by_disk(std::string_view version) { return client::is_before(version, "2.1.330"); }

// Whether the disk lists `a`'s folder after `b`'s, which is the order of a client that walks folders that way.
bool stands_later(const std::string& root, std::string_view a, std::string_view b) {
  constexpr std::size_t most = 100'000;
  std::size_t begin = 0, at = 0;
  while (at < a.size() && at < b.size() && a[at] == b[at])
    if (a[at++] == '/') begin = at;
  const std::string name_a(a.substr(begin, a.find('/', begin) - begin)),
      name_b(b.substr(begin, b.find('/', begin) - begin));
  const auto names = files::folder_names(files::join(root, std::string(a.substr(0, begin))), most);
  if (!names) return b > a;
  return std::find(names->begin(), names->end(), name_b) > std::find(names->begin(), names->end(), name_a);
}

}  // namespace

// Lists were measured for some clients only; for the others this is an error.
Result<ClientList> client_list(Call& call, const Workspace& workspace, const std::optional<std::string>& client) {
  const auto known = call.model(workspace.preferences().model);
  if (!known) return known.error();
  const files::DiskTree tree;
  const Environment& environment = call.environment();
  ClientList list;
  if (client) {
    list.client = client::find_dialect(*client);
    if (list.client == nullptr) return unknown_client(*client);
    if (list.client != &client::usual_dialect() && list.client->list == nullptr)
      return Error{ErrorCode::misuse, "what " + std::string(list.client->title) + " lists was never measured", "", ""};
  }
  list.directory = tree.real_path(".").value_or(".");
  list.request.model = model_name(call, workspace);
  list.request.settings =
      client::ListingSettings::read(tree, environment.user, list.directory, environment.listing_budget);
  list.request.overrides = client::SkillOverrides::read(tree, environment.user, list.directory);
  list.switches = switches_here(call, workspace);
  list.switches.client = list.client->name;
  list.request.denied = list.switches.clients;
  const auto usage =
      std::make_shared<const client::SkillUsage>(client::SkillUsage::read(tree, environment.user, std::time(nullptr)));
  list.request.usage = [usage](std::string_view skill) { return usage->score(skill); };
  list.history = listing::read_history(tree, environment.user, list.directory);
  add_ledgers(environment.state, list.directory, list.history.uses);
  if (walks_by_disk(list.history.client_version))
    list.request.comes_later = [&workspace](const ManifestView& a, const ManifestView& b) {
      return stands_later(workspace.roots()[a.root].path, a.path, b.path);
    };
  list.request.refused_plugins = refused_plugins(call, workspace);
  list.mcp_servers = client::mcp_servers(tree, environment.user, list.directory);
  return list;
}

listing::Listing listing_of(const Workspace& workspace, const ClientList& list, const Registry& registry) {
  if (list.client == &client::usual_dialect())
    return listing::client_listing(registry, workspace.counter(), list.request);
  listing::DialectRequest request;
  request.client = list.client;
  for (const Root& root : workspace.roots()) request.roots.push_back(root.path);
  const auto model = token_model(list.request.model);
  request.window = model ? model->window : 0;
  request.shipped = list.request.shipped;
  request.switches = &list.switches;
  request.read = [&workspace](std::string_view path) { return workspace.read_file(path); };
  return listing::dialect_listing(registry, workspace.counter(), request);
}

rendering::ListingReport listing_report_of(const Workspace& workspace, const ClientList& list,
                                           listing::Listing listing) {
  rendering::ListingReport report;
  report.listing = std::move(listing);
  report.model = list.request.model;
  if (list.client != &client::usual_dialect()) {
    report.client = std::string(list.client->title) + " " + std::string(list.client->version);
    return report;
  }
  report.window = client::listing_room(report.model).window;
  report.mcp_servers = list.mcp_servers;
  report.mcp_tools = list.history.mcp_tools;
  std::string names;
  for (const std::string& tool : report.mcp_tools) names += tool + "\n";
  report.mcp_cost = workspace.counter().count(names);
  report.mcp_definitions = list.history.mcp_definitions;
  for (const listing::ToolDefinition& tool : report.mcp_definitions)
    (tool.on_demand ? report.mcp_on_demand : report.mcp_always) += workspace.counter().count(tool.json);
  return report;
}

}  // namespace cascade::cli
