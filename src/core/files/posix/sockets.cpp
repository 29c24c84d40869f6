#include "files/loopback.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "files/posix/system.h"
#include "files/tree.h"

namespace cascade::files::sockets {
namespace {

#ifdef MSG_NOSIGNAL
constexpr int quietly = MSG_NOSIGNAL;
#else
constexpr int quietly = 0;  // the socket was told
#endif

Moved moved(ssize_t count) {
  if (count > 0) return {static_cast<std::size_t>(count), false};
  return {0, count == 0 || (errno != EAGAIN && errno != EINTR)};
}

}  // namespace

void close(int socket) noexcept { ::close(socket); }

Result<int> listen_here(std::uint16_t& port) {
  const std::string name = "127.0.0.1:" + std::to_string(port);
  Socket listener(system::open_stream_socket());
  if (listener.get() < 0) return unwritable("open a socket", name, errno);
  const int on = 1;
  ::setsockopt(listener.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const general = reinterpret_cast<sockaddr*>(&address);
  if (::bind(listener.get(), general, size) != 0 || ::listen(listener.get(), SOMAXCONN) != 0 ||
      ::getsockname(listener.get(), general, &size) != 0)
    return unwritable("listen", name, errno);
  port = ntohs(address.sin_port);
  return listener.release();
}

int accept_caller(int listener) { return system::accept_caller(listener); }

Moved receive(int socket, char* bytes, std::size_t size) { return moved(::recv(socket, bytes, size, 0)); }

Moved send(int socket, const char* bytes, std::size_t size) { return moved(::send(socket, bytes, size, quietly)); }

void end_sending(int socket) { ::shutdown(socket, SHUT_WR); }

bool wait(std::vector<Watched>& watched, int milliseconds) {
  std::vector<pollfd> all;
  all.reserve(watched.size());
  for (const Watched& one : watched)
    all.push_back({one.socket, static_cast<short>((one.to_read ? POLLIN : 0) | (one.to_write ? POLLOUT : 0)), 0});
  if (::poll(all.data(), all.size(), milliseconds) <= 0) return false;
  for (std::size_t i = 0; i < all.size(); ++i) {
    watched[i].readable = (all[i].revents & POLLIN) != 0;
    watched[i].writable = (all[i].revents & POLLOUT) != 0;
    watched[i].failed = (all[i].revents & (POLLERR | POLLNVAL)) != 0;
  }
  return true;
}

}  // namespace cascade::files::sockets
