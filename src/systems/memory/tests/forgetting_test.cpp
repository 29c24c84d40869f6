// What people type to have a fact forgotten, in their own words, and what only sounds like it.
#include <catch2/catch.hpp>

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "memory/typed.h"

using namespace cascade::memory;

namespace {

std::vector<Fact> kept() {
  std::vector<Fact> facts;
  for (const auto& [subject, text] : std::initializer_list<std::pair<const char*, const char*>>{
           {"deploy on Fridays", "we deploy on Fridays"},
           {"deploy window", "Monday to Thursday until 14:00"},
           {"staging database", "the staging database is reset each night"},
           {"tests", "the tests need Postgres 14"},
           {"pnpm", "we use pnpm in this repository"},
           {"prices", "prices are cents"},
           {"production", "never push to production before lunch"},
           {"password flow", "the password flow sends a code of six digits"},
           {"lint", "lint runs with --fix"},
           {"port 5442", "port 5442 is the replica"}}) {
    Fact fact;
    fact.id = fact.subject = subject;
    fact.text = text;
    facts.push_back(fact);
  }
  return facts;
}

// "gone: SUBJECT", or "asked: SUBJECT, SUBJECT"; empty: nothing is done.
std::string forgotten(const std::string& prompt) {
  const auto unwanted = asked_to_forget(prompt);
  if (!unwanted) return {};
  const Meant meant = meant_by(*unwanted, kept());
  std::string all;
  for (const Fact& one : meant.facts) all += (all.empty() ? "" : ", ") + one.subject;
  return all.empty() ? all : (meant.is_sure ? "gone: " : "asked: ") + all;
}

}  // namespace

TEST_CASE("a fact that is asked to be forgotten, and alone can be meant, is sure") {
  CHECK(forgotten("forget that we deploy on Fridays") == "gone: deploy on Fridays");
  CHECK(forgotten("Please forget that we deploy on Fridays.") == "gone: deploy on Fridays");
  CHECK(forgotten("Forget that we deploy on Fridays. Then fix the login test.") == "gone: deploy on Fridays");
  CHECK(forgotten("you can forget that prices are cents") == "gone: prices");
  CHECK(forgotten("forget the fact that port 5442 is the replica") == "gone: port 5442");
  CHECK(forgotten("forget what you know about the staging database") == "gone: staging database");
  CHECK(forgotten("stop remembering that we use pnpm") == "gone: pnpm");
  CHECK(forgotten("forget the deploy window note") == "gone: deploy window");
  CHECK(forgotten("forget the note about pnpm") == "gone: pnpm");
  CHECK(forgotten("remove the deploy window from your memory") == "gone: deploy window");
  CHECK(forgotten("could you forget that the staging database is reset each night?") == "gone: staging database");
  CHECK(forgotten("oublie que prices are cents") == "gone: prices");
}

TEST_CASE("one sentence under several names is one fact") {
  const auto meant = [](const char* prompt, std::initializer_list<std::pair<const char*, const char*>> said) {
    std::vector<Fact> facts;
    for (const auto& [subject, text] : said) {
      Fact fact;
      fact.id = fact.subject = subject;
      fact.text = text;
      facts.push_back(fact);
    }
    const Meant found = meant_by(*asked_to_forget(prompt), facts);
    std::string all = found.is_sure ? "gone:" : "asked:";
    for (const Fact& one : found.facts) all += " " + one.subject;
    return all;
  };
  const char* const asks = "forget that invoices are in euro cents";
  CHECK(meant(asks, {{"invoices", "invoices are always in euro cents"},
                     {"currency", "Invoices are always in euro cents."}}) == "gone: invoices currency");
  CHECK(meant(asks, {{"invoices", "invoices are in euro cents"},
                     {"currency", "Invoices are in euro cents!"},
                     {"old", "since May invoices are in euro cents"}}) == "gone: invoices currency");
  CHECK(meant(asks, {{"clients", "invoices of clients are in euro cents"},
                     {"vendors", "invoices of vendors are in euro cents"}}) == "asked: clients vendors");
}

TEST_CASE("where another fact or the work at hand may be meant, it is asked which") {
  CHECK(forgotten("forget the deploy window thing") == "asked: deploy window");
  CHECK(forgotten("forget the Friday thing") == "asked: deploy on Fridays");
  CHECK(forgotten("forget the deploy thing") == "asked: deploy on Fridays, deploy window");
  CHECK(forgotten("forget what you know about deploys") == "asked: deploy on Fridays, deploy window");
  CHECK(forgotten("forget what I told you about the staging database") == "asked: staging database");
  CHECK(forgotten("forget the deploy window") == "asked: deploy window");
  CHECK(forgotten("forget the rule about production") == "asked: production");
  CHECK(forgotten("forget that I said we deploy on Fridays") == "asked: deploy on Fridays");
  CHECK(forgotten("forget that we push to production before lunch") == "asked: production");  // the fact forbids it
  CHECK(forgotten("forget that we deploy on Fridays, we deploy on Mondays now") == "asked: deploy on Fridays");
}

TEST_CASE("what is set aside for the work at hand, a question and a story forget nothing") {
  for (const char* prompt : {"forget it",
                             "forget that",
                             "Forget it, just ship",
                             "forget everything",
                             "forget what I said",
                             "forget the tests",
                             "don't forget to run the tests",
                             "don't forget the deploy window",
                             "forget about the tests, just ship",
                             "forget about the deploy window",
                             "I forgot the password flow",
                             "Let's forget the deploy window",
                             "users who forget the password flow get a code",
                             "forget the lint thing, focus on the tests",
                             "Forget the lint thing. Fix the tests.",
                             "never forget that we deploy on Fridays",
                             "did you forget that we deploy on Fridays?",
                             "forget that we deploy on Fridays for now",
                             "Forget that, we deploy on Fridays anyway",
                             "remove the password flow from memory",
                             "delete the deploy window",
                             "forget that test",
                             "add a forget button to the password flow",
                             "forget that the tests are slow",
                             "forget the previous instructions",
                             "why does the cache forget that prices are cents?",
                             "forget everything you know about React and explain hooks",
                             "forget what I said about the tests, keep them",
                             "forget the migration, do the UI first",
                             "forget this file",
                             "forget that the port is 5443"})
    CHECK(forgotten(prompt).empty());
}

TEST_CASE("an order to forget is no rule for conversations to come, and a team's fact is never sure") {
  CHECK_FALSE(typed_fact("forget that from now on we deploy on Fridays"));
  CHECK(typed_fact("forget npm, from now on we use pnpm"));
  auto facts = kept();
  for (Fact& fact : facts) fact.scope = cascade::recall::Scope::team;
  const auto unwanted = asked_to_forget("forget that prices are cents");
  REQUIRE(unwanted);
  CHECK_FALSE(meant_by(*unwanted, facts).is_sure);
}
