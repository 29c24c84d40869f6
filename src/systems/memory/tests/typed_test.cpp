// What people type to have something remembered, in their own words.
#include <catch2/catch.hpp>

#include <string>

#include "memory/typed.h"

using namespace cascade::memory;

namespace {

std::string typed(const std::string& prompt) {
  const auto fact = typed_fact(prompt);
  return fact ? fact->subject + " | " + fact->text : std::string();
}

}  // namespace

TEST_CASE("what is typed to be remembered has a subject and a text") {
  CHECK(typed("remember: the staging database is reset each night") ==
        "staging database | the staging database is reset each night");
  CHECK(typed("Please remember that we deploy on Thursdays.") == "deploy on Thursdays | we deploy on Thursdays");
  CHECK(typed("remember the deploy window: until 14:00") == "the deploy window | until 14:00");
  CHECK(typed("remember we use pnpm in this repository") == "pnpm | we use pnpm in this repository");
  CHECK(typed("ok. don't forget that port 5442 is the replica") == "port 5442 | port 5442 is the replica");
  CHECK(typed("for future reference, the changelog is written by hand") ==
        "changelog | the changelog is written by hand");
  CHECK(typed("add to memory: owner: Ada, since May") == "owner | Ada, since May");
  CHECK(typed("Remember this: prices are cents.\nThen fix the test.") == "prices | prices are cents");
}

TEST_CASE("a rule for conversations to come needs no order to remember it") {
  CHECK(typed("fix the import. and from here on always use absolute imports in this project").find("from here on") !=
        std::string::npos);
  CHECK(typed("ab jetzt immer pnpm statt npm in meinen Projekten").find("pnpm") != std::string::npos);
  CHECK(typed("今後はテストを書くとき、必ずpytestを使ってください。").find("pytest") != std::string::npos);
  CHECK(typed("Make a mental note: Joanna is the product owner.").find("Joanna is the product owner") !=
        std::string::npos);
  CHECK(typed("QA looks at builds tagged rc only. Keep that in mind.") ==
        "QA looks | QA looks at builds tagged rc only");
  CHECK(typed("From now on the gateway returns 404 with an empty body.").empty());
  CHECK(typed("from now on the deploy window is Monday to Tuesday until 11:00") ==
        "deploy window | from now on the deploy window is Monday to Tuesday until 11:00");
  CHECK(typed("Going forward the port is 5442.") == "port | Going forward the port is 5442");
  CHECK(typed("From now on the page is blank.").empty());
  CHECK(typed("since the last release the port is 5442 from now on").empty());
  CHECK(typed("since the deploy the server returns 404 from now on for everything below media").empty());
  CHECK(typed("should the cache keep that in memory from now on?").empty());
  CHECK(typed("登录以后页面是空白的").empty());
  CHECK(typed("これからログを送ります。").empty());
  CHECK(typed("버튼을 앞으로 옮겨 주세요").empty());
}

TEST_CASE("a secret is gone before its announcement is cut off as the subject") {
  const std::string fact = typed("remember: the door opens with password: hunter2hunter2");
  CHECK(fact.find("hunter2") == std::string::npos);
  CHECK(fact.find("secret removed") != std::string::npos);
}

TEST_CASE("it may be typed in each of the languages") {
  CHECK(typed("merk dir, dass wir donnerstags ausliefern") == "donnerstags ausliefern | wir donnerstags ausliefern");
  CHECK(typed("retiens que les prix sont en centimes") == "prix sont en centimes | les prix sont en centimes");
  CHECK_FALSE(typed("recuerda que los precios son centavos").empty());
  CHECK_FALSE(typed("lembre-se de que os precos sao centavos").empty());
  CHECK_FALSE(typed("ricorda che i prezzi sono centesimi").empty());
  CHECK_FALSE(typed("zapamiętaj, że ceny są w groszach").empty());
  CHECK_FALSE(typed("запомни, что цены в копейках").empty());
  CHECK_FALSE(typed("记住：价格以分为单位").empty());
  CHECK_FALSE(typed("価格はセント単位です、覚えておいて").empty());
  CHECK_FALSE(typed("가격은 센트 단위야, 기억해줘").empty());
}

TEST_CASE("an order to do something, a question and a story are not remembered") {
  for (const char* prompt :
       {"remember to run the linter before you commit", "do you remember why we dropped xstate?",
        "remember when we fixed the cache?", "make the chat remember the user's last session",
        "can you remember my name", "remember how this works?", "I remember that it was slow", "don't forget to push",
        "don't forget the tests", "Remember the milk", "implement remember me on the login page",
        "the form should remember that the user chose dark mode", "remember?", "please remember"})
    CHECK(typed(prompt).empty());
}
