// A file whose stamp is the recorded one is reused unread, one with the same content after hashing, any other is
// parsed; one that changes meanwhile is read again. Bytes are limited, because a hook may not keep a prompt waiting.
#include "workspace/load.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>

#include "files/folder.h"
#include "files/mapped_file.h"
#include "files/overlay_tree.h"
#include "files/paths.h"
#include "files/process.h"
#include "files/run_program.h"
#include "manifest/parse.h"
#include "registry/tables.h"

namespace cascade::workspace {
namespace {

using index_file::FileRecord, index_file::OriginRecord;

bool same_origin(const Records& records, const OriginRecord& origin, const Slot& slot) {
  return origin.kind == static_cast<std::uint32_t>(slot.kind) && origin.flags == origin_flags(slot) &&
         records.text(origin.component_offset, origin.component_length) == slot.component &&
         records.text(origin.plugin_offset, origin.plugin_length) == slot.plugin;
}

std::string labelled(const SourceRoot& root, std::string_view path) { return std::string(root.label).append(path); }

class Loader {
 public:
  Loader(const files::Tree& tree, const std::vector<SourceRoot>& roots, const TokenCounter& counter,
         const Records& previous, const ScanOptions& options)
      : tree_(tree), roots_(roots), counter_(counter), previous_(previous), options_(options) {}

  bool is_too_much() const { return options_.most_bytes > 0 && parsed_ > options_.most_bytes; }

  // The bytes of the files that are not known yet, by their sizes, before any is read; 0: nobody asks.
  std::uint64_t unknown_bytes(const std::vector<Slot>& slots) const {
    if (options_.most_bytes == 0) return 0;
    std::uint64_t bytes = 0;
    for (const Slot& slot : slots) {
      if (slot.known != nullptr) continue;
      const auto stamp = tree_.stat(absolute_path(slot));
      if (stamp && stamp->size <= max_manifest_bytes) bytes += stamp->size;
    }
    return bytes;
  }

  void load(Slot& slot, registry::PartMaker& maker, manifest::MarkCosts::Shared& marks) const {
    const bool known = slot.known != nullptr && has_part(slot);
    if (known && !options_.hash_everything && is_unchanged(slot)) return reuse(slot);
    slot.read = true;
    const std::string absolute = absolute_path(slot);
    auto loaded = std::make_unique<Loaded>();
    std::string text;
    if (auto read = read_file(slot, absolute))
      text = std::move(*read);
    else
      return fault(slot, std::move(loaded), read.error());
    slot.content = hash::hash128(text);
    if (known && slot.known->content_high == slot.content.high && slot.known->content_low == slot.content.low &&
        slot.known->size == text.size())
      return reuse(slot);
    parsed_ += text.size();
    if (is_too_much()) return;
    if (kept_.fetch_add(text.size()) < most_kept) {
      loaded->text = std::move(text);
      loaded->made = parse(slot, loaded->text, maker, marks);
    } else {
      loaded->made = parse(slot, text, maker, marks);
    }
    slot.loaded = std::move(loaded);
  }

 private:
  std::string absolute_path(const Slot& slot) const { return files::join(roots_[slot.root].folder.path, slot.path); }

  // Checks the file's stamp, unless the check that found another file changed has looked at this one already.
  bool is_unchanged(Slot& slot) const {
    if (previous_.is_seen(previous_.folders.size + number(slot))) {
      slot.stamp = stamp_of(*slot.known, false);
      return true;
    }
    const auto stamp = tree_.stat(absolute_path(slot));
    if (stamp) slot.stamp = *stamp;
    return stamp && workspace::is_unchanged(*slot.known, *stamp);
  }

