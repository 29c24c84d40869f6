// The results of judging files, by their content, kept in a file that may be deleted at any time.
#pragma once

#include <cascade/validate.h>

#include "hash/content_hash.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace cascade {

// find() may be called from several threads as long as no thread keeps anything. Not part of the library's interface,
// although a public header names it.
class __attribute__((visibility("hidden"))) FindingsCache {
 public:
  // `program`: entries of another program are not found. A missing or damaged file counts as empty.
  FindingsCache(std::string path, std::string program);

  const std::string& program() const noexcept { return program_; }

  // The contents of files, by path. Files with an expected content need not be read to be recognised; the contents of
  // those that are read are noted, for a later run that judges most of them again.
  using Contents = std::unordered_map<std::string, hash::Hash128>;
  void expect(Contents contents) { contents_ = std::move(contents); }
  std::optional<hash::Hash128> expected(const std::string& path) const;
  void note(const std::string& path, const hash::Hash128& content) { contents_.insert_or_assign(path, content); }
  Contents take_contents() { return std::move(contents_); }

  std::optional<std::string_view> find(const hash::Hash128& key) const;
  void keep(const hash::Hash128& key, std::string bytes);
  void keep(const hash::Hash128& key);  // an entry that was found

  // Whether save() would write anything. A change of fewer than one entry in 64 is not written: judging those files
  // again costs less.
  bool is_worth_writing() const noexcept;
  // Writes the kept entries and nothing else, completely or not at all. unwritable.
  Result<void> save() const;

 private:
  using Key = std::pair<std::uint64_t, std::uint64_t>;

  std::string path_, program_, bytes_;
  Contents contents_;
  std::map<Key, std::string_view> known_;  // views into bytes_
  std::map<Key, std::string> added_;
  std::map<Key, bool> kept_;
};

}  // namespace cascade
