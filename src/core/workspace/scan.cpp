// (1) List: the earlier list if no folder changed, else a walk; files become slots in their final order. (2) Load:
// changed files are parsed by several threads; if a file of the earlier list is gone, the roots are walked after all.
// (3) Keep: the records of all slots. A stamp that is too recent is marked racy, since a file can change twice within
// one tick.
#include "workspace/load.h"

#include <algorithm>
#include <map>
#include <set>

#include "discovery/discovery.h"
#include "files/overlay_tree.h"
#include "files/paths.h"
#include "hash/content_hash.h"
#include "manifest/kinds.h"
#include "registry/tables.h"

namespace cascade::workspace {
namespace {

using index_file::FileRecord, index_file::OriginRecord;

// File systems without nanoseconds tick every two seconds, others at least every 10 ms.
constexpr std::int64_t fine_grain_ns = 10'000'000, coarse_grain_ns = 2'000'000'000;
constexpr std::int64_t longest_scan_ns = 60'000'000'000;

// A folder from the future would be listed at every prompt; since any change gives it a new stamp, it is not racy.
bool is_racy(const files::Stamp& stamp, std::int64_t scan_start_ns) {
  const std::int64_t latest = std::max(stamp.modified_ns, stamp.changed_ns);
  if (stamp.directory && latest > scan_start_ns + longest_scan_ns) return false;
  const bool coarse = stamp.modified_ns % 1'000'000'000 == 0 && stamp.changed_ns % 1'000'000'000 == 0;
  const std::int64_t limit = scan_start_ns - (coarse ? coarse_grain_ns : fine_grain_ns);
  return stamp.modified_ns >= limit || stamp.changed_ns >= limit;
}

struct ScanInput {
  const files::Tree& tree;
  const std::vector<SourceRoot>& roots;
  const Records& previous;
  const ScanOptions& options;
};

bool is_faulty(const Slot& slot) noexcept { return slot.loaded && !slot.loaded->problems.empty(); }

class ScanWriter {
 public:
  explicit ScanWriter(const ScanInput& input) : input_(input) {}

  Scan scan;
  std::size_t known = 0;  // how many of the files so far the previous index has

  // Memory for the results of all slots, so that it is touched only once.
  void reserve(std::size_t slots) {
    const std::size_t count = scan.files.size() + slots;
    scan.files.reserve(count);
    scan.origins.reserve(count);
    scan.texts.reserve(count);
    scan.parts.reserve(slots);
    scan.calls.reserve(slots);
  }

  void keep_folder(std::size_t root, std::string_view path, const files::Stamp& stamp, std::uint32_t flags) {
    scan.folders.push_back(record(root, path, stamp, {}));
    scan.folders.back().flags |= flags;
  }

  void keep_unread(std::size_t root, std::string_view path) {
    scan.folders.push_back(record(root, path, {}, {}));
    scan.folders.back().flags = index_file::flag_unread;
  }

  // A file that is not a manifest but whose changes matter, such as plugin.json.
  void keep_other(std::size_t root, std::string_view path, const files::Stamp& stamp, const hash::Hash128& content) {
    scan.files.push_back(record(root, path, stamp, content));
    scan.texts.emplace_back();
    scan.origins.emplace_back().kind = index_file::other_file;
  }

  void keep(Slot& slot) {
    if (slot.known != nullptr) ++known;
    FileRecord kept = record(slot.root, slot.path, slot.stamp, slot.content);
    keep_origin(slot);
    if (is_faulty(slot)) kept.flags |= index_file::flag_faulty;
    keep_part(slot, kept);
    ++(slot.loaded ? scan.parsed : scan.reused);
    scan.files.push_back(kept);
    scan.texts.emplace_back();
    if (!slot.loaded) return;
    for (Diagnostic& problem : slot.loaded->problems) scan.report.problems.push_back(std::move(problem));
    scan.texts.back() = std::move(slot.loaded->text);
  }

 private:
  FileRecord record(std::size_t root, std::string_view path, const files::Stamp& stamp, const hash::Hash128& content) {
    FileRecord record;
    record.size = stamp.size;
    record.inode = stamp.inode;
    record.modified_ns = stamp.modified_ns;
    record.changed_ns = stamp.changed_ns;
    record.content_high = content.high;
    record.content_low = content.low;
    record.path_offset = static_cast<std::uint32_t>(scan.strings.size());
    record.path_length = static_cast<std::uint32_t>(path.size());
    record.root = static_cast<std::uint32_t>(root);
    record.flags = is_racy(stamp, input_.options.scan_start_ns) ? index_file::flag_racy : 0;
    scan.strings.append(path).push_back('\0');
    return record;
  }

