// What a ledger keeps of itself when it has grown too large.
#include <catch2/catch.hpp>

#include "scratch_folder.h"
#include "session/entry.h"
#include "session/ledger.h"

using namespace cascade;
using namespace cascade::session;

namespace {

Entry step(std::uint32_t run, std::uint32_t number, std::string_view action) {
  Entry entry;
  entry.event = Event::step;
  entry.root = "skill:release";
  entry.step.run = run;
  entry.step.step = number;
  entry.step.action = action;
  return entry;
}

// So much was sent that the ledger is written anew.
void overfill(Ledger& ledger) {
  Entry entry;
  entry.event = Event::inject;
  entry.recipient = "main";
  entry.root = "skill:s";
  for (std::uint64_t i = 0; i < 400; ++i) entry.pieces.push_back({"skill:s", 1, Form::section, 1'000 + i % 50, {1, 4}});
  for (int i = 0; i < 40; ++i) REQUIRE(ledger.append(entry));
}

// "start done": what happened to the runs of playbooks, in order.
std::string steps_of(const Ledger& ledger) {
  std::string text;
  for (const Entry& entry : ledger.entries())
    if (entry.event == Event::step) text += (text.empty() ? "" : " ") + entry.step.action;
  return text;
}

}  // namespace

TEST_CASE("a run of a playbook outlives a ledger that is written anew, its reminders do not") {
  const test::ScratchFolder scratch;
  Ledger ledger(scratch.path, "s");
  REQUIRE(ledger.append(step(1, 0, start_action)));
  REQUIRE(ledger.append(step(1, 1, told_action)));
  REQUIRE(ledger.append(step(1, 1, seen_action)));
  const std::string before = steps_of(Ledger(scratch.path, "s"));
  overfill(ledger);
  CHECK(before == std::string(start_action) + " " + std::string(told_action) + " " + std::string(seen_action));
  CHECK(steps_of(Ledger(scratch.path, "s")) == std::string(start_action) + " " + std::string(seen_action));
}

TEST_CASE("of what was seen of one step and used for nothing the last five are kept") {
  const test::ScratchFolder scratch;
  Ledger ledger(scratch.path, "s");
  REQUIRE(ledger.append(step(1, 0, start_action)));
  for (int i = 0; i < 8; ++i) REQUIRE(ledger.append(step(1, 1, seen_action)));
  REQUIRE(ledger.append(step(1, 2, seen_action)));
  overfill(ledger);
  std::size_t kept = 0;
  const Ledger read(scratch.path, "s");
  for (const Entry& entry : read.entries()) kept += entry.event == Event::step && entry.step.step == 1 ? 1 : 0;
  CHECK(kept == 5);
}

TEST_CASE("steps of a run whose beginning is gone are not kept") {
  const test::ScratchFolder scratch;
  Ledger ledger(scratch.path, "s");
  REQUIRE(ledger.append(step(1, 1, seen_action)));
  overfill(ledger);
  CHECK(steps_of(Ledger(scratch.path, "s")).empty());
}

// Lines of 128 bytes with their ends: a quarter of a ledger holds a whole number of them.
TEST_CASE("of what subagents used the latest lines are kept, until they fill a quarter of a ledger") {
  constexpr std::size_t line = 128;
  Entry start;
  start.source = "startup";
  std::string content = write_entry(start, "s") + "\n";
  Entry run;
  run.event = Event::run;
  run.sequence = 1'000;
  run.run.agent = "x";
  run.run.agent.append(line - write_entry(run, {}).size() - 1, 'x');
  for (; run.sequence < 4'000; ++run.sequence) content += write_entry(run, {}) + "\n";
  REQUIRE(content.size() % line == (write_entry(start, "s").size() + 1) % line);
  const std::string kept = in_short(content, "s");
  const std::size_t runs = kept.size() - (kept.find('\n') + 1);
  CHECK(runs == max_ledger_bytes / 4);
  CHECK(content.substr(content.size() - runs) == kept.substr(kept.size() - runs));
}
