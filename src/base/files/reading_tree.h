// A tree whose texts come from a function, and a function that reads each file once.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>

#include "files/tree.h"

namespace cascade::files {

// As Tree::read().
using ReadText = std::function<Result<std::string>(const std::string& path, std::uint64_t max_bytes)>;

// Remembers what was read, so that a file has one text for whoever asks. Failures are not remembered. Belongs to one
// thread.
class ReadOnce {
 public:
  Result<std::string> read(const std::string& path, std::uint64_t max_bytes);

 private:
  std::map<std::string, std::string> texts_;
};

// Forwards to `tree`, which must outlive it, except that read() asks `text`; an empty one changes nothing.
class ReadingTree final : public Tree {
 public:
  ReadingTree(const Tree& tree, ReadText text) : tree_(tree), text_(std::move(text)) {}

  Result<std::string> read(const std::string& path, std::uint64_t max_bytes) const override;
  Result<FileText> read_stamped(const std::string& path, std::uint64_t max_bytes) const override;
  Result<Listing> list_stamped(const std::string& directory) const override;
  Result<Stamp> stat(const std::string& path) const override;
  Result<std::string> real_path(const std::string& path) const override;
  Result<std::string> link_target(const std::string& path) const override;
  Result<bool> is_own(const std::string& path) const override;

 private:
  const Tree& tree_;
  ReadText text_;
};

}  // namespace cascade::files
