// The public face of State (state.h). confirm() waits for the comparison after an answer, and reads what changed.
// check() builds everything again without a cache and compares the bytes.
#include <cascade/workspace.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <unordered_map>
#include <utility>

#include "discovery/discovery.h"
#include "files/atomic_write.h"
#include "files/mapped_file.h"
#include "files/overlay_tree.h"
#include "files/paths.h"
#include "hash/content_hash.h"
#include "manifest/emission.h"
#include "manifest/parse.h"
#include "registry/tables.h"
#include "route/tables.h"
#include "syntax/toml.h"
#include "text/names.h"
#include "workspace/load.h"
#include "workspace/state.h"

namespace cascade {

Workspace::Workspace(std::unique_ptr<State> state) : state_(std::move(state)) {}
Workspace::Workspace(Workspace&&) noexcept = default;
Workspace& Workspace::operator=(Workspace&&) noexcept = default;
Workspace::~Workspace() = default;

Result<Workspace> Workspace::open(WorkspaceOptions options) {
  auto state = std::make_unique<State>(std::move(options));
  if (auto prepared = state->prepare(); !prepared) return prepared.error();
  if (auto refreshed = state->refresh(); !refreshed) return refreshed.error();
  return Workspace(std::move(state));
}

Result<RefreshReport> Workspace::refresh() {
  if (auto refreshed = state_->refresh(); !refreshed) return refreshed.error();
  return state_->report;
}

Result<bool> Workspace::confirm() {
  if (!state_->check || state_->is_good(true)) return true;
  state_->options.check_later = false;
  if (auto refreshed = state_->refresh(); !refreshed) return refreshed.error();
  return false;
}

const RefreshReport& Workspace::report() const noexcept { return state_->report; }

Result<void> Workspace::check() const {
  if (state_->index_path.empty()) return {};
  auto image = index_file::Image::open(state_->index_path, state_->key);
  if (!image) return image.error();
  if (auto whole = image->verify(); !whole)
    return Error{whole.error().code, whole.error().message, state_->index_path,
                 "delete it; it is made anew when needed"};
  WorkspaceOptions options = state_->options;
  options.cache_directory.clear();
  options.progress = nullptr;
  auto anew = Workspace::open(std::move(options));
  if (!anew) return anew.error();
  const auto ours = router(), theirs = anew->router();
  if (!ours) return ours.error();
  if (!theirs) return theirs.error();
  if (RegistryTables::bytes(anew->registry()) == RegistryTables::bytes(*state_->registry) &&
      RouterTables::bytes(*ours) == RouterTables::bytes(*theirs))
    return {};
  return Error{ErrorCode::stale, "the index gives other answers than the files", state_->index_path,
               "delete it, and report how it came about"};
}

const std::string& Workspace::index_path() const noexcept { return state_->index_path; }

Registry Workspace::registry() const { return *state_->registry; }

Result<Router> Workspace::router() const {
  if (!state_->router && !state_->take_router())
    if (auto built = state_->build_router(nullptr); !built) return built.error();
  return *state_->router;
}

const std::vector<Root>& Workspace::roots() const noexcept { return state_->roots; }
const TokenCounter& Workspace::counter() const noexcept { return state_->counter; }
const RulePolicy& Workspace::rule_policy() const noexcept { return state_->configuration.policy; }
const Preferences& Workspace::preferences() const noexcept { return state_->configuration.preferences; }
const std::vector<Diagnostic>& Workspace::problems() const noexcept { return state_->problems; }

std::vector<std::string> Workspace::files() const {
  std::vector<std::string> all = state_->others;
  const Registry& registry = *state_->registry;
  for (std::uint32_t id = 0; id < registry.size(); ++id) all.emplace_back(registry[ManifestId{id}].path);
  letters::sort_once(all);
  return all;
}

std::string Workspace::folder(const ManifestView& manifest) const {
  const workspace::SplitPath split = workspace::split(state_->sources, manifest.path);
  const std::string parent(files::parent(split.path));
  return split.root < state_->sources.size() ? files::join(state_->sources[split.root].folder.path, parent) : parent;
}

Result<std::string> Workspace::read_file(std::string_view path) const { return state_->read_text(path); }

Result<std::string> Workspace::read(const ManifestView& manifest, const SectionView& section) const {
  if (state_->last_path != manifest.path) {
    auto text = state_->read_text(manifest.path);
    if (!text) {
      Error error = text.error();
      if (error.code == ErrorCode::not_found) error.code = ErrorCode::stale;
      return error;
    }
    state_->last_path = manifest.path;
    state_->last_text = std::move(*text);
    state_->last_is_escaped = manifest::escaped_body(manifest.path, manifest.kind, state_->last_text);
  }
  const std::string_view text = state_->last_text;
  const Error changed{ErrorCode::stale, "the file has changed since it was indexed", std::string(manifest.path),
                      "run cascade index"};
  if (section.offset > text.size() || section.length > text.size() - section.offset) return changed;
  std::string whole(text.substr(section.offset, section.length));
  if (state_->last_is_escaped) whole = syntax::unescape_toml(whole);
  const SectionView full = state_->registry->section(manifest.id, section.shorter_of);
  if (hash::hash_text(whole) != full.content_hash) return changed;
  return whole;
}

// A small index is written at once. The tables of a large one together need more memory than anything else, so each
// goes into the file as soon as it is made. Whoever finds the lock taken works in memory and keeps nothing.
using index_file::RegionKind;

namespace {

constexpr std::size_t large_library = 16u << 20;  // bytes of parts, as those of twenty thousand manifests

bool is_large(const workspace::Scan& scan) {
  std::size_t bytes = 0;
  for (const registry::Part& part : scan.parts) bytes += part.text.size() + part.sections.size * sizeof(SectionRecord);
  return bytes >= large_library;
}

// Reading fewer files than this again costs less than writing an index without routing tables.
bool is_worth_writing(const RefreshReport& update) {
  constexpr std::size_t least = 64;  // one file in this many
  const std::size_t changed = update.parsed + update.removed;
  return changed == 0 || changed * least >= changed + update.reused;
}

template <typename T>
std::string_view bytes(const std::vector<T>& records) {
  return {reinterpret_cast<const char*>(records.data()), records.size() * sizeof(T)};
}

}  // namespace

void Workspace::State::begin_index(const workspace::Scan& scan) {
  writer.reset();
  if (!options.index_routes || !is_large(scan)) return;
  if (auto begun = index_file::Writer::begin(index_path)) writer = *std::move(begun);
}

tables::StoreBlock Workspace::State::store(RegionKind kind) const {
  if (!writer) return {};
  return [this, kind](const std::function<void(const tables::Sink&)>& write) -> std::optional<tables::StoredBlock> {
    auto mapped = writer->add(kind, write);
    if (!mapped) return std::nullopt;
    return tables::StoredBlock{*mapped, (*mapped)->bytes()};
  };
}

void Workspace::State::give_back_memory() const {
  if (!writer) return;
  if (image) image->release_pages();
  writer->release_pages();
  files::return_freed_memory();
}

void Workspace::State::keep_index(workspace::Scan& scan, std::int64_t scan_start_ns) {
  if (!options.index_routes) {
    if (!image || is_worth_writing(report)) write_index(scan, scan_start_ns);
    return;
  }
  if (writer && writer->add(RegionKind::calls, scan.pieces())) {
    scan.calls.clear();
    scan.makers.clear();
    give_back_memory();
  }
  if (auto built = build_router(&scan); !built)  // a file became unreadable; the next run may succeed
    log(LogLevel::info, "no routing tables, the index was not kept: " + built.error().message);
  else
    write_index(scan, scan_start_ns);
  writer.reset();
}

void Workspace::State::write_index(const workspace::Scan& scan, std::int64_t scan_start_ns) {
  if (index_path.empty()) return;
  const auto saved = write_rest(scan, scan_start_ns);
  if (saved) return;
  report.not_kept_because = saved.error().path + ": " + saved.error().message;
  if (!saved.error().help.empty()) report.not_kept_because += "; " + saved.error().help;
  log(LogLevel::info, "the index was not kept: " + report.not_kept_because);
}

Result<void> Workspace::State::write_rest(const workspace::Scan& scan, std::int64_t scan_start_ns) {
  const std::string report_bytes = workspace::write_walk_report(scan.report);
  std::vector<index_file::Region> regions = {
      {RegionKind::files, bytes(scan.files)},
      {RegionKind::folders, bytes(scan.folders)},
      {RegionKind::strings, scan.strings},
      {RegionKind::registry, RegistryTables::bytes(*registry)},
      {RegionKind::router, router ? RouterTables::bytes(*router) : std::string_view()},
      {RegionKind::notes, router ? std::string_view(notes) : std::string_view()},
      {RegionKind::problems, report_bytes},
      {RegionKind::origins, bytes(scan.origins)}};
  if (!writer) {
    for (const std::string_view piece : scan.pieces()) regions.push_back({RegionKind::calls, piece});
    auto made = files::make_directories(options.cache_directory);  // else the lock would only miss its folder
    if (!made) return made;
    return index_file::save(index_path, key, scan_start_ns, regions);
  }
  if (router) {
    if (const auto stored =
            store(RegionKind::router)([&](const tables::Sink& sink) { sink(RouterTables::bytes(*router)); }))
      if (auto opened = RouterTables::open(stored->owner, stored->bytes, *registry)) router = *std::move(opened);
    give_back_memory();
  }
  for (const index_file::Region& region : regions) {
    if (writer->has(region.kind)) continue;
    if (auto added = writer->add(region.kind, std::vector<std::string_view>{region.bytes}); !added) return added;
  }
  return writer->finish(key, scan_start_ns);
}

// Several threads ask at once: real paths of folders are remembered behind a lock, because the system would resolve
// every path from the top, and each thread takes eight neighbouring files at a time.
struct TreeFiles::State {
  explicit State(const std::vector<FileInstead>& instead) : tree(workspace::tree_with(instead)) {}

