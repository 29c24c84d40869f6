// An operation's result, or the reason why it could not be done, as a value.
//
//   cascade::Result<cascade::TokenCounter> counter = cascade::TokenCounter::open(path);
//   if (!counter) return counter.error();          // an Error converts into any Result
//   counter->count("hello");
//
// An Error says that *we* could not do our job (disk, permission, misuse). Faults in a user's manifests are Diagnostics
// (diagnostic.h) and never make a Result fail. Callers branch on `code`, never on message text.
#ifndef CASCADE_RESULT_H
#define CASCADE_RESULT_H

#include <cascade/export.h>

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

namespace cascade CASCADE_EXPORT {

enum class ErrorCode : std::uint8_t {
  not_found,    // the requested thing does not exist
  unreadable,   // it exists but cannot be read
  unwritable,   // it cannot be written (read-only, disk full)
  malformed,    // its bytes do not follow the format
  stale,        // it changed since it was indexed; refresh and try again
  unsupported,  // this build, version or system cannot do it
  misuse,       // the caller's request makes no sense
};

struct Error {
  // The code for callers to branch on.
  ErrorCode code = ErrorCode::malformed;
  // A description of what happened: lower case, no full stop. For people; the wording may change.
  std::string message;
  // The file or folder concerned. Empty if there is none.
  std::string path;
  // A next step for the user. May be empty.
  std::string help;
};

// A T or an Error. Members are named as in std::expected. Reading the side that is absent is a bug in the caller: it is
// asserted, and undefined behaviour if assertions are off.
template <typename T>
class [[nodiscard]] Result {
 public:
  using value_type = T;

  Result(const T& value) : state_(std::in_place_index<0>, value) {}            // NOLINT(google-explicit-constructor)
  Result(T&& value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT(google-explicit-constructor)
  Result(const Error& error) : state_(std::in_place_index<1>, error) {}        // NOLINT(google-explicit-constructor)
  Result(Error&& error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)

  bool has_value() const noexcept { return state_.index() == 0; }
  explicit operator bool() const noexcept { return has_value(); }

  T& operator*() & noexcept { return *get(); }
  const T& operator*() const& noexcept { return *get(); }
  T&& operator*() && noexcept { return std::move(*get()); }
  T* operator->() noexcept { return get(); }
  const T* operator->() const noexcept { return get(); }

  const Error& error() const& noexcept {
    assert(!has_value());
    return *std::get_if<1>(&state_);
  }
  Error&& error() && noexcept {
    assert(!has_value());
    return std::move(*std::get_if<1>(&state_));
  }

  template <typename U>
  T value_or(U&& other) const& {
    return has_value() ? **this : static_cast<T>(std::forward<U>(other));
  }

  // f: const T& -> Result<U>
  template <typename F>
  auto and_then(F&& f) const -> std::invoke_result_t<F, const T&> {
    if (!has_value()) return error();
    return std::forward<F>(f)(**this);
  }
  // f: const T& -> U
  template <typename F>
  auto transform(F&& f) const -> Result<std::invoke_result_t<F, const T&>> {
    if (!has_value()) return error();
    return std::forward<F>(f)(**this);
  }

 private:
  T* get() noexcept {
    assert(has_value());
    return std::get_if<0>(&state_);
  }
  const T* get() const noexcept {
    assert(has_value());
    return std::get_if<0>(&state_);
  }
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  using value_type = void;

  Result() = default;
  Result(const Error& error) : failed_(true), error_(error) {}        // NOLINT(google-explicit-constructor)
  Result(Error&& error) : failed_(true), error_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

  bool has_value() const noexcept { return !failed_; }
  explicit operator bool() const noexcept { return has_value(); }
  const Error& error() const noexcept {
    assert(failed_);
    return error_;
  }

 private:
  bool failed_ = false;
  Error error_;
};

// A view of contiguous Ts. It owns nothing and is valid only while the owner of the Ts lives.
template <typename T>
struct Span {
  // The first element; null if the span is empty.
  const T* data = nullptr;
  // The number of elements, not bytes.
  std::size_t size = 0;

  const T* begin() const noexcept { return data; }
  const T* end() const noexcept { return data + size; }
  bool empty() const noexcept { return size == 0; }
  const T& operator[](std::size_t index) const noexcept {
    assert(index < size);
    return data[index];
  }
};

}  // namespace cascade

#endif  // CASCADE_RESULT_H
