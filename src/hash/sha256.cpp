#include "hash/sha256.h"

#include <sha2.h>

#include <array>
#include <cstdint>

namespace cascade::hash {

struct Sha256::State {
  SHA2_CTX context;
};

Sha256::Sha256() : state_(std::make_unique<State>()) { SHA256Init(&state_->context); }
Sha256::~Sha256() = default;

Sha256& Sha256::add(std::string_view bytes) noexcept {
  SHA256Update(&state_->context, reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
  return *this;
}

std::string Sha256::hex() {
  std::array<char, SHA256_DIGEST_STRING_LENGTH> digits{};
  SHA256End(&state_->context, digits.data());
  return digits.data();
}

std::string sha256(std::string_view bytes) { return Sha256().add(bytes).hex(); }

}  // namespace cascade::hash
