#include "validate/report/findings.h"

#include <catch2/catch.hpp>

namespace cascade::rendering {
namespace {

Diagnostic finding(Severity severity, const std::string& rule, const std::string& message) {
  Diagnostic found;
  found.severity = severity;
  found.rule = rule;
  found.at = {"skills/a/SKILL.md", 2, 7, 2, 10};
  found.message = message;
  return found;
}

FindingsContext context() {
  FindingsContext context;
  context.version = "1.2.3";
  context.profile = "claude-code";
  context.catalogue = {find_rule, parse_profile};
  context.checked.skills = 1;
  context.checked.agents = 2;
  context.read = [](const std::string&) -> Result<std::string> { return std::string("---\nname: abc\n---\n"); };
  return context;
}

}  // namespace

TEST_CASE("a finding has its rule, its place, the line, other places and help") {
  Diagnostic found = finding(Severity::error, "ID005", "the name \"abc\" is taken");
  found.help = "rename one";
  found.related.push_back({{"skills/b/SKILL.md", 1, 1, 0, 0}, "the first"});
  CHECK(findings_text({found}, context(), Paint()) == R"(error[ID005] name-duplicate: the name "abc" is taken
 --> skills/a/SKILL.md:2:7
   |
 2 | name: abc
   |       ^^^
   = see skills/b/SKILL.md:1:1: the first
   = help: rename one

1 error in 1 skill, 2 agents, 0 commands
)");
}

TEST_CASE("a file that cannot be read costs the excerpt only") {
  FindingsContext blind = context();
  blind.read = [](const std::string&) -> Result<std::string> { return Error{ErrorCode::unreadable, "no", "", ""}; };
  CHECK(findings_text({finding(Severity::info, "XX001", "what")}, blind, Paint()) ==
        "info[XX001]: what\n --> skills/a/SKILL.md:2:7\n\n1 info in 1 skill, 2 agents, 0 commands\n");
}

TEST_CASE("the summary counts, and says so when there is nothing") {
  FindingsContext some = context();
  some.suppressed = 3;
  CHECK(findings_summary({}, some) == "no findings (3 suppressed) in 1 skill, 2 agents, 0 commands");
  CHECK(findings_summary({finding(Severity::error, "FM001", ""), finding(Severity::warning, "FM011", ""),
                          finding(Severity::warning, "FM011", "")},
                         context()) == "1 error, 2 warnings in 1 skill, 2 agents, 0 commands");
}

TEST_CASE("annotations come worst first and escape what the service would read") {
  CHECK(
      findings_github({finding(Severity::warning, "FM011", "100 %, a:b"), finding(Severity::error, "FM001", "x\ny")},
                      context()) ==
      "::error file=skills/a/SKILL.md,line=2,col=7,endLine=2,endColumn=10,title=FM001 frontmatter-missing::x<U+000A>y\n"
      "::warning file=skills/a/SKILL.md,line=2,col=7,endLine=2,endColumn=10,title=FM011 byte-order-mark::100 %25, a:b\n"
      "1 error, 1 warning in 1 skill, 2 agents, 0 commands\n");
}

TEST_CASE("each cause is annotated once before any comes again") {
  const Diagnostic common = finding(Severity::error, "FM001", "no front matter");
  const std::string text =
      findings_github({common, common, common, finding(Severity::error, "CT001", "dead")}, context());
  CHECK(text.find("no front matter (and at 2 other places)\n") < text.find("dead\n"));
  CHECK(text.find("dead\n") < text.find("no front matter\n"));
}

TEST_CASE("the document has a finding's every part, null for what is not known") {
  Diagnostic found = finding(Severity::error, "ID005", "taken");
  found.at = {"a.md", 1, 0, 0, 0};
  found.fix = Fix{true, {{"a.md", 3, 2, "x"}}};
  const std::string json = findings_json({found}, context());
  CHECK(json.find("\"schema\": \"cascade.validate/1\"") == 4);
  CHECK(json.find("\"slug\": \"name-duplicate\"") != std::string::npos);
  CHECK(json.find("\"line\": 1,\n      \"column\": null") != std::string::npos);
  CHECK(json.find("\"safety\": \"safe\"") != std::string::npos);
}

}  // namespace cascade::rendering