  // The file's text and stamp; only the stamp if the file cannot be read.
  Result<std::string> read_file(Slot& slot, const std::string& absolute) const {
    for (int attempt = 1;; ++attempt) {  // a file that changes while it is read is read again
      auto read = tree_.read_stamped(absolute, max_manifest_bytes);
      if (!read) {
        const auto stamp = tree_.stat(absolute);
        if (!stamp) return stamp.error();
        slot.stamp = *stamp;
        return read.error();
      }
      slot.stamp = read->stamp;
      if (!read->changed || attempt == 3) return std::move(read->text);
    }
  }

  std::size_t number(const Slot& slot) const { return static_cast<std::size_t>(slot.known - previous_.files.begin()); }

  // Whether the walk found the file with its recorded origin, and its part exists or it needs none.
  bool has_part(const Slot& slot) const {
    const std::size_t at = number(slot);
    if (at >= previous_.origins.size || !same_origin(previous_, previous_.origins[at], slot)) return false;
    return slot.known->calls_length == 0 || previous_.has_part(*slot.known);
  }

  void reuse(Slot& slot) const { slot.content = {slot.known->content_high, slot.known->content_low}; }

  void fault(Slot& slot, std::unique_ptr<Loaded> loaded, const Error& error) const {
    Diagnostic d;
    d.severity = Severity::error;
    d.rule = error.code == ErrorCode::unsupported ? "BD007" : "ID009";
    d.at.path = labelled(roots_[slot.root], slot.path);
    d.message =
        error.code == ErrorCode::unsupported ? "the file is larger than 1 MiB, the client skips it" : error.message;
    d.help = !error.help.empty()                   ? error.help
             : error.code == ErrorCode::unreadable ? "it is tried again at every call"
                                                   : "the client does not read it either";
    loaded->problems.push_back(std::move(d));
    slot.loaded = std::move(loaded);
  }

  registry::MadePart parse(const Slot& slot, const std::string& text, registry::PartMaker& maker,
                           manifest::MarkCosts::Shared& marks) const {
    const SourceRoot& root = roots_[slot.root];
    const std::string path = labelled(root, slot.path);
    const std::string component = slot.component.empty() ? "" : labelled(root, slot.component);
    ManifestSource source;
    source.kind = slot.kind;
    source.scope = root.scope;
    source.root = slot.root;
    source.plugin = slot.prefixed ? slot.plugin : std::string_view();
    source.component = component;
    source.path = path;
    source.text = text;
    Manifest manifest = manifest::parse(source, counter_, marks);
    if (!slot.prefixed) manifest.plugin = slot.plugin;  // the registry also finds it as plugin:name
    const auto declares_name = [](const Field& field) { return field.key == "name" && !field.value.empty(); };
    if (slot.if_declared && manifest.fields.empty()) return {};
    // To the client, a README among commands is a command. Other documents must at least have a name.
    if (manifest.document && source.kind != Kind::command && std::ranges::none_of(manifest.fields, declares_name))
      return {};
    return maker.make(manifest);
  }

  static constexpr std::size_t most_kept = 8u << 20;  // total bytes of texts

