#include <winsock2.h>

#include "files/loopback.h"
#include "files/tree.h"
#include "files/windows/open.h"

#include <string>

namespace cascade::files::sockets {
namespace {

SOCKET socket_of(int number) { return static_cast<SOCKET>(number); }

// Neither waits nor is inherited; a socket's number is a handle's.
int made_quiet(SOCKET socket) {
  if (socket == INVALID_SOCKET) return -1;
  u_long on = 1;
  auto* const handle = reinterpret_cast<HANDLE>(socket);  // NOLINT(performance-no-int-to-ptr)
  ::SetHandleInformation(handle, HANDLE_FLAG_INHERIT, 0);
  if (::ioctlsocket(socket, static_cast<long>(FIONBIO), &on) == 0) return static_cast<int>(socket);
  ::closesocket(socket);
  return -1;
}

Moved moved(int count) {
  if (count > 0) return {static_cast<std::size_t>(count), false};
  return {0, count == 0 || ::WSAGetLastError() != WSAEWOULDBLOCK};
}

}  // namespace

void close(int socket) noexcept { ::closesocket(socket_of(socket)); }

Result<int> listen_here(std::uint16_t& port) {
  const std::string name = "127.0.0.1:" + std::to_string(port);
  WSADATA facts;
  if (const int code = ::WSAStartup(MAKEWORD(2, 2), &facts); code != 0) return unwritable("open a socket", name, code);
  Socket listener(made_quiet(::WSASocketW(AF_INET, SOCK_STREAM, 0, nullptr, 0, WSA_FLAG_OVERLAPPED)));
  if (listener.get() < 0) return unwritable("open a socket", name, ::WSAGetLastError());
  // What SO_REUSEADDR allows here is to take a port that another program listens at.
  const BOOL on = TRUE;
  ::setsockopt(socket_of(listener.get()), SOL_SOCKET, SO_EXCLUSIVEADDRUSE, reinterpret_cast<const char*>(&on),
               sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = ::htons(port);
  address.sin_addr.s_addr = ::htonl(INADDR_LOOPBACK);
  int size = sizeof address;
  auto* const general = reinterpret_cast<sockaddr*>(&address);
  const SOCKET socket = socket_of(listener.get());
  if (::bind(socket, general, size) != 0 || ::listen(socket, SOMAXCONN) != 0 ||
      ::getsockname(socket, general, &size) != 0)
    return unwritable("listen", name, ::WSAGetLastError());
  port = ::ntohs(address.sin_port);
  return listener.release();
}

int accept_caller(int listener) { return made_quiet(::accept(socket_of(listener), nullptr, nullptr)); }

Moved receive(int socket, char* bytes, std::size_t size) {
  return moved(::recv(socket_of(socket), bytes, static_cast<int>(size), 0));
}

Moved send(int socket, const char* bytes, std::size_t size) {
  constexpr std::size_t most = std::size_t{1} << 20;
  return moved(::send(socket_of(socket), bytes, static_cast<int>(size < most ? size : most), 0));
}

void end_sending(int socket) { ::shutdown(socket_of(socket), SD_SEND); }

bool wait(std::vector<Watched>& watched, int milliseconds) {
  std::vector<WSAPOLLFD> all;
  all.reserve(watched.size());
  for (const Watched& one : watched)
    all.push_back({socket_of(one.socket),
                   static_cast<SHORT>((one.to_read ? POLLRDNORM : 0) | (one.to_write ? POLLWRNORM : 0)), 0});
  if (::WSAPoll(all.data(), static_cast<ULONG>(all.size()), milliseconds) <= 0) return false;
  for (std::size_t i = 0; i < all.size(); ++i) {
    watched[i].readable = (all[i].revents & (POLLRDNORM | POLLHUP)) != 0;
    watched[i].writable = (all[i].revents & POLLWRNORM) != 0;
    watched[i].failed = (all[i].revents & (POLLERR | POLLNVAL)) != 0;
  }
  return true;
}

}  // namespace cascade::files::sockets
