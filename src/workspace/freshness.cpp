#include "files/paths.h"
#include "files/stat_folder.h"
#include "hash/content_hash.h"
#include "workspace/scan.h"

namespace cascade::workspace {
namespace {

bool same_stamp(const index_file::FileRecord& record, const files::Stamp& stamp) {
  return record.size == stamp.size && record.inode == stamp.inode && record.modified_ns == stamp.modified_ns &&
         record.changed_ns == stamp.changed_ns;
}

// A changed stamp over unchanged content (a checkout, a copy back) is fresh for the hook, which must not wait;
// otherwise it is a reason to write the records anew, so that the content is not hashed every time.
class Check {
 public:
  Check(const files::Tree& tree, const std::vector<SourceRoot>& roots, const Records& records, Freshness mode)
      : tree_(tree), roots_(roots), records_(records), mode_(mode) {}

  Freshened run() {
    for (const SourceRoot& root : roots_) {
      auto folder = files::StatFolder::open(root.folder.path);
      if (!folder) return {false, false};
      folders_.push_back(std::move(*folder));
    }
    const bool fresh = all(records_.folders, true) && all(records_.files, false);
    return {fresh, partial_};
  }

 private:
  bool all(const Span<index_file::FileRecord>& records, bool folder) {
    for (const index_file::FileRecord& record : records) {
      if (mode_ == Freshness::partial && ++looked_at_ > max_partial_stats) {
        partial_ = true;
        return true;
      }
      if (!unchanged(record, folder)) return false;
    }
    return true;
  }

  bool unchanged(const index_file::FileRecord& record, bool folder) const {
    const char* path = records_.terminated_path(record);
    if (record.root >= folders_.size() || path == nullptr) return false;
    const std::optional<files::Stamp> stamp = folders_[record.root].look(path);
    if (!stamp || stamp->directory != folder) return false;
    if (folder) return same_stamp(record, *stamp);
    const bool racy = (record.flags & index_file::flag_racy) != 0;
    if (same_stamp(record, *stamp)) return (!racy && mode_ != Freshness::paranoid) || same_content(record, path);
    return mode_ == Freshness::partial && stamp->size == record.size && same_content(record, path);
  }

  bool same_content(const index_file::FileRecord& record, const char* path) const {
    auto text = tree_.read(files::join(roots_[record.root].folder.path, path), max_manifest_bytes);
    if (!text) return (record.flags & index_file::flag_faulty) != 0;
    const hash::Hash128 content = hash::hash128(*text);
    return content.high == record.content_high && content.low == record.content_low;
  }

  const files::Tree& tree_;
  const std::vector<SourceRoot>& roots_;
  const Records& records_;
  const Freshness mode_;
  std::vector<files::StatFolder> folders_;
  std::uint32_t looked_at_ = 0;
  bool partial_ = false;
};

}  // namespace

std::string_view Records::path(const index_file::FileRecord& record) const noexcept {
  if (record.path_offset > strings.size() || record.path_length > strings.size() - record.path_offset) return {};
  return strings.substr(record.path_offset, record.path_length);
}

const char* Records::terminated_path(const index_file::FileRecord& record) const noexcept {
  const std::string_view found = path(record);
  const std::size_t end = std::size_t{record.path_offset} + record.path_length;
  if (found.empty() || end >= strings.size() || strings[end] != '\0') return nullptr;
  return found.data();
}

std::string_view Records::object(const index_file::FileRecord& record) const noexcept {
  if (record.object_offset > objects.size() || record.object_length > objects.size() - record.object_offset) return {};
  return objects.substr(record.object_offset, record.object_length);
}

Freshened check_freshness(const files::Tree& tree, const std::vector<SourceRoot>& roots, const Records& records,
                          Freshness mode) {
  if (mode == Freshness::off) return {true, false};
  return Check(tree, roots, records, mode).run();
}

}  // namespace cascade::workspace
