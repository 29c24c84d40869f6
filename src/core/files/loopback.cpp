#include "files/loopback.h"

#include <algorithm>

#include "files/process.h"
#include "text/hex.h"

namespace cascade::files {
namespace {

constexpr std::size_t longest_head = 8 * 1024, most_callers = 64;
constexpr std::int64_t patience = 5'000;  // milliseconds for a whole request and its answer

// One caller, from accept() to the end of the answer.
struct Caller {
  sockets::Socket socket;
  std::int64_t until = 0;
  std::string head{}, reply{};
  std::size_t sent = 0;
  bool gone = false;

  bool answered() const noexcept { return !reply.empty(); }
};

void read_head(Caller& caller, const std::function<std::string(std::string_view)>& answer) {
  char bytes[4096];
  const auto got = sockets::receive(caller.socket.get(), bytes, sizeof bytes);
  caller.gone = got.ended;
  if (got.bytes == 0) return;
  caller.head.append(bytes, got.bytes);
  const std::size_t end = std::min(caller.head.find("\r\n\r\n"), caller.head.find("\n\n"));
  if (end != std::string::npos)
    caller.reply = answer(std::string_view(caller.head).substr(0, end));
  else if (caller.head.size() > longest_head)
    caller.gone = true;
}

void send_more(Caller& caller) {
  const auto sent =
      sockets::send(caller.socket.get(), caller.reply.data() + caller.sent, caller.reply.size() - caller.sent);
  caller.sent += sent.bytes;
  caller.gone = caller.sent == caller.reply.size() || sent.ended;
  if (caller.gone) sockets::end_sending(caller.socket.get());
}

void accept_callers(int listener, std::vector<Caller>& callers) {
  while (callers.size() < most_callers) {
    sockets::Socket socket(sockets::accept_caller(listener));
    if (socket.get() < 0) return;
    callers.push_back({std::move(socket), milliseconds_since_boot() + patience});
  }
}

// `ready`: the listener, then one for each caller that there was then.
void serve_ready(const std::vector<sockets::Watched>& ready, std::vector<Caller>& callers,
                 const std::function<std::string(std::string_view)>& answer) {
  for (std::size_t i = 1; i < ready.size(); ++i) {
    Caller& caller = callers[i - 1];
    if (ready[i].readable && !caller.answered()) read_head(caller, answer);
    if (caller.answered()) send_more(caller);
    if (ready[i].failed) caller.gone = true;
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
  const auto listener = sockets::listen_here(port);
  if (!listener) return listener.error();
  return Loopback(*listener, port);
}

Loopback::~Loopback() {
  if (descriptor_ >= 0) sockets::close(descriptor_);
}

void Loopback::serve(const std::function<std::string(std::string_view head)>& answer, int milliseconds,
                     const std::function<bool()>& idle) const {
  std::vector<Caller> callers;
  std::int64_t next = milliseconds_since_boot() + milliseconds;
  while (true) {
    std::vector<sockets::Watched> ready{{descriptor_, callers.size() < most_callers, false}};
    for (const Caller& caller : callers) ready.push_back({caller.socket.get(), !caller.answered(), caller.answered()});
    const std::int64_t left = std::max<std::int64_t>(0, next - milliseconds_since_boot());
    if (sockets::wait(ready, static_cast<int>(left))) {
      serve_ready(ready, callers, answer);
      if (ready[0].readable) accept_callers(descriptor_, callers);
    }
    callers = those_left(std::move(callers));
    if (milliseconds_since_boot() < next) continue;
    if (!idle()) return;
    next = milliseconds_since_boot() + milliseconds;
  }
}

std::string random_token() {
  constexpr std::size_t bytes = 16;
  unsigned char random[bytes];
  if (!fill_randomly(random, bytes)) return {};
  return letters::bytes_to_hex({reinterpret_cast<const char*>(random), bytes});
}

}  // namespace cascade::files