  mutable std::atomic<std::size_t> kept_{0}, parsed_{0};
  const files::Tree& tree_;
  const std::vector<SourceRoot>& roots_;
  const TokenCounter& counter_;
  const Records& previous_;
  const ScanOptions& options_;
};

bool same_stamp(const index_file::FileRecord& record, const files::Stamp& stamp) {
  return record.size == stamp.size && record.inode == stamp.inode && record.modified_ns == stamp.modified_ns &&
         record.changed_ns == stamp.changed_ns;
}

// The number of records that a thread takes at a time, and the number from which a second thread is worth its start.
constexpr std::size_t batch = 24, worth_a_thread = 512;
constexpr std::size_t run_length = 16;
constexpr std::size_t longest_base = 1023;

}  // namespace

bool is_unchanged(const FileRecord& record, const files::Stamp& stamp) noexcept {
  return record.flags == 0 && same_stamp(record, stamp);
}

files::Stamp stamp_of(const FileRecord& record, bool folder) noexcept {
  return {record.size, record.inode, record.modified_ns, record.changed_ns, folder, false};
}

Result<std::vector<registry::PartMaker>> load_all(const files::Tree& tree, const std::vector<SourceRoot>& roots,
                                                  const TokenCounter& counter, const Records& previous,
                                                  const ScanOptions& options, std::vector<Slot>& slots) {
  const Loader loader(tree, roots, counter, previous, options);
  const std::string most = std::to_string(options.most_bytes);
  const auto too_much = [&](std::string message) {
    return Error{ErrorCode::unsupported, std::move(message), roots.empty() ? std::string() : roots.front().folder.path,
                 "run cascade index"};
  };
  if (const std::uint64_t bytes = loader.unknown_bytes(slots); bytes > options.most_bytes)
    return too_much(std::to_string(bytes) + " bytes of manifests to read at once, more than " + most);
  std::atomic<std::size_t> next{0};
  std::size_t done = 0;
  std::mutex progress;
  std::vector<registry::PartMaker> makers(std::clamp<std::size_t>(slots.size() / 16, 1, options.threads));
  const auto work = [&](std::size_t hand) {
    manifest::MarkCosts::Shared marks{};
    for (std::size_t i = next++; i < slots.size() && !loader.is_too_much(); i = next++) {
      loader.load(slots[i], makers[hand], marks);
      if (!options.progress) continue;
      const std::lock_guard<std::mutex> lock(progress);
      options.progress(++done, slots.size());
    }
  };
  run_on_threads(makers.size(), work);
  if (loader.is_too_much()) return too_much("more than " + most + " bytes of manifests to read at once");
  return makers;
}

// Threads take batches of records from a shared counter and stop as soon as one finds a change. Runs of neighbouring
// files are looked at relative to an open folder, which saves the system the walk down the path.

// Every thread that works on a check owns it; one that starts when all is done finds no work and touches nothing else.
struct FreshnessCheck::Job {
  Job(const files::Tree& of, const std::vector<SourceRoot>& below, const Records& known, Freshness how)
      : tree(of), roots(below), records(known), mode(how) {}

  const files::Tree& tree;
  const std::vector<SourceRoot>& roots;
  const Records records;
  const Freshness mode;
  std::vector<files::StatFolder> folders;  // the roots' folders
  std::size_t count = 0;                   // folders first, then files
  bool partial = false;                    // there are more than are looked at
  std::vector<char> seen;                  // by number; each is written only by the thread that looks at it
  std::atomic<std::size_t> next{0}, finished{0};
  std::atomic<bool> fresh{true};
  std::shared_ptr<Job> of_second;  // keeps the job for a second thread, until that one has taken it
};

// A changed stamp over unchanged content is fresh for a hook, which must not wait; others rewrite the records. Looking
// allocates nothing, because a second thread would start with a heap of its own.
class FreshnessCheck::Looker {
 public:
  explicit Looker(Job& job) : job_(job) {}

  // Works until nothing is left, here or in other threads.
  void work() {
    for (std::size_t begin = job_.next.fetch_add(batch); begin < job_.count; begin = job_.next.fetch_add(batch)) {
      const std::size_t end = std::min(begin + batch, job_.count);
      try {
        for (std::size_t i = begin; i < end && job_.fresh.load(std::memory_order_relaxed); ++i)
          if (!unchanged(i)) job_.fresh = false;
      } catch (const std::exception&) {  // no memory to read with: it cannot be called fresh
        job_.fresh = false;
      }
      job_.finished.fetch_add(end - begin);
    }
  }

  // Looks at the records that work() skipped because something had changed already: in this thread, by stamps only.
  void see_rest() {
    for (std::size_t i = 0; i < job_.count; ++i)
      if (job_.seen[i] == 0) see(i);
  }

 private:
  const index_file::FileRecord& record(std::size_t i) const {
    const Span<index_file::FileRecord>& folders = job_.records.folders;
    return i < folders.size ? folders.data[i] : job_.records.files.data[i - folders.size];
  }

