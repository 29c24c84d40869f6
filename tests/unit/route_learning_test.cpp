#include <algorithm>
#include <catch2/catch.hpp>

#include "route/build/learning.h"

namespace cascade::route {
namespace {

// Words by number; each class has one of its own that all its prompts have.
constexpr std::uint32_t list_all = 100, never_stops = 200, own = 300;
enum : std::uint32_t { thanks, a_command, a_skill, agent_a, command_c, command_d, skill_s, skill_t };

Lesson lesson(std::uint32_t of, std::vector<std::uint32_t> words) {
  Lesson lesson;
  lesson.learned_class = of;
  lesson.features.words = std::move(words);
  return lesson;
}

// Six prompts for each class. Those for the first command say "list all", those for the first skill "never stops".
Lessons lessons() {
  Lessons lessons;
  for (const char* name :
       {"none thanks", "a command", "a skill", "agent:a", "command:c", "command:d", "skill:s", "skill:t"})
    lessons.classes.push_back({name, {}});
  for (const std::uint32_t of : {thanks, agent_a, command_c, command_d, skill_s, skill_t})
    for (int i = 0; i < 6; ++i) {
      std::vector<std::uint32_t> words{own + of};
      if (of == command_c) words.insert(words.begin(), list_all);
      if (of == skill_s) words.insert(words.begin(), never_stops);
      lessons.lessons.push_back(lesson(of, words));
    }
  return lessons;
}

struct Table {
  std::string bytes;
  Learned learned;

  explicit Table(const Lessons& lessons) : bytes(learn(lessons)) { REQUIRE(learned.open(bytes)); }
  LearnedScores scores(std::vector<std::uint32_t> words) const {
    return {learned, lesson(0, std::move(words)).features};
  }
};

}  // namespace

TEST_CASE("a prompt speaks for the class whose prompts had its words") {
  const Table table(lessons());
  for (const std::uint32_t of : {thanks, command_c, command_d, skill_s, skill_t}) {
    const LearnedScores scores = table.scores({own + of});
    for (const std::uint32_t other : {thanks, command_c, command_d, skill_s, skill_t})
      CHECK((other == of || scores.of(of) > scores.of(other)));
  }
}

TEST_CASE("how one command is asked for speaks for the other commands, too, and for no skill or agent") {
  const Table table(lessons());
  CHECK(table.scores({list_all}).of(command_d) > table.scores({list_all}).of(skill_t));
  CHECK(table.scores({list_all}).of(command_d) > table.scores({list_all}).of(agent_a));
  CHECK(table.scores({never_stops}).of(skill_t) > table.scores({never_stops}).of(command_d));
  CHECK(table.scores({never_stops}).of(skill_t) > table.scores({never_stops}).of(agent_a));
}

TEST_CASE("what a single prompt has teaches nothing") {
  Lessons some = lessons();
  some.lessons[0].features.words = {7, own};
  const Table table(some);
  CHECK(table.learned.row(7) == nullptr);
  CHECK(table.learned.row(own + skill_s) != nullptr);
}

TEST_CASE("every word is found, however many begin at the same place of the table") {
  Lessons many = lessons();
  std::vector<std::uint32_t> words;
  for (std::uint32_t i = 0; i < 200; ++i) words.push_back(1'000 + i);
  for (std::uint32_t i = 0; i < 200; ++i) words.push_back(0xffffff00U + i);
  many.lessons.push_back(lesson(skill_s, words));
  many.lessons.push_back(lesson(skill_t, words));
  const Table table(many);
  std::size_t found = 0;
  for (const std::uint32_t word : words) found += table.learned.row(word) != nullptr ? 1 : 0;
  CHECK(found == words.size());
}

TEST_CASE("the order of lessons changes no byte") {
  Lessons other = lessons();
  std::reverse(other.lessons.begin(), other.lessons.end());
  CHECK((learn(other) == learn(lessons())));
}

}  // namespace cascade::route
