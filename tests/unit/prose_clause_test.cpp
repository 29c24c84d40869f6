// What a clause says of the name in it. The name is where the text has "X".
#include "prose/sentence.h"

#include <catch2/catch.hpp>

#include <string>
#include <string_view>

namespace cascade::prose {
namespace {

std::string stance(std::string_view text) {
  const std::size_t at = text.find('X');
  REQUIRE(at != std::string_view::npos);
  const SentenceWords before(text.substr(0, at)), behind(text.substr(at + 1));
  switch (read_clause({before, behind}).stance) {
    case Stance::bare: return "bare";
    case Stance::told: return "told";
    case Stance::ordered: return "ordered";
    case Stance::advised: return "advised";
    case Stance::refused: return "refused";
  }
  return {};
}

void all_are(std::string_view wanted, std::initializer_list<std::string_view> texts) {
  for (const std::string_view text : texts) {
    INFO(text);
    CHECK(stance(text) == wanted);
  }
}

}  // namespace

TEST_CASE("an order is one whatever its verb") {
  all_are("ordered", {"Let X weigh the crates.", "Entrust the scales to X.", "Unleash X on the list.",
                      "When the gale is over, wake X.", "Head straight to X once it is light.",
                      "Count them and hand the rest to X.", "Get hold of X at once.", "Have X sort the crates.",
                      "Pass the list over to X."});
}

TEST_CASE("a duty is an order, a habit of others is not") {
  all_are("ordered",
          {"You always begin with X.", "The list must be checked by X.", "X must approve each crate.",
           "Every crate goes through X.", "Step 3: X takes over.", "Before dusk, X has to approve the list."});
  all_are("refused", {"Pass over X today."});
  all_are("told", {"The crane works with X.", "The list was checked by X.", "Some like X.", "X counts crates.",
                   "The user runs X."});
}

TEST_CASE("who does it decides whether the reader is ordered to") {
  const auto by_others = [](std::string_view text) {
    const std::size_t at = text.find('X');
    return read_clause({SentenceWords(text.substr(0, at)), SentenceWords(text.substr(at + 1))}).by_others;
  };
  for (const std::string_view text :
       {"The user runs X.", "Tell the user to wait or use X.", "Then the caller must run X first.",
        "Say so, and the calling agent runs X.", "The orchestrator dispatches X.", "The yard's round loads X.",
        "`/ship` dispatches X.", "Call `a:b`, which runs X.", "Use `a:b` at noon \xE2\x80\x94 runs X.",
        "For lists use `a-b`, it composes X.", "It is for crews that spawn X.", "The list is written using X.",
        "At the end suggest running X.", "Stage 2 can also use X.", "Ready to hand it to X."}) {
    INFO(text);
    CHECK(by_others(text));
  }
  for (const std::string_view text : {"Run X.", "This skill's second step loads X.", "It dispatches X.",
                                      "Your only job is to use X.", "Be sure to run X.", "Re-run X."}) {
    INFO(text);
    CHECK_FALSE(by_others(text));
  }
  all_are("ordered", {"Your only job is to use X.", "Be sure to run X.", "Re-run X."});
  all_are("told", {"Your role is to mend the faults named by X."});
}

TEST_CASE("a denial refuses, and what takes it back orders") {
  all_are("refused",
          {"Keep away from X.", "Keep X out of it.", "Steer clear of X.", "Don't bother X with ropes.",
           "Under no circumstances hand it to X.", "At no point should X see it.", "X stays out of it.",
           "There is no need to ask X.", "Resist the urge to call X.", "Nobody starts X from here.",
           "Use the old list, not X.", "Lift it by hand instead of with X.", "Lift it by hand without ever using X."});
  all_are("ordered", {"Do not forget to call X.", "Do not leave until X has seen it.", "Never lift without asking X."});
}

TEST_CASE("what a verb of saying or looking names is told of") {
  all_are("told", {"Explain what X does.", "Remember that X rounds.", "Compare it with X.", "Note down X.",
                   "Update the list when X changes.", "Show a message about using X."});
}

TEST_CASE("what is left to somebody is advised") {
  all_are("advised", {"Consider running X.", "Suggest X to them.", "You can use X.", "Tell the user to run X.",
                      "The quickest way is X."});
}

TEST_CASE("a name in a label, a list or brackets has no clause") {
  all_are("bare", {"Tools: X", "X"});
  all_are("told", {"Lifting: X, ropes", "Weigh the crates (X)."});
}

TEST_CASE("a word may have several roles, in any case of its letters") {
  CHECK((roles_of("delegate") & roles::call_wide) != 0);
  CHECK((roles_of("delegate") & roles::hand) != 0);
  CHECK(roles_of("Delegate") == 0);
  CHECK((roles_in_any_case("re-Run") & roles::is_use) != 0);
  CHECK(roles_of("") == 0);
  CHECK(roles_in_any_case("a word that is longer than any of the rows has") == 0);
  CHECK(is_refusing_pair("steer", "clear"));
  CHECK_FALSE(is_refusing_pair("steer", "ship"));
}

}  // namespace cascade::prose
