// Text once, however often it is used.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "registry/records.h"

namespace cascade::registry {

// A flat table of views into its own bytes. O(1) on average; where a text lies depends on the order of calls alone.
class TextPool {
 public:
  TextRef add(std::string_view text);
  // As add(), for text that the last bytes of `longer` probably are.
  TextRef add_end(std::string_view text, TextRef longer);
  std::string_view operator[](TextRef ref) const noexcept {
    return std::string_view(bytes_).substr(ref.offset, ref.length);
  }
  const std::string& bytes() const noexcept { return bytes_; }
  void clear();  // begins anew, in the memory that it has

 private:
  void grow();

  std::string bytes_;
  struct Slot {
    std::uint32_t hash = 0;
    TextRef ref;  // of length 0: free
  };
  std::vector<Slot> slots_;  // a power of two of them, at most half of them taken
  std::size_t taken_ = 0;
};

}  // namespace cascade::registry
