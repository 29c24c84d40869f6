#include "hash/content_hash.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <stdexcept>

#if defined(__APPLE__)
#include <CommonCrypto/CommonDigest.h>
#elif defined(_WIN32)
#include <windows.h>

#include <bcrypt.h>
#else
#include <sha2.h>
#endif

namespace cascade::hash {
namespace {

#if defined(__APPLE__) || defined(_WIN32)

constexpr std::size_t digest_bytes = 32;

std::string hex_of(const std::array<unsigned char, digest_bytes>& digest) {
  std::string digits;
  for (const unsigned char byte : digest) {
    digits += "0123456789abcdef"[byte >> 4U];
    digits += "0123456789abcdef"[byte & 15U];
  }
  return digits;
}

// Gives the bytes in pieces whose length has 32 bits.
template <typename Update>
void in_pieces(std::string_view bytes, const Update& update) {
  constexpr std::size_t most = std::size_t{1} << 30;
  for (std::size_t at = 0; at < bytes.size(); at += most) update(bytes.data() + at, std::min(most, bytes.size() - at));
}

#endif

}  // namespace

#if defined(__APPLE__)

struct Sha256::State {
  CC_SHA256_CTX context;
};

Sha256::Sha256() : state_(std::make_unique<State>()) { CC_SHA256_Init(&state_->context); }
Sha256::~Sha256() = default;

Sha256& Sha256::add(std::string_view bytes) noexcept {
  in_pieces(bytes, [&](const char* piece, std::size_t size) {
    CC_SHA256_Update(&state_->context, piece, static_cast<CC_LONG>(size));
  });
  return *this;
}

std::string Sha256::hex() {
  std::array<unsigned char, digest_bytes> digest{};
  CC_SHA256_Final(digest.data(), &state_->context);
  return hex_of(digest);
}

#elif defined(_WIN32)

// What fails leaves no hash, and then hex() throws: a consent must not hold for bytes that nobody hashed.
struct Sha256::State {
  BCRYPT_ALG_HANDLE algorithm = nullptr;
  BCRYPT_HASH_HANDLE hash = nullptr;
  bool good = false;
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
  state_->good = ::BCryptOpenAlgorithmProvider(&state_->algorithm, BCRYPT_SHA256_ALGORITHM, nullptr, 0) >= 0 &&
                 ::BCryptCreateHash(state_->algorithm, &state_->hash, nullptr, 0, nullptr, 0, 0) >= 0;
}

Sha256::~Sha256() {
  if (state_->hash != nullptr) ::BCryptDestroyHash(state_->hash);
  if (state_->algorithm != nullptr) ::BCryptCloseAlgorithmProvider(state_->algorithm, 0);
}

Sha256& Sha256::add(std::string_view bytes) noexcept {
  in_pieces(bytes, [&](const char* piece, std::size_t size) {
    auto* const data = reinterpret_cast<PUCHAR>(const_cast<char*>(piece));  // which it only reads
    state_->good = state_->good && ::BCryptHashData(state_->hash, data, static_cast<ULONG>(size), 0) >= 0;
  });
  return *this;
}

std::string Sha256::hex() {
  std::array<unsigned char, digest_bytes> digest{};
  if (!state_->good || ::BCryptFinishHash(state_->hash, digest.data(), digest_bytes, 0) < 0)
    throw std::runtime_error("the system has no SHA-256");
  return hex_of(digest);
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