  // The current stamp, if the entry is still a file or still a folder.
  std::optional<files::Stamp> see(std::size_t i) {
    const index_file::FileRecord& known = record(i);
    const char* path = job_.records.terminated_path(known);
    if (known.root >= job_.folders.size() || path == nullptr) return std::nullopt;
    std::optional<files::Stamp> stamp = look(i, path);
    if (!stamp || stamp->directory != (i < job_.records.folders.size)) return std::nullopt;
    job_.seen[i] = known.flags == 0 && same_stamp(known, *stamp) ? 1 : 0;
    return stamp;
  }

  bool unchanged(std::size_t i) {
    const index_file::FileRecord& known = record(i);
    const char* path = job_.records.terminated_path(known);
    if ((known.flags & index_file::flag_unread) != 0) return is_still_unread(known, path);
    const std::optional<files::Stamp> stamp = see(i);
    if (!stamp) return false;
    const bool racy = (known.flags & index_file::flag_racy) != 0, same = same_stamp(known, *stamp);
    if (i < job_.records.folders.size) return !racy && same;
    const bool faulty = (known.flags & index_file::flag_faulty) != 0;
    if (same) return (!racy && !faulty && job_.mode != Freshness::paranoid) || same_content(known, path);
    return job_.mode == Freshness::partial && stamp->size == known.size && same_content(known, path);
  }

  // Looks relative to the open folder if this path is below it as well.
  std::optional<files::Stamp> look(std::size_t i, const char* path) {
    const std::uint32_t root = record(i).root;
    if (base_ && (root != base_root_ || std::strncmp(path, base_path_.data(), base_path_.size()) != 0)) base_.reset();
    if (!base_ && i >= tried_until_) open_base(i, path);
    return base_ ? base_->look(path + base_path_.size()) : job_.folders[root].look(path);
  }

  // Records are sorted by path: if the one `run_length` further on has the same beginning, all between them have it.
  void open_base(std::size_t i, const char* path) {
    const std::size_t last = i + run_length;
    if (last >= job_.count || record(last).root != record(i).root) return;
    const char* other = job_.records.terminated_path(record(last));
    if (other == nullptr) return;
    std::size_t alike = 0, length = 0;
    for (; path[alike] != '\0' && path[alike] == other[alike]; ++alike)
      if (path[alike] == '/') length = alike + 1;
    tried_until_ = i + run_length / 2;
    if (length == 0 || length > longest_base) return;
    char terminated[longest_base + 1];
    std::memcpy(terminated, path, length);
    terminated[length] = '\0';
    base_path_ = {path, length};
    base_root_ = record(i).root;
    base_ = job_.folders[base_root_].below(terminated);
  }

  // An index that was made without an unreadable file is good only as long as the file is still unreadable.
  bool is_still_unread(const index_file::FileRecord& known, const char* path) const {
    if (known.root >= job_.roots.size() || path == nullptr) return false;
    return files::is_still_unreadable(job_.tree, files::join(job_.roots[known.root].folder.path, path));
  }

  bool same_content(const index_file::FileRecord& known, const char* path) const {
    auto text = job_.tree.read(files::join(job_.roots[known.root].folder.path, path), max_manifest_bytes);
    if (!text) return (known.flags & index_file::flag_faulty) != 0;
    const hash::Hash128 content = hash::hash128(*text);
    return content.high == known.content_high && content.low == known.content_low;
  }

