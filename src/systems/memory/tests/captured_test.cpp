#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "memory/typed.h"

using namespace cascade::memory;

namespace {

std::string captured(const std::string& summary, const std::vector<Fact>& told = {}) {
  std::string all;
  for (const Fact& fact : captured_facts(summary, told)) all += fact.subject + " | " + fact.text + "\n";
  return all;
}

}  // namespace

TEST_CASE("only lines that say so are captured, whatever mark stands before them") {
  CHECK(captured("We fixed it.\nremember: port: the database listens on 5442\n  - Remember: **owner**: Ada: since May\n"
                 "Please remember: nothing\nto remember: me\n3. remember: `style`: tabs only\n") ==
        "port | the database listens on 5442\nowner | Ada: since May\nstyle | tabs only\n");
  CHECK(captured("remember: SUBJECT: TEXT\nremember: x: \nremember:\nremember: : y").empty());
}

TEST_CASE("what the conversation was told from memory is not captured again") {
  Fact told;
  told.subject = "port";
  told.text = "The staging database listens on port 5442, not 5432.";
  CHECK(captured("remember: database: the staging database listens on port 5442", {told}).empty());
  CHECK(captured("remember: Port: 1234 from now on", {told}).empty());
  CHECK(captured("remember: owner: Ada since May", {told}) == "owner | Ada since May\n");
}

TEST_CASE("a summary gives ten facts at most") {
  std::string summary;
  for (int i = 0; i < 50; ++i)
    summary += "remember: s" + std::to_string(i) + ": text number " + std::to_string(i) + "\n";
  CHECK(captured_facts(summary, {}).size() == 10);
}
