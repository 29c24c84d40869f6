// Compares files and folders with the stamps in an index. Threads take batches of records from a shared counter and
// stop as soon as one finds a change. Stat calls are the main cost, so runs of neighbouring files are looked at
// relative to an open folder, which saves the system the walk down the path. The caller goes on with the index
// meanwhile and asks for the verdict at the end, because the files are nearly always unchanged.
#include "workspace/freshness.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <exception>
#include <optional>
#include <thread>

#include "files/folder.h"
#include "files/overlay_tree.h"
#include "files/paths.h"
#include "files/run_program.h"
#include "hash/content_hash.h"
#include "registry/tables.h"
#include "workspace/threads.h"

namespace cascade::workspace {
namespace {

// The number of records that a thread takes at a time, and the number from which a second thread is worth its start.
constexpr std::size_t batch = 24, worth_a_thread = 512;
// A folder is opened if this many neighbours lie below it.
constexpr std::size_t run_length = 16;
constexpr std::size_t longest_base = 1023;

}  // namespace

bool same_stamp(const index_file::FileRecord& record, const files::Stamp& stamp) {
  return record.size == stamp.size && record.inode == stamp.inode && record.modified_ns == stamp.modified_ns &&
         record.changed_ns == stamp.changed_ns;
}

// The state of one check. Every thread that works on it is an owner; a thread that starts when all is done finds no
// work and touches nothing else.
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

// A changed stamp over unchanged content (a checkout, a copy back) counts as fresh for a hook, which must not wait. For
// other callers it is a reason to rewrite the records, so that the content is not hashed every time. Looking at
// unchanged files allocates nothing and frees nothing, because a second thread would start with a heap of its own.
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

}  // namespace cascade::workspace