  // Components and plugins are the same for runs of files: their text is written only when it changes.
  void keep_origin(const Slot& slot) {
    const auto again = [&](std::string_view text, std::uint32_t& offset, std::uint32_t& length) {
      if (text == std::string_view(scan.strings).substr(offset, length)) return;
      offset = static_cast<std::uint32_t>(scan.strings.size());
      length = static_cast<std::uint32_t>(text.size());
      scan.strings.append(text);
    };
    again(slot.component, origin_.component_offset, origin_.component_length);
    again(slot.plugin, origin_.plugin_offset, origin_.plugin_length);
    origin_.kind = static_cast<std::uint32_t>(slot.kind);
    origin_.flags = origin_flags(slot);
    scan.origins.push_back(origin_);
  }

  void keep_part(Slot& slot, FileRecord& kept) {
    std::string_view calls;
    if (slot.loaded) {
      calls = slot.loaded->made.calls;
      if (!calls.empty()) scan.parts.push_back(*registry::Part::open(slot.loaded->made.shown, calls));
    } else if (slot.known->calls_length != 0) {
      calls = input_.previous.calls_of(*slot.known);
      kept.manifest = slot.known->manifest;
      scan.parts.push_back(*input_.previous.part(*slot.known));
    }
    if (calls.empty()) return;
    kept.calls_offset = calls_;
    kept.calls_length = static_cast<std::uint32_t>(calls.size());
    calls_ += calls.size();
    scan.calls.push_back(calls);
  }

