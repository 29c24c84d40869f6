#include "files/paths.h"
#include "hash/content_hash.h"
#include "workspace/scan.h"

namespace cascade::workspace {
namespace {

bool same_stamp(const index_file::FileRecord& record, const files::Stamp& stamp) {
  return record.size == stamp.size && record.inode == stamp.inode && record.modified_ns == stamp.modified_ns &&
         record.changed_ns == stamp.changed_ns;
}

class Check {
 public:
  Check(const files::Tree& tree, const std::vector<SourceRoot>& roots, const Records& records, Freshness mode)
      : tree_(tree), roots_(roots), records_(records), mode_(mode) {}

  Freshened run() {
    for (const index_file::FileRecord& record : records_.folders)
      if (!unchanged(record, true)) return {false, partial_};
    for (const index_file::FileRecord& record : records_.files)
      if (!unchanged(record, false)) return {false, partial_};
    return {true, partial_};
  }

 private:
  bool unchanged(const index_file::FileRecord& record, bool folder) {
    if (mode_ == Freshness::partial && ++looked_at_ > max_partial_stats) {
      partial_ = true;
      return true;
    }
    if (record.root >= roots_.size()) return false;
    const std::string path = files::join(roots_[record.root].folder.path, records_.path(record));
    auto stamp = tree_.stat(path);
    if (!stamp || stamp->directory != folder) return false;
    if (folder) return same_stamp(record, *stamp);
    const bool racy = (record.flags & index_file::flag_racy) != 0;
    if (same_stamp(record, *stamp) && !racy && mode_ != Freshness::paranoid) return true;
    if (stamp->size != record.size) return false;
    auto text = tree_.read(path, max_manifest_bytes);
    const hash::Hash128 content = text ? hash::hash128(*text) : hash::Hash128{};
    return text && content.high == record.content_high && content.low == record.content_low;
  }

  const files::Tree& tree_;
  const std::vector<SourceRoot>& roots_;
  const Records& records_;
  const Freshness mode_;
  std::uint32_t looked_at_ = 0;
  bool partial_ = false;
};

}  // namespace

std::string_view Records::path(const index_file::FileRecord& record) const noexcept {
  if (record.path_offset > strings.size() || record.path_length > strings.size() - record.path_offset) return {};
  return strings.substr(record.path_offset, record.path_length);
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
