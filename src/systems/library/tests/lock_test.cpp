// The lock of libraries says the same for the same libraries, and what somebody wrote into it is read with care.
#include <catch2/catch.hpp>

#include "library/shelf.h"

using namespace cascade;
using namespace cascade::collection;

namespace {

Library library(const std::string& name, std::vector<LockedFile> files) {
  return {name, "https://git.example/" + name, "", "0adb21d5", std::move(files)};
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

}  // namespace

TEST_CASE("a lock is written in one order, whatever the order in which its libraries came") {
  Lock one, other;
  one.put(library("b", {{"skills/x/SKILL.md", "22"}}));
  one.put(library("a", {{"a", "11"}, {"b", "33"}}));
  other.put(library("a", {{"a", "11"}, {"b", "33"}}));
  other.put(library("b", {{"skills/x/SKILL.md", "22"}}));
  CHECK(lock_text(one) == lock_text(other));
  const auto read = read_lock(lock_text(one), "cascade.lock");
  REQUIRE(read);
  CHECK(lock_text(*read) == lock_text(one));
  REQUIRE(read->find("a") != nullptr);
  CHECK(read->find("a")->files[1].sha256 == "33");
  CHECK(read->find("c") == nullptr);
}

TEST_CASE("a library takes the place of one of its name, and leaves no trace when it goes") {
  Lock lock;
  lock.put(library("a", {{"x", "1"}}));
  const std::string before = lock_text(lock);
  lock.put(library("b", {}));
  lock.put(library("b", {{"y", "2"}}));
  CHECK(lock.libraries.size() == 2);
  lock.erase("b");
  CHECK(lock_text(lock) == before);
}

TEST_CASE("what is no lock, or of a later version, is refused with its place") {
  CHECK(read_lock("", "l")->libraries.empty());
  for (const char* text :
       {"{", "[]", "{}", R"({"schema": "cascade.lock/2", "libraries": []})", R"({"schema": "cascade.lock/1"})",
        R"({"schema": "cascade.lock/1", "libraries": [{"name": "../../etc"}]})",
        R"({"schema": "cascade.lock/1", "libraries": ["a"]})"}) {
    INFO(text);
    const auto read = read_lock(text, "/home/u/cascade.lock");
    REQUIRE(!read);
    CHECK(read.error().code == ErrorCode::malformed);
    CHECK(read.error().path == "/home/u/cascade.lock");
  }
}

TEST_CASE("changes are told by path: other bytes, new, gone") {
  const Changes changes = compare({{"a", "1"}, {"b", "2"}, {"d", "4"}}, {{"a", "1"}, {"b", "9"}, {"c", "3"}});
  CHECK(joined(changes.changed) == "b");
  CHECK(joined(changes.added) == "c");
  CHECK(joined(changes.gone) == "d");
  CHECK(compare({{"a", "1"}}, {{"a", "1"}}).empty());
}
