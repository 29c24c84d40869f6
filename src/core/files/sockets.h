// The few calls on sockets that a Loopback needs. None of them waits but wait(). For files/ only.
#pragma once

#include <cascade/result.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace cascade::files::sockets {

void close(int socket) noexcept;

// Holds a socket or -1. Move-only.
class Socket {
 public:
  explicit Socket(int socket) noexcept : socket_(socket) {}
  Socket(Socket&& other) noexcept : socket_(other.socket_) { other.socket_ = -1; }
  Socket& operator=(Socket&&) = delete;
  ~Socket() {
    if (socket_ >= 0) close(socket_);
  }
  int get() const noexcept { return socket_; }
  int release() noexcept {
    const int kept = socket_;
    socket_ = -1;
    return kept;
  }

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
