// The file holds a mark, the hash of the rest, then for each entry its key, its length and its bytes. The key is the
// hash of everything the entry depends on, so an outdated entry is simply never found; nothing in it needs to be
// understood.
#include "validate/engine/findings_cache.h"

#include "files/atomic_write.h"
#include "files/paths.h"
#include "files/tree.h"

#include <array>
#include <cstring>

namespace cascade {
namespace {

constexpr std::string_view mark = "cascade findings 1\n";
constexpr std::uint64_t largest_file = std::uint64_t{256} << 20;
constexpr std::size_t least_update = 64;         // one entry in this many
using EntryHead = std::array<std::uint64_t, 3>;  // key, length

std::uint64_t take_number(std::string_view& bytes) {
  std::uint64_t value = 0;
  std::memcpy(&value, bytes.data(), sizeof(value));
  bytes.remove_prefix(sizeof(value));
  return value;
}

std::string_view bytes_of_number(const std::uint64_t& value) {
  return {reinterpret_cast<const char*>(&value), sizeof(value)};
}

}  // namespace

FindingsCache::FindingsCache(std::string path, std::string program)
    : path_(std::move(path)), program_(std::move(program)) {
  auto read = files::DiskTree().read(path_, largest_file);
  if (!read) return;
  bytes_ = *std::move(read);
  std::string_view rest = bytes_;
  if (rest.substr(0, mark.size()) != mark || rest.size() < mark.size() + sizeof(std::uint64_t)) return;
  rest.remove_prefix(mark.size());
  if (take_number(rest) != hash::hash64(rest)) return;
  while (rest.size() >= sizeof(EntryHead)) {
    const std::uint64_t high = take_number(rest), low = take_number(rest), length = take_number(rest);
    if (length > rest.size()) return;
    known_.emplace(Key(high, low), rest.substr(0, length));
    rest.remove_prefix(length);
  }
}

std::optional<hash::Hash128> FindingsCache::expected(const std::string& path) const {
  const auto found = contents_.find(path);
  return found == contents_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::string_view> FindingsCache::find(const hash::Hash128& key) const {
  const Key wanted(key.high, key.low);
  if (const auto added = added_.find(wanted); added != added_.end()) return added->second;
  if (const auto known = known_.find(wanted); known != known_.end()) return known->second;
  return std::nullopt;
}

void FindingsCache::keep(const hash::Hash128& key, std::string bytes) {
  added_.insert_or_assign(Key(key.high, key.low), std::move(bytes));
  kept_[Key(key.high, key.low)] = true;
}

void FindingsCache::keep(const hash::Hash128& key) { kept_[Key(key.high, key.low)] = true; }

// Writing the whole file costs more than judging a few files again, so it waits until one entry in 64 is new or gone.
bool FindingsCache::is_worth_writing() const noexcept {
  const std::size_t gone = known_.size() - std::min(known_.size(), kept_.size() - added_.size());
  return (added_.size() + gone) * least_update > known_.size();
}

Result<void> FindingsCache::save() const {
  if (!is_worth_writing()) return {};
  std::string entries;
  for (const auto& [key, kept] : kept_) {
    const auto bytes = find({key.first, key.second});
    if (!bytes) continue;
    for (const std::uint64_t number : EntryHead{key.first, key.second, bytes->size()})
      entries += bytes_of_number(number);
    entries += *bytes;
  }
  if (auto made = files::make_directories(std::string(files::parent(path_))); !made) return made;
  const std::uint64_t sum = hash::hash64(entries);
  return files::write_atomically(path_, std::string(mark).append(bytes_of_number(sum)).append(entries), 0600);
}

}  // namespace cascade
