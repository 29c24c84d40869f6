// Lists the files of all roots and reuses what an earlier index knows of them. If no folder changed, the earlier list
// of files is still right and is taken without a walk; otherwise the roots are walked. Each file becomes a slot in its
// final order, and changed files are then parsed by several threads, so the result does not depend on their timing. A
// stamp that is too recent to be trusted is marked racy, since a file can change twice within one tick of the clock.
#include "workspace/scan.h"

#include <algorithm>
#include <map>

#include "discovery/discovery.h"
#include "files/noting_tree.h"
#include "files/paths.h"
#include "hash/content_hash.h"
#include "manifest/kinds.h"
#include "registry/tables.h"
#include "workspace/load.h"

namespace cascade::workspace {
namespace {

using index_file::FileRecord;
using index_file::OriginRecord;

// File systems without nanoseconds tick every two seconds, others at least every 10 ms.
constexpr std::int64_t fine_grain_ns = 10'000'000, coarse_grain_ns = 2'000'000'000;
constexpr std::int64_t longest_scan_ns = 60'000'000'000;

// A file from the future is racy until its time has come. A folder from the future would be listed at every prompt
// until then; since any change of its entries gives it a new stamp, it is not racy.
bool is_racy(const files::Stamp& stamp, std::int64_t scan_start_ns) {
  const std::int64_t latest = std::max(stamp.modified_ns, stamp.changed_ns);
  if (stamp.directory && latest > scan_start_ns + longest_scan_ns) return false;
  const bool coarse = stamp.modified_ns % 1'000'000'000 == 0 && stamp.changed_ns % 1'000'000'000 == 0;
  const std::int64_t limit = scan_start_ns - (coarse ? coarse_grain_ns : fine_grain_ns);
  return stamp.modified_ns >= limit || stamp.changed_ns >= limit;
}

class Scanner {
 public:
  Scanner(const files::Tree& tree, const std::vector<SourceRoot>& roots, const Records& previous,
          const ScanOptions& options)
      : tree_(tree), roots_(roots), previous_(previous), options_(options) {}

  Result<Scan> run(const TokenCounter& counter) {
    const auto known = take_known() ? load_known(counter) : Result<bool>(false);
    if (!known) return known.error();
    if (!*known) {
      start_again();
      for (std::size_t root = 0; root < roots_.size(); ++root)
        if (auto walked = walk(root); !walked) return walked.error();
      if (options_.most_files > 0 && slots_.size() > options_.most_files)
        return Error{ErrorCode::unsupported,
                     std::to_string(slots_.size()) + " manifests, more than the " +
                         std::to_string(options_.most_files) + " that are read at once",
                     roots_.empty() ? std::string() : roots_.front().folder.path, "run cascade index"};
      if (auto loaded = load(counter); !loaded) return loaded.error();
    }
    make_room();
    for (Slot& slot : slots_) keep(slot);
    scan_.removed = previous_.files.size > known_ ? previous_.files.size - known_ : 0;
    scan_.same = *known && scan_.parsed + scan_.removed == 0 && previous_.registry;
    return std::move(scan_);
  }

 private:
  // False if a walk might find something new, so that one is needed.
  bool take_known() {
    if (options_.hash_everything || previous_.files.size == 0 || previous_.origins.size != previous_.files.size)
      return false;
    auto report = read_walk_report(previous_.report);
    if (!report) return false;
    scan_.report = *std::move(report);
    return take_known_folders() && take_known_files();
  }

  bool take_known_folders() {
    scan_.strings.reserve(previous_.strings.size());
    scan_.folders.reserve(previous_.folders.size);
    for (std::size_t i = 0; i < previous_.folders.size; ++i) {
      const FileRecord& known = previous_.folders[i];
      const std::string_view path = previous_.path(known);
      if (known.root >= roots_.size() || path.empty() || !is_as_known(known, i, path, true)) return false;
      scan_.folders.push_back(record(known.root, path, stamp_of(known, true), {}));
    }
    return true;
  }

  // `i`: the entry's number in the check, folders first.
  bool is_as_known(const FileRecord& known, std::size_t i, std::string_view path, bool folder) const {
    if (previous_.is_seen(i)) return true;
    const auto stamp = tree_.stat(files::join(roots_[known.root].folder.path, path));
    return stamp && stamp->directory == folder && is_unchanged(known, *stamp);
  }

