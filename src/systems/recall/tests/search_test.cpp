// Conversations in, the turns that answer a question out; the index is made of made-up logs in memory.
#include "recall/search.h"

#include <cascade/registry.h>

#include <catch2/catch.hpp>
#include <map>

#include "route/tables.h"
#include "unit/memory_tree.h"

using namespace cascade;
using namespace cascade::past;

namespace {

const Router& words() {
  static const auto router = Router::build(
      Registry::build({}), [](const ManifestView&, const SectionView&) { return Result<std::string>(std::string()); });
  REQUIRE(router);
  return *router;
}
const route::Tables& tables() { return RouterTables::tables(words()); }

struct Said {
  std::string request, outcome, path = {};
};

// One log: its turns a minute apart, from an hour of 1 September on.
std::string log_of(const std::string& folder, int hour, const std::vector<Said>& turns) {
  std::string log;
  int minute = 10;
  for (const Said& turn : turns) {
    const std::string time = "2026-09-01T" + std::to_string(hour) + ":" + std::to_string(minute++) + ":00.000Z";
    log += R"({"type":"user","cwd":")" + folder + R"(","timestamp":")" + time + R"(","message":{"content":")" +
           turn.request + "\"}}\n";
    if (!turn.path.empty())
      log += R"({"type":"assistant","timestamp":")" + time + R"(","message":{"id":"e)" + time +
             R"(","content":[{"type":"tool_use","id":"e)" + time + R"(","name":"Edit","input":{"file_path":")" +
             turn.path + R"("}}]}})" + "\n";
    log += R"({"type":"assistant","timestamp":")" + time + R"(","message":{"id":"a)" + time +
           R"(","content":[{"type":"text","text":")" + turn.outcome + "\"}]}}\n";
  }
  return log;
}

struct Desk {
  files::MemoryTree tree;
  std::set<std::string> forgotten;

  void write(const std::string& session, const std::string& log) {
    tree.write("/home/me/.claude/projects/p/" + session + ".jsonl", log);
  }
  std::vector<Log> logs() const {
    return find_logs(tree, [](const transcript::Format& format) {
      return format.client == "claude" ? "/home/me/.claude/projects" : std::string();
    });
  }
  std::string bytes(const Index* old = nullptr, std::vector<std::uint64_t>* read = nullptr) const {
    return make_index(tree, tables(), logs(), old, keep_all_but(tree, forgotten), [&](std::size_t, std::size_t of) {
      if (read != nullptr) read->push_back(of);
    });
  }
};

Index index_of(const std::string& bytes) {
  auto index = Index::over(nullptr, bytes);
  REQUIRE(index);
  return *std::move(index);
}

// "session#turn" of each passage.
std::vector<std::string> names_of(const Index& index, const std::vector<Passage>& passages) {
  std::vector<std::string> names;
  for (const Passage& one : passages) {
    const TurnRecord& turn = index.turns()[one.turn];
    names.push_back(std::string(index.read(index.logs()[turn.log].session)) + "#" + std::to_string(turn.number));
  }
  return names;
}

std::vector<std::string> found(const Index& index, const Question& question) {
  return names_of(index, search(index, tables(), question));
}

Desk two_sessions() {
  Desk desk;
  desk.write("shop", log_of("/home/me/shop", 10,
                            {{"the price page is slow", "The cache was read for each row; it is read once now.",
                              "/home/me/shop/src/cache.ts"},
                             {"and the decimal library?", "We dropped it: cents as integers are enough."}}));
  desk.write("valve", log_of("/home/me/valve", 11,
                             {{"why does the valve reset?", "The watchdog fires during the flash erase."}}));
  desk.write("other", log_of("/home/me/other", 12,
                             {{"name the release", "It is called Heron."},
                              {"sort the imports", "Sorted."},
                              {"who wrote the parser?", "Ada did."},
                              {"run the tests", "All pass."}}));
  return desk;
}

}  // namespace

TEST_CASE("a question finds the turn that has its words, in whatever form") {
  const std::string bytes = two_sessions().bytes();
  const Index index = index_of(bytes);
  CHECK(found(index, {.words = "what resets the valves"}).front() == "valve#0");
  CHECK(found(index, {.words = "why did we drop the decimal libraries"}).front() == "shop#1");
  CHECK(found(index, {.words = "quaternion"}).empty());
}

