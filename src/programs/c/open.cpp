// cascade_open, cascade_refresh, cascade_close.
#include <memory>

#include "c/handle.h"
#include "client/dialect.h"
#include "files/own_file.h"
#include "files/paths.h"
#include "files/tree.h"
#include "render/overview.h"
#include "request/task.h"
#include "text/suggestion.h"
#include "workspace/setting_faults.h"

namespace cascade::c {
namespace {

// The path of a file or folder of share/cascade/ in the tree where the library is installed; empty if it is missing.
// Looks in up to three folders above the library's own file, because it may be in lib/ or lib/<architecture>/.
std::string installed(const std::string& name) {
  const std::string own = files::own_file();
  const files::DiskTree tree;
  std::string_view folder = files::parent(own);
  for (int steps = 0; steps < 3 && files::parent(folder) != folder; ++steps, folder = files::parent(folder)) {
    std::string path = files::join(files::join(folder, "share/cascade"), name);
    if (tree.stat(path)) return path;
  }
  return {};
}

// "estimate" counts without a table. A table that cannot be used is an error, not an estimate.
Result<std::string> vocabulary(const std::optional<std::string>& given) {
  if (!given) return installed("o200k.bin");
  if (*given == "estimate") return std::string();
  if (const auto counter = TokenCounter::open(*given); !counter) return counter.error();
  return *given;
}

Result<WorkspaceOptions> make_options(Request& request) {
  WorkspaceOptions options;
  options.directory = request.text("directory").value_or("");
  options.cache_directory = request.text("cache").value_or("");
  options.home = request.text("home").value_or("");
  options.client_folder = request.text("client_folder").value_or("");
  options.client = request.text("client").value_or("");
  if (!options.client.empty() && client::find_dialect(options.client) == nullptr) {
    std::vector<std::string_view> names;
    for (const client::Dialect* known : client::dialects()) names.push_back(known->name);
    request.fail("client", "one of " + letters::listed({names.data(), names.size()}));
  }
  for (std::string& path : request.list("roots")) options.roots.push_back({std::move(path), Scope::project});
  options.default_roots = request.flag("default_roots");
  options.threads = request.number("threads").value_or(0);
  const auto freshness = request::parse_freshness(request.text("freshness").value_or("full"));
  if (!freshness) request.fail("freshness", "one of off, partial, full, paranoid");
  const auto library = request.text("library"), table = request.text("vocabulary");
  if (auto done = request.finish(); !done) return done.error();
  options.freshness = *freshness;
  options.builtin_library = library ? *library : installed("library");
  auto found = vocabulary(table);
  if (!found) return found.error();
  options.vocabulary_path = *std::move(found);
  return options;
}

Result<std::unique_ptr<cascade_workspace>> open(const char* text) {
  auto request = Request::parse(text);
  if (!request) return request.error();
  auto options = make_options(*request);
  if (!options) return options.error();
  auto workspace = Workspace::open(*options);
  if (!workspace) return workspace.error();
  if (const auto fault = workspace::first_setting_fault(workspace->problems())) return *fault;
  return std::make_unique<cascade_workspace>(*std::move(options), *std::move(workspace));
}

// The document cascade.index/1: what was read, and what is wrong with it.
Result<Answer> overview_of(const Workspace& workspace) {
  const Registry registry = workspace.registry();
  const RefreshReport& report = workspace.report();
  rendering::Overview overview;
  for (const Root& root : workspace.roots()) overview.roots.push_back({root.scope, root.path});
  overview.parsed = report.parsed;
  overview.reused = report.reused;
  overview.removed = report.removed;
  overview.rebuilt_because = report.rebuilt_because;
  overview.problems = rendering::count_problems(registry, workspace.problems());
  overview.vocabulary = workspace.counter().vocabulary();
  overview.exact = workspace.counter().exact();
  auto text = rendering::overview(registry, overview, Format::json, rendering::Paint());
  if (!text) return text.error();
  return Answer{*std::move(text), true};
}

}  // namespace
}  // namespace cascade::c

cascade_code cascade_open(const char* options, cascade_workspace** workspace, char** answer) {
  using namespace cascade;
  if (workspace != nullptr) *workspace = nullptr;
  return c::answered(answer, [&]() -> Result<c::Answer> {
    if (workspace == nullptr) return Error{ErrorCode::misuse, "the workspace to be set is a null pointer", {}, {}};
    auto opened = c::open(options);
    if (!opened) return opened.error();
    auto overview = c::overview_of((*opened)->workspace);
    if (overview) *workspace = opened->release();
    return overview;
  });
}

cascade_code cascade_refresh(cascade_workspace* workspace, char** answer) {
  using namespace cascade;
  return c::answered_by(workspace, nullptr, answer, [](cascade_workspace& handle, c::Request&) -> Result<c::Answer> {
    if (const auto report = handle.workspace.refresh(); !report) return report.error();
    return c::overview_of(handle.workspace);
  });
}

void cascade_close(cascade_workspace* workspace) { delete workspace; }
