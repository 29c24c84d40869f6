// SHA-256, for what somebody may want to forge: a consent holds for exactly these bytes. XXH3 (content_hash.h) is
// faster and keeps nobody from making two texts of one hash.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace cascade::hash {

// FIPS 180-4. Bytes may come in any number of pieces.
class Sha256 {
 public:
  Sha256& add(std::string_view bytes) noexcept;
  std::string hex() noexcept;  // 64 digits, lower case, of all that was added. Called once.

 private:
  void take_block(const unsigned char* block) noexcept;

  std::array<std::uint32_t, 8> state_ = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                         0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  std::array<unsigned char, 64> block_{};
  std::uint64_t bytes_ = 0;
};

std::string sha256(std::string_view bytes);  // in hex

}  // namespace cascade::hash
