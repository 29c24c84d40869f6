// Lessons and an entry's own score, combined: a small library that was taught by some prompts.
#include <catch2/catch.hpp>

#include "route/answer/answer.h"
#include "route/build/postings.h"
#include "route/learn/lessons.h"
#include "route/learned.h"
#include "route/tables.h"
#include "unit/route_text.h"

namespace cascade::route {
namespace {

const char* const smithy = R"(
command:gather | Gathers acorns and beech nuts for winter. |
skill:paint | Paints the fence in colours. |
skill:weld | Welds the gate shut with a torch. |
agent:helper | Paints and welds. |
)";

class Shop {
 public:
  Shop() : library_(test::library_of(smithy)), router_(library_.router()) {
    TaughtPrompts file{"f", {}};
    const auto add = [&](const std::string& text, const std::string& answer, const std::string& sort) {
      for (int i = 0; i < 4; ++i) {
        WrittenPrompt prompt;
        prompt.text = text + (i % 2 == 0 ? " today" : " again");
        prompt.answer = answer;
        prompt.sort = sort;
        file.prompts.push_back(prompt);
      }
    };
    add("fill the larder before it snows", "command:gather", "");
    add("make it bright and cheerful", "skill:paint", "");
    add("nobody may come in", "skill:weld", "");
    add("lovely weather", "", "thanks");
    add("sum these numbers", "", "everyday");
    std::vector<std::string> unknown;
    const ReadSection read = library_.read();
    bytes_ = learn(*lessons_of({file}, library_.registry, by_section(library_.registry, read), unknown));
    REQUIRE(learned_.open(bytes_));
    for (std::uint32_t e = 0; e < tables().entries.size; ++e) {
      const ManifestView view = library_.registry[ManifestId{tables().entries[e].manifest}];
      entry(e).learned = view.kind == Kind::agent ? 0 : learned_.find(taught_name(view));
    }
  }

  const Tables& tables() const { return RouterTables::tables(router_); }
  // The tables are this test's own, and it may spoil them.
  EntryRecord& entry(std::uint32_t e) const { return const_cast<EntryRecord&>(tables().entries[e]); }
  const Learned& learned() const { return learned_; }

  struct Outcome {
    std::string order;  // "paint weld"
    bool speaks = false;
    std::int32_t need = 0, idle = 0, first_ahead = 0;
    std::vector<std::int32_t> behind;  // by entry
  };
  Outcome ask(const std::string& text) const {
    const Prompt prompt = read_prompt(tables(), text);
    const Weights weights;
    Scorer scorer(tables(), weights, prompt);
    Taught taught(tables(), learned_, prompt, scorer, {});
    std::vector<Ranked> order = scorer.rank(false);
    taught.combine(order);
    Outcome outcome;
    outcome.speaks = taught.speaks();
    outcome.need = taught.need();
    outcome.idle = taught.idle();
    for (const Ranked& ranked : order)
      outcome.order += (outcome.order.empty() ? "" : " ") +
                       std::string(library_.registry[ManifestId{tables().entries[ranked.entry].manifest}].name);
    for (std::uint32_t e = 0; e < tables().entries.size; ++e) outcome.behind.push_back(taught.of(e));
    if (!order.empty()) outcome.first_ahead = taught.ahead(order[0].entry);
    return outcome;
  }

 private:
  test::Library library_;
  Router router_;
  std::string bytes_;
  Learned learned_;
};

std::string first_word(const std::string& text) { return text.substr(0, text.find(' ')); }

}  // namespace

TEST_CASE("a prompt whose words no manifest has finds the one that was taught with them") {
  const Shop asked;
  CHECK(first_word(asked.ask("fill the larder").order) == "gather");  // the first class of a manifest
  CHECK(first_word(asked.ask("make it cheerful").order) == "paint");
  CHECK(first_word(asked.ask("nobody may come").order) == "weld");  // the last one
}

TEST_CASE("the best class is behind nothing, and ahead of the next by as much as that one is behind") {
  const Shop asked;
  const Shop::Outcome outcome = asked.ask("fill the larder before it snows");
  std::vector<std::int32_t> behind = outcome.behind;
  CHECK(*std::max_element(behind.begin(), behind.end()) == 0);
  for (const std::int32_t one : behind) CHECK(one <= 0);
  std::vector<std::int32_t> taught;
  for (std::uint32_t e = 0; e < behind.size(); ++e)
    if (asked.tables().entries[e].learned != 0) taught.push_back(behind[e]);
  std::sort(taught.rbegin(), taught.rend());
  CHECK(outcome.first_ahead == -taught[1]);
}

TEST_CASE("what needs nothing is told from a task, and everyday questions are no idle talk") {
  const Shop asked;
  const Shop::Outcome task = asked.ask("fill the larder before it snows"), thanks = asked.ask("lovely weather"),
                      sum = asked.ask("sum these numbers");
  CHECK(task.need > 0);
  CHECK(thanks.need < 0);
  CHECK(sum.need < 0);
  CHECK(task.idle < 0);
  CHECK(thanks.idle > 0);
  CHECK(sum.idle < 0);  // it asks for work, if not for a manifest
  // The best class of work is the prompt's own, also where that is the first of all: less idle talk than nothing
  // needed.
  CHECK(task.idle <= -task.need);
}

TEST_CASE("an agent without lessons stands behind what was taught") {
  const Shop asked;
  const Shop::Outcome outcome = asked.ask("paint the fence in colours");
  CHECK(first_word(outcome.order) == "paint");
  std::uint32_t helper = 0;
  while (asked.tables().entries[helper].learned != 0) ++helper;
  CHECK(outcome.behind[helper] <= -192);
}

TEST_CASE("an entry of a class that is not there is left as it is") {
  const Shop asked;
  const auto classes = static_cast<std::uint32_t>(asked.learned().classes.size);
  for (const std::uint32_t wrong : {classes, classes + 1, 0xffffffffU}) {
    asked.entry(0).learned = wrong;
    const Shop::Outcome outcome = asked.ask("paint the fence in colours");
    CHECK(outcome.behind[0] == 0);
    CHECK(outcome.speaks);
  }
  for (std::uint32_t e = 0; e < asked.tables().entries.size; ++e) asked.entry(e).learned = classes;
  CHECK_FALSE(asked.ask("paint the fence in colours").speaks);
  CHECK_FALSE(asked.ask("paint the fence in colours").order.empty());
}

}  // namespace cascade::route
