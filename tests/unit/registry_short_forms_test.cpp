// Names that a text shortens or spells as other clients do.
#include <catch2/catch.hpp>

#include "unit/registry_text.h"

using namespace cascade;
using namespace cascade::test;

TEST_CASE("a slash word may join a folder and its command with a hyphen") {
  const Registry registry = registry_of(
      "command:deck:log-tide\n"
      "command:deck-watch\n"
      "skill:deck:bell\n"
      "skill:s -> ?command:deck-log-tide(invoked,slash) ?command:deck-watch(invoked,slash)"
      " ?command:deck-bell(invoked,slash) ?command:deck-log-tide(invoked,prose)\n");
  CHECK(links_of(registry, "skill:s") == "command:deck:log-tide(invoked) command:deck-watch(invoked)");
}

TEST_CASE("in a plugin a slash word may leave out the beginning of the plugin's name") {
  const Registry registry = registry_of(
      "command:acme-yard:count @acme-yard\n"
      "skill:acme-yard:weigh @acme-yard\n"
      "agent:acme-yard:sort @acme-yard\n"
      "skill:acme-yard:s @acme-yard -> ?command:yard:count(invoked,slash) ?command:yard:weigh(invoked,slash)"
      " ?command:yard:sort(invoked,slash) ?command:rd:count(invoked,slash) ?command:yard:count(invoked,prose)\n"
      "skill:other -> ?command:yard:count(invoked,slash)\n");
  CHECK(links_of(registry, "skill:acme-yard:s") == "command:acme-yard:count(invoked) skill:acme-yard:weigh(invoked)");
  CHECK(links_of(registry, "skill:other").empty());
  const Registry shortest = registry_of(
      "command:x-yard:count @x-yard\nskill:x-yard:s @x-yard -> ?command:yard:count(invoked,slash)\n"
      "command:-yard:count @-yard\nskill:-yard:s @-yard -> ?command:yard:count(invoked,slash)\n");
  CHECK(links_of(shortest, "skill:x-yard:s") == "command:x-yard:count(invoked)");
  CHECK(links_of(shortest, "skill:-yard:s").empty());
}

TEST_CASE("an abbreviation of the plugin's name may stand before the colon") {
  const Registry registry = registry_of(
      "command:dossier:close @dossier\n"
      "agent:dossier:scout @dossier\n"
      "skill:dossier:s @dossier -> ?skill:ds:close(invoked,qualified) ?agent:ds:scout(mentioned,qualified)"
      " ?skill:sr:close(invoked,qualified) ?skill:d:close(invoked,qualified) skill:ds:close(invoked,skill)\n"
      "skill:other -> ?skill:ds:close(invoked,qualified)\n");
  CHECK(links_of(registry, "skill:dossier:s") == "command:dossier:close(invoked) agent:dossier:scout(mentioned)");
  CHECK(links_of(registry, "skill:other").empty());
}

TEST_CASE("what the names of a collection begin with may be left out") {
  const Registry registry = registry_of(
      "skill:yard:yard-tide-check @yard\nskill:yard-rope-check\nskill:quay:yard-oil-check @quay\n"
      "agent:yard:yard-router @yard -> ?skill:tide-check(mentioned,backtick) ?skill:rope-check(mentioned,backtick)"
      " ?skill:oil-check(mentioned,backtick) skill:tide-check(invoked,skill)\n"
      "agent:yard:router @yard -> ?skill:tide-check(mentioned,backtick)\n");
  CHECK(links_of(registry, "agent:yard:yard-router") == "skill:yard:yard-tide-check(mentioned)");
  CHECK(links_of(registry, "agent:yard:router").empty());
}

TEST_CASE("the number that a name begins with may be left out") {
  const Registry registry = registry_of(
      "skill:07-tide-check\nskill:3d-check\nskill:08-planner\n"
      "skill:s -> ?skill:tide-check(mentioned,prose) ?skill:check(mentioned,backtick) "
      "?skill:planner(mentioned,slash)\n");
  CHECK(links_of(registry, "skill:s") == "skill:07-tide-check(mentioned)");
}

TEST_CASE("a slash word may write a hyphen as a colon") {
  const Registry registry = registry_of(
      "command:log-tide\ncommand:log:rope\ncommand:log-rope\nskill:log-oil\n"
      "skill:s -> ?command:log:tide(mentioned,slash) ?command:log:rope(mentioned,slash)"
      " ?command:log:oil(mentioned,slash) ?command:log:tide(mentioned,qualified)\n");
  CHECK(links_of(registry, "skill:s") ==
        "command:log-tide(mentioned) command:log:rope(mentioned) skill:log-oil(mentioned)");
}

TEST_CASE("a number behind the first word means the one manifest whose name begins so") {
  const Registry registry = registry_of(
      "skill:yd-401-crate-lifter\nskill:yd-402-a\nskill:yd-402-b\nskill:yd-7-cook\n"
      "skill:s -> ?skill:yd-401(mentioned,prose) ?skill:yd-402(mentioned,prose) ?skill:yd-7(mentioned,prose)\n"
      "skill:t -> skill:yd-401(invoked,skill)\n");
  CHECK(links_of(registry, "skill:s") == "skill:yd-401-crate-lifter(mentioned)");
  CHECK(links_of(registry, "skill:t").empty());
}

TEST_CASE("a name in capitals without hyphens means the one with hyphens, except in calls") {
  const auto links = [](const std::string& reference) {
    return links_of(registry_of("agent:deck-counter\nagent:counter\nskill:s -> " + reference + "\n"), "skill:s");
  };
  CHECK(links("?agent:DeckCounter(mentioned,prose)") == "agent:deck-counter(mentioned)");
  CHECK(links("?agent:Deck-Counter(mentioned,prose)") == "agent:deck-counter(mentioned)");
  CHECK(links("?agent:Counter(mentioned,prose)") == "");
  CHECK(links("?agent:deckCounter(mentioned,prose)") == "");
  CHECK(links("?agent:DECK-COUNTER(mentioned,prose)") == "");
  CHECK(links("agent:DeckCounter(invoked,task)") == "");
}

TEST_CASE("any colon behind a folder may stand for a hyphen of a command's name") {
  const Registry registry = registry_of(
      "command:crew:log-tide\nskill:s -> ?command:crew:log:tide(mentioned,slash) "
      "?command:crew:log:oil(mentioned,slash)\n");
  CHECK(links_of(registry, "skill:s") == "command:crew:log-tide(mentioned)");
}
