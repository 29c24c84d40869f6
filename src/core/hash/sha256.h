// SHA-256, for what somebody may want to forge: a consent holds for exactly these bytes. XXH3 (content_hash.h) is
// faster and keeps nobody from making two texts of one hash.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace cascade::hash {

// Bytes may come in any number of pieces.
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
