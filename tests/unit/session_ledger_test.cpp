#include <catch2/catch.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>
#include <vector>

#include "scratch_folder.h"
#include "session/entry.h"
#include "session/ledger.h"

using namespace cascade;
using namespace cascade::session;

namespace {

struct Scratch : cascade::test::ScratchFolder {
  std::string only_file() const {
    for (const auto& file : std::filesystem::directory_iterator(path + "/sessions")) return file.path().string();
    return "";
  }
};

Entry start(const std::string& source) {
  Entry entry;
  entry.event = Event::start;
  entry.source = source;
  return entry;
}

Entry inject(const std::string& recipient, std::vector<std::uint64_t> hashes, const std::string& root = "skill:s") {
  Entry entry;
  entry.event = Event::inject;
  entry.recipient = recipient;
  entry.root = root;
  for (const std::uint64_t hash : hashes) entry.pieces.push_back({root, 1, Form::section, hash, {10, 40}});
  entry.cost = {10, 40};
  return entry;
}

std::string held(const Ledger& ledger, std::string_view recipient) {
  std::string text;
  for (const std::uint64_t hash : ledger.held(recipient)) text += (text.empty() ? "" : " ") + std::to_string(hash);
  return text;
}

}  // namespace

TEST_CASE("what was sent to a recipient is remembered by the next process, and not for another recipient") {
  const Scratch scratch;
  REQUIRE(Ledger(scratch.path, "s1").append(start("startup")));
  REQUIRE(Ledger(scratch.path, "s1").append(inject("main", {7, 5})));
  REQUIRE(Ledger(scratch.path, "s1").append(inject("a1", {9}, "agent:x")));
  const Ledger ledger(scratch.path, "s1");
  CHECK(held(ledger, "main") == "5 7");
  CHECK(held(ledger, "a1") == "9");
  CHECK(ledger.active("a1") == std::vector<std::string>{"agent:x"});
  CHECK(ledger.entries().back().sequence == 3);
  CHECK(held(Ledger(scratch.path, "s2"), "main").empty());
}

TEST_CASE("what was chosen for a root is remembered whoever received it, and through a compaction") {
  const Scratch scratch;
  Ledger ledger(scratch.path, "s1");
  REQUIRE(ledger.append(inject("main", {7, 3})));
  REQUIRE(ledger.append(inject("a1", {5}, "agent:x")));
  REQUIRE(ledger.append(start("compact")));
  CHECK(held(ledger, "main").empty());
  CHECK(ledger.chosen({"skill:s"}) == std::vector<std::uint64_t>{3, 7});
  CHECK(ledger.chosen({"agent:x", "skill:s"}) == std::vector<std::uint64_t>{3, 5, 7});
  CHECK(ledger.chosen({"skill:other"}).empty());
}

TEST_CASE("compact and clear begin a new epoch, resume and fork do not") {
  for (const auto& [source, expected] : std::vector<std::pair<std::string, std::string>>{
           {"compact", ""}, {"clear", ""}, {"startup", ""}, {"resume", "7"}, {"fork", "7"}}) {
    const Scratch scratch;
    Ledger ledger(scratch.path, "s");
    REQUIRE(ledger.append(inject("main", {7})));
    REQUIRE(ledger.append(inject("a1", {8})));
    REQUIRE(ledger.append(start(source)));
    INFO(source);
    CHECK(held(ledger, "main") == expected);
    CHECK(held(Ledger(scratch.path, "s"), "main") == expected);
    CHECK(held(ledger, "a1").empty() == (source == "clear" || source == "startup"));
  }
}

TEST_CASE("a torn last line and foreign lines are survived") {
  const Scratch scratch;
  REQUIRE(Ledger(scratch.path, "s").append(inject("main", {7})));
  {
    std::ofstream out(scratch.only_file(), std::ios::app);
    out << "hello\n{\"seq\":9,\"event\":\"inject\",\"to\":\"ma";
  }
  Ledger ledger(scratch.path, "s");
  CHECK(held(ledger, "main") == "7");
  REQUIRE(ledger.append(inject("main", {8})));
  CHECK(held(Ledger(scratch.path, "s"), "main") == "7 8");
}