  bool take_known_files() {
    slots_.reserve(previous_.files.size);
    for (std::size_t i = 0; i < previous_.files.size; ++i) {
      const FileRecord& known = previous_.files[i];
      const OriginRecord& origin = previous_.origins[i];
      const std::string_view path = previous_.path(known);
      if (known.root >= roots_.size() || path.empty() || (known.flags & index_file::flag_faulty) != 0) return false;
      if (origin.kind == index_file::other_file) {
        if (!is_as_known(known, previous_.folders.size + i, path, false)) return false;
        ++known_;
        keep_other(known.root, path, stamp_of(known, false), {known.content_high, known.content_low});
        continue;
      }
      if (origin.kind >= manifest::all_kinds.size()) return false;
      Slot& slot = slots_.emplace_back();
      slot.root = known.root;
      slot.known = &known;
      slot.kind = static_cast<Kind>(origin.kind);
      slot.path = path;
      slot.component = previous_.text(origin.component_offset, origin.component_length);
      slot.plugin = previous_.text(origin.plugin_offset, origin.plugin_length);
      slot.prefixed = origin.prefixed != 0;
    }
    return true;
  }

  // False if a file is gone or unreadable, or lies behind a folder that now leads out of its root.
  Result<bool> load_known(const TokenCounter& counter) {
    if (auto loaded = load(counter); !loaded) return loaded.error();
    for (const Slot& slot : slots_) {
      if (is_faulty(slot)) return false;
      if (!slot.read) continue;
      const std::string& root = roots_[slot.root].folder.path;
      const auto real_root = tree_.real_path(root), real = tree_.real_path(files::join(root, slot.path));
      if (!real_root || !real || !files::is_within(*real_root, *real)) return false;
    }
    return true;
  }

  Result<void> load(const TokenCounter& counter) {
    auto makers = load_all(tree_, roots_, counter, previous_, options_, slots_);
    if (!makers) return makers.error();
    scan_.makers = *std::move(makers);
    return {};
  }

  void start_again() {
    scan_ = {};
    scan_.walked = true;
    slots_.clear();
    known_ = 0;
  }

  static bool is_faulty(const Slot& slot) noexcept { return slot.loaded && !slot.loaded->problems.empty(); }

  Result<void> walk(std::size_t root) {
    const files::NotingTree noting(tree_);
    auto discovered = discovery::discover(noting, roots_[root].folder);
    if (!discovered) return discovered.error();
    const std::string& label = roots_[root].label;
    for (const Error& failure : noting.failures()) keep_unread(root, failure, discovered->problems);
    for (const discovery::Watched& folder : discovered->directories) {
      scan_.folders.push_back(record(root, folder.path, folder.stamp, {}));
      if (!discovered->settled) scan_.folders.back().flags |= index_file::flag_unsettled;
    }
    for (const std::string& other : discovered->others) {
      scan_.report.others.push_back(label + other);
      watch(root, other);
    }
    for (Diagnostic& problem : discovered->problems) {
      problem.at.path = label + problem.at.path;
      scan_.report.problems.push_back(std::move(problem));
    }
    slots_.reserve(slots_.size() + discovered->manifests.size());
    for (const discovery::Found& found : found_.emplace_back(std::move(discovered->manifests))) {
      Slot& slot = slots_.emplace_back();
      slot.root = static_cast<std::uint32_t>(root);
      slot.known = find(root, found.path);
      slot.kind = found.kind;
      slot.path = found.path;
      slot.component = found.component;
      slot.plugin = found.plugin;
      slot.prefixed = found.prefixed;
    }
    return {};
  }

  // A folder that cannot be listed may contain manifests, and may be readable next time.
  void keep_unread(std::size_t root, const Error& failure, std::vector<Diagnostic>& problems) {
    const std::string path = files::relative_to(roots_[root].folder.path, failure.path);
    scan_.folders.push_back(record(root, path, {}, {}));
    scan_.folders.back().flags = index_file::flag_unread;
    if (std::any_of(problems.begin(), problems.end(), [&](const Diagnostic& d) { return d.at.path == path; })) return;
    Diagnostic& unread = problems.emplace_back();
    unread.severity = Severity::warning;
    unread.rule = "ID009";
    unread.at.path = path;
    unread.message = failure.message;
    unread.help = failure.help;
  }

  // Records a file that is not a manifest but whose changes matter, such as plugin.json.
  void watch(std::size_t root, const std::string& path) {
    auto file = tree_.read_stamped(files::join(roots_[root].folder.path, path), max_manifest_bytes);
    if (find(root, path) != nullptr) ++known_;
    if (file) return keep_other(root, path, file->stamp, hash::hash128(file->text));
    scan_.folders.push_back(record(root, path, {}, {}));
    scan_.folders.back().flags = index_file::flag_unread;
  }

  void keep_other(std::size_t root, std::string_view path, const files::Stamp& stamp, const hash::Hash128& content) {
    scan_.files.push_back(record(root, path, stamp, content));
    scan_.texts.emplace_back();
    scan_.origins.emplace_back().kind = index_file::other_file;
  }

