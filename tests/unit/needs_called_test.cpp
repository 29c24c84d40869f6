// Names that a person calls by the grammar of a call, known or not.
#include "needs/message.h"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace cascade;

namespace {

// "name" for one that the grammar alone shows, "name?" for one that must be nearly known; "~" before an ordinary
// word's form.
std::string called(std::string_view text, std::string_view language = "en") {
  std::string out;
  for (const needs::NamedCall& call : needs::named_calls(text, language))
    out +=
        (out.empty() ? "" : " ") + std::string(call.plain ? "~" : "") + std::string(call.name) + (call.sure ? "" : "?");
  return out;
}

void check_calls(std::string_view expected, const std::vector<std::string>& prompts, std::string_view language = "en") {
  for (const std::string& prompt : prompts) {
    CAPTURE(prompt);
    CHECK(called(prompt, language) == expected);
  }
}

}  // namespace

TEST_CASE("an order to use a name beside a word of kind is a call") {
  check_calls("~foobar",
              {"use the foobar skill to review this", "load skill foobar", "please use the foobar skill",
               "can you use the foobar skill on src/main.cpp?", "I want you to use the foobar skill",
               "fix the login test using the foobar skill", "could you please run the foobar skill now",
               "let's use the foobar skill", "don't forget to use the foobar skill",
               "fix the test and then use the foobar skill", "then use the foobar skill", "use foobar skill"});
  check_calls("foobar", {"use the `foobar` skill", "use the skill \"foobar\"", "use the skill called foobar",
                         "use the /foobar command", "/foobar"});
  check_calls("code-guardian", {"Fix the login test with the code-guardian skill, then push",
                                "I'd like you to review it with the code-guardian skill", "run the code-guardian skill",
                                "use the code-guardian agent", "use the code-guardian playbook",
                                "When the tests are green, use the code-guardian skill."});
  check_calls("superpowers:plan", {"Let's plan this. Use the superpowers:plan skill first."});
}

TEST_CASE("a call is read in other languages") {
  check_calls("~foobar", {"nutze bitte den foobar-Skill", "den foobar-Skill bitte benutzen"}, "de");
  check_calls("pfeil-bau",
              {"kannst du den pfeil-bau Skill benutzen", "nutze den Skill pfeil-bau",
               "Nutze bitte den Skill pfeil-bau für alle Dateien im Ordner lib.",
               "nutze den pfeil-bau Skill bei jeder Anfrage"},
              "de");
  check_calls("pfeil-bau", {"utilise la compétence pfeil-bau", "peux-tu utiliser le skill pfeil-bau ?"}, "fr");
  check_calls("pfeil-bau", {"usa la habilidad pfeil-bau para revisar esto"}, "es");
  check_calls("pfeil-bau", {"используй навык pfeil-bau"}, "ru");
  check_calls("~foobar", {"使用foobar技能"}, "zh");
  check_calls("~foobar", {"foobarスキルを使って調べて"}, "ja");
  check_calls("~foobar", {"foobar 스킬을 사용해줘"}, "ko");
  check_calls("~passenden?", {"nutze den passenden Skill"}, "de");
}

TEST_CASE("what only looks like a name must be nearly known") {
  check_calls("~depoly?",
              {"run the depoly command", "/depoly the shop", "@depoly look at this", "use the depoly agent"});
  check_calls("docker-compose?", {"use the docker-compose command"});
  check_calls("project-level?", {"use the project-level skill"});
  check_calls("~cooldown?", {"use the skill cooldown for the timer"});
}

TEST_CASE("what is told, asked, refused, made or about something else is no call") {
  check_calls("", {"what skills does a plumber need",
                   "use the React skill tree library",
                   "add a /login route",
                   "/etc/hosts is wrong",
                   "the run command fails",
                   "when I use the foobar skill the game crashes",
                   "make the player use the foobar skill",
                   "how do I use the foobar skill?",
                   "does the foobar skill exist?",
                   "the foobar skill is broken",
                   "don't use the foobar skill",
                   "fix it without the foobar skill",
                   "create a new skill called foobar",
                   "add tests for the foobar skill",
                   "use your problem-solving skills",
                   "our agent uses the foobar skill",
                   "the game crashes and use the foobar skill",
                   "should we use the foobar skill?",
                   "see https://x.example/foobar skill",
                   "use src/skills/foobar skill",
                   "use the skill to refactor kubectl",
                   "use any skill you like",
                   "build an agent with the claude agent sdk",
                   "set the user-agent header to foo"});
}

TEST_CASE("a text without a word of kind and a mark at its beginning is not read") {
  CHECK_FALSE(needs::may_call("fix the login test, it fails every third run"));
  CHECK_FALSE(needs::may_call("add a /login route"));
  CHECK(needs::may_call(" /login"));
  CHECK(needs::may_call("den foobar-Skill bitte"));
}