  Job& job_;
  std::optional<files::StatFolder> base_;
  std::string_view base_path_;  // into the records, with its slash
  std::uint32_t base_root_ = 0;
  std::size_t tried_until_ = 0;
};

void* FreshnessCheck::work_beside(void* given) {
  const std::shared_ptr<Job> job = std::move(static_cast<Job*>(given)->of_second);
  Looker(*job).work();
  return nullptr;
}

// Where no thread is available, finish() does the work alone.
void FreshnessCheck::start_second() {
  job_->of_second = job_;
  if (!files::start_detached(work_beside, job_.get())) job_->of_second.reset();
}

FreshnessCheck::FreshnessCheck(const files::Tree& tree, const std::vector<SourceRoot>& roots, const Records& records,
                               Freshness mode, unsigned threads)
    : job_(std::make_shared<Job>(tree, roots, records, mode)) {
  if (mode == Freshness::off) return;
  for (const SourceRoot& root : roots) {
    auto folder = files::StatFolder::open(root.folder.path);
    if (!folder) {
      job_->fresh = false;
      return;
    }
    job_->folders.push_back(std::move(*folder));
  }
  job_->count = records.folders.size + records.files.size;
  job_->partial = mode == Freshness::partial && job_->count > max_partial_stats;
  if (job_->partial) job_->count = max_partial_stats;
  job_->seen.resize(job_->count);
  if (job_->count >= worth_a_thread && thread_count(threads) > 1) start_second();
}

// Does not wait for a thread that a busy machine has not started yet, only for work that was begun.
Freshened FreshnessCheck::finish() {
  Looker(*job_).work();
  while (job_->finished < job_->count) std::this_thread::yield();
  return {job_->fresh, job_->partial && job_->fresh};
}

std::vector<char> FreshnessCheck::take_seen() {
  Looker(*job_).see_rest();
  return std::move(job_->seen);
}

std::size_t FreshnessCheck::files() const noexcept { return job_->records.files.size; }

FreshnessCheck::~FreshnessCheck() {
  const std::size_t begun = std::min(job_->next.exchange(job_->count), job_->count);
  while (job_->finished < begun) std::this_thread::yield();
}

std::string_view Records::text(std::uint32_t offset, std::uint32_t length) const noexcept {
  if (offset > strings.size() || length > strings.size() - offset) return {};
  return strings.substr(offset, length);
}

std::string_view Records::path(const index_file::FileRecord& record) const noexcept {
  return text(record.path_offset, record.path_length);
}

const char* Records::terminated_path(const index_file::FileRecord& record) const noexcept {
  const std::string_view found = path(record);
  const std::size_t end = std::size_t{record.path_offset} + record.path_length;
  if (found.empty() || end >= strings.size() || strings[end] != '\0') return nullptr;
  return found.data();
}

std::string_view Records::calls_of(const index_file::FileRecord& record) const noexcept {
  if (record.calls_offset > calls.size() || record.calls_length > calls.size() - record.calls_offset) return {};
  return calls.substr(record.calls_offset, record.calls_length);
}

bool Records::has_part(const index_file::FileRecord& record) const noexcept {
  return registry && RegistryTables::has_part(*registry, record.manifest, calls_of(record));
}

std::optional<registry::Part> Records::part(const index_file::FileRecord& record) const noexcept {
  if (!registry) return std::nullopt;
  return RegistryTables::part(*registry, record.manifest, calls_of(record));
}

std::size_t thread_count(unsigned asked) { return asked != 0 ? asked : files::processors(); }

void run_on_threads(std::size_t count, const std::function<void(std::size_t)>& work) {
  std::vector<std::thread> threads;
  threads.reserve(count);
  std::vector<std::exception_ptr> faults(count);
  const auto guarded = [&](std::size_t i) {  // an exception that leaves a thread ends the program
    try {
      work(i);
    } catch (...) {
      faults[i] = std::current_exception();
    }
  };
  const auto on_thread = [&](std::size_t i) {
    guarded(i);
    files::return_kept_blocks();
  };
  std::size_t next = 1;
  try {
    for (; next < count; ++next) threads.emplace_back([&on_thread, i = next] { on_thread(i); });
  } catch (const std::system_error&) {  // no more threads are available: this one does the rest
  }
  if (count > 0) guarded(0);
  for (; next < count; ++next) guarded(next);
  for (std::thread& thread : threads) thread.join();
  for (const std::exception_ptr& fault : faults)
    if (fault) std::rethrow_exception(fault);
}

}  // namespace cascade::workspace
