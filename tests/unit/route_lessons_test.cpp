// What is learned from: prompts with their answers, and the manifests' own texts, as lessons.
#include <catch2/catch.hpp>

#include "route/build/postings.h"
#include "route/learn/lessons.h"
#include "unit/route_text.h"

namespace cascade::route {
namespace {

const char* const shop = R"(
skill:flaky-tests | Finds why a test is red on one run and green on the next. | passes on retry; red at night | A line of the body that is long enough to teach.
command:swarm | Starts many workers. | |
agent:tracer | Follows a wrong value. | | Insert probes where the value changes, then read them.
agent:painter | Paints. | |
)";

struct Learnt {
  Lessons lessons;
  std::vector<std::string> unknown;
};

Learnt learnt(const std::vector<TaughtPrompts>& files) {
  const test::Library library = test::library_of(shop);
  Learnt learnt;
  const ReadSection read = library.read();
  auto lessons = lessons_of(files, library.registry, by_section(library.registry, read), learnt.unknown);
  REQUIRE(lessons);
  learnt.lessons = *std::move(lessons);
  return learnt;
}

// "skill:flaky-tests 100 kept, 200": for each class its lessons' weights, and which keep their text.
std::string told(const Lessons& lessons) {
  std::string text;
  for (std::uint32_t c = 0; c < lessons.classes.size(); ++c) {
    text += (c == 0 ? "" : "; ") + lessons.classes[c].name;
    for (const Lesson& lesson : lessons.lessons)
      if (lesson.learned_class == c)
        text += " " + std::to_string(lesson.percent) + (lesson.text.empty() ? "" : " " + lesson.text);
  }
  return text;
}

WrittenPrompt prompt(const std::string& text, const std::string& answer, const std::string& sort = "") {
  WrittenPrompt written;
  written.text = text;
  written.answer = answer;
  written.sort = sort;
  written.line = 7;
  return written;
}

}  // namespace

TEST_CASE("skills and commands have a class and lessons of their own texts, agents where a prompt asks for them") {
  CHECK(told(learnt({}).lessons) == "a command; a skill; command:swarm 200; skill:flaky-tests 200 50 50 30");
  CHECK(
      told(learnt({{"f", {prompt("where does it come from", "agent:tracer"), prompt("hi", "", "thanks")}}}).lessons) ==
      "none thanks 100; a command; a skill; agent:tracer 100 where does it come from 200 30; command:swarm 200; "
      "skill:flaky-tests 200 50 50 30");
}

TEST_CASE("a command's lessons are under its name without its folders, a plugin's under its own") {
  const Registry registry = test::registry_of("command:db:tools:migrate\nskill:kit:review @kit\nagent:plain\n");
  std::string names;
  for (std::uint32_t i = 0; i < registry.size(); ++i) names += taught_name(registry[ManifestId{i}]) + " ";
  CHECK(names == "skill:review agent:plain command:migrate ");
}

TEST_CASE("each sort of prompt that needs nothing has a class, in order of names before all others") {
  const Learnt some = learnt(
      {{"f", {prompt("hi", "", "thanks"), prompt("1+1", "", "everyday")}}, {"g", {prompt("thank you", "", "thanks")}}});
  CHECK(
      told(some.lessons) ==
      "none everyday 100; none thanks 100 100; a command; a skill; command:swarm 200; skill:flaky-tests 200 50 50 30");
}

TEST_CASE("an answer that no manifest gives is told with its file and line, and teaches nothing") {
  const Learnt some =
      learnt({{"f.prompts", {prompt("paint it", "skill:painting"), prompt("more workers", "command:swarm")}}});
  CHECK(some.unknown == std::vector<std::string>{"f.prompts:7: skill:painting"});
  CHECK(told(some.lessons) == "a command; a skill; command:swarm 100 more workers 200; skill:flaky-tests 200 50 50 30");
}

TEST_CASE(
    "translated prompts of one answer count for four together, each for a whole one at most and a quarter at least") {
  const std::string german = "der Test ist beim zweiten Lauf immer rot";
  REQUIRE(LessonReader().read(german).translated);
  CHECK_FALSE(LessonReader().read("the test is red").translated);
  const auto each = [&](int count) {
    TaughtPrompts file{"f", {prompt("the test is red", "skill:flaky-tests")}};
    for (int i = 0; i < count; ++i) file.prompts.push_back(prompt(german, "skill:flaky-tests"));
    const Lessons lessons = learnt({file}).lessons;
    CHECK(lessons.lessons[0].percent == 100);
    for (int i = 2; i <= count; ++i)
      CHECK(lessons.lessons[static_cast<std::size_t>(i)].percent == lessons.lessons[1].percent);
    return lessons.lessons[1].percent;
  };
  CHECK(each(1) == 100);
  CHECK(each(4) == 100);
  CHECK(each(5) == 80);
  CHECK(each(10) == 40);
  CHECK(each(16) == 25);
  CHECK(each(40) == 25);
}

TEST_CASE("the words of a description are kept to tell manifests of one name apart, and a name's parts are words") {
  const Lessons lessons = learnt({}).lessons;
  CHECK(lessons.classes[2].about == about_words("Starts many workers."));
  const Features own =
      LessonReader().read("flaky tests. Finds why a test is red on one run and green on the next.").features;
  for (const Lesson& lesson : lessons.lessons)
    if (lesson.learned_class == 3 && lesson.percent == 200) CHECK(lesson.features.words == own.words);
}

}  // namespace cascade::route
