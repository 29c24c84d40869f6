#include "unit/manifest_text.h"

#include <catch2/catch.hpp>

namespace cascade {
using test::agent;
using test::command;
using test::parse;
using test::place;
using test::problems;
using test::skill;

namespace {

std::string fields(std::string_view text) {
  std::string out;
  for (const Field& field : skill(text).fields)
    out += (out.empty() ? "" : " | ") + field.key + '@' + place(field.at) + '=' + (field.list ? "[" : "") +
           field.value + (field.list ? "]" : "");
  return out;
}

std::string described(std::string_view text) { return skill(text).description; }

}  // namespace

TEST_CASE("front matter becomes flat fields with the places of their values") {
  CHECK(fields("---\nname: review\nagents: [linter, planner]\n---\n") ==
        "name@2:7=review | agents@3:9=[linter, planner]");
  CHECK(fields("---\nmetadata:\n  cascade-layer: skill\n  a:\n    b: 1\n---\n") ==
        "metadata.cascade-layer@3:18=skill | metadata.a.b@5:8=1");
}

TEST_CASE("maps in a list are flattened under their index") {
  CHECK(fields("---\nhooks:\n  - event: Stop\n    run: x\n---\n") ==
        "hooks@3:3=[] | hooks.0.event@3:12=Stop | hooks.0.run@4:10=x");
}

TEST_CASE("of equal keys the last counts") { CHECK(fields("---\na: 1\nb: 2\na: 3\n---\n") == "a@4:4=3 | b@3:4=2"); }

TEST_CASE("merged entries count unless written") {
  CHECK(fields("---\nbase: &b {description: merged, x: 1}\n<<: *b\nx: 2\n---\n").find("description@2") !=
        std::string::npos);
  CHECK(skill("---\nbase: &b {description: From the merge key.}\n<<: *b\n---\n").description == "From the merge key.");
}

TEST_CASE("values keep their spelling") {
  CHECK(fields("---\nversion: 1.10\nflag: yes\nnothing:\n---\n").substr(0, 30) == "version@2:10=1.10 | flag@3:7=y");
}

TEST_CASE("a description is decoded") {
  CHECK(described("---\ndescription: \"Tab\\tand \\u00e9\"\n---\n") == "Tab\tand \xC3\xA9");
  CHECK(described("---\ndescription: |\n  Line one.\n  Line two.\n---\n") == "Line one.\nLine two.");
  CHECK(described("---\ndescription: >\n  Folded one\n  folded two.\n---\n") == "Folded one folded two.");
  CHECK(described("---\ndescription: 42\n---\n") == "42");
}

TEST_CASE("without a description the first line of the body stands in, its heading marks removed") {
  CHECK(described("---\nname: x\n---\n\n## Title line\n\nParagraph.\n") == "Title line");
  CHECK(described("---\ndescription:\n---\nFirst paragraph.\n") == "First paragraph.");
  CHECK(described("---\ndescription: [a, b]\n---\nBody text.\n") == "Body text.");
  CHECK(described("#no heading\n") == "#no heading");
}

TEST_CASE("an empty file has no description") {
  CHECK(described("").empty());
  CHECK(described("  \n\n").empty());
}

TEST_CASE("ill-formed bytes of a description become the replacement character") {
  CHECK(described("---\ndescription: Caf\xE9 x\n---\n") == "Caf\xEF\xBF\xBD x");
}

TEST_CASE("a skill without front matter is FM001, a command is not") {
  CHECK(problems(skill("# Title\n")) == "FM001@1:0");
  CHECK(problems(agent("# Title\n")) == "FM001@1:0");
  CHECK(problems(command("---\ndescription: d\n---\n# Title\n")) == "");
  CHECK(problems(parse(Kind::agent, "agents/README.md", "# Title\n", "", "agents")) == "");
}

TEST_CASE("front matter that is never closed is FM002, and its fields are still read") {
  const Manifest found = skill("---\nname: review\ndescription: Kept.\n\nBody text.\n");
  CHECK(problems(found) == "FM002@1:0");
  CHECK(found.description == "Kept.");
}

TEST_CASE("front matter behind a banner is FM003, and is read") {
  const Manifest found = skill("/* banner */\n\n---\nname: review\ndescription: Kept.\n---\nBody.\n");
  CHECK(problems(found) == "FM003@3:1");
  CHECK(found.description == "Kept.");
}

TEST_CASE("the fix for a banner moves it behind the block") {
  const std::string text = "<!-- b -->\n---\ndescription: d\n---\nBody.\n";
  const Manifest found = skill(text);
  REQUIRE(found.problems.size() == 1);
  REQUIRE(found.problems[0].fix);
  std::string fixed = text;
  const std::vector<Edit>& edits = found.problems[0].fix->edits;
  for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit) fixed.replace(edit->offset, edit->length, edit->text);
  CHECK(fixed == "---\ndescription: d\n---\n<!-- b -->\nBody.\n");
  CHECK(problems(skill(fixed)).empty());
}

