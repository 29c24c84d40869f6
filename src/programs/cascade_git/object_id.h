// The name of a git object: 20 bytes, or 32 in a SHA-256 repository.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

#include "text/hex.h"

namespace cascade::git {

struct ObjectId {
  std::array<unsigned char, 32> bytes{};  // the rest is zeros

  friend bool operator==(const ObjectId&, const ObjectId&) = default;
  friend std::strong_ordering operator<=>(const ObjectId& one, const ObjectId& other) {  // libc++ 16 has none of arrays
    return std::memcmp(one.bytes.data(), other.bytes.data(), one.bytes.size()) <=> 0;  // NOLINT(modernize-use-nullptr)
  }
  bool is_null() const { return *this == ObjectId{}; }
  std::string hex(std::size_t size) const {
    return letters::bytes_to_hex({reinterpret_cast<const char*>(bytes.data()), size});
  }
};

struct ObjectIdHash {
  std::size_t operator()(const ObjectId& id) const noexcept {
    std::size_t value = 0;
    std::memcpy(&value, id.bytes.data(), sizeof value);
    return value;
  }
};

// REQUIRES: at most 32 bytes.
inline ObjectId id_of_bytes(std::string_view bytes) {
  ObjectId id;
  std::memcpy(id.bytes.data(), bytes.data(), bytes.size());
  return id;
}

// Null: not exactly the digits of an id of `size` bytes.
inline std::optional<ObjectId> id_of_hex(std::string_view digits, std::size_t size) {
  if (digits.size() != 2 * size || !letters::is_hex(digits)) return std::nullopt;
  return id_of_bytes(letters::bytes_of_hex(digits));
}

}  // namespace cascade::git
