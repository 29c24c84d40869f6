// From a task to a bundle: (1) the roots are resolved, without the manifests that the user's switches withhold; (2) the
// linked files that the task names are found; (3) sections are valued by the prompt; (4) all is packed. Where what was
// asked for leaves room, (4) is first tried with all layers below, in which what was asked for stays whole. That is
// only worth a packing if the sum of costs says that room may be left.
#include "request/task.h"

#include "bundle/linked_files.h"
#include "listed/standing.h"
#include "text/names.h"

#include <algorithm>
#include <utility>

namespace cascade::request {
namespace {

IsOpen only_open(const Registry& registry, const Task& task) {
  if (task.open || !task.switches) return task.open;
  return [&registry, &task](ManifestId id) {
    return listing::standing(registry, id, *task.switches) == listing::Standing::open;
  };
}

// Limits which manifests a line of the bundle may name: for a conversation, those that its model may take; otherwise
// those that are not switched off.
IsOpen only_listed(const Registry& registry, const Task& task) {
  if (task.open || !task.switches) return task.open;
  return [&registry, &task](ManifestId id) {
    return listing::standing(registry, id, *task.switches) != listing::Standing::off;
  };
}

// The files that the roots link to. A file that the prompt or the user names is marked as wanted.
Result<std::vector<FileOffer>> offered_files(const Workspace& workspace, const Task& task) {
  const bool may_name = bundle::may_name_file(task.prompt);
  if (task.only_named_files && !may_name) return std::vector<FileOffer>();  // most prompts name no file at all
  const Registry registry = workspace.registry();
  const bundle::ReadFile read = [&](std::string_view path) { return workspace.read_file(path); };
  std::vector<FileOffer> files;
  for (const Selected& selected : task.bundle.resolution.selected) {
    if (selected.distance != 0) continue;
    for (FileOffer& file : bundle::linked_files(registry, selected.id, read)) files.push_back(std::move(file));
  }
  for (FileOffer& file : files)
    if (may_name && bundle::names_file(task.prompt, file.path)) file.wanted = FileOffer::Wanted::named;
  const auto is_unnamed = [](const FileOffer& file) { return file.wanted != FileOffer::Wanted::named; };
  if (task.only_named_files) files.erase(std::remove_if(files.begin(), files.end(), is_unnamed), files.end());
  for (const std::string& name : task.with) {
    bool any = false;
    for (FileOffer& file : files) {
      if (file.text.empty() || !bundle::names_file(name, file.path)) continue;
      file.wanted = FileOffer::Wanted::required;
      any = true;
    }
    if (any) continue;
    std::string known;
    for (const FileOffer& file : files)
      if (!file.text.empty()) known += (known.empty() ? "" : ", ") + file.path;
    return Error{ErrorCode::misuse,
                 "what is asked for links to no file '" + name + "'",
                 {},
                 known.empty() ? "it links to no file that can be read" : "linked are " + known};
  }
  return files;
}

// Whether everything that was asked for may fit and leave room for more. The packing decides; lines for names are not
// counted here.
bool may_have_room(const Registry& registry, const BundleRequest& request) {
  constexpr std::uint64_t least_room = 40;  // no card and no section is shorter
  const TokenCount limit = request.budget.limit.tokens;
  if (limit == unlimited) return false;
  std::uint64_t tokens = least_room + request.budget.reserve.tokens;
  for (const Selected& selected : request.resolution.selected) {
    const ManifestView manifest = registry[selected.id];
    tokens += selected.card_only ? manifest.heads.card.tokens : manifest.heads.opening.tokens + manifest.body.tokens;
  }
  return tokens <= limit;
}

// Packs everything that the roots lead to; what was asked for stays in.
Result<Bundle> fill_room(const Workspace& workspace, Task& task, const ReadSection& read) {
  constexpr std::uint32_t all_layers = 3;
  Request deeper = task.request;
  deeper.depth = all_layers;
  deeper.diagnose = false;
  const Registry registry = workspace.registry();
  auto resolution = resolve_only_open(registry, deeper, only_open(registry, task));
  if (!resolution) return resolution.error();
  BundleRequest request = task.bundle;
  request.resolution = *std::move(resolution);
  request.fills = true;
  auto bundle = assemble(registry, request, workspace.counter(), read);
  if (bundle && bundle->status == PackingStatus::ok) task.bundle.resolution = std::move(request.resolution);
  return bundle;
}

}  // namespace

Result<Bundle> assemble_task(const Workspace& workspace, Task& task) {
  const Registry registry = workspace.registry();
  auto resolution = resolve_only_open(registry, task.request, only_open(registry, task));
  if (!resolution) return resolution.error();
  task.bundle.resolution = *std::move(resolution);
  task.bundle.follow = task.request.follow;
  auto files = offered_files(workspace, task);
  if (!files) return files.error();
  task.bundle.files = *std::move(files);
  task.bundle.recount = false;  // the workspace's registry was counted by this counter
  task.bundle.folder = [&](ManifestId id) { return workspace.folder(registry[id]); };
  task.bundle.listed = only_listed(registry, task);
  Query query;
  query.text = task.prompt;
  if (task.router) task.bundle.relevance = task.router->relevance(query);
  const ReadSection read = [&](const ManifestView& manifest, const SectionView& section) {
    return workspace.read(manifest, section);
  };
  std::optional<Result<Bundle>> bundle;
  if (task.fills && may_have_room(registry, task.bundle)) bundle = fill_room(workspace, task, read);
  if (!bundle || (*bundle && (*bundle)->status != PackingStatus::ok))
    bundle = assemble(registry, task.bundle, workspace.counter(), read);
  task.bundle.folder = {};  // its captures end with this function
  task.bundle.listed = {};
  if (*bundle && (*bundle)->status != PackingStatus::ok && task.of_prompt > 1) {
    task.left_out.push_back(std::move(task.request.roots.back()));
    task.request.roots.pop_back();
    --task.of_prompt;
    return assemble_task(workspace, task);
  }
  return *std::move(bundle);
}

std::optional<Strength> parse_follow(std::string_view text) noexcept {
  for (const Strength strength : {Strength::required, Strength::invoked, Strength::mentioned})
    if (text == to_string(strength)) return strength;
  return std::nullopt;
}

std::optional<Freshness> parse_freshness(std::string_view text) noexcept {
  return letters::Names<Freshness::paranoid>("off", "partial", "full", "paranoid").find(text);
}

}  // namespace cascade::request
