// Writes the index after a scan. A small one is written at once, out of the tables that the answer is made from. The
// tables of a large one together need more memory than anything else, so each goes into the file as soon as it is made
// and is read from there from then on. A lock is held meanwhile: whoever finds it taken works in memory and keeps
// nothing.
#include <utility>

#include "files/freed_memory.h"
#include "registry/tables.h"
#include "route/tables.h"
#include "workspace/state.h"

namespace cascade {

using index_file::RegionKind;

namespace {

constexpr std::size_t large_library = 16u << 20;  // bytes of parts, as those of twenty thousand manifests

bool is_large(const workspace::Scan& scan) {
  std::size_t bytes = 0;
  for (const registry::Part& part : scan.parts) bytes += part.text.size() + part.sections.size * sizeof(SectionRecord);
  return bytes >= large_library;
}

// For an index without routing tables, such as the validator's: reading fewer files than this again costs less than
// writing all of it.
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
  report.not_kept_because = saved.error().message;
  if (!saved.error().help.empty()) report.not_kept_because += "; " + saved.error().help;
  log(LogLevel::info, "the index was not kept: " + report.not_kept_because);
}

// What `writer` has not written yet, or all.
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

}  // namespace cascade
