// A disk whose texts come from a function, and a function that reads each file once.
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

// The disk, except that read() asks `text`; an empty one changes nothing.
class ReadingTree final : public DiskTree {
 public:
  explicit ReadingTree(ReadText text) : text_(std::move(text)) {}

  Result<std::string> read(const std::string& path, std::uint64_t max_bytes) const override;

 private:
  ReadText text_;
};

}  // namespace cascade::files
