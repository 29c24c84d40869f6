// A prompt that asks for what has expired gets silence; one that merely shares a word with it does not.
#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "facts/recall.h"

namespace cascade::recall {
namespace {

Fact fact(const std::string& subject, const std::string& text, std::int64_t until = 0) {
  Fact made;
  made.id = made.subject = subject;
  made.text = text;
  made.owner = "here";
  made.valid_until = until;
  return made;
}

Answer ask(const std::string& prompt, bool decides = true) {
  const auto bytes = build_index(
      {fact("payment webhooks",
            "The payment provider sends events twice now and then; record the event id and skip a known one."),
       fact("report", "The yearly report is due in March."),
       fact("book fair", "Two developers are lent to marketing until the fair is over.", 1'000)});
  REQUIRE(bytes);
  const auto index = Index::over(nullptr, *bytes);
  REQUIRE(index);
  Query query;
  query.prompt = prompt;
  query.place.project = "here";
  query.now = 2'000;
  query.decides = decides;
  Answer answer = recall(*index, query);
  for (const Recalled& one : answer.facts) CHECK(one.fact != 2);
  return answer;
}

TEST_CASE("an expired fact that shares a word with the prompt does not silence one that fits better by likeness") {
  const Answer answer = ask("customer paid once but two receipts went out", false);
  CHECK(answer.signals.over > 0);
  CHECK(answer.signals.over < answer.signals.level);
  REQUIRE(!answer.facts.empty());
  CHECK(answer.facts.front().fact == 0);
}

TEST_CASE("a prompt that asks for an expired fact gets silence") {
  const Answer answer = ask("which developers are lent to marketing for the book fair?");
  CHECK(answer.signals.over > answer.signals.level);
  CHECK(answer.signals.points < 0);
  CHECK(answer.facts.empty());
}

// A question names somebody whom no fact has: it is about him. A task that names something new is about the project.
TEST_CASE("a question about others counts their names, one about what is ours and a task do not") {
  const auto others = [](const std::string& prompt) { return ask(prompt, false).signals.others; };
  CHECK(others("does netlify record payment events twice?") == 1);
  CHECK(others("wann schickt netlify seinen report raus?") >= 1);
  CHECK(others("do we record payment events of netlify twice?") == 0);
  CHECK(others("record payment events of netlify twice") == 0);
  CHECK(others("is the payment report due in march?") == 0);
  CHECK(ask("does netlify record payment events twice?").signals.points <
        ask("do we record payment events twice?").signals.points);
}

}  // namespace
}  // namespace cascade::recall