  FileRecord record(std::size_t root, std::string_view path, const files::Stamp& stamp, const hash::Hash128& content) {
    FileRecord record;
    record.size = stamp.size;
    record.inode = stamp.inode;
    record.modified_ns = stamp.modified_ns;
    record.changed_ns = stamp.changed_ns;
    record.content_high = content.high;
    record.content_low = content.low;
    record.path_offset = static_cast<std::uint32_t>(scan_.strings.size());
    record.path_length = static_cast<std::uint32_t>(path.size());
    record.root = static_cast<std::uint32_t>(root);
    record.flags = is_racy(stamp, options_.scan_start_ns) ? index_file::flag_racy : 0;
    scan_.strings.append(path).push_back('\0');
    return record;
  }

  // The records of one index keep the order in which they were written: sorted by (root, path), manifests and other
  // files separately.
  const FileRecord* find(std::size_t root, const std::string& path) {
    if (by_path_.empty() && previous_.files.size > 0)
      for (const FileRecord& record : previous_.files)
        by_path_.emplace(std::make_pair(record.root, previous_.path(record)), &record);
    const auto found = by_path_.find({static_cast<std::uint32_t>(root), path});
    return found == by_path_.end() ? nullptr : found->second;
  }

  // Components and plugins are the same for runs of files: their text is written only when it changes.
  void keep_origin(const Slot& slot) {
    const auto again = [&](std::string_view text, std::uint32_t& offset, std::uint32_t& length) {
      if (text == std::string_view(scan_.strings).substr(offset, length)) return;
      offset = static_cast<std::uint32_t>(scan_.strings.size());
      length = static_cast<std::uint32_t>(text.size());
      scan_.strings.append(text);
    };
    again(slot.component, origin_.component_offset, origin_.component_length);
    again(slot.plugin, origin_.plugin_offset, origin_.plugin_length);
    origin_.kind = static_cast<std::uint32_t>(slot.kind);
    origin_.prefixed = slot.prefixed ? 1 : 0;
    scan_.origins.push_back(origin_);
  }

  // Reserves memory for the results of all slots, so that it is touched only once.
  void make_room() {
    const std::size_t count = scan_.files.size() + slots_.size();
    scan_.files.reserve(count);
    scan_.origins.reserve(count);
    scan_.texts.reserve(count);
    scan_.parts.reserve(slots_.size());
    scan_.calls.reserve(slots_.size());
  }

  void keep(Slot& slot) {
    if (slot.known != nullptr) ++known_;
    FileRecord kept = record(slot.root, slot.path, slot.stamp, slot.content);
    keep_origin(slot);
    if (is_faulty(slot)) kept.flags |= index_file::flag_faulty;
    keep_part(slot, kept);
    ++(slot.loaded ? scan_.parsed : scan_.reused);
    scan_.files.push_back(kept);
    scan_.texts.emplace_back();
    if (!slot.loaded) return;
    for (Diagnostic& problem : slot.loaded->problems) scan_.report.problems.push_back(std::move(problem));
    scan_.texts.back() = std::move(slot.loaded->text);
  }

  void keep_part(Slot& slot, FileRecord& kept) {
    std::string_view calls;
    if (slot.loaded) {
      calls = slot.loaded->made.calls;
      if (!calls.empty()) scan_.parts.push_back(*registry::Part::open(slot.loaded->made.shown, calls));
    } else if (slot.known->calls_length != 0) {
      calls = previous_.calls_of(*slot.known);
      kept.manifest = slot.known->manifest;
      scan_.parts.push_back(*previous_.part(*slot.known));
    }
    if (calls.empty()) return;
    kept.calls_offset = calls_;
    kept.calls_length = static_cast<std::uint32_t>(calls.size());
    calls_ += calls.size();
    scan_.calls.push_back(calls);
  }

  const files::Tree& tree_;
  const std::vector<SourceRoot>& roots_;
  const Records& previous_;
  const ScanOptions& options_;
  Scan scan_;
  OriginRecord origin_;                               // of the previous file
  std::vector<std::vector<discovery::Found>> found_;  // by root; slots refer to their texts
  std::vector<Slot> slots_;
  std::map<std::pair<std::uint32_t, std::string_view>, const FileRecord*> by_path_;
  std::size_t known_ = 0;
  std::uint64_t calls_ = 0;  // total bytes of calls so far
};

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

Registry Scan::build_registry() {
  std::vector<std::uint32_t> ids;
  Registry registry = RegistryTables::build(std::move(parts), &ids);
  auto id = ids.begin();
  for (FileRecord& file : files)
    if (file.calls_length != 0) file.manifest = *id++;
  for (registry::PartMaker& maker : makers) maker.drop_shown();
  return registry;
}

Result<Scan> scan(const files::Tree& tree, const std::vector<SourceRoot>& roots, const TokenCounter& counter,
                  const Records& previous, const ScanOptions& options) {
  return Scanner(tree, roots, previous, options).run(counter);
}

}  // namespace cascade::workspace
