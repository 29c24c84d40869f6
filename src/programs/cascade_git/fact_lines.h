// Writes the facts of commits as lines (history_facts.h), and numbers paths, contents and people as they come.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "cascade_git/commit_changes.h"
#include "cascade_git/renames.h"
#include "cascade_git/repository_state.h"
#include "cascade_git/write_line.h"

namespace cascade::git {

class FactLines {
 public:
  FactLines(const WriteLine& write, std::size_t id_size) : write_(write), id_size_(id_size) {}

  void repository(const RepositoryState& state, std::size_t commits);
  void tags(const std::vector<Tag>& tags);
  void commit(const WalkedCommit& commit, std::uint32_t author, std::uint32_t committer, const CommitChanges& changes);
  void people(const std::vector<std::string>& names_and_mails);
  void lost(std::string_view key, const std::vector<LostObject>& objects);
  void tip(const TreeChanges& files);
  void patches(const std::vector<std::pair<std::uint32_t, std::uint64_t>>& patches);
  void renames(const Renames& renames);
  void end();

 private:
  void list(std::string_view key, const std::vector<std::string>& items);  // in lines of limited length
  std::uint32_t path(const std::string& path);                             // notes it for the next `paths`
  std::uint32_t blob(const FileSide& side);
  std::string text_of(const ChangedFile& file);
  void line(const std::string& text);

  const WriteLine& write_;
  std::size_t id_size_, lines_ = 0;
  std::unordered_map<std::string, std::uint32_t> paths_;
  std::unordered_map<ObjectId, std::uint32_t, ObjectIdHash> blobs_;
  std::vector<std::string> new_paths_;
};

}  // namespace cascade::git
