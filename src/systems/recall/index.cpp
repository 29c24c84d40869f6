// Reads the index in place. Sizes are checked when it is opened, postings when they are read, so opening costs nothing.
#include "recall/index.h"

#include <algorithm>

#include "files/mapped_file.h"
#include "files/paths.h"
#include "recall/index_layout.h"
#include "tables/block.h"

namespace cascade::past {

Result<Index> Index::over(std::shared_ptr<const void> owner, std::string_view bytes) {
  Index index;
  index.owner_ = std::move(owner);
  tables::BlockReader block;
  Span<IndexHeader> header;
  const bool fits = block.open(bytes, index_regions) && block.table(0, header) && header.size == 1 &&
                    block.table(1, index.logs_) && block.table(2, index.turns_) && block.table(3, index.keys_) &&
                    block.bytes(4, index.postings_) && block.bytes(5, index.text_);
  if (!fits) return Error{ErrorCode::malformed, "the index of past conversations is damaged", {}, {}};
  if (header[0].version != index_version)
    return Error{ErrorCode::stale, "another version of cascade made the index of past conversations", {}, {}};
  return index;
}

Result<Index> Index::open(const std::string& folder) {
  auto mapped = files::MappedFile::open(files::join(folder, index_name));
  if (!mapped) return mapped.error();
  auto owner = std::make_shared<files::MappedFile>(*std::move(mapped));
  const std::string_view bytes = owner->bytes();
  return over(std::move(owner), bytes);
}

std::string_view Index::read(TextPlace place) const noexcept {
  if (place.offset > text_.size() || place.length > text_.size() - place.offset) return {};
  return text_.substr(place.offset, place.length);
}

std::vector<Posting> Index::postings(std::size_t place) const {
  std::vector<Posting> found;
  if (place >= keys_.size) return found;
  const std::size_t begin = keys_[place].begin;
  const std::size_t end = place + 1 < keys_.size ? keys_[place + 1].begin : postings_.size();
  if (begin > end || end > postings_.size()) return found;
  std::uint64_t turn = 0;
  for (std::string_view bytes = postings_.substr(begin, end - begin); !bytes.empty();) {
    std::uint32_t step = 0;
    if (!take_number(bytes, step) || bytes.empty()) break;
    turn += step;
    if (turn >= turns_.size) break;
    found.push_back({static_cast<std::uint32_t>(turn), static_cast<std::uint8_t>(bytes.front())});
    bytes.remove_prefix(1);
  }
  return found;
}

std::vector<Posting> Index::postings_of(std::uint32_t key) const {
  const auto at = std::lower_bound(keys_.begin(), keys_.end(), key,
                                   [](const KeyRecord& one, std::uint32_t wanted) { return one.key < wanted; });
  if (at == keys_.end() || at->key != key) return {};
  return postings(static_cast<std::size_t>(at - keys_.begin()));
}

bool is_current(const Index& index, const std::vector<Log>& logs) {
  if (index.logs().size != logs.size()) return false;
  for (std::size_t i = 0; i < logs.size(); ++i) {
    const LogRecord& record = index.logs()[i];
    if (record.size != logs[i].size || record.modified != logs[i].modified ||
        index.read(record.path) != logs[i].file.path)
      return false;
  }
  return true;
}

}  // namespace cascade::past