TEST_CASE("many writers at once lose nothing and number without gaps") {
  const Scratch scratch;
  std::vector<std::thread> threads;
  for (std::uint64_t i = 0; i < 16; ++i)
    threads.emplace_back(
        [&scratch, i] { static_cast<void>(Ledger(scratch.path, "s").append(inject("main", {100 + i}))); });
  for (std::thread& thread : threads) thread.join();
  const Ledger ledger(scratch.path, "s");
  REQUIRE(ledger.entries().size() == 16);
  for (std::uint64_t i = 0; i < 16; ++i) CHECK(ledger.entries()[i].sequence == i + 1);
  CHECK(ledger.held("main").size() == 16);
}

TEST_CASE("sixty-four processes at once on one ledger lose nothing, also while it is shortened") {
  const Scratch scratch;
  std::vector<std::uint64_t> many;
  for (std::uint64_t i = 0; i < 400; ++i) many.push_back(1'000 + i);
  Ledger first(scratch.path, "s");
  while (!std::filesystem::exists(scratch.path + "/sessions") ||
         std::filesystem::file_size(scratch.only_file()) < max_ledger_bytes - 40'000)
    REQUIRE(first.append(inject("main", many)));
  std::vector<pid_t> children;
  for (std::uint64_t i = 0; i < 64; ++i) {
    const pid_t child = ::fork();
    if (child == 0) {
      bool good = true;
      for (std::uint64_t n = 0; n < 4; ++n) {
        // A slow machine may not get the lock in time; then the ledger says so, and nothing was written.
        bool done = false;
        for (int attempt = 0; attempt < 20 && !done; ++attempt)
          done = Ledger(scratch.path, "s").append(inject("main", {100'000 + 4 * i + n})).has_value();
        good = good && done;
      }
      ::_exit(good ? 0 : 1);
    }
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = -1;
    CHECK(::waitpid(child, &status, 0) == child);
    CHECK(status == 0);
  }
  const Ledger read(scratch.path, "s");
  CHECK(read.held("main").size() == 400 + 256);
  CHECK(std::filesystem::file_size(scratch.only_file()) <= max_ledger_bytes);
  std::vector<std::uint64_t> sequences;
  for (const Entry& entry : read.entries()) sequences.push_back(entry.sequence);
  CHECK(std::adjacent_find(sequences.begin(), sequences.end()) == sequences.end());
}

TEST_CASE("only one of two writers adds what either would add alone") {
  const Scratch scratch;
  Ledger one(scratch.path, "s"), two(scratch.path, "s");
  const auto if_new = [](const Ledger& now) {
    return now.held("main").empty() ? std::vector<Entry>{inject("main", {7})} : std::vector<Entry>();
  };
  REQUIRE(one.extend(if_new));
  REQUIRE(two.extend(if_new));
  CHECK(Ledger(scratch.path, "s").entries().size() == 1);
  CHECK(held(two, "main") == "7");
}

TEST_CASE("a fork holds what the main conversation of its parent held, and no more") {
  const Scratch scratch;
  Ledger parent(scratch.path, "p");
  REQUIRE(parent.append(inject("main", {1})));
  REQUIRE(parent.append(start("compact")));
  REQUIRE(parent.append(inject("main", {2, 3}, "skill:a")));
  REQUIRE(parent.append(inject("main", {3, 4}, "skill:b")));
  REQUIRE(parent.append(inject("a1", {9}, "agent:x")));
  Ledger child(scratch.path, "c");
  REQUIRE(child.adopt(parent, 5));
  const Ledger read(scratch.path, "c");
  CHECK(held(read, "main") == "2 3 4");
  CHECK(held(read, "a1").empty());
  CHECK(read.active("main") == std::vector<std::string>{"skill:a", "skill:b"});
  CHECK(read.entries().front().origin == "p");
}

TEST_CASE("active are the roots that were loaded, the latest last; an offer is remembered apart") {
  const Scratch scratch;
  Ledger ledger(scratch.path, "s");
  Entry offer = inject("main", {}, "skill:o");
  offer.layer = offer_layer;
  Entry several = inject("main", {1}, "skill:a");
  several.also = {"skill:b", "skill:c"};
  REQUIRE(ledger.append(several));
  REQUIRE(ledger.append(offer));
  REQUIRE(ledger.append(inject("main", {2}, "skill:b")));
  const Ledger read(scratch.path, "s");
  CHECK(read.active("main") == std::vector<std::string>{"skill:a", "skill:c", "skill:b"});
  CHECK(read.offered("main") == std::vector<std::string>{"skill:o"});
}

TEST_CASE("for a subagent what is active in the main conversation counts, and then what it got itself, each once") {
  const Scratch scratch;
  Ledger ledger(scratch.path, "s1");
  REQUIRE(ledger.append(inject("main", {7}, "skill:s")));
  REQUIRE(ledger.append(inject("main", {8}, "skill:t")));
  REQUIRE(ledger.append(inject("a1", {9}, "agent:x")));
  REQUIRE(ledger.append(inject("a1", {10}, "skill:s")));
  CHECK(in_force(ledger, "") == std::vector<std::string>{"skill:s", "skill:t"});
  CHECK(in_force(ledger, "a1") == std::vector<std::string>{"skill:t", "agent:x", "skill:s"});
  CHECK(in_force(ledger, "a2") == std::vector<std::string>{"skill:s", "skill:t"});
}

TEST_CASE("the model that the client last told of is remembered") {
  const Scratch scratch;
  Entry begun = start("compact");
  begun.model = "claude-opus-5-5";
  REQUIRE(Ledger(scratch.path, "s").append(begun));
  REQUIRE(Ledger(scratch.path, "s").append(start("resume")));
  CHECK(Ledger(scratch.path, "s").model() == "claude-opus-5-5");
  CHECK(Ledger(scratch.path, "t").model().empty());
}

TEST_CASE("a ledger that grew too large is begun anew with what is still held") {
  const Scratch scratch;
  Ledger ledger(scratch.path, "s");
  REQUIRE(ledger.append(inject("main", {1})));
  REQUIRE(ledger.append(start("compact")));
  std::vector<std::uint64_t> many;
  for (std::uint64_t i = 0; i < 400; ++i) many.push_back(1000 + i % 50);
  for (int i = 0; i < 40; ++i) REQUIRE(ledger.append(inject("main", many)));
  REQUIRE(ledger.append(inject("main", {2})));
  CHECK(std::filesystem::file_size(scratch.only_file()) < max_ledger_bytes);
  const Ledger read(scratch.path, "s");
  CHECK(read.held("main").size() == 51);
  CHECK(held(read, "main").find(" 1 ") == std::string::npos);
}

TEST_CASE("files are private, prompt text has no place, a read-only state folder is an error and no more") {
  const Scratch scratch;
  REQUIRE(Ledger(scratch.path, "s").append(start("startup")));
  using std::filesystem::perms;
  CHECK((std::filesystem::status(scratch.only_file()).permissions() & (perms::group_all | perms::others_all)) ==
        perms::none);
  Ledger nowhere("/proc/none", "s");
  CHECK(nowhere.append(start("startup")).error().code == ErrorCode::unwritable);
  CHECK(held(nowhere, "main").empty());
}

TEST_CASE("sessions are listed newest first and old ones are pruned") {
  const Scratch scratch;
  for (int i = 0; i < 3; ++i) {
    Entry entry = inject("main", {1});
    entry.written_at = 100 + i;
    REQUIRE(Ledger(scratch.path, "s" + std::to_string(i)).append(entry));
  }
  const auto all = list_sessions(scratch.path);
  REQUIRE(all.size() == 3);
  CHECK(all[0].session_id == "s2");
  CHECK(all[0].cost == Cost{10, 40});
  prune(scratch.path, 0);
  CHECK(list_sessions(scratch.path).size() == 3);
  prune(scratch.path, 4'000'000'000);
  CHECK(list_sessions(scratch.path).empty());
}

namespace {

Entry drop(const std::string& root) {
  Entry entry;
  entry.event = Event::drop;
  entry.root = root;
  return entry;
}

std::string listed(const std::vector<std::string>& roots) {
  std::string text;
  for (const std::string& root : roots) text += (text.empty() ? "" : " ") + root;
  return text;
}

}  // namespace

TEST_CASE("what was ruled out is no longer active, until it is loaded again or the conversation is new") {
  const Scratch scratch;
  Ledger ledger(scratch.path, "s1");
  REQUIRE(ledger.append(start("startup")));
  REQUIRE(ledger.append(inject("main", {1}, "skill:x")));
  REQUIRE(ledger.append(drop("skill:x")));
  REQUIRE(ledger.append(drop("skill:y")));
  CHECK(listed(ledger.ruled_out()) == "skill:x skill:y");
  CHECK(listed(ledger.active("main")).empty());
  REQUIRE(ledger.append(start("compact")));
  CHECK(listed(Ledger(scratch.path, "s1").ruled_out()) == "skill:x skill:y");

  Ledger fork(scratch.path, "s2");
  REQUIRE(fork.adopt(ledger, 0));
  CHECK(listed(fork.ruled_out()) == "skill:x skill:y");

  Entry offered = inject("main", {}, "skill:x");
  offered.layer = std::string(offer_layer);
  REQUIRE(ledger.append(offered));
  CHECK(listed(ledger.ruled_out()) == "skill:x skill:y");
  REQUIRE(ledger.append(inject("main", {1}, "skill:x")));
  CHECK(listed(ledger.ruled_out()) == "skill:y");
  CHECK(listed(ledger.active("main")) == "skill:x");
  REQUIRE(ledger.append(start("clear")));
  CHECK(listed(ledger.ruled_out()).empty());
}

TEST_CASE("pieces of what was ruled out are not held, until it is loaded again; those of others are") {
  const Scratch scratch;
  Ledger ledger(scratch.path, "s1");
  Entry brought = inject("main", {1, 2}, "skill:x");
  brought.pieces.push_back({"skill:y", 1, Form::section, 3, {10, 40}});  // x brought a piece of y along
  REQUIRE(ledger.append(brought));
  REQUIRE(ledger.append(inject("main", {2, 4}, "skill:z")));  // the same text as one of x
  REQUIRE(ledger.append(inject("a1", {1, 5}, "skill:x")));
  REQUIRE(ledger.append(drop("skill:x")));
  CHECK(held(ledger, "main") == "2 3 4");
  CHECK(held(ledger, "a1").empty());
  Ledger fork(scratch.path, "s2");
  REQUIRE(fork.adopt(ledger, 0));
  CHECK(held(fork, "main") == "2 3 4");
  REQUIRE(ledger.append(inject("main", {1}, "skill:x")));
  CHECK(held(ledger, "main") == "1 2 3 4");
  CHECK(held(ledger, "a1") == "1 5");
}

TEST_CASE("of several that are loaded at once, each is no longer ruled out") {
  const Scratch scratch;
  Ledger ledger(scratch.path, "s1");
  REQUIRE(ledger.append(drop("skill:x")));
  REQUIRE(ledger.append(drop("skill:y")));
  Entry both = inject("main", {1}, "skill:a");
  both.also = {"skill:x"};
  REQUIRE(ledger.append(both));
  CHECK(listed(ledger.ruled_out()) == "skill:y");
}

TEST_CASE("a ledger that is written anew keeps what was ruled out") {
  const Scratch scratch;
  Ledger ledger(scratch.path, "s1");
  REQUIRE(ledger.append(inject("main", {1}, "skill:x")));
  REQUIRE(ledger.append(drop("skill:x")));
  for (std::uint64_t i = 0; i < 1'500; ++i)
    REQUIRE(ledger.append(inject("main", {i + 10, i + 100'000, i + 200'000}, "skill:other")));
  CHECK(listed(Ledger(scratch.path, "s1").ruled_out()) == "skill:x");
}

TEST_CASE("a forked subagent holds what the main conversation held when it began") {
  const Scratch scratch;
  Ledger ledger(scratch.path, "s1");
  REQUIRE(ledger.append(inject("main", {1})));
  Entry fork = inject("a1", {}, "agent:fork");
  fork.layer = std::string(fork_layer);
  REQUIRE(ledger.append(fork));
  REQUIRE(ledger.append(inject("main", {2})));
  REQUIRE(ledger.append(inject("a1", {3})));
  CHECK(held(ledger, "a1") == "1 3");
  CHECK(held(ledger, "main") == "1 2");
}
