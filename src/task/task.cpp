#include "task/task.h"

#include "bundle/linked_files.h"
#include "listing/standing.h"
#include "resolve/only_open.h"

#include <algorithm>
#include <utility>

namespace cascade::task {

Result<std::optional<TokenModel>> find_model(const std::string& name) {
  if (name.empty()) return std::optional<TokenModel>();
  const auto model = token_model(name);
  if (model) return model;
  std::string known;
  for (const TokenModel& other : token_models()) known += (known.empty() ? "" : ", ") + other.name;
  return Error{ErrorCode::misuse, "unknown model '" + name + "'", {}, "known are " + known};
}

Result<void> set_budget(const Workspace& workspace, const Limits& limits, Task& task) {
  const TokenLimit& preferred = workspace.preferences().budget;
  std::optional<TokenLimit> wanted = limits.tokens;
  if (!wanted && (preferred.tokens > 0 || preferred.share_ppm > 0)) wanted = preferred;
  if (wanted) {
    const std::uint32_t window = limits.model ? limits.model->window : 0;
    if (wanted->share_ppm > 0 && window == 0)
      return Error{ErrorCode::misuse, "a share of the window needs a model whose window is known", {}, {}};
    const std::uint64_t tokens = tokens_of(*wanted, window);
    if (limits.model) task.context.model_tokens = static_cast<std::uint32_t>(tokens);
    const std::uint64_t most = limits.model ? to_o200k(*limits.model, tokens) : tokens;
    task.bundle.budget.limit.tokens = static_cast<TokenCount>(std::min<std::uint64_t>(most, unlimited - 1));
  }
  if (limits.chars) task.bundle.budget.limit.chars = *limits.chars;
  task.context.model = limits.model;
  task.context.exact = workspace.counter().exact();
  return {};
}

namespace {

IsOpen is_open(const Registry& registry, const Task& task) {
  if (!task.switches) return {};
  return [&registry, &task](ManifestId id) {
    return listing::standing(registry, id, *task.switches) == listing::Standing::open;
  };
}

// All manifests are looked at only when one of the ranked ones is withheld: most libraries have none.
Routing rank(const Router& router, const Registry& registry, const Task& task, Query& query) {
  Routing routing = router.rank(query);
  const IsOpen open = is_open(registry, task);
  if (!open ||
      std::all_of(routing.ranked.begin(), routing.ranked.end(), [&](const Match& match) { return open(match.id); }))
    return routing;
  listing::Withheld all = listing::withheld(registry, *task.switches);
  query.only_by_name = std::move(all.by_name);
  query.hidden = std::move(all.off);
  if (task.by_model) {
    query.hidden.insert(query.hidden.end(), query.only_by_name.begin(), query.only_by_name.end());
    std::sort(query.hidden.begin(), query.hidden.end());
  }
  return router.rank(query);
}

}  // namespace

Result<bool> add_prompt_root(const Workspace& workspace, Task& task, Decision least) {
  auto router = workspace.router();
  if (!router) return router.error();
  Query query;
  query.text = task.prompt;
  query.limit = 1 + task.request.exclude.size();
  query.evidence = false;
  const Registry registry = workspace.registry();
  const Routing routing = rank(*router, registry, task, query);
  std::vector<std::optional<ManifestId>> excluded;
  for (const Symbol& symbol : task.request.exclude) excluded.push_back(registry.find(symbol));
  const auto best = std::find_if(routing.ranked.begin(), routing.ranked.end(), [&](const Match& match) {
    return std::find(excluded.begin(), excluded.end(), match.id) == excluded.end();
  });
  if (best == routing.ranked.end()) return false;
  // Decisions stand from load to silence.
  if (least != Decision::silence && (routing.decision > least || best != routing.ranked.begin())) return false;
  task.request.roots.push_back(symbol_of(registry[best->id]));
  task.router = *std::move(router);
  return true;
}

namespace {

// What the roots link to; what the prompt or the user names is wanted.
Result<std::vector<FileOffer>> offered_files(const Workspace& workspace, const Task& task) {
  const Registry registry = workspace.registry();
  const bundle::ReadFile read = [&](std::string_view path) { return workspace.read_file(path); };
  std::vector<FileOffer> files;
  for (const Selected& selected : task.bundle.resolution.selected) {
    if (selected.distance != 0) continue;
    for (FileOffer& file : bundle::linked_files(registry, selected.id, read)) files.push_back(std::move(file));
  }
  const bool may_name = bundle::may_name_file(task.prompt);
  for (FileOffer& file : files)
    if (may_name && bundle::names_file(task.prompt, file.path)) file.wanted = FileOffer::Wanted::named;
  for (const std::string& name : task.with) {
    bool any = false;
    for (FileOffer& file : files) {
      if (!bundle::names_file(name, file.path)) continue;
      file.wanted = FileOffer::Wanted::required;
      any = true;
    }
    if (any) continue;
    std::string known;
    for (const FileOffer& file : files) known += (known.empty() ? "" : ", ") + file.path;
    return Error{ErrorCode::misuse,
                 "what is asked for links to no file '" + name + "'",
                 {},
                 known.empty() ? "it links to no file that can be read" : "linked are " + known};
  }
  return files;
}

// All that was asked for may be there, and leaves room for more. Packing decides: lines for names are not counted here.
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

// Packs all that the roots lead to, with what was asked for in any case.
Result<Bundle> fill_room(const Workspace& workspace, Task& task, const ReadSection& read) {
  constexpr std::uint32_t all_layers = 3;
  Request deeper = task.request;
  deeper.depth = all_layers;
  deeper.diagnose = false;
  const Registry registry = workspace.registry();
  auto resolution = resolve_only_open(registry, deeper, is_open(registry, task));
  if (!resolution) return resolution.error();
  BundleRequest request = task.bundle;
  request.resolution = *std::move(resolution);
  request.fills = true;
  auto bundle = assemble(registry, request, workspace.counter(), read);
  if (bundle && bundle->status == PackingStatus::ok) task.bundle.resolution = std::move(request.resolution);
  return bundle;
}

}  // namespace

std::string_view nothing_for_prompt(bool gated) noexcept {
  return gated ? "nothing is to be loaded for this prompt" : "nothing matches this prompt";
}

Result<Bundle> assemble_task(const Workspace& workspace, Task& task) {
  const Registry registry = workspace.registry();
  auto resolution = resolve_only_open(registry, task.request, is_open(registry, task));
  if (!resolution) return resolution.error();
  task.bundle.resolution = *std::move(resolution);
  task.bundle.follow = task.request.follow;
  auto files = offered_files(workspace, task);
  if (!files) return files.error();
  task.bundle.files = *std::move(files);
  task.bundle.recount = false;  // the workspace's registry was counted by its counter
  task.bundle.folder = [&](ManifestId id) { return workspace.folder(registry[id]); };
  if (task.switches)
    task.bundle.listed = [&](ManifestId id) {
      return listing::standing(registry, id, *task.switches) != listing::Standing::off;
    };
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
  task.bundle.folder = {};  // they refer to what ends here
  task.bundle.listed = {};
  return *std::move(bundle);
}

std::optional<Strength> parse_follow(std::string_view text) noexcept {
  for (const Strength strength : {Strength::required, Strength::invoked, Strength::mentioned})
    if (text == to_string(strength)) return strength;
  return std::nullopt;
}

}  // namespace cascade::task
