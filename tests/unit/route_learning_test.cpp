#include <algorithm>
#include <catch2/catch.hpp>

#include "route/learned.h"
#include "route/records.h"

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

TEST_CASE("every manifest's class is found by its name, and no other name") {
  const Table table(lessons());
  const Learned& learned = table.learned;
  CHECK(learned.nones == 1);
  CHECK(learned.manifests == 3);
  for (std::uint32_t c = learned.manifests; c < learned.classes.size; ++c) CHECK(learned.find(learned.name(c)) == c);
  for (const char* name : {"", "a skill", "none thanks", "agent:", "skill:ss", "skill:r", "zebra"})
    CHECK(learned.find(name) == none);
}

TEST_CASE("a pair of words is found through the rarer of them, however many pairs a word has") {
  constexpr std::uint32_t stem = 77, neighbours = 100;
  const auto word = [](std::uint32_t s) { return feature_hash(FeatureKind::word, s); };
  Features all;
  for (std::uint32_t i = 0; i < neighbours; ++i) {
    const std::uint32_t other = 1'000 + 7 * i;
    all.words.push_back(word(other));
    all.pairs.push_back({stem, other, false});
    all.pairs.push_back({other, stem, true});
  }
  all.words.push_back(word(stem));
  std::sort(all.words.begin(), all.words.end());
  std::sort(all.pairs.begin(), all.pairs.end());
  // Of so many classes that what only one has says much of it.
  const auto taught = [&](std::initializer_list<std::uint32_t> classes) {
    Lessons many;
    many.classes = {{"none thanks", {}}, {"a skill", {}}};
    for (std::uint32_t i = 100; i < 600; ++i) many.classes.push_back({"skill:s" + std::to_string(i), {}});
    for (std::uint32_t of = 2; of < many.classes.size(); ++of)
      for (int i = 0; i < 3; ++i) many.lessons.push_back(lesson(of, {own + 100'000 + of}));
    for (const std::uint32_t of : classes) many.lessons.push_back({of, 100, all, {}});
    return Table(many);
  };
  const Table table = taught({9, 9, 9, 9});
  CHECK(LearnedScores(table.learned, all).known() == all.words.size() + all.pairs.size());
  Features foreign = all;
  foreign.pairs = {{stem, 999, false}, {999, stem, true}, {stem, 1'000, true}};
  CHECK(LearnedScores(table.learned, foreign).known() == all.words.size());
  foreign.words = {word(1'000)};
  foreign.pairs = {{stem, 1'000, false}};
  CHECK(LearnedScores(table.learned, foreign).known() == 1);  // the other word is not in the prompt
  // What only prompts of different classes share is chance.
  CHECK(LearnedScores(taught({8, 9}).learned, all).known() == all.words.size());
}

TEST_CASE("the gains of a class are sorted, and lead with what only its prompts have") {
  const Table table(lessons());
  Features features;
  features.words = {never_stops, own + skill_s};
  const std::uint32_t c = table.learned.find("skill:s");
  const std::vector<LearnedGain> gains = learned_gains(table.learned, features, c);
  REQUIRE(gains.size() == 2);
  CHECK(gains[0].gain >= gains[1].gain);
  CHECK(gains[1].gain > 0);
  const std::vector<LearnedGain> of_other = learned_gains(table.learned, features, table.learned.find("command:d"));
  for (const LearnedGain& gain : of_other) CHECK(gain.gain < gains[1].gain);
}

TEST_CASE("a square root is the largest number whose square is no larger") {
  for (std::uint64_t root : {0ULL, 1ULL, 2ULL, 3ULL, 1'000ULL, 46'341ULL, 3'000'000'000ULL, 4'294'967'295ULL}) {
    CHECK(square_root(root * root) == root);
    if (root > 0) CHECK(square_root(root * root - 1) == root - 1);
    if (root > 0) CHECK(square_root(root * root + root) == root);
  }
}

TEST_CASE("the words of a description that tell names apart have four letters, and each counts once") {
  CHECK(about_words("one two three").size() == 1);
  CHECK(about_words("Four FOUR four").size() == 1);
  CHECK(about_words("").empty());
  CHECK(about_words("getUserName") == about_words("getusername"));
  const std::vector<std::uint32_t> words = about_words("zebra lion tiger monkey");
  CHECK(words.size() == 4);
  CHECK(std::is_sorted(words.begin(), words.end()));
}

}  // namespace cascade::route
