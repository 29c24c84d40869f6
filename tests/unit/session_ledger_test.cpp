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
#include "session/entry_text.h"
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

TEST_CASE("every member survives the way through the file") {
  Entry entry = inject("a1", {0xffffffffffffffffULL});
  entry.sequence = 12;
  entry.layer = "agent";
  entry.also = {"skill:x", "skill:y"};
  entry.prompt_id = "p1";
  entry.model = "m";
  entry.origin = "o";
  entry.decision = "load";
  entry.score = 99;
  entry.value = 1ULL << 40;
  entry.upper_bound = (1ULL << 40) + 1;
  entry.gap_ppm = 1;
  entry.proof = "bounded";
  entry.written_at = 1'700'000'000;
  const std::string line = write_entry(entry, "id \"quoted\"");
  const auto read = read_entry(line);
  REQUIRE(read);
  CHECK(read->session_id == "id \"quoted\"");
  CHECK(write_entry(read->entry, read->session_id) == line);
}

TEST_CASE("every member of what stands beside injections survives too, and the line is as the page says") {
  const auto survives = [](const Entry& entry, const std::string& members) {
    const std::string line = write_entry(entry, "");
    CHECK(line == R"({"seq":3,"event":")" + std::string(to_string(entry.event)) + "\"," + members + R"(,"at":7})");
    const auto read = read_entry(line);
    REQUIRE(read);
    CHECK(write_entry(read->entry, read->session_id) == line);
  };
  Entry entry;
  entry.sequence = 3;
  entry.written_at = 7;

  entry.event = Event::expect;
  entry.recipient = "main";
  entry.source = "named";
  entry.place = {"/d", "/c", "/w", "b", "r", {"a1", "a2"}, {{"origin", "o"}, {"fork", "f"}}, true};
  survives(entry, R"("to":"main","source":"named","directory":"/d","common_dir":"/c","work_tree":"/w","branch":"b",)"
                  R"("remote":"r","addresses":["a1","a2"],"remotes":[["origin","o"],["fork","f"]])");
  entry.place = {};
  entry.place.has_remotes = false;
  survives(entry, R"("to":"main","source":"named","addresses":[],"no_remotes":true)");

  entry.event = Event::witness;
  entry.prompt_id = "p";
  entry.layer = "l";
  entry.decision = "d";
  entry.outside = {"push", "cli", "git", "push", "t", {"n1", "n2"}, "b1", "x", {{4, true}, {5, false}}, {6, 8}};
  survives(entry, R"("to":"main","prompt_id":"p","layer":"l","decision":"d","kind":"push","interface":"cli",)"
                  R"("program":"git","subcommand":"push","target":"t","task":"b1","text":"x","names":["n1","n2"],)"
                  R"("predictions":[[4,true],[5,false]],"effects":[6,8])");

  entry.event = Event::step;
  entry.step.run = 2;
  entry.step.action = "start";
  entry.step.step = 1;
  entry.step.size = 9;
  entry.step.evidence = {1, 2};
  entry.step.baseline = {"v1"};
  entry.step.playbook = "pb";
  entry.step.steps = {{1, "one", "l1", "r1"}, {2, "two", "", ""}};
  survives(entry, R"("run":2,"action":"start","step":1,"to":"main","size":9,"evidence":[1,2],"baseline":["v1"],)"
                  R"("playbook":"pb","steps":[{"n":1,"s":"one","l":"l1","r":"r1"},{"n":2,"s":"two","l":"","r":""}])");
  entry.step.steps.clear();  // the plan stands in the first line alone
  survives(entry, R"("run":2,"action":"start","step":1,"to":"main","size":9,"evidence":[1,2],"baseline":["v1"])");

  entry.event = Event::run;
  entry.run = {"", "c", "i", "a", "", true, "m", "e", "s", 10, "f", 11, {}, {}, 12, 13, "done"};
  entry.run.usage = {1, 2, 3, 4, 5, 6};
  survives(entry, R"("to":"main","prompt_id":"p","call":"c","id":"i","agent":"a","tier":"","raised":true,"model":"m",)"
                  R"("effort":"e","session_model":"s","task":"000000000000000a","transcript":"f",)"
                  R"("expects":"000000000000000b","usage":{"input":1,"output":2,"cache_write":3,"cache_write_1h":4,)"
                  R"("cache_read":5,"searches":6},"tools":12,"until":13,"outcome":"done")");
  entry.run.long_usage.cache_read = 1;
  entry.run.usage = {};
  survives(entry, R"("to":"main","prompt_id":"p","call":"c","id":"i","agent":"a","tier":"","raised":true,"model":"m",)"
                  R"("effort":"e","session_model":"s","task":"000000000000000a","transcript":"f",)"
                  R"("expects":"000000000000000b","usage":{"input":0,"output":0},)"
                  R"("long":{"input":0,"output":0,"cache_read":1},"tools":12,"until":13,"outcome":"done")");
  entry.event = Event::call;
  entry.run = {"issued", "c", "", "a", "light", false, "", "", "", 0, "", 0, {}, {}, 12, 13, "done"};
  survives(entry, R"("action":"issued","to":"main","prompt_id":"p","call":"c","agent":"a","tier":"light")");

  entry.event = Event::hook;
  entry.root = "skill:x";
  entry.note = "n";
  survives(entry, R"("to":"main","root":"skill:x","source":"named","prompt_id":"p","decision":"d","note":"n")");
  entry.event = Event::drop;
  survives(entry, R"("root":"skill:x")");
  entry.event = Event::fault;
  survives(entry, R"("note":"n")");
  entry.event = Event::verdict;
  survives(entry, R"("source":"named","layer":"l","decision":"d")");
  CHECK_FALSE(read_entry(R"({"seq":3,"event":"fault","note":"n","at":7)"));
  CHECK_FALSE(read_entry(R"({"seq":3,"event":"nothing","at":7})"));
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
