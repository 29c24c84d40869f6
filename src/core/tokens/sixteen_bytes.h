// Sixteen bytes as one value, in one register if the processor has them.
#pragma once

#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace cascade::tokens {

constexpr unsigned all_equal = 0xFFFF;

// Works everywhere; tests compare the other one with it.
class TwoWords {
 public:
  TwoWords() = default;
  // REQUIRES: 16 readable bytes, with any alignment.
  static TwoWords load(const void* bytes) noexcept {
    TwoWords loaded;
    std::memcpy(&loaded.first_, bytes, sizeof loaded.first_);
    std::memcpy(&loaded.second_, static_cast<const char*>(bytes) + sizeof loaded.first_, sizeof loaded.second_);
    return loaded;
  }
  static TwoWords load_aligned(const void* bytes) noexcept { return load(bytes); }
  // REQUIRES: 16 writable bytes.
  void store(void* bytes) const noexcept {
    std::memcpy(bytes, &first_, sizeof first_);
    std::memcpy(static_cast<char*>(bytes) + sizeof first_, &second_, sizeof second_);
  }

  friend TwoWords operator&(TwoWords a, TwoWords b) noexcept { return {a.first_ & b.first_, a.second_ & b.second_}; }
  friend TwoWords operator|(TwoWords a, TwoWords b) noexcept { return {a.first_ | b.first_, a.second_ | b.second_}; }
  // Returns all_equal if they are the same, else less.
  friend unsigned likeness(TwoWords a, TwoWords b) noexcept {
    return ((a.first_ ^ b.first_) | (a.second_ ^ b.second_)) == 0 ? all_equal : 0;
  }
  // The exclusive or of the two halves.
  std::uint64_t folded() const noexcept { return first_ ^ second_; }

 private:
  TwoWords(std::uint64_t first, std::uint64_t second) noexcept : first_(first), second_(second) {}

  std::uint64_t first_, second_;
};

#if defined(__SSE2__)

class OneRegister {
 public:
  OneRegister() = default;
  static OneRegister load(const void* bytes) noexcept {
    return OneRegister(_mm_loadu_si128(static_cast<const __m128i*>(bytes)));
  }
  // REQUIRES: an address that is a multiple of 16.
  static OneRegister load_aligned(const void* bytes) noexcept {
    return OneRegister(_mm_load_si128(static_cast<const __m128i*>(bytes)));
  }
  void store(void* bytes) const noexcept { _mm_storeu_si128(static_cast<__m128i*>(bytes), value_); }

  friend OneRegister operator&(OneRegister a, OneRegister b) noexcept {
    return OneRegister(_mm_and_si128(a.value_, b.value_));
  }
  friend OneRegister operator|(OneRegister a, OneRegister b) noexcept {
    return OneRegister(_mm_or_si128(a.value_, b.value_));
  }
  friend unsigned likeness(OneRegister a, OneRegister b) noexcept {
    return static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(a.value_, b.value_)));
  }
  std::uint64_t folded() const noexcept {
    const __m128i halves = _mm_xor_si128(value_, _mm_unpackhi_epi64(value_, value_));
    std::uint64_t low;
    _mm_storel_epi64(reinterpret_cast<__m128i*>(&low), halves);
    return low;
  }

 private:
  explicit OneRegister(__m128i value) noexcept : value_(value) {}

  __m128i value_;
};

using SixteenBytes = OneRegister;

#else

using SixteenBytes = TwoWords;

#endif

}  // namespace cascade::tokens
