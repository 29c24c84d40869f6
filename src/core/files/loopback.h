// A socket that only programs of this machine can reach, for pages in the user's browser.
#pragma once

#include <cascade/result.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

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

  Loopback(Loopback&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)), port_(other.port_) {}
  ~Loopback();

 private:
  Loopback(int descriptor, std::uint16_t port) : descriptor_(descriptor), port_(port) {}
  int descriptor_ = -1;
  std::uint16_t port_ = 0;
};

std::string random_token();  // 32 hex digits from the system's generator; empty if it cannot be read

}  // namespace cascade::files

// The few calls on sockets that a Loopback needs. None of them waits but wait(). For files/ only.
namespace cascade::files::sockets {

void close(int socket) noexcept;

// Holds a socket or -1. Move-only.
class Socket {
 public:
  explicit Socket(int socket) noexcept : socket_(socket) {}
  Socket(Socket&& other) noexcept : socket_(other.release()) {}
  ~Socket() {
    if (socket_ >= 0) close(socket_);
  }
  int get() const noexcept { return socket_; }
  int release() noexcept { return std::exchange(socket_, -1); }

 private:
  int socket_;
};

// Listens at 127.0.0.1; `port` 0 becomes the one that was free. unwritable.
Result<int> listen_here(std::uint16_t& port);
int accept_caller(int listener);  // -1: nobody waits

struct Moved {
  std::size_t bytes = 0;  // 0: none at the moment, or ever
  bool ended = false;     // by the other side, or by an error
};
Moved receive(int socket, char* bytes, std::size_t size);
Moved send(int socket, const char* bytes, std::size_t size);
void end_sending(int socket);

struct Watched {
  int socket = -1;
  bool to_read = false, to_write = false;
  bool readable = false, writable = false, failed = false;  // the answer
};
// False: nothing happened in that time.
bool wait(std::vector<Watched>& watched, int milliseconds);

}  // namespace cascade::files::sockets
