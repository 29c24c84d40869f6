#include "registry/part.h"

#include <catch2/catch.hpp>

#include <map>

#include "unit/seeded_random.h"

namespace cascade::registry {
namespace {

bool same(const TextRef& a, const TextRef& b) { return a.offset == b.offset && a.length == b.length; }

}  // namespace

TEST_CASE("a pool gives each text one place, whatever came in between, and nothing for no text") {
  test::SeededRandom random{5};
  TextPool pool;
  std::map<std::string, TextRef> known;
  std::size_t bytes = 0;
  for (int i = 0; i < 3'000; ++i) {
    std::string text(random.below(4), 'a');
    for (char& c : text) c = static_cast<char>('a' + random.below(12));
    const TextRef ref = pool.add(text);
    CHECK(pool[ref] == text);
    const auto [at, fresh] = known.emplace(text, ref);
    CHECK(same(at->second, ref));
    bytes += fresh ? text.size() : 0;
  }
  CHECK(pool.bytes().size() == bytes);
  pool.clear();
  CHECK(pool.bytes().empty());
  CHECK(pool[pool.add("again")] == "again");
}

TEST_CASE("the end of a text takes no place of its own, and any other text does") {
  TextPool pool;
  const TextRef longer = pool.add("plugin:review");
  const std::size_t bytes = pool.bytes().size();
  CHECK(same(pool.add_end("plugin:review", longer), longer));
  const TextRef end = pool.add_end("review", longer);
  CHECK(pool[end] == "review");
  CHECK(pool.bytes().size() == bytes);
  CHECK(pool.add_end("", longer).length == 0);
  for (const char* other : {"a plugin:review", "plugin", "preview", "view:", "x"}) {
    const std::size_t before = pool.bytes().size();
    CHECK(pool[pool.add_end(other, longer)] == other);
    CHECK(pool.bytes().size() == before + std::string(other).size());
  }
}

}  // namespace cascade::registry