TEST_CASE("YAML that cannot be read is FM004, and what can be read is") {
  const Manifest found = skill("---\nname: review\ndescription: \"Never closed\n---\nBody text.\n");
  CHECK(problems(found).substr(0, 5) == "FM004");
  CHECK(found.title == "review");
}

TEST_CASE("a duplicate key is FM005") {
  CHECK(problems(skill("---\ndescription: a\nlicense: x\ndescription: b\n---\nx\n")) == "FM005@4:1");
}

TEST_CASE("fields that are missing are FM006, by kind") {
  CHECK(problems(skill("---\nname: x\n---\nBody\n")) == "FM006@1:0");
  CHECK(problems(skill("---\nname: x\ndescription: \"\"\n---\nBody\n")) == "FM006@3:1");
  CHECK(problems(agent("---\nmodel: x\n---\nBody\n")) == "FM006@1:0 FM006@1:0");
  CHECK(problems(command("---\nmodel: x\n---\nBody\n")) == "FM006@1:0");
  CHECK(problems(command("---\ndisable-model-invocation: true\n---\nBody\n")) == "");
}

TEST_CASE("bytes that are not UTF-8 are FM010, with the place") {
  CHECK(problems(skill("---\ndescription: Caf\xE9\n---\nx\n")) == "FM010@2:17");
  CHECK(problems(skill(std::string("---\ndescription: d\n---\na\0b\n", 27))) == "FM010@4:2");
}

TEST_CASE("a byte order mark is FM011") {
  CHECK(problems(skill("\xEF\xBB\xBF---\ndescription: d\n---\nx\n")) == "FM011@1:1");
}

TEST_CASE("tags and alias bombs are FM012") {
  CHECK(problems(skill("---\ndescription: !!python/object:os.system x\n---\nx\n")).substr(0, 7) == "FM012@2");
}

TEST_CASE("a value that only a tolerant reader takes is FM015") {
  const Manifest found = skill("---\nname: x\ndescription: Use when: needed\n---\nx\n");
  CHECK(problems(found).substr(0, 7) == "FM015@3");
  CHECK(found.description == "Use when: needed");
}

TEST_CASE("a description cut by a comment is a finding, a comment behind another value is not") {
  CHECK(problems(skill("---\ndescription: Handles C # and F# code\nmodel: x # why\n---\nx\n")).substr(0, 7) ==
        "FM015@2");
  CHECK(skill("---\ndescription: Handles C # and F# code\n---\nx\n").description == "Handles C");
}

TEST_CASE("a fence that is never closed is CT006 at its opening") {
  CHECK(problems(skill("---\ndescription: d\n---\n\n```sh\nls\n")) == "CT006@5:1");
}

TEST_CASE("a fence that ends with its list is closed by it, one that swallows the rest is not") {
  CHECK(problems(skill("---\ndescription: d\n---\n- a\n  ```\n  x\n\nText.\n")).empty());
  CHECK(problems(skill("---\ndescription: d\n---\n```js\nx(\n\n# Next\n\nText.\n")) == "CT006@4:1");
}

TEST_CASE("a file above 1 MiB is described and reported") {
  const Manifest found = skill("---\ndescription: d\n---\n" + std::string(1'100'000, 'x') + "\n");
  CHECK(problems(found) == "BD007@1:0");
  CHECK(found.description == "d");
}

TEST_CASE("the layer is the kind's, or playbook") {
  CHECK(skill("---\nname: x\n---\n").layer == Layer::skill);
  CHECK(skill("---\nmetadata:\n  cascade-layer: playbook\n---\n").layer == Layer::playbook);
  CHECK(skill("---\nmetadata:\n  cascade-skills: a b\n---\n").layer == Layer::playbook);
  CHECK(agent("---\nskills: [a]\n---\n").layer == Layer::agent);
  CHECK(command("").layer == Layer::command);
}

}  // namespace cascade
