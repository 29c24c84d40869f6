// Content hashes: XXH3, the same on every machine. The only place that includes xxHash.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace cascade::hash {

std::uint64_t hash64(std::string_view bytes) noexcept;

struct Hash128 {
  std::uint64_t high = 0, low = 0;
  friend bool operator==(const Hash128&, const Hash128&) = default;
};
Hash128 hash128(std::string_view bytes) noexcept;

// As hash64, of the text with CRLF and CR read as LF, trailing white space of each line and at the end dropped:
// texts that look equal are equal. Never 0.
std::uint64_t hash_text(std::string_view text);
// The same for a part of a text of which that is known. REQUIRES: no CR, and no blank before an LF.
std::uint64_t hash_tidy_text(std::string_view text) noexcept;

std::string to_hex(std::uint64_t value);  // 16 digits, lower case

// SHA-256, for what somebody may want to forge: a consent holds for exactly these bytes. XXH3 keeps nobody from making
// two texts of one hash. Bytes may come in any number of pieces.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256& add(std::string_view bytes) noexcept;
  std::string hex();  // 64 digits, lower case, of all that was added. Called once.

 private:
  struct State;
  std::unique_ptr<State> state_;
};

std::string sha256(std::string_view bytes);  // in hex

}  // namespace cascade::hash
