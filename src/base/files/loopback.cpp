#include "files/loopback.h"

#include "files/descriptor.h"
#include "files/process.h"
#include "files/system.h"
#include "files/system_error.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <utility>
#include <vector>

namespace cascade::files {
namespace {

constexpr std::size_t longest_head = 8 * 1024, most_callers = 64;
constexpr std::int64_t patience = 5'000;  // milliseconds for a whole request and its answer

#ifdef MSG_NOSIGNAL
constexpr int quietly = MSG_NOSIGNAL;
#else
constexpr int quietly = 0;  // the socket was told
#endif

// One caller, from accept() to the end of the answer.
struct Caller {
  Descriptor socket;
  std::int64_t until = 0;
  std::string head{}, reply{};
  std::size_t sent = 0;
  bool gone = false;

  bool answered() const noexcept { return !reply.empty(); }
};

void read_head(Caller& caller, const std::function<std::string(std::string_view)>& answer) {
  char bytes[4096];
  const ssize_t got = ::recv(caller.socket.get(), bytes, sizeof bytes, 0);
  if (got <= 0) {
    caller.gone = got == 0 || (errno != EAGAIN && errno != EINTR);
    return;
  }
  caller.head.append(bytes, static_cast<std::size_t>(got));
  const std::size_t end = std::min(caller.head.find("\r\n\r\n"), caller.head.find("\n\n"));
  if (end != std::string::npos)
    caller.reply = answer(std::string_view(caller.head).substr(0, end));
  else if (caller.head.size() > longest_head)
    caller.gone = true;
}

void send_more(Caller& caller) {
  const ssize_t sent =
      ::send(caller.socket.get(), caller.reply.data() + caller.sent, caller.reply.size() - caller.sent, quietly);
  if (sent > 0) caller.sent += static_cast<std::size_t>(sent);
  caller.gone = caller.sent == caller.reply.size() || (sent < 0 && errno != EAGAIN && errno != EINTR);
  if (caller.gone) ::shutdown(caller.socket.get(), SHUT_WR);
}

void accept_callers(int listener, std::vector<Caller>& callers) {
  while (callers.size() < most_callers) {
    Descriptor socket(system::accept_caller(listener));
    if (socket.get() < 0) return;
    callers.push_back({std::move(socket), milliseconds_since_boot() + patience});
  }
}

// `ready`: the listener, then one for each caller that there was then.
void serve_ready(const std::vector<pollfd>& ready, std::vector<Caller>& callers,
                 const std::function<std::string(std::string_view)>& answer) {
  for (std::size_t i = 1; i < ready.size(); ++i) {
    Caller& caller = callers[i - 1];
    if ((ready[i].revents & POLLIN) != 0 && !caller.answered()) read_head(caller, answer);
    if (caller.answered()) send_more(caller);
    if ((ready[i].revents & (POLLERR | POLLNVAL)) != 0) caller.gone = true;
  }
}

std::vector<Caller> those_left(std::vector<Caller> callers) {
  const std::int64_t now = milliseconds_since_boot();
  std::vector<Caller> left;
  for (Caller& caller : callers)
    if (!caller.gone && caller.until > now) left.push_back(std::move(caller));
  return left;
}

}  // namespace

Result<Loopback> Loopback::listen(std::uint16_t port) {
  const std::string name = "127.0.0.1:" + std::to_string(port);
  Loopback loopback(system::open_stream_socket(), port);
  if (loopback.descriptor_ < 0) return unwritable("open a socket", name, errno);
  const int on = 1;
  ::setsockopt(loopback.descriptor_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const general = reinterpret_cast<sockaddr*>(&address);
  if (::bind(loopback.descriptor_, general, size) != 0 || ::listen(loopback.descriptor_, SOMAXCONN) != 0 ||
      ::getsockname(loopback.descriptor_, general, &size) != 0)
    return unwritable("listen", name, errno);
  loopback.port_ = ntohs(address.sin_port);
  return loopback;
}

Loopback::~Loopback() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void Loopback::serve(const std::function<std::string(std::string_view head)>& answer, int milliseconds,
                     const std::function<bool()>& idle) const {
  std::vector<Caller> callers;
  std::int64_t next = milliseconds_since_boot() + milliseconds;
  while (true) {
    std::vector<pollfd> ready{{descriptor_, static_cast<short>(callers.size() < most_callers ? POLLIN : 0), 0}};
    for (const Caller& caller : callers)
      ready.push_back({caller.socket.get(), static_cast<short>(caller.answered() ? POLLOUT : POLLIN), 0});
    const std::int64_t left = std::max<std::int64_t>(0, next - milliseconds_since_boot());
    if (::poll(ready.data(), ready.size(), static_cast<int>(left)) > 0) {
      serve_ready(ready, callers, answer);
      if ((ready[0].revents & POLLIN) != 0) accept_callers(descriptor_, callers);
    }
    callers = those_left(std::move(callers));
    if (milliseconds_since_boot() < next) continue;
    if (!idle()) return;
    next = milliseconds_since_boot() + milliseconds;
  }
}

std::string random_token() {
  constexpr std::size_t bytes = 16;
  const Descriptor source(::open("/dev/urandom", O_RDONLY | O_CLOEXEC));
  unsigned char random[bytes];
  if (source.get() < 0 || ::read(source.get(), random, bytes) != static_cast<ssize_t>(bytes)) return {};
  std::string token;
  for (const unsigned char byte : random) {
    token += "0123456789abcdef"[byte >> 4U];
    token += "0123456789abcdef"[byte & 15U];
  }
  return token;
}

}  // namespace cascade::files
