#include "session/entry.h"

#include <catch2/catch.hpp>
#include <string>

namespace cascade::session {
namespace {

TEST_CASE("every member survives the way through the file") {
  Entry entry;
  entry.event = Event::inject;
  entry.recipient = "a1";
  entry.root = "skill:s";
  entry.pieces.push_back({"skill:s", 1, Form::section, 0xffffffffffffffffULL, {10, 40}});
  entry.cost = {10, 40};
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
  survives(entry, R"("source":"named","layer":"l","decision":"d","note":"n")");
  CHECK_FALSE(read_entry(R"({"seq":3,"event":"fault","note":"n","at":7)"));
  CHECK_FALSE(read_entry(R"({"seq":3,"event":"nothing","at":7})"));
}

}  // namespace
}  // namespace cascade::session