  Result<std::string> real_path(const std::string& path);

  files::OverlayTree tree;
  std::string root;
  discovery::TreeListing listing;
  std::size_t threads = 1;

 private:
  Result<std::string> real_folder(const std::string& folder);

  std::mutex mutex_;
  std::unordered_map<std::string, std::string> real_folders_;
};

Result<std::string> TreeFiles::State::real_path(const std::string& path) {
  if (path == root) return root;
  if (tree.link_target(path)) return tree.real_path(path);
  auto folder = real_folder(std::string(files::parent(path)));
  if (!folder) return folder;
  return files::join(*folder, files::file_name(path));
}

Result<std::string> TreeFiles::State::real_folder(const std::string& folder) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (const auto known = real_folders_.find(folder); known != real_folders_.end()) return known->second;
  }
  auto real = real_path(folder);
  if (!real) return real;
  const std::lock_guard<std::mutex> lock(mutex_);
  return real_folders_.emplace(folder, *std::move(real)).first->second;
}

TreeFiles::TreeFiles(std::unique_ptr<State> state) : state_(std::move(state)) {}
TreeFiles::TreeFiles(TreeFiles&&) noexcept = default;
TreeFiles& TreeFiles::operator=(TreeFiles&&) noexcept = default;
TreeFiles::~TreeFiles() = default;

