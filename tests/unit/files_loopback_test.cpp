#include <catch2/catch.hpp>

#include "files/loopback.h"

#ifdef _WIN32
#include <winsock2.h>
#else
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

#include <string>
#include <thread>

namespace cascade::files {
namespace {

#ifdef _WIN32
constexpr int quietly = 0;
void close(int socket) { ::closesocket(static_cast<SOCKET>(socket)); }
#else
constexpr int quietly = MSG_NOSIGNAL;
#endif

int connect_to(std::uint16_t port) {
  const auto socket = static_cast<int>(::socket(AF_INET, SOCK_STREAM, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  REQUIRE(::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  return socket;
}

std::string everything_from(int socket) {
  std::string all;
  char bytes[65536];
  for (auto got = ::recv(socket, bytes, sizeof bytes, 0); got > 0;) {
    all.append(bytes, static_cast<std::size_t>(got));
    got = ::recv(socket, bytes, sizeof bytes, 0);
  }
  close(socket);
  return all;
}

void say(int socket, const std::string& text) {
  REQUIRE(::send(socket, text.data(), static_cast<int>(text.size()), quietly) > 0);
}

TEST_CASE("several callers are answered at once, whatever one of them does") {
  const auto loopback = Loopback::listen(0);
  REQUIRE(loopback);
  REQUIRE(loopback->port() != 0);
  const std::string large(3'000'000, 'x');
  bool stop = false;
  const int silent = connect_to(loopback->port()), endless = connect_to(loopback->port()),
            gone = connect_to(loopback->port()), wordy = connect_to(loopback->port()),
            asking = connect_to(loopback->port());
  say(endless, "GET / HTTP");  // and no more
  close(gone);
  say(wordy, std::string(20'000, 'a'));
  say(asking, "GET /page HTTP/1.1\r\nHost: x\r\n\r\n");
  std::string reply;
  std::thread reader([&] {
    reply = everything_from(asking);
    stop = true;
  });
  loopback->serve([&](std::string_view head) { return std::string(head) + "|" + large; }, 20, [&] { return !stop; });
  reader.join();
  CHECK(reply.substr(0, 27) == "GET /page HTTP/1.1\r\nHost: x");
  CHECK(reply.size() == 28 + large.size());
  CHECK(everything_from(wordy).empty());  // longer than any request
  close(silent);
  close(endless);
}

TEST_CASE("a port that is in use is an error, and tokens differ") {
  const auto first = Loopback::listen(0);
  REQUIRE(first);
  const auto second = Loopback::listen(first->port());
  REQUIRE(!second);
  CHECK(second.error().code == ErrorCode::unwritable);
  CHECK(random_token().size() == 32);
  CHECK(random_token() != random_token());
}

}  // namespace
}  // namespace cascade::files
