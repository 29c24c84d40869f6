// A team's facts on a real server: two machines, one of them offline for a while, a server that is killed.
#include <catch2/catch.hpp>

#include <set>
#include <string>

#include "memory/memory.h"
#include "postgres/cluster.h"
#include "scratch_folder.h"

using namespace cascade;
using namespace cascade::memory;
using test::Cluster;

namespace {

struct Desk {
  test::ScratchFolder folder;
  Memory memory;
  Desk() : memory(*Memory::open({folder.path, true, true})) {}

  void learn(const std::string& subject, const std::string& text, std::int64_t learned) {
    Fact fact;
    fact.scope = recall::Scope::team;
    fact.owner = "acme";
    fact.subject = subject;
    fact.text = text;
    fact.author = "ada@example.com";
    fact.learned = learned;
    REQUIRE(memory.add(fact));
  }
  Result<Synchronised> sync(const Cluster& cluster) {
    store::Options options;
    options.folder = folder.path;
    options.server = cluster.address();
    options.program = CASCADE_POSTGRES;
    return synchronise(memory, options, "acme");
  }
  std::multiset<std::string> subjects() {
    std::multiset<std::string> all;
    const auto facts = memory.list({});
    REQUIRE(facts);
    for (const Fact& fact : *facts) all.insert(fact.subject);
    return all;
  }
};

}  // namespace

TEST_CASE("two machines and a server: nothing is lost or doubled, though one was offline and the server was killed") {
  if (const std::string reason = Cluster::absent(); !reason.empty()) {
    WARN("skipped: " << reason);
    return;
  }
  Cluster cluster;
  Desk one, two;
  for (int i = 0; i < 40; ++i) one.learn("one " + std::to_string(i), "text", 10);
  REQUIRE(one.sync(cluster));
  for (int i = 0; i < 40; ++i) two.learn("two " + std::to_string(i), "text", 10);
  cluster.kill();
  CHECK_FALSE(two.sync(cluster));
  for (int i = 40; i < 60; ++i) two.learn("two " + std::to_string(i), "text", 10);
  REQUIRE(cluster.start());
  REQUIRE(two.sync(cluster));
  REQUIRE(two.sync(cluster));
  REQUIRE(one.sync(cluster));
  CHECK(one.subjects().size() == 100);
  CHECK(one.subjects() == two.subjects());
  CHECK(one.memory.conflicts()->empty());
  CHECK(one.memory.unsent("acme")->empty());

  one.learn("port", "1111", 20);
  two.learn("port", "2222", 30);
  REQUIRE(one.sync(cluster));
  REQUIRE(two.sync(cluster));
  REQUIRE(one.sync(cluster));
  CHECK(one.memory.conflicts()->size() == 1);
  CHECK(two.memory.conflicts()->size() == 1);
  REQUIRE(two.memory.forget(**two.memory.find("port")));
  REQUIRE(two.sync(cluster));
  REQUIRE(one.sync(cluster));
  CHECK(one.subjects().count("port") == 0);
}
