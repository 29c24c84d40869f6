#include "hash/sha256.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#ifdef __APPLE__
#include <CommonCrypto/CommonDigest.h>
#else
#include <sha2.h>
#endif

namespace cascade::hash {

#ifdef __APPLE__

struct Sha256::State {
  CC_SHA256_CTX context;
};

Sha256::Sha256() : state_(std::make_unique<State>()) { CC_SHA256_Init(&state_->context); }
Sha256::~Sha256() = default;

Sha256& Sha256::add(std::string_view bytes) noexcept {
  constexpr std::size_t most = std::size_t{1} << 30;  // a length has 32 bits here
  for (std::size_t at = 0; at < bytes.size(); at += most)
    CC_SHA256_Update(&state_->context, bytes.data() + at, static_cast<CC_LONG>(std::min(most, bytes.size() - at)));
  return *this;
}

std::string Sha256::hex() {
  std::array<unsigned char, CC_SHA256_DIGEST_LENGTH> digest{};
  CC_SHA256_Final(digest.data(), &state_->context);
  std::string digits;
  for (const unsigned char byte : digest) {
    digits += "0123456789abcdef"[byte >> 4U];
    digits += "0123456789abcdef"[byte & 15U];
  }
  return digits;
}

#else

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

#endif

std::string sha256(std::string_view bytes) { return Sha256().add(bytes).hex(); }

}  // namespace cascade::hash
