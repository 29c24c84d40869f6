// The index file is opened by a key over all but the files that it depends on. If these have their recorded stamps, it
// answers as it is; otherwise a scan reuses its unchanged parts. With check_later the answer comes first.
#include "workspace/state.h"

#include <algorithm>
#include <iterator>

#include "files/atomic_write.h"
#include "files/paths.h"
#include "files/tree.h"
#include "manifest/parse.h"
#include "registry/tables.h"
#include "route/build/build.h"
#include "route/tables.h"
#include "syntax/toml.h"
#include "workspace/contents.h"

namespace cascade {

using index_file::RegionKind, workspace::Records, workspace::SourceRoot;

namespace {

constexpr const char* files_changed = "files have changed";
constexpr std::size_t reads_between = 8192;  // the pages of a large library are given back after so many files

Diagnostic unread(const Error& fault) {
  Diagnostic problem = workspace::setting_fault(Severity::warning, fault.path, fault.message, fault.help);
  problem.rule = "ID009";
  return problem;
}

bool take_records(const index_file::Image& image, Records& records) {
  const auto table = [&](RegionKind kind, Span<index_file::FileRecord>& out) {
    auto bytes = image.region(kind);
    if (!bytes || bytes->size() % sizeof(index_file::FileRecord) != 0) return false;
    out = {reinterpret_cast<const index_file::FileRecord*>(bytes->data()),
           bytes->size() / sizeof(index_file::FileRecord)};
    return true;
  };
  auto strings = image.region(RegionKind::strings);
  if (!strings || !table(RegionKind::files, records.files) || !table(RegionKind::folders, records.folders))
    return false;
  records.strings = *strings;
  return true;
}

}  // namespace

files::OverlayTree workspace::tree_with(const std::vector<FileInstead>& instead) {
  std::map<std::string, files::OverlaidFile> overlaid;
  for (const FileInstead& file : instead) overlaid[file.path] = {file.text, file.executable};
  return files::OverlayTree(std::move(overlaid));
}

Result<void> Workspace::State::prepare() {
  if (options.directory.empty()) options.directory = ".";
  auto directory = tree.real_path(options.directory);
  if (!directory) return directory.error();
  options.directory = *directory;
  const files::ReadingTree given(options.read_configuration);
  const files::Tree& configurations = tree.is_disk() ? static_cast<const files::Tree&>(given) : tree;
  configuration = workspace::find_configuration(configurations, options.directory, options.is_allowed, options.home);
  const std::vector<std::string> added = add_users_sources(configurations);
  drop_missing_roots(tree, configuration);
  const files::NotingTree noting(tree);
  std::vector<Error> faults;
  auto chosen = workspace::choose_roots(noting, options, configuration.roots, added, faults);
  if (!chosen) return chosen.error();
  sources = std::move(*chosen);
  for (const Error& fault : faults) configuration.problems.push_back(unread(fault));
  for (const Error& failure : noting.failures())
    if (std::ranges::none_of(faults, [&](const Error& fault) { return fault.path == failure.path; }))
      configuration.problems.push_back(unread(failure));
  for (const SourceRoot& source : sources) roots.push_back({source.folder.path, source.scope});
  overlays = workspace::read_overlays(tree, sources, options.home);
  for (const std::string& fault : overlays.faults) {
    log(LogLevel::warning, fault);
    configuration.problems.push_back(workspace::overlay_fault(fault));
  }
  for (const Error& fault : configuration.faults)
    configuration.problems.push_back(workspace::setting_fault(Severity::error, fault.path, fault.message, fault.help));
  open_vocabulary();
  make_key();
  return {};
}

// Where the default sources are read: the roots that the user's own file adds, which replace nothing.
std::vector<std::string> Workspace::State::add_users_sources(const files::Tree& configurations) {
  std::vector<std::string>& roots_here = configuration.roots;
  if (configuration.path == options.users_configuration) roots_here.clear();
  const bool defaults =
      options.default_roots ||
      (options.roots.empty() &&
       (roots_here.empty() || std::ranges::find(roots_here, workspace::default_sources) != roots_here.end()));
  if (!defaults) return {};
  workspace::UsersSources users =
      workspace::users_sources(configurations, configuration, options.users_configuration, options.home);
  if (!options.builtin_library.empty()) {
    if (!users.without_library.empty()) options.builtin_library.clear();
    configuration.preferences.no_library = std::move(users.without_library);
  }
  return std::move(users.roots);
}

void Workspace::State::open_vocabulary() {
  if (options.vocabulary_path.empty()) return;
  auto opened = TokenCounter::open(options.vocabulary_path);
  if (opened)
    counter = std::move(*opened);
  else
    log(LogLevel::warning, "token counts are estimated: " + opened.error().message);
}

// Everything besides the files that the index's content depends on. The index file's name depends only on the roots.
void Workspace::State::make_key() {
  std::string place;
  for (const SourceRoot& source : sources)
    place += source.folder.path + '\n' + std::to_string(static_cast<int>(source.scope)) + ' ' +
             std::to_string(static_cast<int>(source.folder.layout)) + '\n';
  const std::string content = place + std::to_string(index_file::format_version) + ' ' +
                              std::string(workspace::source_id) + ' ' + std::string(counter.vocabulary()) + ' ' +
                              overlays.text;
  key = hash::hash128(content);
  if (!options.cache_directory.empty())
    index_path = files::join(options.cache_directory, hash::to_hex(hash::hash64(place)) + ".index");
}

Result<void> Workspace::State::refresh() {
  report = {};
  check.reset();
  router.reset();
  image.reset();
  last_path.clear();
  files = {};
  Records records;
  if (look_at_index(records)) return {};
  if (options.building) {
    if (auto may = options.building(); !may) return may;
    if (look_at_index(records)) return {};
  }
  auto scanned = rescan(records);
  image.reset();
  return scanned;
}

// True if the index answers; otherwise `records` holds what can be used. One looked at before answers as before.
bool Workspace::State::look_at_index(Records& records) {
  if (index_path.empty()) return false;
  auto opened = index_file::Image::open(index_path, key);
  if (!opened) {
    if (!image)
      report.rebuilt_because = opened.error().code == ErrorCode::not_found ? "there was none" : opened.error().message;
    return false;
  }
  if (image && opened->scan_start_ns() == image->scan_start_ns()) return false;
  image = std::move(*opened);
  records = {};
  report.rebuilt_because.clear();
  if (tree.is_disk()) return use_index(*image, records);
  take_parts(*image, records);
  return false;
}

// Files that match the index need not be read again, even if other files are replaced by given texts.
void Workspace::State::take_parts(const index_file::Image& image, Records& records) {
  if (!take_records(image, records) || !take_tables(image) || !take_reusable(image, records)) records = {};
}

// True if the index answers as it is. Otherwise `records` holds the reusable part of it.
bool Workspace::State::use_index(const index_file::Image& image, Records& records) {
  if (!take_records(image, records)) {
    records = {};
    report.rebuilt_because = "a block fails its checksum";
    return false;
  }
  files = records.files;
  file_paths = records.strings;
  check.emplace(tree, sources, records, options.freshness, options.threads);
  const bool tables_fit = take_tables(image);
  if (options.check_later && tables_fit) return true;
  if (is_good(tables_fit)) return true;
  records.seen = check->take_seen();
  check.reset();
  if (!tables_fit || !take_reusable(image, records)) records = {};
  report.rebuilt_because = tables_fit ? files_changed : "the tables do not fit";
  return false;
}

bool Workspace::State::take_reusable(const index_file::Image& image, Records& records) const {
  const auto calls = image.region(RegionKind::calls), origins = image.region(RegionKind::origins),
             found = image.region(RegionKind::problems);
  if (!calls || !origins || !found || origins->size() % sizeof(index_file::OriginRecord) != 0) return false;
  records.registry = registry;
  records.calls = *calls;
  records.report = *found;
  records.origins = {reinterpret_cast<const index_file::OriginRecord*>(origins->data()),
                     origins->size() / sizeof(index_file::OriginRecord)};
  return true;
}

// With more files than may be read while someone waits, an index that is not fresh is good enough.
bool Workspace::State::is_good(bool tables_fit) {
  const workspace::Freshened freshened = check->finish();
  const bool too_many = options.most_files > 0 && check->files() > options.most_files;
  if (!tables_fit || !(freshened.fresh || too_many)) return false;
  check.reset();
  report.reused = registry->size();
  report.outdated = !freshened.fresh;
  report.partial = freshened.partial;
  return true;
}

bool Workspace::State::take_tables(const index_file::Image& image) {
  auto tables = image.region(RegionKind::registry);
  auto found = image.region(RegionKind::problems);
  if (!tables || !found) return false;
  auto opened = RegistryTables::open(image.owner(), *tables);
  if (!opened) return false;
  registry = std::move(*opened);
  take_report(workspace::read_walk_report(*found).value_or(workspace::WalkReport{}));
  return true;
}

void Workspace::State::take_report(workspace::WalkReport found) {
  problems = configuration.problems;
  std::move(found.problems.begin(), found.problems.end(), std::back_inserter(problems));
  std::sort(problems.begin(), problems.end());
  others = std::move(found.others);
}

std::int64_t Workspace::State::scan_start() const {
  if (index_path.empty() || !tree.is_disk()) return 0;
  if (auto made = files::make_directories(options.cache_directory); !made) return 0;
  auto now = files::file_system_time(index_file::lock_path(index_path));
  return now ? *now : 0;
}

Result<void> Workspace::State::rescan(const Records& records) {
  workspace::ScanOptions how;
  how.threads = workspace::thread_count(options.threads);
  how.most_files = options.most_files;
  how.most_bytes = options.most_bytes;
  how.scan_start_ns = scan_start();
  how.hash_everything = options.freshness == Freshness::paranoid;
  how.progress = options.progress;
  auto scanned = workspace::scan(tree, sources, counter, records, how);
  if (!scanned) return scanned.error();
  report.reused = scanned->reused;
  report.parsed = scanned->parsed;
  report.removed = scanned->removed;
  if (report.rebuilt_because == files_changed && report.parsed + report.removed == 0)
    report.rebuilt_because = "folders were looked at again";
  take_report(scanned->report);
  if (!index_path.empty() && tree.is_disk()) begin_index(*scanned);
  registry = scanned->same ? records.registry : scanned->build_registry(store(RegionKind::registry));
  if (!index_path.empty() && tree.is_disk()) keep_index(*scanned, how.scan_start_ns);
  scanned_files = std::move(scanned->files);
  scanned_paths = std::move(scanned->strings);
  files = {scanned_files.data(), scanned_files.size()};
  file_paths = scanned_paths;
  return {};
}

// After a scan, only files that differ from the image's notes are read.
Result<void> Workspace::State::build_router(workspace::Scan* scan) const {
  RouterOptions how;
  how.overlays = overlays.overlays;
  how.kept_back = overlays.kept_back;
  route::Earlier earlier;
  std::optional<workspace::FileContents> contents;
  if (scan != nullptr) {
    contents.emplace(*scan, registry->size());
    if (image) {
      if (const auto kept = image->region(RegionKind::notes)) earlier.notes = *kept;
      if (const auto kept = image->region(RegionKind::router)) earlier.tables = *kept;
    }
    earlier.content = [&](ManifestId id) { return contents->of(id); };
  }
  std::size_t reads = 0;
  const auto read = [&](const ManifestView& manifest) -> Result<route::FileText> {
    if (++reads % reads_between == 0) give_back_memory();
    std::string kept = contents ? contents->take_text(manifest.id) : std::string();
    route::FileText file{std::move(kept), true};
    if (file.text.empty()) {
      auto text = read_text(manifest.path);
      if (!text) return text.error();
      file = {std::move(*text), false};
    }
    if (manifest::escaped_body(manifest.path, manifest.kind, file.text)) file.unescape = syntax::unescape_toml;
    return file;
  };
  auto built = route::build_router(
      *registry, read, how, earlier, [this] { give_back_memory(); }, store(RegionKind::notes));
  if (!built) return built.error();
  router = std::move(built->router);
  notes = std::move(built->notes);
  return {};
}

bool Workspace::State::take_router() const {
  if (!image) return false;
  auto tables = image->region(RegionKind::router);
  if (!tables || tables->empty()) return false;
  auto opened = RouterTables::open(image->owner(), *tables, *registry);
  if (!opened) return false;
  router = std::move(*opened);
  return true;
}

Result<std::string> Workspace::State::read_text(std::string_view path) const {
  const workspace::SplitPath split = workspace::split(sources, path);
  if (split.root >= sources.size()) return Error{ErrorCode::not_found, "no such root", std::string(path), ""};
  const std::string& root = sources[split.root].folder.path;
  const std::string relative = files::normalise(split.path);
  auto text = tree.read_below(root, relative, workspace::max_manifest_bytes);
  if (!text) {
    const std::string& home = sources[split.root].folder.links_into;
    const auto real = home.empty() ? Result<std::string>(text.error()) : tree.real_path(files::join(root, relative));
    if (real && discovery::is_own_below(tree, home, *real))
      text = tree.read_below(home, files::relative_to(home, *real), workspace::max_manifest_bytes);
    const std::string& repository = sources[split.root].folder.repository;
    if (const auto there =
            text || repository.empty() ? Result<std::string>(Error{}) : tree.real_path(files::join(root, relative));
        there && files::is_within(repository, *there))
      text = tree.read_below(repository, files::relative_to(repository, *there), workspace::max_manifest_bytes);
  }
  if (text || text.error().path != relative) return text;
  Error outside = text.error();
  outside.path = path;  // as the caller spelled it
  return outside;
}

}  // namespace cascade