  const ScanInput& input_;
  OriginRecord origin_;      // of the previous file
  std::uint64_t calls_ = 0;  // total bytes of calls so far
};

// Before any manifest is read. Folders and other files are written already.
struct FileList {
  ScanWriter writer;
  std::vector<Slot> slots{};
  std::vector<std::vector<discovery::Found>> found{};  // by root; slots refer to their texts
};

// `i`: the entry's number in the check, folders first.
bool is_as_known(const ScanInput& in, const FileRecord& known, std::size_t i, std::string_view path, bool folder) {
  if (in.previous.is_seen(i)) return true;
  const auto stamp = in.tree.stat(files::join(in.roots[known.root].folder.path, path));
  return stamp && stamp->directory == folder && is_unchanged(known, *stamp);
}

bool take_known_folders(const ScanInput& in, ScanWriter& writer) {
  writer.scan.strings.reserve(in.previous.strings.size());
  writer.scan.folders.reserve(in.previous.folders.size);
  for (std::size_t i = 0; i < in.previous.folders.size; ++i) {
    const FileRecord& known = in.previous.folders[i];
    const std::string_view path = in.previous.path(known);
    if (known.root >= in.roots.size() || path.empty() || !is_as_known(in, known, i, path, true)) return false;
    writer.keep_folder(known.root, path, stamp_of(known, true), 0);
  }
  return true;
}

bool take_known_files(const ScanInput& in, FileList& list) {
  list.slots.reserve(in.previous.files.size);
  for (std::size_t i = 0; i < in.previous.files.size; ++i) {
    const FileRecord& known = in.previous.files[i];
    const OriginRecord& origin = in.previous.origins[i];
    const std::string_view path = in.previous.path(known);
    if (known.root >= in.roots.size() || path.empty() || (known.flags & index_file::flag_faulty) != 0) return false;
    if (origin.kind == index_file::other_file) {
      if (!is_as_known(in, known, in.previous.folders.size + i, path, false)) return false;
      ++list.writer.known;
      list.writer.keep_other(known.root, path, stamp_of(known, false), {known.content_high, known.content_low});
      continue;
    }
    if (origin.kind >= manifest::all_kinds.size()) return false;
    Slot& slot = list.slots.emplace_back();
    slot.root = known.root;
    slot.known = &known;
    slot.kind = static_cast<Kind>(origin.kind);
    slot.path = path;
    slot.component = in.previous.text(origin.component_offset, origin.component_length);
    slot.plugin = in.previous.text(origin.plugin_offset, origin.plugin_length);
    slot.prefixed = (origin.flags & index_file::origin_prefixed) != 0;
    slot.if_declared = (origin.flags & index_file::origin_if_declared) != 0;
  }
  return true;
}

// Lists the files of the previous index. Nothing if a walk might find something new, so that one is needed.
std::optional<FileList> list_as_before(const ScanInput& in) {
  const Records& previous = in.previous;
  if (in.options.hash_everything || previous.files.size == 0 || previous.origins.size != previous.files.size)
    return std::nullopt;
  auto report = read_walk_report(previous.report);
  if (!report) return std::nullopt;
  FileList list{ScanWriter(in)};
  list.writer.scan.report = *std::move(report);
  if (!take_known_folders(in, list.writer) || !take_known_files(in, list)) return std::nullopt;
  return list;
}

// After loading: false if a file is gone or unreadable, or is now below a link that leads out of its root.
bool are_as_before(const ScanInput& in, const std::vector<Slot>& slots) {
  for (const Slot& slot : slots) {
    if (is_faulty(slot)) return false;
    if (!slot.read) continue;
    const std::string& root = in.roots[slot.root].folder.path;
    const auto real_root = in.tree.real_path(root), real = in.tree.real_path(files::join(root, slot.path));
    if (!real_root || !real || !files::is_within(*real_root, *real)) return false;  // or a link, which needs the walk
  }
  return true;
}

using KnownFiles = std::map<std::pair<std::uint32_t, std::string_view>, const FileRecord*>;  // by root and path

KnownFiles known_files(const Records& previous) {
  KnownFiles known;
  for (const FileRecord& record : previous.files) known.emplace(std::pair(record.root, previous.path(record)), &record);
  return known;
}

const FileRecord* find(const KnownFiles& known, std::size_t root, std::string_view path) {
  const auto found = known.find({static_cast<std::uint32_t>(root), path});
  return found == known.end() ? nullptr : found->second;
}

// A folder that cannot be listed may contain manifests, and may be readable next time.
void report_unread(const ScanInput& in, std::size_t root, const Error& failure, std::vector<Diagnostic>& problems,
                   ScanWriter& writer) {
  const std::string path = files::relative_to(in.roots[root].folder.path, failure.path);
  writer.keep_unread(root, path);
  if (std::ranges::any_of(problems, [&](const Diagnostic& d) { return d.at.path == path; })) return;
  Diagnostic& unread = problems.emplace_back();
  unread.severity = Severity::warning;
  unread.rule = "ID009";
  unread.at.path = path;
  unread.message = failure.message;
  unread.help = failure.help;
}

void read_other(const ScanInput& in, std::size_t root, const std::string& path, const KnownFiles& known,
                ScanWriter& writer) {
  auto file = in.tree.read_stamped(files::join(in.roots[root].folder.path, path), max_manifest_bytes);
  if (find(known, root, path) != nullptr) ++writer.known;
  if (file)
    writer.keep_other(root, path, file->stamp, hash::hash128(file->text));
  else
    writer.keep_unread(root, path);
}

Result<void> walk(const ScanInput& in, std::size_t root, const KnownFiles& known, FileList& list) {
  const files::NotingTree noting(in.tree);
  auto discovered = discovery::discover(noting, in.roots[root].folder);
  if (!discovered) return discovered.error();
  WalkReport& report = list.writer.scan.report;
  const std::string& label = in.roots[root].label;
  for (const Error& failure : noting.failures()) report_unread(in, root, failure, discovered->problems, list.writer);
  for (const discovery::Watched& folder : discovered->directories)
    list.writer.keep_folder(root, folder.path, folder.stamp, discovered->settled ? 0 : index_file::flag_unsettled);
  for (const std::string& other : discovered->others) {
    report.others.push_back(label + other);
    read_other(in, root, other, known, list.writer);
  }
  for (Diagnostic& problem : discovered->problems) {
    problem.at.path = label + problem.at.path;
    report.problems.push_back(std::move(problem));
  }
  list.slots.reserve(list.slots.size() + discovered->manifests.size());
  for (const discovery::Found& found : list.found.emplace_back(std::move(discovered->manifests))) {
    Slot& slot = list.slots.emplace_back();
    slot.root = static_cast<std::uint32_t>(root);
    slot.known = find(known, root, found.path);
    slot.kind = found.kind;
    slot.path = found.path;
    slot.component = found.component;
    slot.plugin = found.plugin;
    slot.prefixed = found.prefixed;
    slot.if_declared = found.if_declared;
  }
  return {};
}

// One skill that is linked into several clients' folders is one manifest, under its own name if some root has that.
void drop_found_again(const ScanInput& in, FileList& list) {
  std::set<std::string> own, linked;
  std::vector<const std::string*> reals;  // of each slot
  bool any = false;
  for (const std::vector<discovery::Found>& found : list.found)
    for (const discovery::Found& one : found) {
      reals.push_back(&one.elsewhere);
      any = any || !one.elsewhere.empty();
    }
  if (!any) return;  // most libraries
  for (std::size_t i = 0; i < list.slots.size(); ++i)
    if (reals[i]->empty()) own.insert(files::join(in.roots[list.slots[i].root].folder.path, list.slots[i].path));
  std::size_t i = 0;
  const auto is_again = [&](const Slot&) {
    const std::string& real = *reals[i++];
    return !real.empty() && (own.count(real) != 0 || !linked.insert(real).second);
  };
  std::erase_if(list.slots, is_again);
}

Result<FileList> list_by_walk(const ScanInput& in) {
  FileList list{ScanWriter(in)};
  list.writer.scan.walked = true;
  const KnownFiles known = known_files(in.previous);
  for (std::size_t root = 0; root < in.roots.size(); ++root)
    if (auto walked = walk(in, root, known, list); !walked) return walked.error();
  drop_found_again(in, list);
  if (in.options.most_files > 0 && list.slots.size() > in.options.most_files)
    return Error{ErrorCode::unsupported,
                 std::to_string(list.slots.size()) + " manifests, more than the " +
                     std::to_string(in.options.most_files) + " that are read at once",
                 in.roots.empty() ? std::string() : in.roots.front().folder.path, "run cascade index"};
  return list;
}

Result<void> load(const ScanInput& in, const TokenCounter& counter, FileList& list) {
  auto makers = load_all(in.tree, in.roots, counter, in.previous, in.options, list.slots);
  if (!makers) return makers.error();
  list.writer.scan.makers = *std::move(makers);
  return {};
}

Scan keep_all(const ScanInput& in, FileList list) {
  ScanWriter& writer = list.writer;
  writer.reserve(list.slots.size());
  for (Slot& slot : list.slots) writer.keep(slot);
  Scan& scan = writer.scan;
  scan.removed = in.previous.files.size > writer.known ? in.previous.files.size - writer.known : 0;
  scan.same = !scan.walked && scan.parsed + scan.removed == 0 && in.previous.registry;
  return std::move(scan);
}

}  // namespace

std::vector<std::string_view> Scan::pieces() const {
  std::vector<std::string_view> all;
  for (const std::string_view piece : calls)
    if (!all.empty() && all.back().data() + all.back().size() == piece.data())
      all.back() = {all.back().data(), all.back().size() + piece.size()};
    else
      all.push_back(piece);
  return all;
}

Registry Scan::build_registry(const tables::StoreBlock& store) {
  std::vector<std::uint32_t> ids;
  Registry registry = registry::build_registry(std::move(parts), &ids, store);
  auto id = ids.begin();
  for (FileRecord& file : files)
    if (file.calls_length != 0) file.manifest = *id++;
  for (registry::PartMaker& maker : makers) maker.drop_shown();
  return registry;
}

Result<Scan> scan(const files::Tree& tree, const std::vector<SourceRoot>& roots, const TokenCounter& counter,
                  const Records& previous, const ScanOptions& options) {
  const ScanInput in{tree, roots, previous, options};
  if (auto list = list_as_before(in)) {
    if (auto loaded = load(in, counter, *list); !loaded) return loaded.error();
    if (are_as_before(in, list->slots)) return keep_all(in, *std::move(list));
  }
  auto list = list_by_walk(in);
  if (!list) return list.error();
  if (auto loaded = load(in, counter, *list); !loaded) return loaded.error();
  return keep_all(in, *std::move(list));
}

// The report is stored as a registry with one unnamed document, whose aliases are the other files.
std::string write_walk_report(const WalkReport& report) {
  Manifest carrier;
  carrier.document = true;
  carrier.problems = report.problems;
  carrier.aliases = report.others;
  std::vector<Manifest> all;
  all.push_back(std::move(carrier));
  return std::string(RegistryTables::bytes(Registry::build(all)));
}

std::optional<WalkReport> read_walk_report(std::string_view bytes) {
  const auto carrier = RegistryTables::open(nullptr, bytes);
  if (!carrier || carrier->size() != 1) return std::nullopt;
  WalkReport report;
  report.problems = carrier->problems();
  for (const std::string_view other : carrier->aliases(ManifestId{0})) report.others.emplace_back(other);
  return report;
}

}  // namespace cascade::workspace
