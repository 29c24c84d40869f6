// Prompts that ask for what was said or done before, and prompts that only sound so, in the voices of people.
#include <catch2/catch.hpp>

#include <fstream>
#include <string>

#include "recall/asks.h"
#include "route/answer/prompt.h"
#include "source_folder.h"

using namespace cascade;
using namespace cascade::past;

namespace {

PastAsk asked(const std::string& prompt) {
  return asks_for_past(prompt, route::language_of(route::shipped_dictionary(), prompt));
}

// Rows of past_asks.txt: what is expected, a tab, the prompt.
template <typename See>
void each_row(const See& see) {
  std::ifstream file(test::source_folder() + "/tests/unit/past_asks.txt");
  std::size_t count = 0;
  for (std::string line; std::getline(file, line);) {
    const std::size_t tab = line.find('\t');
    if (line.empty() || line[0] == '#' || tab == std::string::npos) continue;
    ++count;
    see(line.substr(0, tab), line.substr(tab + 1));
  }
  REQUIRE(count > 100);
}

}  // namespace

TEST_CASE("a prompt that asks for the past is told from one that only sounds so") {
  each_row([](const std::string& expected, const std::string& prompt) {
    INFO(prompt);
    const Asks asks = asked(prompt).asks;
    CHECK((asks == Asks::plainly ? "asks" : asks == Asks::maybe ? "maybe" : "no") == expected);
  });
}

TEST_CASE("what was told or asked here or elsewhere is plain where nothing was said here yet") {
  for (const char* prompt :
       {"You told me at some point that the flag was a bad idea. Why was that?", "whats the flag u told me to pass",
        "Tu m'avais expliqué pourquoi on ne prend pas le verrou.", "How far did you get with the timers?",
        "I have asked you this already, how is it reset?", "Can we carry on with the invoice thing?",
        "We stopped at the importer, let's continue.", "¿Qué nombre me sugeriste para el paquete?"}) {
    INFO(prompt);
    CHECK(asked(prompt).asks == Asks::at_first);
  }
  for (const char* prompt : {"If you found the fault, tell me.", "Make it faster and list what you changed.",
                             "You are a careful reviewer of Go.", "I gave you access to the repository."}) {
    INFO(prompt);
    CHECK(asked(prompt).asks <= Asks::maybe);
  }
}

TEST_CASE("what only says that it is past is not looked for") {
  CHECK(asked("what did we decide last week about the xstate upgrade").words ==
        "did we decide about the xstate upgrade");
  CHECK(asked("Fix the typo. What was the reason that we dropped xstate?").words == "was the that we dropped xstate?");
}