TEST_CASE("a question in another language finds the words of a conversation in English") {
  const std::string bytes = two_sessions().bytes();
  CHECK(found(index_of(bytes), {.words = "warum war die Seite mit den Preisen so langsam"}).front() == "shop#0");
}

TEST_CASE("folder, file, client and time narrow what is searched") {
  const std::string bytes = two_sessions().bytes();
  const Index index = index_of(bytes);
  CHECK(found(index, {.words = "why slow reset", .folder = "/home/me/valve"}) == std::vector<std::string>{"valve#0"});
  CHECK(found(index, {.words = "price cache library", .file = "cache.ts"}) == std::vector<std::string>{"shop#0"});
  CHECK(found(index, {.words = "price cache library", .file = "src/cache.ts"}) == std::vector<std::string>{"shop#0"});
  CHECK(found(index, {.words = "price", .client = "codex"}).empty());
  const std::int64_t eleven = 1'788'260'400'000;  // 2026-09-01T11:00Z
  CHECK(found(index, {.words = "why slow reset", .since = eleven}) == std::vector<std::string>{"valve#0"});
  CHECK(found(index, {.words = "valve reset", .until = eleven}).empty());
}

TEST_CASE("the conversation that asks is left out, and the latest ones are found without a word") {
  const std::string bytes = two_sessions().bytes();
  const Index index = index_of(bytes);
  CHECK(found(index, {.words = "what resets the valves", .but = "valve"}).empty());
  CHECK(names_of(index, latest(index, {})) == std::vector<std::string>{"other#3", "valve#0", "shop#1"});
  CHECK(names_of(index, latest(index, {.but = "other", .most = 1})) == std::vector<std::string>{"valve#0"});
  CHECK(says_anything(tables(), "drop the decimal library"));
  CHECK_FALSE(says_anything(tables(), "what did we do"));
}

TEST_CASE("an index holds no word of a log") {
  const std::string bytes = two_sessions().bytes();
  for (const char* word : {"decimal", "watchdog", "integers", "flash"}) CHECK(bytes.find(word) == std::string::npos);
}

TEST_CASE("an index made from an old one equals one made anew, and reads only what changed") {
  Desk desk = two_sessions();
  const std::string old_bytes = desk.bytes();
  const Index old = index_of(old_bytes);
  desk.write("late", log_of("/home/me/shop", 13, {{"draw the chart", "Drawn with bars."}}));
  std::vector<std::uint64_t> read;
  const std::string renewed = desk.bytes(&old, &read);
  CHECK(read.size() == 1);
  const std::string anew = desk.bytes();
  const Index a = index_of(renewed), b = index_of(anew);
  CHECK(a.turns().size == b.turns().size);
  CHECK(renewed == anew);
  CHECK(found(a, {.words = "bar chart"}).front() == "late#0");
}

TEST_CASE("a log that is gone falls out, and so does a session that was forgotten") {
  Desk desk = two_sessions();
  const std::string old_bytes = desk.bytes();
  const Index old = index_of(old_bytes);
  desk.forgotten.insert("valve");
  const std::string bytes = desk.bytes(&old);
  CHECK(found(index_of(bytes), {.words = "valve reset watchdog"}).empty());
  CHECK(index_of(bytes).turns().size == 6);
}

TEST_CASE("a project that keeps its conversations to itself is not read") {
  Desk desk = two_sessions();
  desk.tree.write("/home/me/valve/cascade.yaml", "past: off\n");
  const std::string bytes = desk.bytes();
  CHECK(found(index_of(bytes), {.words = "valve reset watchdog"}).empty());
  CHECK(found(index_of(bytes), {.words = "price page"}).front() == "shop#0");
}

TEST_CASE("a fork's copies count once") {
  Desk desk;
  const std::string begin = log_of("/p", 10, {{"one question about sockets", "An answer."}});
  desk.write("a", begin);
  desk.write("b", begin + log_of("/p", 11, {{"another about sockets", "Another answer."}}));
  const std::string bytes = desk.bytes();
  CHECK(index_of(bytes).turns().size == 2);
  CHECK(found(index_of(bytes), {.words = "sockets"}).size() == 2);
}

TEST_CASE("no damage to an index leads outside of it") {
  const std::string bytes = two_sessions().bytes();
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
    const auto index = Index::over(nullptr, damaged);
    if (!index) continue;
    for (const Passage& one : search(*index, tables(), {.words = "price cache valve", .file = "cache.ts"}))
      CHECK(one.turn < index->turns().size);
  }
}
