// What a ledger keeps of itself when it has grown too large.
#include <catch2/catch.hpp>

#include "scratch_folder.h"
#include "session/entry_text.h"
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