Result<TreeFiles> TreeFiles::list(const std::string& folder, unsigned threads) { return list(folder, threads, {}); }

Result<TreeFiles> TreeFiles::list(const std::string& folder, unsigned threads,
                                  const std::vector<FileInstead>& instead) {
  auto state = std::make_unique<State>(instead);
  auto real = state->tree.real_path(folder);
  if (!real) return real.error();
  state->root = *real;
  auto listing = discovery::list_tree(state->tree, *real);
  if (!listing) return listing.error();
  state->listing = std::move(*listing);
  state->threads = workspace::thread_count(threads);
  return TreeFiles(std::move(state));
}

TreeFiles TreeFiles::with(const std::vector<FileInstead>& instead) const {
  auto state = std::make_unique<State>(instead);
  state->root = state_->root;
  state->listing = state_->listing;
  state->threads = state_->threads;
  return TreeFiles(std::move(state));
}

const std::vector<std::string>& TreeFiles::files() const noexcept { return state_->listing.files; }
const std::vector<Diagnostic>& TreeFiles::problems() const noexcept { return state_->listing.problems; }

Result<std::string> TreeFiles::read(const std::string& path) const {
  return state_->tree.read(files::join(state_->root, path), max_file_bytes);
}

PathState TreeFiles::look(const std::string& path) const {
  const std::string absolute = files::normalise(files::join(state_->root, path));
  if (!files::is_within(state_->root, absolute)) return PathState::outside;
  const auto stamp = state_->tree.stat(absolute);
  if (!stamp) return PathState::missing;
  const auto real = state_->real_path(absolute);
  if (!real || !files::is_within(state_->root, *real)) return PathState::outside;
  if (stamp->directory) return PathState::folder;
  return stamp->executable ? PathState::executable : PathState::file;
}

void TreeFiles::for_each(std::size_t count, const std::function<void(std::size_t)>& work) const {
  constexpr std::size_t batch = 8;  // a batch of neighbours: a thread that wakes late must not take single files
  std::atomic<std::size_t> next = 0;
  const auto run = [&](std::size_t) {
    for (std::size_t begin = next.fetch_add(batch); begin < count; begin = next.fetch_add(batch))
      for (std::size_t i = begin; i < std::min(begin + batch, count); ++i) work(i);
  };
  workspace::run_on_threads(std::clamp<std::size_t>(count / batch, 1, state_->threads), run);
}

}  // namespace cascade
