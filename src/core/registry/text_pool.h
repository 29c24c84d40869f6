// Stores each text once, however often it is used.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "registry/records.h"

namespace cascade::registry {

// A flat table of views into its own bytes. O(1) on average; the place of a text depends only on the order of calls.
class TextPool {
 public:
  TextRef add(std::string_view text);
  // As add(), for text that is probably the end of `longer`.
  TextRef add_end(std::string_view text, TextRef longer);
  std::string_view operator[](TextRef ref) const noexcept {
    return std::string_view(bytes_).substr(ref.offset, ref.length);
  }
  const std::string& bytes() const noexcept { return bytes_; }
  void clear();  // starts anew, in the memory it has

 private:
  void grow();

  std::string bytes_;
  struct Slot {
    std::uint32_t hash = 0;
    TextRef ref;  // of length 0: free
  };
  std::vector<Slot> slots_;  // a power of two, at most half of them used
  std::size_t taken_ = 0;
};

}  // namespace cascade::registry
