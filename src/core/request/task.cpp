#include "request/task.h"

#include "bundle/items.h"
#include "text/names.h"
#include "text/suggestion.h"
#include "unicode/utf8.h"

#include <algorithm>
#include <set>
#include <utility>

namespace cascade::request {
namespace {

Error unknown(const Registry& registry, std::string_view text) {
  const std::string message = "there is no '" + unicode::displayable(text) + "'";
  if (registry.size() == 0)
    return {ErrorCode::not_found,
            message + ": there are no manifests",
            {},
            "cascade index shows where they were looked for"};
  const auto symbol = Symbol::parse(text);
  const std::string_view name = symbol ? std::string_view(symbol->name) : text;
  const std::string near =
      letters::joined(registry.nearest(name, symbol ? std::optional<Kind>(symbol->kind) : std::nullopt, 3), ", ",
                      [&](const Symbol& other) { return to_string(other); });
  return {ErrorCode::not_found, message, {}, near.empty() ? "cascade list" : letters::did_you_mean(near)};
}

// From a task to a bundle: (1) the roots are resolved, without the manifests that the user's switches withhold; (2) the
// linked files that the task names are found; (3) sections are valued by the prompt; (4) all is packed. Where what was
// asked for leaves room, (4) is first tried with all layers below, in which what was asked for stays whole. That is
// only worth a packing if the sum of costs says that room may be left.
IsOpen only_open(const Registry& registry, const Task& task) {
  if (task.open || !task.switches) return task.open;
  return [&registry, &task](ManifestId id) {
    return listing::standing(registry, id, *task.switches) == listing::Standing::open &&
           task.switches->fault(registry[id]).empty();
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
  if (task.only_named_files) std::erase_if(files, is_unnamed);
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

// Makes bundles of several sizes, each a part of the next larger one. One of them is chosen freely: from it the smaller
// ones are chosen within the one above, and the larger ones around the one below. Mostly the largest is chosen so. That
// can leave a smaller one with a poor choice: of two long sections in the largest, neither may fit the smallest, where
// a third would. In that case the one that may lose most is chosen freely instead, until none loses much or one has had
// its turn: trying every size costs a page of three hundred ladders twice the time and gains next to nothing.
std::vector<std::uint64_t> shown_in(const Bundle& bundle) {
  std::vector<std::uint64_t> hashes;
  for (const Piece& piece : bundle.pieces)
    if (piece.content_hash != 0) hashes.push_back(piece.content_hash);
  return hashes;
}

// A bundle within a larger one, or around a smaller one, at any cost; nullptr: no such bundle.
Result<Bundle> rung_of(const Workspace& workspace, const Limits& limits, Task& task, const Bundle* larger,
                       const Bundle* smaller) {
  if (auto set = set_budget(workspace, limits, task); !set) return set.error();
  task.bundle.within = larger != nullptr ? shown_in(*larger) : std::vector<std::uint64_t>();
  task.bundle.containing = smaller != nullptr ? shown_in(*smaller) : std::vector<std::uint64_t>();
  task.bundle.most_lost_ppm = 1'000'000;
  return assemble_task(workspace, task);
}

// The bundles in the order of the limits, the largest first, of which the one at `free` is chosen freely.
Result<std::vector<Bundle>> nested_rungs(const Workspace& workspace, const std::vector<Limits>& limits, Task& task,
                                         std::size_t free) {
  std::vector<Bundle> rungs(limits.size());
  const auto given = [&](std::size_t rung) { return rungs[rung].status == PackingStatus::ok ? &rungs[rung] : nullptr; };
  const Bundle* last = nullptr;
  for (std::size_t rung = free; rung < rungs.size(); ++rung) {
    auto bundle = rung_of(workspace, limits[rung], task, last, nullptr);
    if (!bundle) return bundle.error();
    rungs[rung] = *std::move(bundle);
    if (given(rung) != nullptr) last = given(rung);
  }
  last = given(free);
  for (std::size_t rung = free; rung-- > 0;) {
    auto bundle = rung_of(workspace, limits[rung], task, nullptr, last);
    if (!bundle) return bundle.error();
    rungs[rung] = *std::move(bundle);
    if (given(rung) != nullptr) last = given(rung);
    // The smaller of two nested bundles carries the flag.
    rungs[rung + 1].nested = given(rung + 1) != nullptr && rungs[rung].nested;
  }
  rungs.front().nested = false;
  return rungs;
}

std::uint32_t gap_of(const Bundle& bundle) {
  return bundle.status == PackingStatus::ok ? bundle.certificate.gap_ppm : 0;
}

// The rung that may lose most; of equal ones the smallest.
std::size_t worst_of(const std::vector<Bundle>& rungs) {
  std::size_t worst = rungs.size() - 1;
  for (std::size_t rung = rungs.size(); rung-- > 0;)
    if (gap_of(rungs[rung]) > gap_of(rungs[worst])) worst = rung;
  return worst;
}

bool all_nested(const std::vector<Bundle>& rungs) {
  return std::all_of(rungs.begin() + 1, rungs.end(),
                     [](const Bundle& rung) { return rung.status != PackingStatus::ok || rung.nested; });
}

}  // namespace

std::string name_and_path(const Registry& registry, ManifestId id) {
  const ManifestView manifest = registry[id];
  return to_string(symbol_of(manifest)) + "  " + std::string(manifest.path);
}

Result<ManifestId> find_manifest(const Registry& registry, std::string_view text) {
  const std::vector<ManifestId> ids = registry.candidates(text);
  if (ids.size() == 1) return ids.front();
  if (ids.empty()) return unknown(registry, text);
  std::string message = "'" + unicode::displayable(text) + "' is ambiguous; it may mean";
  for (const ManifestId id : ids) message += "\n  " + name_and_path(registry, id);
  return Error{ErrorCode::misuse, message, {}, {}};
}

Result<std::vector<Symbol>> find_symbols(const Registry& registry, const std::vector<std::string>& texts) {
  std::vector<Symbol> symbols;
  for (const std::string& text : texts) {
    const auto id = find_manifest(registry, text);
    if (!id) return id.error();
    symbols.push_back(symbol_of(registry[*id]));
  }
  return symbols;
}

Result<std::string> section_text(const Workspace& workspace, ManifestId id, std::uint32_t section,
                                 std::optional<std::uint32_t> further) {
  return bundle::section_text(
      workspace.registry(), id, section, further,
      [&](const ManifestView& manifest, const SectionView& view) { return workspace.read(manifest, view); });
}

std::vector<bundle::ListedFile> linked_files(const Workspace& workspace, ManifestId id) {
  const Registry registry = workspace.registry();
  return bundle::listed_files(registry, id, workspace.folder(registry[id]), workspace.counter(),
                              [&](std::string_view path) { return workspace.read_file(path); });
}

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

Result<std::optional<TokenModel>> find_model(const std::string& name) {
  if (name.empty()) return std::optional<TokenModel>();
  const auto model = token_model(name);
  if (model) return model;
  return Error{ErrorCode::misuse,
               "unknown model '" + name + "'",
               {},
               "known are " + letters::joined(token_models(), ", ", &TokenModel::name)};
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
    if (limits.model) task.model_tokens = static_cast<std::uint32_t>(tokens);
    const std::uint64_t most = limits.model ? to_o200k(*limits.model, tokens) : tokens;
    task.bundle.budget.limit.tokens = static_cast<TokenCount>(std::min<std::uint64_t>(most, unlimited - 1));
  }
  if (limits.chars) task.bundle.budget.limit.chars = *limits.chars;
  task.model = limits.model;
  task.exact = workspace.counter().exact();
  return {};
}

Result<std::vector<Bundle>> assemble_ladder(const Workspace& workspace, const std::vector<Limits>& limits, Task& task) {
  constexpr std::uint32_t little_ppm = 10'000;
  auto best = nested_rungs(workspace, limits, task, 0);
  for (std::set<std::size_t> tried{0}; best;) {
    const std::size_t worst = worst_of(*best);
    if (gap_of((*best)[worst]) <= little_ppm || !tried.insert(worst).second) break;
    auto rungs = nested_rungs(workspace, limits, task, worst);
    if (!rungs) return rungs;
    if (all_nested(*rungs) && gap_of((*rungs)[worst_of(*rungs)]) < gap_of((*best)[worst])) best = std::move(rungs);
  }
  return best;
}

}  // namespace cascade::request
