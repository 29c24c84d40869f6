// What libpq is told: a connection that leaves the machine is encrypted and checked, one that does not is left alone.
#include <catch2/catch.hpp>

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "cascade_postgres/session.h"
#include "postgres/cluster.h"
#include "store/store.h"

using namespace cascade;
using postgres::transport;

namespace {

std::string mode_of(const std::string& address) {
  const auto options = transport(address, 5'000);
  if (!options) return "refused";
  for (const auto& [name, value] : *options)
    if (name == "sslmode") return value;
  return "as it is";
}

}  // namespace

TEST_CASE("sockets and loopback are left alone, everything else proves its name") {
  ::unsetenv("PGHOST");
  for (const char* host :
       {"", "localhost", "127.0.0.1", "127.1.2.3:5433", "[::1]", "%2Frun%2Fpostgresql", "localhost,[::1]"})
    CHECK(mode_of("postgresql://" + std::string(host) + "/db") == "as it is");
  for (const char* host : {"db.example", "10.0.0.1", "localhost,db.example", "localhost.example", "[2001:db8::1]"})
    CHECK(mode_of("postgresql://" + std::string(host) + "/db") == "verify-full");
  CHECK(mode_of("postgresql:///db?host=/tmp") == "as it is");
  CHECK(mode_of("postgresql:///db?host=db.example") == "verify-full");
  CHECK(mode_of("postgresql://db.example/db?hostaddr=127.0.0.1") == "verify-full");
  CHECK(mode_of("postgresql://localhost/db?hostaddr=10.0.0.1") == "verify-full");
  CHECK(mode_of("postgresql:///db?service=team") == "verify-full");
  ::setenv("PGHOST", "db.example", 1);
  CHECK(mode_of("postgresql:///db") == "verify-full");
  ::unsetenv("PGHOST");
}

TEST_CASE("an address that asks for less is refused, one that is none as well, and no message holds a part of it") {
  for (const char* less : {"disable", "allow", "prefer", "require", "verify-ca"})
    CHECK(mode_of("postgresql://db.example/db?sslmode=" + std::string(less)) == "refused");
  CHECK(mode_of("postgresql://db.example/db?sslmode=verify-full") == "verify-full");
  for (const char* wrong : {"mysql://u:geheim@h/db", "postgresql://u:geheim/db", "postgresql://u:ge%heim@h/db",
                            "geheim", "postgresql://h/db?geheim=1", "host=h password=geheim"}) {
    const auto refused = transport(wrong, 5'000);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::misuse);
    CHECK((refused.error().message + refused.error().help + refused.error().path).find("geheim") == std::string::npos);
  }
  CHECK(postgres::without_secrets("no geheim here", "postgresql://u:geheim@h/db") == "no ... here");
  CHECK(postgres::without_secrets("no geheim here", "postgresql://h/db?password=geheim") == "no ... here");
}

TEST_CASE("what is shown of an address says where, and never who") {
  const auto shown = [](const std::string& address) { return store::shown_address(address); };
  CHECK(shown("postgresql://u:geheim@db.example:5433/team") == "postgresql://db.example:5433/team");
  CHECK(shown("postgres://db.example/team?password=geheim") == "postgresql://db.example/team");
  CHECK(shown("postgresql://u:ge@he/im@db/x") == "postgresql://db/x");
  CHECK(shown("postgresql://[::1]:5432/x") == "postgresql://[::1]:5432/x");
  for (const char* odd :
       {"postgresql://u:geheim/x", "postgresql://u:ge?heim@h/x", "geheim", "postgresql://h/x?a=@geheim"})
    CHECK(shown(odd).find("heim") == std::string::npos);
}

TEST_CASE("a server that cannot prove its name is not spoken to") {
  const std::string reason = test::Cluster::absent();
  if (!reason.empty() || std::system("command -v openssl > /dev/null") != 0) {
    WARN("skipped: " << (reason.empty() ? "openssl is not installed" : reason));
    return;
  }
  const test::ScratchFolder folder;  // of the server's user: its key must be
  const std::string key = folder.path + "/key", certificate = folder.path + "/certificate";
  REQUIRE(std::system(
              ("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=db.example"
               " -addext subjectAltName=DNS:db.example -keyout " +
               key + " -out " + certificate + " 2> /dev/null && chmod 600 " + key + " && chmod 755 " + folder.path +
               " && { [ $(id -u) != 0 ] || chown nobody " + key + "; }")
                  .c_str()) == 0);
  const std::string port = std::to_string(20'000 + ::getpid() % 20'000);
  const std::string listens = "-c listen_addresses=127.0.0.1";
  const auto reaches = [&](const std::string& host, const std::string& more) {
    store::Options options;
    options.server = "postgresql://cascade@" + host + ":" + port + "/cascade?hostaddr=127.0.0.1" + more;
    options.program = CASCADE_POSTGRES;
    const auto opened = store::Store::open(options);
    return opened ? std::string("reached") : opened.error().message;
  };
  {
    test::Cluster cluster(listens + " -c ssl=on -c ssl_key_file=" + key + " -c ssl_cert_file=" + certificate, port);
    CHECK(reaches("db.example", "&sslrootcert=" + certificate) == "reached");
    CHECK(reaches("db.example", "") != "reached");
    CHECK(reaches("other.example", "&sslrootcert=" + certificate).find("does not match host name") !=
          std::string::npos);
  }
  test::Cluster plain(listens, port);
  CHECK(reaches("db.example", "&sslrootcert=" + certificate).find("server does not support SSL") != std::string::npos);
  CHECK(reaches("localhost", "") == "reached");
}
