// A socket that only programs of this machine can reach, for pages in the user's browser.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace cascade::files {

class Loopback {
 public:
  // Listens at 127.0.0.1. `port` 0: any free one. unwritable: it is in use, or there is no network.
  static Result<Loopback> listen(std::uint16_t port);

  std::uint16_t port() const noexcept { return port_; }

  // Answers requests, each of which is a text up to its first empty line (8 KiB at most, within five seconds), and is
  // closed once the answer is sent. Several callers are served at once, so that a slow one holds nobody up. `idle`:
  // called about once in `milliseconds`; false ends the serving. REQUIRES: SIGPIPE is ignored.
  void serve(const std::function<std::string(std::string_view head)>& answer, int milliseconds,
             const std::function<bool()>& idle) const;

  Loopback(Loopback&& other) noexcept : descriptor_(other.descriptor_), port_(other.port_) { other.descriptor_ = -1; }
  Loopback& operator=(Loopback&&) = delete;
  Loopback(const Loopback&) = delete;
  Loopback& operator=(const Loopback&) = delete;
  ~Loopback();

 private:
  Loopback(int descriptor, std::uint16_t port) : descriptor_(descriptor), port_(port) {}
  int descriptor_ = -1;
  std::uint16_t port_ = 0;
};

std::string random_token();  // 32 hex digits from the system's generator; empty if it cannot be read

}  // namespace cascade::files
