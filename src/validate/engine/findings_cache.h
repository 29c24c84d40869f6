// What judging files has given before, by their content, kept in a file that may be thrown away at any time.
#pragma once

#include <cascade/validate.h>

#include "hash/content_hash.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace cascade {

// find() may be called from several threads as long as nobody keeps anything. No part of the library's interface,
// although a public header names it.
class __attribute__((visibility("hidden"))) FindingsCache {
 public:
  // `program`: another one's entries are not found. A file that is not there, or not whole, holds nothing.
  FindingsCache(std::string path, std::string program);

  const std::string& program() const noexcept { return program_; }

  std::optional<std::string_view> find(const hash::Hash128& key) const;
  void keep(const hash::Hash128& key, std::string bytes);
  void keep(const hash::Hash128& key);  // one that was found

  // Writes what was kept, and nothing else, if that is not what the file holds; whole or not at all. unwritable.
  Result<void> save() const;

 private:
  using Key = std::pair<std::uint64_t, std::uint64_t>;

  std::string path_, program_, bytes_;
  std::map<Key, std::string_view> known_;  // in bytes_
  std::map<Key, std::string> added_;
  std::map<Key, bool> kept_;
};

}  // namespace cascade
