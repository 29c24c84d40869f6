// Two machines and a store between them, which here is a file: what is said to it is what a server is told.
#include <catch2/catch.hpp>

#include <string>

#include "memory/memory.h"
#include "read_text.h"
#include "scratch_folder.h"

using namespace cascade;
using namespace cascade::memory;

namespace {

struct Machine {
  test::ScratchFolder folder;
  Memory memory;
  Machine() : memory(*Memory::open({folder.path, true, true})) {}
  Written add(const std::string& subject, const std::string& text, std::int64_t learned,
              const std::string& author = "ada@example.com") {
    Fact fact;
    fact.scope = recall::Scope::team;
    fact.owner = "acme";
    fact.subject = subject;
    fact.text = text;
    fact.author = author;
    fact.learned = learned;
    const auto written = memory.add(fact);
    REQUIRE(written);
    return *written;
  }
  std::string all() {
    std::string text;
    const auto facts = memory.list({});
    REQUIRE(facts);
    for (const Fact& fact : *facts)
      text += fact.subject + "=" + fact.text + " " + std::string(to_string(fact.state)) + "; ";
    return text;
  }
};

Synchronised sync(Machine& machine, const test::ScratchFolder& server) {
  const auto done = synchronise(machine.memory, {server.path, true, true}, "acme");
  REQUIRE(done);
  return *done;
}

}  // namespace

TEST_CASE("what one machine learns the other knows, with its author, once") {
  const test::ScratchFolder server;
  Machine one, two;
  one.add("port", "5442", 10);
  CHECK(sync(one, server).sent == 1);
  CHECK(sync(two, server).received == 1);
  CHECK(two.all() == "port=5442 live; ");
  CHECK(two.memory.list({})->front().author == "ada@example.com");
  CHECK(sync(two, server).sent == 0);
  CHECK(sync(one, server).sent == 0);
  CHECK(one.all() == "port=5442 live; ");
}

TEST_CASE("facts of a project or a person, and of other teams, stay on their machine") {
  const test::ScratchFolder server;
  Machine one, two;
  Fact fact;
  fact.owner = "acme";
  fact.subject = "a";
  fact.text = "b";
  REQUIRE(one.memory.add(fact));
  fact.scope = recall::Scope::team;
  fact.owner = "others";
  REQUIRE(one.memory.add(fact));
  CHECK(sync(one, server).sent == 0);
  sync(two, server);
  CHECK(two.all().empty());
}

TEST_CASE("a newer fact takes the older one's place everywhere, without a conflict") {
  const test::ScratchFolder server;
  Machine one, two;
  one.add("port", "5432", 10);
  sync(one, server);
  sync(two, server);
  two.add("port", "5442", 20, "bo@example.com");
  sync(two, server);
  sync(one, server);
  CHECK(one.all() == "port=5432 superseded; port=5442 live; ");
  CHECK(two.all() == one.all());
  CHECK(one.memory.conflicts()->empty());
}

TEST_CASE("what two said while one was offline is a conflict on both, until somebody decides") {
  const test::ScratchFolder server;
  Machine one, two;
  one.add("port", "1111", 10);
  two.add("port", "2222", 20, "bo@example.com");
  sync(one, server);
  sync(two, server);
  sync(one, server);
  CHECK(one.all() == "port=1111 superseded; port=2222 live; ");
  CHECK(two.all() == one.all());
  for (Machine* const machine : {&one, &two}) {
    const auto conflicts = machine->memory.conflicts();
    REQUIRE(conflicts);
    REQUIRE(conflicts->size() == 1);
    CHECK(conflicts->front().why == "changed on two machines");
  }
  one.add("port", "3333", 30);
  CHECK(one.memory.conflicts()->empty());
}

TEST_CASE("nothing is lost or doubled when one is offline for long, and sends twice") {
  const test::ScratchFolder server;
  Machine one, two;
  for (int i = 0; i < 300; ++i) one.add("s" + std::to_string(i), "text", 10);
  for (int i = 200; i < 500; ++i) two.add("s" + std::to_string(i), "text", 10);
  sync(one, server);
  const auto unsent = two.memory.unsent("acme");
  REQUIRE(unsent);
  sync(two, server);
  sync(two, server);
  sync(one, server);
  CHECK(one.memory.list({})->size() == 500);
  CHECK(one.all() == two.all());
  CHECK(one.memory.conflicts()->empty());
}

TEST_CASE("what is forgotten leaves the server and the other machine, and does not come back") {
  const test::ScratchFolder server;
  Machine one, two;
  one.add("plan", "buyTheHarbour", 10);
  sync(one, server);
  sync(two, server);
  REQUIRE(two.memory.forget(two.memory.list({})->front()));
  sync(two, server);
  sync(one, server);
  sync(two, server);
  CHECK(one.all().empty());
  CHECK(two.all().empty());
  const auto read = [&](const std::string& path) { return test::read_text(path); };
  CHECK(read(one.folder.path + "/store.db").find("buyTheHarbour") == std::string::npos);
}
