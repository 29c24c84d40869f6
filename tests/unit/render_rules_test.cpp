#include "validate/report/findings.h"

#include "source_folder.h"
#include "syntax/json.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

namespace cascade::rendering {

TEST_CASE("docs/rules.md is what the program prints") {
  std::ifstream in(test::source_folder() + "/docs/rules.md", std::ios::binary);
  const std::string page{std::istreambuf_iterator<char>(in), {}};
  INFO("write it anew: cascade validate --list-rules --format markdown > docs/rules.md");
  CHECK(rule_list(Format::markdown).value_or("") == page);
}

TEST_CASE("the list of rules as a document names every rule with its severity in each profile") {
  const auto text = rule_list(Format::json);
  REQUIRE(text);
  const syntax::Parsed parsed = syntax::parse_json(*text);
  REQUIRE(parsed.complete);
  CHECK(parsed.root.find("schema")->text == "cascade.rules/1");
  const syntax::Node& list = *parsed.root.find("rules");
  REQUIRE(list.size() == rules().size);
  CHECK(list.items[0].find("id")->text == rules()[0].id);
  CHECK(list.items[0].find("severity")->find("claude-code")->text == "warning");
}

TEST_CASE("a rule explains itself and says how to silence it") {
  const std::string own = rule_text(*find_rule("CT001")), security = rule_text(*find_rule("SEC007"));
  CHECK(own.find("CT001 link-dead\n\n") == 0);
  CHECK(own.find("<!-- cascade-ignore CT001 -- why -->") != std::string::npos);
  CHECK(security.find("cascade-ignore") == std::string::npos);
  CHECK(security.find("reason: ...") != std::string::npos);
}

TEST_CASE("rules have no other formats") { CHECK_FALSE(rule_list(Format::github)); }

}  // namespace cascade::rendering
