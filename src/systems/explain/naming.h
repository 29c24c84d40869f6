// What texts name of a change: identifiers, or words that these are made of, numbers, signs of operations, files.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace cascade::comprehension {

class Naming {
 public:
  explicit Naming(const std::vector<std::string_view>& texts);

  void see(std::string_view line);  // of the change, or a path; linear, looks at each word once
  // How many different names of the text were seen.
  std::uint32_t named(std::size_t text) const noexcept { return named_[text]; }
  bool is_each_named() const noexcept;

 private:
  struct Word {
    std::vector<std::size_t> texts;
    bool is_seen = false;
  };
  std::unordered_map<std::uint64_t, Word> words_;  // by the hash of their plain form
  std::vector<std::uint32_t> named_;
};

}  // namespace cascade::comprehension
